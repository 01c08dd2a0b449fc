"""What the language model has in mind at the end of a title, asked of a real, tiny one."""

from pathlib import Path

import pytest
import torch

from recexplainer_core.embedding_map.parameters import CONNECTOR, HIDDEN, TARGET
from recexplainer_core.embedding_map.spaces import hidden_states, item_spaces
from recexplainer_core.lm.adapters import load_aligned
from recexplainer_core.lm.encoding import Encoder
from recexplainer_core.modes import AlignmentMode
from recexplainer_core.progress import silent
from recexplainer_core.prompting.prompts import Content
from tests.fakes.tiny_lm import CATALOGUE, target, write_adapters, write_llm


@pytest.fixture(scope="module")
def lm(tmp_path_factory: pytest.TempPathFactory):  # type: ignore[no-untyped-def]
    llm: Path = write_llm(tmp_path_factory.mktemp("llm"))
    return load_aligned(llm, write_adapters(llm, tmp_path_factory.mktemp("adapters")))


def test_states_do_not_depend_on_the_rest_of_the_batch(lm) -> None:  # type: ignore[no-untyped-def]
    states = hidden_states(lm, CATALOGUE, target(), AlignmentMode.HYBRID, silent)
    prompt = Encoder(lm.tokenizer).text_to_continue((Content(CATALOGUE.titles[3]),))
    with torch.inference_mode():
        inputs = lm.embed([prompt], [AlignmentMode.HYBRID], torch.empty(0), target().item_vectors)
        whole = lm.llm(
            **inputs, adapter_names=["hybrid"], output_hidden_states=True, use_cache=False
        ).hidden_states[-1]
    assert torch.allclose(states[3], whole[0, -1].float(), atol=1e-4)


def test_every_mode_has_states_of_its_own(lm) -> None:  # type: ignore[no-untyped-def]
    found = [hidden_states(lm, CATALOGUE, target(), mode, silent) for mode in AlignmentMode]
    assert all(states.shape == found[0].shape and states.isfinite().all() for states in found)
    assert not torch.allclose(found[0], found[1])


def test_hybrid_speaks_for_the_language_model_where_there_is_one(lm) -> None:  # type: ignore[no-untyped-def]
    spaces = {space.key: space for space in item_spaces(target(), lm, CATALOGUE, silent)}
    assert list(spaces) == [TARGET, CONNECTOR, HIDDEN]
    assert spaces[TARGET].mode is None
    assert spaces[CONNECTOR].mode is spaces[HIDDEN].mode is AlignmentMode.HYBRID
