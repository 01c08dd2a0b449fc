from concurrent.futures import ThreadPoolExecutor

import pytest
import torch

from recexplainer_core.errors import BusyError, UnknownNameError
from recexplainer_core.histories import History
from recexplainer_core.lm.adapters import load_aligned
from recexplainer_core.lm.choices import choices_along, until_unique
from recexplainer_core.lm.encoding import Answer, Encoder
from recexplainer_core.modes import ALIGNED, AlignmentMode
from recexplainer_core.prompting import prompts
from recexplainer_core.surrogate.engine import Engine
from tests.fakes.tiny_lm import CATALOGUE, NASTY, TITLES, target

HISTORIES = [History.of(items) for items in ((0, 2), (3,), (), (5, 7, 8, 1), (TITLES.index(NASTY), 4))]
ONE = History.of((0,))
PAIRS = [(history, mode) for history in HISTORIES for mode in AlignmentMode]


def test_a_mixed_batch_answers_as_one_at_a_time(engine):
    batch = engine.predict([h for h, _ in PAIRS], [m for _, m in PAIRS], k=5)
    for (history, mode), row in zip(PAIRS, batch, strict=True):
        [alone] = engine.predict([history], [mode], k=5)
        assert [p.item for p in row] == [p.item for p in alone]
        assert [p.log_probability for p in row] == pytest.approx([p.log_probability for p in alone], abs=1e-3)


def test_modes_differ_and_lists_hold_unseen_items_once(engine):
    lists = engine.predict([HISTORIES[0]] * 4, list(AlignmentMode), k=len(TITLES))
    for row in lists:
        items = [p.item for p in row]
        assert sorted(items) == sorted(set(range(len(TITLES))) - {0, 2})
        assert [p.log_probability for p in row] == sorted((p.log_probability for p in row), reverse=True)
    assert len({tuple(p.item for p in row) for row in lists}) > 1


def test_a_user_with_little_left_does_not_shorten_anothers_list(engine):
    almost_all = History.of(range(1, len(TITLES)))
    lists = engine.predict([almost_all, ONE], [AlignmentMode.HYBRID] * 2, k=5)
    assert [p.item for p in lists[0]] == [0]
    assert len(lists[1]) == 5


@pytest.mark.parametrize("mode", ALIGNED)
def test_the_score_is_the_log_probability_of_the_title(engine, lm, mode):
    history = HISTORIES[0]
    [best, *_] = engine.predict([history], [mode], k=1)[0]
    encoder = Encoder(lm.tokenizer)
    prompt = encoder.prompt(prompts.next_item(CATALOGUE, history.recent, mode))
    said = engine.decisive[best.item]
    answer = Answer.weighed(said, choices_along(said, [said], [1.0]))
    recommender = target()
    lm.llm.set_adapter(mode)
    with torch.inference_mode():
        loss = lm.answer_loss(
            [prompt],
            [answer],
            mode,
            recommender.user_vectors([history.recent]),
            recommender.item_vectors,
        )
    assert best.log_probability == pytest.approx(-float(loss) * len(said), abs=1e-3)


@pytest.mark.parametrize("mode", ALIGNED)
def test_vectors_reach_their_slots_whatever_the_padding(lm, mode):
    encoder, recommender = Encoder(lm.tokenizer), target()
    histories = [(0,), (1, 2, 3, 4, 5)]
    encoded = [encoder.prompt(prompts.rationale(CATALOGUE, h, 7, mode, "first")) for h in histories]
    vectors = recommender.user_vectors(histories)
    inputs = lm.embed(encoded, [mode] * 2, vectors, recommender.item_vectors)
    length = inputs["inputs_embeds"].shape[1]
    for row, prompt in enumerate(encoded):
        pad = length - len(prompt.token_ids)
        assert inputs["attention_mask"][row].tolist() == [0] * pad + [1] * len(prompt.token_ids)
        lm.llm.set_adapter(mode)
        plain = lm.llm.get_input_embeddings()(torch.tensor(prompt.token_ids))
        for position, embedding in enumerate(inputs["inputs_embeds"][row, pad:]):
            if position in prompt.user_slots:
                expected = lm.connector(mode).users(vectors[row : row + 1])[0]
            elif position in dict(prompt.item_slots):
                expected = lm.connector(mode).items(recommender.item_vectors[7:8])[0]
            else:
                expected = plain[position]
            assert torch.allclose(embedding, expected, atol=1e-5)


def test_threads_do_not_mix_their_modes(engine):
    alone = [engine.predict([h], [m], k=3)[0] for h, m in PAIRS]
    with ThreadPoolExecutor(4) as pool:
        batch = list(pool.map(lambda pair: engine.predict([pair[0]], [pair[1]], k=3)[0], PAIRS))
    assert [[p.item for p in row] for row in batch] == [[p.item for p in row] for row in alone]


def test_who_waits_too_long_is_told_that_the_model_is_busy(lm):
    engine = Engine(lm, CATALOGUE, target(), max_wait_s=0.05)
    with engine._turn(), ThreadPoolExecutor(1) as pool:
        asked = pool.submit(engine.predict, [ONE], [AlignmentMode.HYBRID])
        with pytest.raises(BusyError, match="Try again"):
            asked.result()


def test_a_mode_that_was_not_aligned_is_named(llm_folder):
    engine = Engine(load_aligned(llm_folder, {}), CATALOGUE, target())
    with pytest.raises(UnknownNameError, match="no mode hybrid.*none"):
        engine.predict([ONE], [AlignmentMode.HYBRID])
    assert engine.predict([ONE], [AlignmentMode.NONE], k=2)[0]


def test_what_decides_is_answered_the_same_alone_and_in_a_batch(engine):
    histories, items = [History.of(one) for one in ((0, 1), (4, 2, 3), ())], [9, 7, 8]
    batch = engine.deciding(histories, items, ALIGNED)
    assert [set(row) for row in batch] == [set(history.items) for history in histories]
    for row, history, item, mode in zip(batch, histories, items, ALIGNED, strict=True):
        [alone] = engine.deciding([history], [item], [mode])
        assert row == pytest.approx(alone, abs=1e-4) and all(log < 0 for log in row.values())
        asked = engine.encoder.prompt(prompts.deciding(CATALOGUE, history.recent, item, mode))
        said_of = until_unique([engine.titles[named] for named in row])
        for log, said in zip(row.values(), said_of, strict=True):
            [[single]] = engine.log_probabilities([asked], [[said]], [history], [mode])
            assert log == pytest.approx(single, abs=1e-4)
