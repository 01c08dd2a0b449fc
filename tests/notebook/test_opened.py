from functools import cache

import pytest

from recexplainer_core.errors import UnknownNameError
from recexplainer_core.locations import ASSETS
from recexplainer_core.notebook import OpenBundle, open_bundle


@cache
def demo() -> OpenBundle:
    return open_bundle(ASSETS / "demo-pocket")


def test_lists_are_those_of_the_models():
    user = demo().users[3]
    own = demo().history(user)
    assert own["counts"].sum() == min(len(own), demo().bundle.recommender.max_history)
    assert not set(demo().recommended(user)["title"]) & set(own["title"])
    predicted = demo().predicted(user, mode="intention", k=5)
    assert len(predicted) == 5 and predicted["probability"].is_monotonic_decreasing


def test_an_explanation_is_text_claims_and_html():
    user = demo().users[3]
    found = demo().explain(user)
    assert found.holds and len(found.claims) == len(found.checks)
    assert all(title in found.text for title in found.cited)
    assert found.heading == f"Why {demo().recommended(user)['title'].iloc[0]}?"
    assert "«" not in found._repr_html_() and "<script" not in found._repr_html_()


def test_a_reason_of_somebody_else_is_tested():
    user = demo().users[3]
    seen = demo().history(user)["title"].iloc[-1]
    found = demo().check(f"It is suggested because you watched {seen}.", user)
    assert len(found.claims) >= 1 and {"claim", "holds", "finding"} == set(found.claims)


def test_shares_of_the_attribution_are_of_the_score():
    found = demo().attribute(demo().users[3])
    assert len(found) <= 10 and found["share"].abs().max() < 50


def test_what_was_seen_is_not_explained():
    user = demo().users[3]
    seen = demo().history(user)["title"].iloc[-1]
    with pytest.raises(UnknownNameError, match="not recommended"):
        demo().explain(user, item=seen)


def test_a_question_is_answered():
    assert "director" in demo().ask("Who directed Alien?", demo().users[3]).text
