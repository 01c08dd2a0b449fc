"""What a rationale says of two items, tested: which comes first, and what in the history decides between them."""

from __future__ import annotations

from recexplainer_core.catalogue import Catalogue
from recexplainer_core.histories import History
from recexplainer_core.rationale.attribution import attribute
from recexplainer_core.rationale.checks import WEIGHTS, Check
from recexplainer_core.rationale.coalitions import probabilities_and_ranks
from recexplainer_core.rationale.plan import Planner
from recexplainer_core.rationale.reading import CitedReason, Reading
from recexplainer_core.rationale.shared_values import shared_values
from recexplainer_core.recommenders.base import Recommender


def check_contrast(
    reading: Reading,
    catalogue: Catalogue,
    recommender: Recommender,
    history: History,
    item: int,
    other: int,
) -> list[Check]:
    """Test what a rationale says of why one item comes before or after another.

    A cited title decides between the two if without it the lead of the one that is said to come first, the ratio of
    its softmax score to that of the other, shrinks.

    Args:
        reading: the rationale, read.
        catalogue: says what is shared.
        recommender: the target, which is asked about changed histories.
        history: the user's. What is seen does not count in ranks.
        item: the item that is asked about.
        other: the item it is compared with.
    """
    [[first, second]] = attribute(recommender, [history], [[item, other]])
    titles = catalogue.titles
    checks: list[Check] = []
    claimed = reading.claimed("verdict")
    if claimed in ("before", "after"):
        holds = (first.rank < second.rank) == (claimed == "before")
        finding = f"the target has them at no. {first.rank:,} and no. {second.rank:,}"
        claim = f"«{titles[item]}» comes {claimed} «{titles[other]}»"
        checks.append(Check("verdict", claim, holds, finding, item))
    before = claimed == "before" if claimed in ("before", "after") else first.rank < second.rank
    ahead, behind = (item, other) if before else (other, item)
    for one in (*reading.cited("reasons"), *reading.cited("against")):
        checks += _cited(one, catalogue, recommender, history, ahead, behind)
    weight = reading.claimed("reasons") or reading.claimed("nothing")
    plan = Planner(catalogue).compare(first, second)
    if weight is not None and claimed == plan.verdict:
        reasons = ", ".join(f"«{titles[reason.item]}»" for reason in plan.reasons) or "nothing"
        checks.append(
            Check("weight", WEIGHTS[weight], weight == plan.weight, f"what decides is {reasons}", item)
        )
    return [*checks, *(Check("unread", text, None, "could not be read") for text in reading.unread)]


def _cited(
    one: CitedReason,
    catalogue: Catalogue,
    recommender: Recommender,
    history: History,
    ahead: int,
    behind: int,
) -> list[Check]:
    cited = one.citation.item
    claim = f"«{one.citation.title}» decides for «{catalogue.titles[ahead]}»"
    if cited is None or cited not in history.recent:
        return [Check("cited", claim, False, "is not in the history", cited)]
    variants = [history.recent, history.without({cited}).recent]
    vectors = recommender.user_vectors(variants)
    probabilities, ranks = probabilities_and_ranks(recommender, vectors, [ahead, behind], history.seen)
    lead = probabilities[:, 0] / probabilities[:, 1]
    finding = (
        f"without it: no. {ranks[0, 0]:,} → {ranks[1, 0]:,} against no. {ranks[0, 1]:,} → {ranks[1, 1]:,}, "
        f"its lead {100 * (lead[1] / lead[0] - 1):+.0f}%"
    )
    checks = [Check("cited", claim, bool(lead[1] < lead[0]), finding, cited)]
    if one.remark is not None:
        shared = (one.attribute, one.value) in shared_values(catalogue, cited, ahead)
        says = f"the catalogue {'says so of both' if shared else 'does not say so of both'}"
        checks.append(Check("remark", f"«{one.citation.title}»: {one.remark}", shared, says, cited))
    return checks
