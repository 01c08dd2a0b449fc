"""The compared lists and reasons as tables to be saved, with the parameters that made them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

import pandas as pd

from recexplainer_core.modes import AlignmentMode
from recexplainer_core.ui.compare_modes.comparison import named_by, standing
from recexplainer_core.ui.shared.downloads import origin
from recexplainer_core.ui.shared.target_answers import Ranking

if TYPE_CHECKING:
    from recexplainer_core.bundle import Bundle
    from recexplainer_core.rationale.explainer import Rationale


def lists_table(
    bundle: Bundle, user: int, target: Ranking, lists: Mapping[AlignmentMode, Ranking]
) -> pd.DataFrame:
    """Return one row per list and rank: the item, its score, its place in the target's list, who else names it.

    The target's scores are its own, those of the modes log-probabilities of the title.
    """
    items = {mode: [item for item, _ in scored] for mode, scored in lists.items()}
    places = {item: rank for rank, (item, _) in enumerate(target, start=1)}
    rows = [
        {
            "user": bundle.histories.user_ids[user],
            "list": name,
            "rank": rank,
            "item": bundle.catalogue.item_ids[item],
            "title": bundle.catalogue.titles[item],
            "score": score,
            "target rank": places.get(item),
            "named by": " ".join(named_by(items, item)),
            "standing": str(standing(items, item)) if named_by(items, item) else "nobody",
        }
        for name, scored in (("target", target), *((str(mode), scored) for mode, scored in lists.items()))
        for rank, (item, score) in enumerate(scored, start=1)
    ]
    return pd.DataFrame(rows).astype({"target rank": "Int64"}).assign(**origin(bundle))


def reasons_table(bundle: Bundle, user: int, item: int, reasons: Iterable[Rationale]) -> pd.DataFrame:
    """Return one row per mode and claim, the reason beside it; a reason without a claim has one row."""
    rows = [
        {
            "user": bundle.histories.user_ids[user],
            "item": bundle.catalogue.item_ids[item],
            "title": bundle.catalogue.titles[item],
            "mode": str(reason.request.mode),
            "reason": reason.text,
            "claim": one.claim if one else None,
            "holds": one.holds if one else None,
            "finding": one.finding if one else None,
        }
        for reason in reasons
        for one in (reason.checks or [None])
    ]
    return pd.DataFrame(rows).assign(temperature=0.0, **origin(bundle))
