"""Whether rationales depend on what they should depend on: on the target's weights, and on text or vector."""

from __future__ import annotations

from recexplainer_core.evaluation.definitions import Definition
from recexplainer_core.evaluation.faithfulness.generated import BATCH, generate
from recexplainer_core.evaluation.faithfulness.metric import Metric, ModeRationales
from recexplainer_core.evaluation.intervals import bootstrap_mean
from recexplainer_core.evaluation.report import Figures
from recexplainer_core.rationale.request import RationaleRequest

CASES = 200
"""Cases that are looked at, at most."""


def followed(written: ModeRationales) -> Figures:
    """Give the model one user's titles and another one's vector, and see whose items it cites.

    Returns:
        Shares of the citations, of items that only one of the two users has; empty for a mode that sees titles or
        vectors only.
    """
    explainer, mode, cases = written.explainer, written.mode, written.cases[:CASES]
    if not (mode.shows_titles and mode.shows_vectors):
        return {}
    others = [*cases[1:], *cases[:1]]
    from_text: list[float] = []
    for start in range(0, len(cases), BATCH):
        pairs = list(zip(cases[start : start + BATCH], others[start : start + BATCH], strict=True))
        requests = [
            RationaleRequest(one.history, one.item, mode, vectors_of=other.history, verified=False)
            for one, other in pairs
        ]
        rationales = explainer.explain_all(requests, tested=False)
        for rationale, (one, other) in zip(rationales, pairs, strict=True):
            cited, own, theirs = rationale.cited_items, set(one.history.recent), set(other.history.recent)
            text, vector = cited & own - theirs - {one.item}, cited & theirs - own - {one.item}
            if text or vector:
                from_text.append(len(text) / (len(text) + len(vector)))
    if not from_text:
        return {}
    return {
        "follows_text": bootstrap_mean(from_text, written.seed),
        "follows_vector": bootstrap_mean([1 - share for share in from_text], written.seed),
    }


def changed_citations(written: ModeRationales) -> Figures:
    """Return how often other items are cited, or in another order, once the target's weights are drawn anew."""
    if written.reinitialised is None:
        return {}
    again = generate(written.reinitialised, written.mode, written.cases[:CASES])
    changed = [float(one.cited != other.cited) for one, other in zip(written.rationales, again, strict=False)]
    return {"changed_by_redrawn_target": bootstrap_mean(changed, written.seed)}


METRIC = Metric(
    {
        "follows_text": Definition(
            "Follows the text",
            "Given one user's titles and another's vector: share of the citations that come from the titles.",
            "neither",
        ),
        "follows_vector": Definition(
            "Follows the vector", "The same, from the history behind the vector.", "neither"
        ),
        "changed_by_redrawn_target": Definition(
            "Changed by another target",
            "How often the citations change when the target's weights are drawn at random; 0 where no vector is seen.",
        ),
    },
    lambda written: followed(written) | changed_citations(written),
)
