import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
import torch

from recexplainer_core.errors import BusyError, UnknownNameError
from recexplainer_core.lm.encoding import Encoder
from recexplainer_core.lm.model import AlignedLM
from recexplainer_core.lm.segments import Content
from recexplainer_core.modes import ALIGNED, AlignmentMode
from recexplainer_core.prompting import prompts
from recexplainer_core.rationale.claims import citations
from recexplainer_core.surrogate.engine import Engine
from tests.fakes.tiny_lm import CATALOGUE, NASTY, TITLES, target

HISTORIES = [(0, 2), (3,), (), (5, 7, 8, 1), (TITLES.index(NASTY), 4)]
PAIRS = [(history, mode) for history in HISTORIES for mode in AlignmentMode]


def test_a_mixed_batch_answers_as_one_at_a_time(engine):
    together = engine.predict([h for h, _ in PAIRS], [m for _, m in PAIRS], k=5)
    for (history, mode), row in zip(PAIRS, together, strict=True):
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
    almost_all = tuple(range(1, len(TITLES)))
    lists = engine.predict([almost_all, (0,)], [AlignmentMode.HYBRID] * 2, k=5)
    assert [p.item for p in lists[0]] == [0]
    assert len(lists[1]) == 5


@pytest.mark.parametrize("mode", ALIGNED)
def test_the_score_is_the_log_probability_of_the_title(engine, lm, mode):
    history = (0, 2)
    [best, *_] = engine.predict([history], [mode], k=1)[0]
    encoder = Encoder(lm.tokenizer)
    prompt = encoder.prompt(prompts.next_item(CATALOGUE, history, mode))
    answer = encoder.weighed_answer((Content(TITLES[best.item]),))
    recommender = target()
    lm.llm.set_adapter(mode)
    with torch.inference_mode():
        loss = lm.answer_loss(
            [prompt],
            [answer],
            mode,
            recommender.user_vectors([history]),
            recommender.item_vectors,
        )
    assert best.log_probability == pytest.approx(-float(loss) * len(answer.token_ids), abs=1e-3)


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


@pytest.mark.parametrize("mode", list(AlignmentMode))
def test_a_rationale_can_only_cite_the_history_or_the_item(engine, mode):
    for history in HISTORIES:
        text = "".join(engine.explain(history, 9, mode, "listed"))
        cited = citations(text, CATALOGUE)
        assert {c.item for c in cited} <= {*history, 9}


def test_writing_stops_when_cancelled_and_when_nobody_reads_on(engine):
    cancel = threading.Event()
    cancel.set()
    assert len("".join(engine.explain((0,), 2, AlignmentMode.HYBRID, "first", cancel))) < 40
    stream = engine.explain((0,), 2, AlignmentMode.HYBRID, "first")
    next(stream, None)
    stream.close()
    assert engine.predict([(0,)], [AlignmentMode.HYBRID], k=1)[0]


def test_threads_do_not_mix_their_modes(engine):
    alone = [engine.predict([h], [m], k=3)[0] for h, m in PAIRS]
    with ThreadPoolExecutor(4) as pool:
        together = list(pool.map(lambda pair: engine.predict([pair[0]], [pair[1]], k=3)[0], PAIRS))
    assert [[p.item for p in row] for row in together] == [[p.item for p in row] for row in alone]


def test_who_waits_too_long_is_told_that_the_model_is_busy(lm):
    engine = Engine(lm, CATALOGUE, target(), max_wait_s=0.05)
    with engine._turn(), ThreadPoolExecutor(1) as pool:
        asked = pool.submit(engine.predict, [(0,)], [AlignmentMode.HYBRID])
        with pytest.raises(BusyError, match="Try again"):
            asked.result()


def test_a_mode_that_was_not_aligned_is_named(llm_folder):
    engine = Engine(AlignedLM.load(llm_folder, {}), CATALOGUE, target())
    with pytest.raises(UnknownNameError, match="no mode hybrid.*none"):
        engine.predict([(0,)], [AlignmentMode.HYBRID])
    assert engine.predict([(0,)], [AlignmentMode.NONE], k=2)[0]


def test_reasons_written_together_are_those_written_alone(engine):
    histories, items, verdicts = [(0, 1), (4, 2, 3), (5,)], [9, 7, 8], ["first", "listed", "unlikely"]
    together = engine.explain_all(histories, items, ALIGNED, verdicts)
    alone = [
        "".join(engine.explain(history, item, mode, verdict))
        for history, item, mode, verdict in zip(histories, items, ALIGNED, verdicts, strict=True)
    ]
    assert together == alone


def test_what_decides_is_answered_the_same_alone_and_together(engine):
    histories, items = [(0, 1), (4, 2, 3), ()], [9, 7, 8]
    together = engine.deciding(histories, items, ALIGNED)
    assert [set(row) for row in together] == [set(history) for history in histories]
    for row, history, item, mode in zip(together, histories, items, ALIGNED, strict=True):
        [alone] = engine.deciding([history], [item], [mode])
        assert row == pytest.approx(alone, abs=1e-4) and all(log < 0 for log in row.values())
        asked = engine.encoder.prompt(prompts.deciding(CATALOGUE, history, item, mode))
        for named, log in row.items():
            said = engine.encoder.content(prompts.cited_title(CATALOGUE, named))
            [[single]] = engine.log_probabilities([asked], [[said]], [history], [mode])
            assert log == pytest.approx(single, abs=1e-4)


def test_reasons_are_asked_for_as_the_model_itself_answers_in_a_word(engine):
    histories, items, verdicts = (
        [(0, 1), (4, 2, 3), (5,), ()],
        [9, 7, 8, 2],
        ["first", "possible", "unlikely", "first"],
    )
    modes = [*ALIGNED, AlignmentMode.HYBRID]
    owns = engine.own_answers(histories, items, modes, verdicts, histories)
    for own, named in zip(owns, engine.deciding(histories, items, modes), strict=True):
        assert list(own.named) == sorted(named, key=named.get, reverse=True)[: len(own.named)]
    [chance] = engine.listed_without(histories[:1], items[:1], [owns[0].named], modes[:1])
    assert owns[0].specification.without == ("robust" if chance >= 0.5 else "needed")
    assert owns[1].specification.count == len(owns[1].named) and owns[1].specification.without is None
    assert [own.specification for own in owns[2:]] == [None, None]


def test_a_vector_of_another_history_is_put_in_its_place(engine):
    mode, history, other = AlignmentMode.INTENTION, (0, 1), (4, 2, 3)
    [swapped] = engine.explain_all([history], [9], [mode], ["first"], [other])
    cited = {c.item for c in citations(swapped, CATALOGUE)}
    assert cited <= {*history, *other, 9}


@pytest.mark.parametrize("mode", list(AlignmentMode))
def test_a_comparison_can_only_cite_the_history_and_the_two_items(engine, mode):
    for history in HISTORIES:
        for verdict in ("before", "after"):
            text = "".join(engine.contrast(history, 9, 6, mode, verdict))
            assert {c.item for c in citations(text, CATALOGUE)} <= {*history, 9, 6}


def test_a_comparison_stops_when_cancelled(engine):
    cancel = threading.Event()
    cancel.set()
    assert len("".join(engine.contrast((0,), 2, 3, AlignmentMode.HYBRID, "before", cancel))) < 40
