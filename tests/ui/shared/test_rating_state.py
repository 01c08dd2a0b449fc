import pytest

from recexplainer_core.evaluation.human.rated import Round, RoundPlan
from recexplainer_core.ui.shared.rating_state import RATE, RESULTS, resolve_rating

PLAN = RoundPlan("fake", "a" * 64, 2, 0, ("none", "hybrid"))
ROUNDS = [Round(1, PLAN, "2026-01-01", 4), Round(2, PLAN, "2026-01-02", 4), Round(3, PLAN, "2026-01-03", 1)]


def test_without_a_link_it_is_the_last_round_that_can_be_rated() -> None:
    state = resolve_rating({}, ROUNDS, "  Ana   B. ")
    assert (state.round, state.rater, state.place, state.view) == (ROUNDS[1], "Ana B.", None, RATE)
    assert not state.notices


def test_a_link_names_round_place_and_view() -> None:
    state = resolve_rating({"round": "1", "place": "4", "view": "results"}, ROUNDS, "")
    assert (state.round, state.place, state.view, state.notices) == (ROUNDS[0], 4, RESULTS, ())


@pytest.mark.parametrize(
    "link", [{"round": "9"}, {"place": "0"}, {"place": "5"}, {"view": "x"}, {"round": "a"}]
)
def test_what_is_not_there_falls_back_with_a_notice(link: dict[str, str]) -> None:
    state = resolve_rating(link, ROUNDS, "x" * 60)
    assert (state.round, state.place, state.view) == (ROUNDS[1], None, RATE)
    assert len(state.notices) == 2 and len(state.rater) == 40


def test_nothing_written_is_no_error() -> None:
    assert resolve_rating({}, [], "").round is None
