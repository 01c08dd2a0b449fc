import pytest

from recexplainer_core.decoding.citation_marks import Marks
from recexplainer_core.errors import ModelError
from tests.fakes.tiny_lm import tiny_tokenizer


def test_a_vocabulary_without_the_marks_is_refused():
    with pytest.raises(ModelError, match="no token for «"):
        Marks.of(tiny_tokenizer(257))
