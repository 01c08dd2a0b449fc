from dataclasses import replace

import numpy as np
import pytest
import torch

from recexplainer_core.catalogue import FILMS, Catalogue
from recexplainer_core.evaluation.faithfulness import claims
from recexplainer_core.evaluation.faithfulness.cases import Case, draw_cases, recorded_tastes, stand_ins
from recexplainer_core.evaluation.faithfulness.generated import GeneratedRationale, generate
from recexplainer_core.evaluation.faithfulness.metric import Metric, ModeRationales
from recexplainer_core.evaluation.faithfulness.removal import baseline_citations, removal_figures
from recexplainer_core.evaluation.faithfulness.report import measure_faithfulness
from recexplainer_core.evaluation.faithfulness.simulatability import simulatability
from recexplainer_core.evaluation.faithfulness.verdicts import balanced_accuracy
from recexplainer_core.evaluation.report import Figures
from recexplainer_core.grammar.reading import read
from recexplainer_core.histories import Histories
from recexplainer_core.modes import ALIGNED, AlignmentMode
from recexplainer_core.progress import silent
from recexplainer_core.rationale.checks import Check
from recexplainer_core.rationale.explainer import Explainer, Rationale
from recexplainer_core.rationale.reading import citations
from recexplainer_core.rationale.reasons import TEMPLATE
from recexplainer_core.rationale.request import RationaleRequest
from tests.fakes.tiny_lm import CATALOGUE as TINY
from tests.fakes.tiny_lm import Additive

N, USERS = 30, 40


@pytest.fixture(scope="module")
def target() -> Additive:
    torch.manual_seed(0)
    return Additive(torch.randn(N, N) * 1.5)


@pytest.fixture(scope="module")
def cases(target):
    rng = np.random.default_rng(0)
    histories = Histories.from_lists(
        [rng.permutation(N)[: rng.integers(3, 14)].tolist() for _ in range(USERS)]
    )
    return list(draw_cases(CATALOGUE, target, histories, np.arange(USERS), np.arange(N), seed=0))


CATALOGUE = Catalogue(
    [str(i) for i in range(N)],
    [f"Film {i}" for i in range(N)],
    {"genres": [("crime",) if i % 2 else ("drama",) for i in range(N)]},
    FILMS,
)


def understand(text: str, case: Case) -> GeneratedRationale:
    request = RationaleRequest(case.history, case.item, AlignmentMode.HYBRID)
    named = tuple(citations(text, CATALOGUE))
    return GeneratedRationale.of(Rationale(request, "", text, read(text, CATALOGUE), named), case)


def measured(metric: Metric, cases: list[Case], rationales: list[GeneratedRationale]) -> Figures:
    return metric.measure(ModeRationales(None, AlignmentMode.HYBRID, cases, rationales, 0))  # type: ignore[arg-type]


def test_cases_are_recommendations_of_the_target(cases, target):
    assert len(cases) == USERS
    for case in cases:
        assert case.item not in case.history.seen and len(case.history.recent) <= 10
        assert case.known.ranks[case.known.whole] <= 10
        assert case.effects.sum() == pytest.approx(case.known.probabilities[-1] - case.known.probabilities[0])
        assert case.replaced.probabilities[-1] == pytest.approx(case.known.probabilities[-1])


def test_stand_ins_are_about_as_popular_and_new():
    popularity = np.array([100, 50, 10, 99, 51, 9, 12])
    assert stand_ins((0, 1, 2), {0, 1, 2, 3}, popularity) == (4, 6, 5)


def oracle_texts(cases):
    return [
        f"«Film {case.item}» is recommended because of «Film {case.history.recent[int(case.effects.argmax())]}»."
        for case in cases
    ]


def test_the_figures_tell_true_reasons_from_random_ones(cases, target):
    rationales = [understand(text, case) for text, case in zip(oracle_texts(cases), cases, strict=True)]
    figures = removal_figures(cases, [one.cited for one in rationales], 0)
    beside = {
        name: removal_figures(cases, cited, 0)
        for name, cited in baseline_citations(cases, rationales, target.item_vectors, 0).items()
    }
    assert figures["necessity"] == beside["oracle"]["necessity"]
    spoken_for = np.mean([case.effects.max() > 0 for case in cases])
    assert figures["attribution_ap"].value == pytest.approx(spoken_for) and spoken_for > 0.9
    assert figures["necessity"].value > 0.8 > 0.65 > beside["random"]["necessity"].value > 0.3
    assert figures["del@2"].value < beside["random"]["del@2"].value
    assert figures["ins@2"].value > beside["random"]["ins@2"].value


def test_grounding_counts_what_is_made_up(cases):
    case = cases[0]
    inside = next(i for i in case.history.recent if i % 2 == case.item % 2)
    genre = CATALOGUE.values(inside, "genres")[0]
    other = "crime" if genre == "drama" else "drama"
    outside = next(i for i in range(N) if i not in case.history.recent and i != case.item)
    start = f"«Film {case.item}» is recommended because of «Film {inside}»"
    texts = [f"{start} (also {genre}).", f"{start} (also {other}).", f"{start} and «Film {outside}»; well."]
    figures = [measured(claims.METRIC, [case], [understand(text, case)]) for text in texts]
    assert [f["false_remarks"].value if "false_remarks" in f else None for f in figures] == [0.0, 1.0, None]
    assert [round(f["cited_outside_history"].value, 2) for f in figures] == [0.0, 0.0, 0.33]


