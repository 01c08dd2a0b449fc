"""The taught writer, on a machine that has its language model."""

import pytest

from recexplainer_core.llm_writer.domains import UNSEEN
from recexplainer_core.llm_writer.lesson import lessons
from recexplainer_core.llm_writer.support import supported
from recexplainer_core.llm_writer.writer import ADAPTER, LLM, TaughtWriter
from recexplainer_core.lm.sources import known_llms
from recexplainer_core.rationale.surrogate_claims import reasons_of


def test_what_it_has_learnt_comes_with_the_project():
    assert {path.name for path in ADAPTER.iterdir()} == {"adapter_config.json", "adapter_model.safetensors"}


@pytest.mark.slow
def test_it_words_what_it_has_never_read_and_says_nothing_else():
    if known_llms()[LLM].find() is None:
        pytest.skip(f"{LLM} is not on this machine: python -m recexplainer_core fetch {LLM}")
    writer = TaughtWriter()
    for lesson in [one for one in lessons(12, 4, {"unseen": UNSEEN}) if reasons_of(one.claims)][:4]:
        sentences = writer.write(lesson.claims, lesson.subject, lesson.voice, 0)
        told = [claim for one in sentences for claim in one.claims]
        assert reasons_of(told) and all(supported(claim, lesson.claims) for claim in told)
