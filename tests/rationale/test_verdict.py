from recexplainer_core.histories import History
from recexplainer_core.modes import AlignmentMode
from recexplainer_core.rationale.verdict import own_verdicts, verdict_in
from tests.fakes.tiny_lm import CATALOGUE

HISTORY = History.of((0, 1))
ITEMS = list(range(len(CATALOGUE)))


def test_the_verdict_follows_the_models_own_list():
    assert verdict_in([5, 6, 7, 8], 7) == "first"
    assert verdict_in([5, 6, 7, 8], 8) == "listed"
    assert verdict_in([5, 6, 7, 8], 1) is None


def test_what_is_in_no_list_is_judged_by_the_models_interest(engine):
    mode = AlignmentMode.HYBRID
    ranked = [p.item for p in engine.predict([HISTORY], [mode], 10)[0]]
    verdicts = own_verdicts(engine, [HISTORY] * len(ITEMS), ITEMS, [mode] * len(ITEMS))
    for item, verdict in enumerate(verdicts):
        [chance] = engine.chances_of_interest([HISTORY], [item], [mode])
        beyond = "possible" if chance >= 0.5 else "unlikely"
        assert verdict == (verdict_in(ranked, item) or beyond)
    assert {"first", "listed"} <= set(verdicts)


def test_a_list_that_is_known_is_not_asked_for_again(engine, monkeypatch):
    modes = [AlignmentMode.HYBRID] * len(ITEMS)
    lists = [[p.item for p in row] for row in engine.predict([HISTORY] * len(ITEMS), modes, 10)]
    verdicts = own_verdicts(engine, [HISTORY] * len(ITEMS), ITEMS, modes)
    monkeypatch.setattr(engine, "predict", None)
    assert own_verdicts(engine, [HISTORY] * len(ITEMS), ITEMS, modes, lists) == verdicts


def test_rows_of_different_modes_are_judged_as_each_mode_alone(engine):
    modes = list(AlignmentMode)
    asked = [(item, mode) for item in ITEMS for mode in modes]
    batch = own_verdicts(engine, [HISTORY] * len(asked), [i for i, _ in asked], [m for _, m in asked])
    for mode in modes:
        alone = own_verdicts(engine, [HISTORY] * len(ITEMS), ITEMS, [mode] * len(ITEMS))
        assert [v for v, (_, m) in zip(batch, asked, strict=True) if m is mode] == alone