def test_claims_are_counted_by_kind(cases):
    said = [("rank", True), ("removal", False), ("rank", False), ("cited", True)]
    checks = [Check(kind, "", holds, "") for kind, holds in said]
    rationales = [
        replace(understand("", case), rationale=replace(understand("", case).rationale, checks=(one,)))
        for one, case in zip(checks, cases, strict=False)
    ]
    figures = measured(claims.METRIC, cases[: len(rationales)], rationales)
    right = {name: figures[name].value for name in ("rank_right", "removal_right", "cited_right")}
    assert right == {"rank_right": 0.5, "removal_right": 0.0, "cited_right": 1.0}
    assert "strongest_right" not in figures


def test_recorded_tastes_are_those_that_the_item_meets():
    histories = Histories(
        ["u"], np.array([0, 3]), np.array([0, 1, 2]), causes=np.array([0, -1, 1]),
        cause_names=["genre: crime", "genre: drama"],
    )  # fmt: skip
    assert recorded_tastes(CATALOGUE, histories, 0, 5) == {("genres", "crime")}
    assert recorded_tastes(CATALOGUE, Histories.from_lists([[0]]), 0, 5) == frozenset()


def test_true_reasons_help_to_foresee_the_target():
    torch.manual_seed(0)
    leads = torch.randn(N, N) * 0.05
    leads[:15, 15:] -= 1.0
    leads[torch.arange(15), torch.arange(15, 30)] = (
        9.0  # each film leads to one other, and away from the rest
    )
    rng = np.random.default_rng(0)
    users = 250
    histories = Histories.from_lists([rng.permutation(15)[:6].tolist() for _ in range(users)])
    cases = list(draw_cases(CATALOGUE, Additive(leads), histories, np.arange(users), np.arange(N), seed=0))
    true = [understand(text, case) for text, case in zip(oracle_texts(cases), cases, strict=True)]
    found = simulatability(cases, true, 0)
    gain = found["simulated_gain"]
    assert gain.low is not None and gain.low > 0.0
    assert gain.value == pytest.approx(
        found["simulated_with_reasons"].value - found["simulated_without_reasons"].value
    )
    wrong = [understand(f"«Film {case.item}» is recommended.", case) for case in cases]
    assert abs(simulatability(cases, wrong, 0)["simulated_gain"].value) < 0.03


def test_every_mode_gives_reasons_and_the_report_holds_their_figures(engine):
    histories = Histories.from_lists([[0, 1, 2], [3, 4, 5, 6], [7, 8], [9, 0, 3], [2, 5]])
    users = np.arange(5)
    explainer = Explainer(engine, TEMPLATE)
    report = measure_faithfulness(explainer, histories, users, np.arange(10), 0, silent, explainer)
    assert report.explanations == 5
    assert set(report.modes) == set(report.beside) == {str(mode) for mode in ALIGNED}
    figures = report.modes["hybrid"]
    assert {"necessity", "ins@2", "false_remarks", "changed_by_redrawn_target"} - set(figures) <= {
        "false_remarks"
    }
    assert {"wholly_true", "wholly_true, verified", "claims_each", "rank_right"} <= set(figures)
    assert figures["wholly_true, verified"].value >= figures["wholly_true"].value
    assert figures["changed_by_redrawn_target"].value == 0.0  # the same target
    assert set(report.beside["hybrid"]) == {"random", "most recent", "nearest vector", "oracle"}
    cases = list(draw_cases(TINY, engine.recommender, histories, users, np.arange(10), 0))
    for case, one in zip(cases, generate(explainer, AlignmentMode.HYBRID, cases), strict=True):
        history = case.history.recent
        assert {history[place] for place in one.cited} <= set(history)


def test_few_users_are_told_several_reasons_each(engine):
    histories = Histories.from_lists([[0, 1, 2], [3, 4, 5, 6]])
    drawn = (engine.recommender, histories, np.arange(2), np.arange(10), 0)
    once, often, all_left = (
        [(c.user, c.item) for c in draw_cases(TINY, *drawn, each)] for each in (1, 3, 99)
    )
    assert len(set(often)) == len(often) == 6 and set(once) < set(often) < set(all_left)
    assert [user for user, _ in all_left] == [0] * 7 + [1] * 6
    report = measure_faithfulness(Explainer(engine), histories, *drawn[2:], silent, at_least=5)
    assert report.explanations == 6


def test_both_verdicts_weigh_the_same():
    rows = [[(True, True), (True, True), (False, False)], [(True, True), (False, True), (True, False)]]
    assert balanced_accuracy(rows) == pytest.approx((3 / 4 + 1 / 2) / 2)
    assert balanced_accuracy([[(True, True)]]) == 1.0
