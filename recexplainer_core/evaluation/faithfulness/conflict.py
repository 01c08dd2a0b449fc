"""Whose items are cited where the model is shown one user's titles and another one's vector."""

from __future__ import annotations

from recexplainer_core.evaluation.definitions import SANITY, Definition
from recexplainer_core.evaluation.faithfulness.generated import BATCH
from recexplainer_core.evaluation.faithfulness.metric import Metric, ModeRationales
from recexplainer_core.evaluation.intervals import bootstrap_mean
from recexplainer_core.evaluation.report import Figures
from recexplainer_core.rationale.request import RationaleRequest

CASES = 200
"""Cases that are looked at, at most."""


def followed(written: ModeRationales) -> Figures:
    """Return the shares of the citations, of items that only one of the two users has.

    Items of both histories may be cited. Empty for a mode that sees titles or vectors only.
    """
    explainer, mode, cases = written.explainer, written.mode, written.cases[:CASES]
    if not (mode.shows_titles and mode.shows_vectors):
        return {}
    others = [*cases[1:], *cases[:1]]
    from_text: list[float] = []
    for start in range(0, len(cases), BATCH):
        shown, hidden = cases[start : start + BATCH], others[start : start + BATCH]
        requests = [
            RationaleRequest(one.history, one.item, mode, vectors_of=other.history)
            for one, other in zip(shown, hidden, strict=True)
        ]
        rationales = explainer.explain_all(requests, verdicts=["first"] * len(requests), tested=False)
        for rationale, one, other in zip(rationales, shown, hidden, strict=True):
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


METRIC = Metric(
    {
        "follows_text": Definition(
            "Follows the text",
            "Given one user's titles and another's vector: share of the citations that come from the titles.",
            SANITY,
            "neither",
        ),
        "follows_vector": Definition(
            "Follows the vector", "The same, from the history behind the vector.", SANITY, "neither"
        ),
    },
    followed,
)
