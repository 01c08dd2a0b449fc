import pytest
import torch

from recexplainer_core.modes import ALIGNED, AlignmentMode
from recexplainer_core.surrogate.token_trees import PROMPT, TokenTrees

MODES = (AlignmentMode.NONE, *ALIGNED)
PROMPTS = ((3, 4, 5, 6, 7), (8, 9), (3,), (10, 11, 12))


def read(engine, prompts, modes) -> TokenTrees:
    inputs = engine.lm.embed([engine.encoder_of(p) for p in prompts], modes, torch.empty(0), torch.empty(0))
    return TokenTrees(engine.lm, inputs, modes)


@pytest.fixture
def plain(engine):
    from recexplainer_core.lm.encoding import Encoded

    engine.encoder_of = Encoded
    yield engine
    del engine.encoder_of


@pytest.mark.parametrize("attention", ["sdpa", "eager"])
@pytest.mark.parametrize("modes", [MODES, (AlignmentMode.HYBRID,) * 4, (AlignmentMode.NONE,) * 4])
def test_every_branch_is_read_as_if_it_stood_alone(plain, modes, attention):
    usual = plain.lm.llm.config._attn_implementation
    plain.lm.llm.set_attn_implementation(attention)
    try:
        with torch.inference_mode():
            trees = read(plain, PROMPTS, modes)
            grown = [trees.logits[:, None]]
            grown.append(trees.grow([[20, 21], [22], [], [20]], [[PROMPT, PROMPT], [PROMPT], [], [PROMPT]]))
            grown.append(trees.grow([[23, 24, 25], [26], [27], [28, 29]], [[0, 0, 3], [0], [PROMPT], [0, 2]]))
            branches = {
                (0, 1, 1): (*PROMPTS[0], 21),
                (0, 2, 0): (*PROMPTS[0], 20, 23),
                (0, 2, 2): (*PROMPTS[0], 20, 24, 25),
                (1, 2, 0): (*PROMPTS[1], 22, 26),
                (2, 2, 0): (*PROMPTS[2], 27),
                (3, 2, 1): (*PROMPTS[3], 20, 28, 29),
            } | {(row, 0, 0): prompt for row, prompt in enumerate(PROMPTS)}
            for (row, step, place), tokens in branches.items():
                alone = read(plain, [tokens], [modes[row]]).logits[0]
                assert torch.allclose(grown[step][row, place], alone, atol=2e-3), (row, step, place)
    finally:
        plain.lm.llm.set_attn_implementation(usual)
