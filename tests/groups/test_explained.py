from recexplainer_core.groups.explained import explain_group, named, recommended
from recexplainer_core.histories import History
from recexplainer_core.modes import AlignmentMode
from recexplainer_core.rationale.explainer import Explainer
from recexplainer_core.rationale.reasons import Reasoner
from recexplainer_core.rationale.request import RationaleRequest
from recexplainer_core.recommenders.base import top_items
from tests.rationale.test_reasons import CATALOGUE, HISTORY, ITEM, N, Surrogate

EVERYTHING = History.of(tuple(range(N)))


def surrogate() -> Surrogate:
    return Surrogate({0: 0.0, 1: -9.0, 2: -2.0, 3: -9.0}, catalogue=CATALOGUE)


def test_every_user_gets_both_lists_and_a_reason_as_alone():
    told = []
    group = explain_group(
        Explainer(surrogate(), "template"), [5, 9], [HISTORY, HISTORY], AlignmentMode.HYBRID, "viewer",
        lambda done, total, note: told.append((done, total)),
    )  # fmt: skip
    assert [one.user for one in group] == [5, 9] and told[-1] == (2, 2)
    [ranked] = top_items(surrogate().recommender, [HISTORY.recent], 10, [HISTORY.seen])
    assert group[0].target == tuple(one.item for one in ranked)
    request = RationaleRequest(HISTORY, group[0].target[0], AlignmentMode.HYBRID, voice="viewer")
    [alone] = Reasoner(surrogate()).reasons([request])
    assert group[0].verified is not None and group[0].verified.text == alone.text


def test_what_they_have_in_common_is_counted_by_user():
    group = explain_group(
        Explainer(surrogate(), "template"), [5, 9], [HISTORY, HISTORY], AlignmentMode.HYBRID, "analyst"
    )
    targets, _ = recommended(group)
    assert targets[ITEM] == 2
    interests, cited = named(group)
    assert interests[("genres", "crime")] == 2 and cited[0] == 2


def test_who_has_everything_is_recommended_nothing():
    [one] = explain_group(
        Explainer(surrogate(), "template"), [1], [EVERYTHING], AlignmentMode.HYBRID, "analyst"
    )
    assert one.target == () and one.said is None and one.verified is None and not one.agrees
