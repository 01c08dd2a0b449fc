import numpy as np
import pytest
import torch

from recexplainer_core.lm.adapters import load_for_training
from recexplainer_core.lm.encoding import Encoded, Encoder
from recexplainer_core.lm.packing import CAPACITY, pack
from recexplainer_core.lm.segments import Content
from recexplainer_core.modes import ALIGNED, AlignmentMode
from recexplainer_core.prompting import prompts
from tests.fakes.tiny_lm import CATALOGUE, TITLES, target, write_llm


def test_what_questions_begin_with_stands_once():
    packed = pack([Encoded((1, 2, 3, 4)), Encoded((1, 2, 5)), Encoded((1, 8, 9))], [0, 0, 1])
    assert packed.token_ids.tolist() == [[1, 2, 3, 4, 5, 8, 9]]
    assert packed.positions.tolist() == [[0, 1, 2, 3, 2, 1, 2]]
    assert [columns.tolist() for _, columns in packed.columns] == [[0, 1, 2, 3], [0, 1, 4], [0, 5, 6]]
    seen = [np.flatnonzero(row).tolist() for row in packed.visible[0]]
    assert seen == [[0], [0, 1], [0, 1, 2], [0, 1, 2, 3], [0, 1, 4], [0, 5], [0, 5, 6]]


def test_slots_of_different_users_are_not_shared_but_what_stands_before_them_is():
    one, other = Encoded((7, 0, 3), user_slots=(1,)), Encoded((7, 0, 4), user_slots=(1,))
    packed = pack([one, one, other], [0, 0, 1], [5, 5, 5])
    assert [columns.tolist() for _, columns in packed.columns] == [[0, 1, 2], [0, 1, 2], [0, 3, 4]]


def test_the_same_token_in_another_slot_is_not_shared():
    one, other = Encoded((7, 0, 3), item_slots=((1, 4),)), Encoded((7, 0, 3), item_slots=((1, 5),))
    packed = pack([one, other], [0, 0])
    assert [columns.tolist() for _, columns in packed.columns] == [[0, 1, 2], [0, 3, 4]]


def test_a_question_may_be_the_beginning_of_another_one():
    packed = pack([Encoded((1, 2)), Encoded((1, 2, 3))], [0, 0])
    assert [columns.tolist() for _, columns in packed.columns] == [[0, 1], [0, 1, 2]]


def test_sequences_are_filled_and_none_is_cut():
    rng = np.random.default_rng(0)
    sizes = [int(n) for n in rng.integers(1, 60, 50)] + [CAPACITY + 10]
    questions = [Encoded(tuple(range(100 * n + 1, 100 * n + size + 1))) for n, size in enumerate(sizes)]
    packed = pack(questions, range(len(questions)))
    for question, (row, columns) in zip(questions, packed.columns, strict=True):
        assert tuple(packed.token_ids[row, columns]) == question.token_ids
    assert packed.token_ids.shape[1] == CAPACITY + 10
    assert len(packed.token_ids) <= sum(sizes) / CAPACITY + 2
    empty = packed.token_ids == 0
    assert packed.visible.any(2).all(), "attention over nothing is not a number"
    assert not packed.visible[~empty][:, empty[0]].any() or len(packed.token_ids) > 1


def test_what_is_too_long_for_one_sequence_is_begun_anew_in_the_next():
    stem = tuple(range(1, 101))
    questions = [Encoded((*stem, *[200 + n] * 60)) for n in range(5)]
    packed = pack(questions, [7] * 5)
    assert packed.token_ids.shape == (3, 220)
    assert [row for row, _ in packed.columns] == [0, 0, 1, 1, 2]
    for question, (row, columns) in zip(questions, packed.columns, strict=True):
        assert tuple(packed.token_ids[row, columns]) == question.token_ids


@pytest.mark.parametrize("attention", ["eager", "sdpa"])
@pytest.mark.parametrize("mode", ALIGNED)
def test_packed_questions_are_answered_as_each_alone(tmp_path, mode: AlignmentMode, attention: str):
    lm = load_for_training(write_llm(tmp_path), mode, len(TITLES), rank=4, alpha=8)
    lm.llm.set_attn_implementation(attention)
    with torch.no_grad():
        for name, weight in lm.named_parameters():
            if "lora" in name:
                weight.normal_(std=0.1)
    encoder, recommender = Encoder(lm.tokenizer), target()
    histories = [(0, 1, 2), (0, 1, 2), (0, 1, 2), (5, 3), (5, 3)]
    asked = [prompts.rationale(CATALOGUE, h, 7, mode, "first", n) for n, h in enumerate(histories)]
    encoded = [encoder.prompt(prompt) for prompt in asked]
    answers = [encoder.weighed_answer((Content(TITLES[n]),)) for n in range(len(asked))]
    vectors, items = recommender.user_vectors(histories), recommender.item_vectors

    def loss_and_gradients(about) -> tuple[float, dict[str, torch.Tensor]]:
        lm.zero_grad()
        loss = lm.answer_loss(encoded, answers, mode, vectors, items, about=about)
        loss.backward()
        return float(loss.detach()), {
            name: weight.grad.clone() for name, weight in lm.named_parameters() if weight.grad is not None
        }

    alone, slopes = loss_and_gradients(None)
    together, shared = loss_and_gradients([0, 0, 0, 1, 1])
    assert together == pytest.approx(alone, rel=1e-4)
    assert slopes.keys() == shared.keys() and slopes
    for name, slope in slopes.items():
        assert torch.allclose(shared[name], slope, rtol=1e-2, atol=1e-4), name
