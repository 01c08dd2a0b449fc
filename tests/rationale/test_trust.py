from recexplainer_core.catalogue import FILMS
from recexplainer_core.rationale.trust import lists_verdict, reasons_verdict

FIGURES = {
    "wholly_true": 0.877,
    "wholly_true, verified": 0.988,
    "rank_right": 0.96,
    "cited_right": 0.83,
    "removal_right": 0.78,
}


def test_it_says_how_many_are_true_and_what_is_most_often_wrong():
    text = reasons_verdict(FIGURES, FILMS)
    assert text.startswith("88% of the reasons") and "99% when the target verifies" in text
    assert "most often wrong about what becomes of it without them (78% right)" in text
    assert "seldom about where it stands on the list (96%)" in text


def test_what_was_not_measured_is_not_said():
    assert reasons_verdict({}, FILMS) == "" == lists_verdict({"acc@1": 0.5}, FILMS)
    assert "most often wrong" not in reasons_verdict(
        {k: v for k, v in FIGURES.items() if "_right" not in k}, FILMS
    )


def test_lists_are_judged_by_first_choices():
    text = lists_verdict({"acc@1": 0.65, "hr@5": 0.962}, FILMS)
    assert "in 65% of cases" in text and "in 96%" in text and "viewers" in text
