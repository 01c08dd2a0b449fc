from recexplainer_core.modes import AlignmentMode
from recexplainer_core.rationale.verdict import own_verdicts, verdict_in
from recexplainer_core.surrogate.probes import Probes
from tests.fakes.tiny_lm import CATALOGUE


def test_the_verdict_follows_the_models_own_list():
    assert verdict_in([5, 6, 7, 8], 7) == "first"
    assert verdict_in([5, 6, 7, 8], 8) == "listed"
    assert verdict_in([5, 6, 7, 8], 1) is None


def test_what_is_in_no_list_is_judged_by_the_models_interest(engine):
    history, mode = (0, 1), AlignmentMode.HYBRID
    ranked = [p.item for p in engine.predict([history], [mode], 10)[0]]
    verdicts = own_verdicts(engine, [history] * len(CATALOGUE), list(range(len(CATALOGUE))), mode)
    for item, verdict in enumerate(verdicts):
        [chance] = Probes(engine, mode).chance_of_yes([history], [item])
        beyond = "possible" if chance >= 0.5 else "unlikely"
        assert verdict == (verdict_in(ranked, item) or beyond)
    assert {"first", "listed"} <= set(verdicts)


def test_rows_of_different_modes_are_judged_as_each_mode_alone(engine):
    items, modes = list(range(len(CATALOGUE))), list(AlignmentMode)
    asked = [(item, mode) for item in items for mode in modes]
    interactions = own_verdicts(engine, [(0, 1)] * len(asked), [i for i, _ in asked], [m for _, m in asked])
    for mode in modes:
        alone = own_verdicts(engine, [(0, 1)] * len(items), items, mode)
        assert [v for v, (_, m) in zip(interactions, asked, strict=True) if m is mode] == alone
