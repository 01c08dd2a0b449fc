import numpy as np
import pytest

from recexplainer_core.catalogue import FILMS
from recexplainer_core.errors import ModelError, UnknownNameError
from recexplainer_core.notebook import explain

TITLES = [f"Film {i}" for i in range(12)]
GENRES = [["crime"] if i in (0, 1, 8) else ["war"] for i in range(12)]


def crime_leads_to_eight(histories):
    scores = np.zeros((len(histories), 12))
    for row, history in enumerate(histories):
        scores[row, 8] = 2.0 * sum(title in ("Film 0", "Film 1") for title in history)
    return scores


def told(**settings):
    return explain(
        crime_leads_to_eight,
        history=["Film 0", "Film 1", "Film 2", "Film 3"],
        titles=TITLES,
        wording=FILMS,
        **settings,
    )


def test_the_reason_is_the_functions_own():
    found = told(attributes={"genres": GENRES})
    assert found.heading == "Why Film 8?" and found.holds
    assert set(found.cited) == {"Film 0", "Film 1"} and "crime" in found.text


def test_without_attributes_items_are_named():
    found = told(item="Film 8", voice="brief")
    assert "«Film 0»" in found.text and found.holds


@pytest.mark.parametrize(
    ("scores", "fault"),
    [
        (lambda histories: [[1.0]], "shape"),
        (lambda histories: np.full((len(histories), 12), np.nan), "finite"),
    ],
)
def test_what_is_no_scores_is_refused(scores, fault):
    with pytest.raises(ModelError, match=fault):
        explain(scores, history=["Film 0"], titles=TITLES)


def test_who_has_everything_is_recommended_nothing():
    with pytest.raises(UnknownNameError, match="nothing is left"):
        explain(crime_leads_to_eight, history=TITLES, titles=TITLES)
