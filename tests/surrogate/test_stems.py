import pytest
import torch

from recexplainer_core.histories import History
from recexplainer_core.lm.encoding import Encoded
from recexplainer_core.modes import ALIGNED, AlignmentMode
from recexplainer_core.surrogate.stems import KEPT, Stems
from recexplainer_core.surrogate.token_trees import PROMPT, TokenTrees


def read(engine, prompt, mode, stems=None, user_vectors=None, user_slots=()):
    vectors = torch.empty(1, 0) if user_vectors is None else user_vectors
    encoded = Encoded(prompt, user_slots=user_slots)
    inputs = engine.lm.embed([encoded], [mode], vectors, torch.empty(0))
    return TokenTrees(engine.lm, inputs, [mode], stems)


@pytest.mark.parametrize("mode", [AlignmentMode.NONE, *ALIGNED])
def test_a_prompt_that_goes_on_from_another_is_read_as_if_it_were_the_first(engine, mode):
    stems = Stems()
    with torch.inference_mode():
        first = read(engine, (3, 4, 5, 6, 7, 8), mode, stems)
        first.grow([[20, 21]], [[PROMPT, 0]])  # what is grown behind a prompt does not belong to it
        for prompt in ((3, 4, 5, 6, 9, 10, 11), (3, 4, 5), (3, 4, 5, 6, 7, 8), (12, 4, 5)):
            again, alone = read(engine, prompt, mode, stems), read(engine, prompt, mode)
            assert torch.allclose(again.logits, alone.logits, atol=2e-3)
            branches = ([[20, 21]], [[PROMPT, 0]])
            assert torch.allclose(again.grow(*branches), alone.grow(*branches), atol=2e-3)


def test_only_what_begins_alike_in_the_same_mode_is_taken_over(engine):
    stems = Stems()
    with torch.inference_mode():
        read(engine, (3, 4, 5, 6), AlignmentMode.BEHAVIOUR, stems)

        def covered(prompt, mode):
            inputs = engine.lm.embed([Encoded(prompt)], [mode], torch.empty(1, 0), torch.empty(0))
            return stems.beginning(inputs["inputs_embeds"], mode)[1]

        assert covered((3, 4, 9, 6), AlignmentMode.BEHAVIOUR) == 2
        assert covered((3, 4, 5, 6), AlignmentMode.BEHAVIOUR) == 3
        assert covered((9, 4, 5, 6), AlignmentMode.BEHAVIOUR) == 0
        assert covered((3, 4, 5, 6), AlignmentMode.HYBRID) == 0


def test_another_users_vector_is_another_beginning(engine):
    """The same tokens about another user: nothing behind the vector may be taken over."""
    mode, size = AlignmentMode.INTENTION, engine.recommender.item_vectors.shape[1]
    stems, vectors = Stems(), torch.randn(2, 1, size)
    with torch.inference_mode():
        read(engine, (3, 4, 5, 6), mode, stems, vectors[0], (1,))
        again = read(engine, (3, 4, 5, 6), mode, stems, vectors[1], (1,))
        alone = read(engine, (3, 4, 5, 6), mode, None, vectors[1], (1,))
    assert torch.allclose(again.logits, alone.logits, atol=2e-3)


def test_what_is_kept_is_bounded_and_answers_stay_the_same(engine):
    histories = [History.of((n % 9, 9, n // 9)) for n in range(1, KEPT + 4)]
    once = [engine.predict([h], [AlignmentMode.HYBRID], 3) for h in histories]
    again = [engine.predict([h], [AlignmentMode.HYBRID], 3) for h in histories]
    assert [[p.item for p in row[0]] for row in once] == [[p.item for p in row[0]] for row in again]
    assert len(engine.stems._read[AlignmentMode.HYBRID]) == KEPT
