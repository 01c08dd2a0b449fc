import pytest

from recexplainer_core.grammar.reading import read
from recexplainer_core.histories import History
from recexplainer_core.modes import AlignmentMode
from recexplainer_core.rationale.contrast import check_contrast
from recexplainer_core.rationale.verdict import own_order
from tests.fakes.tiny_lm import TITLES
from tests.rationale.test_checks import CATALOGUE, HISTORY, target


def verdicts(text: str, item: int = 10, other: int = 11) -> dict[str, bool | None]:
    found = check_contrast(read(text, CATALOGUE), CATALOGUE, target(), HISTORY, item, other)
    return {one.kind: one.holds for one in found}


def test_a_true_comparison_holds_in_every_claim():
    said = verdicts("«Film 10» comes before «Film 11», mostly because of «Film 0» (crime as well).")
    assert said == {"verdict": True, "cited": True, "remark": True, "weight": True}


def test_seen_from_the_other_side_the_same_title_decides():
    text = "«Film 11» comes after «Film 10», mostly because of «Film 0» (crime as well)."
    assert all(verdicts(text, item=11, other=10).values())


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("«Film 10» comes after «Film 11».", "verdict"),
        ("«Film 10» comes before «Film 11» because of «Film 3».", "cited"),
        ("«Film 10» comes before «Film 11» because of «Film 7».", "cited"),
        ("«Film 10» comes before «Film 11» because of «Film 0» (also drama).", "remark"),
        ("«Film 10» comes before «Film 11»; nothing watched points to it.", "weight"),
    ],
)
def test_a_false_claim_is_found_out(text: str, kind: str):
    assert verdicts(text)[kind] is False


def test_what_cannot_be_read_is_not_judged():
    assert verdicts("It simply feels right.") == {"unread": None}


@pytest.mark.parametrize("mode", list(AlignmentMode))
def test_the_model_orders_two_items_by_its_list_and_not_both_ways(engine, mode):
    history = History.of((0, 2))
    ranked = [p.item for p in engine.predict([history], [mode], 10)[0]]
    outside = [item for item in range(len(TITLES)) if item not in (*history.items, *ranked)]
    pairs = [(ranked[0], ranked[1]), *((ranked[-1], item) for item in outside[:1])]
    for first, second in pairs:
        assert own_order(engine, history, first, second, mode) == "before"
        assert own_order(engine, history, second, first, mode) == "after"
