"""One explanation as a record: who, what both models say, why, and how all of it was made."""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from recexplainer_core.ui.shared.agreement import list_agreement
from recexplainer_core.ui.shared.descriptions import target_name
from recexplainer_core.ui.shared.history import dates_of
from recexplainer_core.ui.shared.spreadsheet import csv_text
from recexplainer_core.ui.shared.target_answers import LIST_LENGTH, Ranking, attribution_of, softmax_scores

if TYPE_CHECKING:
    from recexplainer_core.bundle import Bundle
    from recexplainer_core.rationale.explainer import Rationale

Row = dict[str, Any]


@dataclass(frozen=True)
class ExplanationRecord:
    """Everything the explorer says of one user and item; each table is a list of rows with the same columns.

    Args:
        made_with: bundle, manifest hash, models, mode and settings.
        user: id, whether the language model saw the user, number of items.
        item: the explained item, its attributes, its rank and score.
        agreement: of the two lists.
        history: oldest first.
        target_list, llm_list: best first.
        reason: the text, with its titles between « and », and how it was drawn.
        claims: of the text, each with its check.
        attribution: what each item of the history brings, in the target's own score.
    """

    made_with: Row
    user: Row
    item: Row
    agreement: Row
    history: list[Row]
    target_list: list[Row]
    llm_list: list[Row]
    reason: Row
    claims: list[Row]
    attribution: list[Row]


def gather(
    bundle: Bundle, user: int, rationale: Rationale, target: Ranking, predicted: Ranking, link: str
) -> ExplanationRecord:
    """Collect what is on screen.

    Args:
        bundle: the bundle.
        user: whose explanation it is.
        rationale: as far as it is written.
        target: the target's items with their scores, best first.
        predicted: the language model's items with their log-probabilities, best first.
        link: the address that opens it again.
    """
    history, item = rationale.request.history, rationale.request.item
    catalogue, manifest, cited = bundle.catalogue, bundle.manifest, rationale.cited_items
    found = attribution_of(bundle, history, item)
    dates, first = dates_of(bundle, user), len(history.items) - len(history.recent)
    own = history == bundle.history(user)
    agreement = list_agreement([i for i, _ in target], [i for i, _ in predicted])

    def about(i: int) -> Row:
        return {"id": catalogue.item_ids[i], "title": catalogue.titles[i]}

    def ranked(listed: Ranking, score: str, probabilities: Sequence[float], probability: str) -> list[Row]:
        return [
            {"rank": rank, **about(i), score: value, probability: part}
            for rank, ((i, value), part) in enumerate(zip(listed, probabilities, strict=True), start=1)
        ]

    return ExplanationRecord(
        made_with={
            "bundle": manifest.name,
            "manifest sha256": bundle.manifest_hash,
            "data": manifest.provenance.name,
            "target": target_name(bundle),
            "mode": str(rationale.request.mode),
            "items in either list": LIST_LENGTH,
            "items that the target sees": bundle.recommender.max_history,
            "temperature of the reason": rationale.temperature,
            "writer of the reason": rationale.writer,
            "voice": rationale.request.voice,
            "reason": "verified" if rationale.request.verified else "as said",
            "standard error of the attribution": found.error,
            "link": link,
        },
        user={
            "id": bundle.histories.user_ids[user],
            "seen by the language model in training": not bool(bundle.held_out[user]),
            "items": len(history.items),
            "history edited": not own,
        },
        item={
            **about(item),
            **{name: ", ".join(catalogue.values(item, name)) for name in catalogue.descriptive},
            "rank in the target": found.rank,
            "softmax score in the target": found.probability,
        },
        agreement=asdict(agreement),
        history=[
            {
                "position": place + 1,
                **about(i),
                **{name: ", ".join(catalogue.values(i, name)) for name in catalogue.descriptive},
                **({"date": dates[place]} if dates and own else {}),
                "seen by the models": place >= first,
                "cited": i in cited,
            }
            for place, i in enumerate(history.items)
        ],
        target_list=ranked(
            target,
            "score",
            softmax_scores(bundle, history, tuple(i for i, _ in target)),
            "softmax score",
        ),
        llm_list=ranked(predicted, "log probability", [math.exp(one) for _, one in predicted], "probability"),
        reason={"text": rationale.text, "complete": rationale.complete},
        claims=[
            {"kind": one.kind, "claim": one.claim, "holds": one.holds, "finding": one.finding}
            for one in rationale.checks
        ],
        attribution=[
            {
                **about(i),
                "Shapley value": float(effect),
                "loss without it alone": float(loss),
                "cited": i in cited,
            }
            for i, effect, loss in zip(found.history, found.effects, found.losses, strict=True)
        ],
    )


def as_json(explanation: ExplanationRecord) -> str:
    """Return the record as JSON."""
    return json.dumps(asdict(explanation), ensure_ascii=False, indent=2)


def as_csv(explanation: ExplanationRecord) -> str:
    """Return the record as one long table: part, row, what, value."""
    rows = (
        (part, number, what, value)
        for part, content in asdict(explanation).items()
        for number, row in enumerate([content] if isinstance(content, dict) else content, start=1)
        for what, value in row.items()
    )
    return csv_text(("part", "row", "what", "value"), rows)
