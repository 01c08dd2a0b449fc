from dataclasses import replace

import numpy as np
import pytest

from recexplainer_core.evaluation.fidelity.answers import Answers, at_random, by_popularity, by_recommender
from recexplainer_core.evaluation.fidelity.figures import (
    FIGURES,
    calibration,
    figures_of,
    grouped,
    grouped_by_value,
)
from recexplainer_core.evaluation.fidelity.probe_set import examine
from recexplainer_core.histories import Histories
from tests.fakes.tiny_lm import CATALOGUE, target

rng = np.random.default_rng(0)
HISTORIES = Histories.from_lists([list(rng.permutation(10)[: 2 + n % 4]) for n in range(80)])
PROBE_SETS = examine(CATALOGUE, target(), HISTORIES, np.arange(80), 0)
PERFECT = [
    Answers(
        predicted=s.target,
        order=s.wanted,
        chances=(0.9, 0.5, 0.1),
        recalled=s.history.recent,
        changes=tuple(edit.change for edit in s.edits),
        verdicts=(True, *(not edit.flips for edit in s.edits)),
        in_catalogue=True,
    )
    for s in PROBE_SETS
]


def test_a_perfect_mimic_has_every_figure_at_its_best():
    figures = figures_of(PROBE_SETS, PERFECT, 0)
    assert set(figures) == set(FIGURES)
    for name, figure in figures.items():
        assert figure.value == pytest.approx(0.0 if name == "unresolved" else 1.0), name


def test_the_opposite_of_the_target_is_seen_as_such():
    wrong = [
        replace(
            a,
            predicted=a.predicted[::-1],
            order=a.order[::-1],
            chances=a.chances[::-1],
            recalled=s.target,
            changes=tuple(-c for c in a.changes),
            verdicts=(True,) * len(a.verdicts),
            in_catalogue=False,
        )
        for s, a in zip(PROBE_SETS, PERFECT, strict=True)
    ]
    figures = {name: figure.value for name, figure in figures_of(PROBE_SETS, wrong, 0).items()}
    assert figures["kendall_tau"] == figures["tracking_correlation"] == pytest.approx(-1)
    assert figures["classification_accuracy"] == figures["middle_band_auc"] == 0
    assert figures["history_coverage"] == figures["acc@1"] == figures["verdict_flips"] == 0
    assert figures["unresolved"] == 1


def test_what_was_not_asked_has_no_figure():
    figures = figures_of(PROBE_SETS, [Answers(predicted=s.target) for s in PROBE_SETS], 0)
    assert set(figures) == {"acc@1", "hr@5", "ndcg@5", "overlap@10", "rbo@10"}


def test_baselines_that_know_nothing_of_the_user_stay_near_chance():
    random = figures_of(PROBE_SETS, at_random(CATALOGUE, PROBE_SETS, 0), 0)
    assert abs(random["kendall_tau"].value) < 0.2
    assert abs(random["tracking_correlation"].value) < 0.25
    assert 0.3 < random["classification_accuracy"].value < 0.7
    popular = by_popularity(HISTORIES.popularity(10, np.arange(80)), PROBE_SETS)
    assert all(not set(a.predicted) & s.history.seen for s, a in zip(PROBE_SETS, popular, strict=True))


def test_the_target_itself_agrees_with_itself():
    figures = figures_of(PROBE_SETS, by_recommender(target(), PROBE_SETS), 0)
    assert [figure.value for figure in figures.values()] == pytest.approx([1.0] * len(figures))


def test_groups_hold_every_user_once():
    groups = grouped(PROBE_SETS, PERFECT, lambda s: len(s.history.items), 0)
    assert sum(group.users for group in groups) == len(PROBE_SETS)
    assert [group.first for group in groups] == sorted(group.first for group in groups)
    assert all(group.acc_at_1.value == 1 for group in groups)


def test_a_value_that_enough_users_have_makes_a_group():
    values = {0: ("common", "even"), 1: ("common",), 2: ("common", "even"), 3: ("common", "rare")}
    groups = grouped_by_value(
        PROBE_SETS, PERFECT, lambda s: values[s.user % 4 if s.user < 48 else s.user % 3], 0
    )
    sizes = {group.name: group.users for group in groups}
    assert list(sizes) == ["common", "even"] and sizes["common"] == len(PROBE_SETS)
    assert all(group.hr_at_5.value == 1 for group in groups)


def test_one_value_alone_makes_no_groups():
    assert grouped_by_value(PROBE_SETS, PERFECT, lambda s: ("same",), 0) == []
    assert grouped_by_value(PROBE_SETS, PERFECT, lambda s: (), 0) == []


def test_calibration_puts_stated_chances_beside_how_often_they_were_right():
    bins = {round(row.chance, 1): row for row in calibration(PROBE_SETS, PERFECT)}
    assert bins[0.9].right == 1 and bins[0.1].right < 0.1 < bins[0.5].right < 0.9
    assert sum(row.questions for row in bins.values()) == 3 * len(PROBE_SETS)
