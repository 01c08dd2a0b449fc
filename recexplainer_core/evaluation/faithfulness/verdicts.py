"""Whether what a rationale says of an item's place is what the target says, over the whole of the target's order."""

from __future__ import annotations

from collections.abc import Sequence

from recexplainer_core.evaluation.definitions import Definition
from recexplainer_core.evaluation.faithfulness.generated import BandRationale
from recexplainer_core.evaluation.faithfulness.metric import Metric
from recexplainer_core.evaluation.intervals import bootstrap, bootstrap_mean
from recexplainer_core.evaluation.report import Figures

_OF_BANDS = {
    "verdict_top": Definition(
        "Verdict, upper band", "The stated liking is the target's, for items of its upper fifth."
    ),
    "verdict_middle": Definition("Verdict, middle band", "The same between the two bands."),
    "verdict_bottom": Definition("Verdict, lower band", "The same for items of its lower half."),
}
"""Accuracy in each band, in the order of `BANDS`."""
_BALANCED = Definition(
    "Verdict, balanced",
    "Mean of the accuracies among what the target likes and among what it does not.",
    chance=0.5,
)


def verdict_figures(bands: Sequence[BandRationale], seed: int) -> Figures:
    """Return how often what is written of an item's place is what the target says.

    An item that is a first choice, recommended or nearly so counts as liked; the target likes what is in the upper
    part of its order. Where nothing is said of the place, nothing is measured.
    """
    bands = [one for one in bands if one.reading.claimed("verdict")]
    users: dict[int, list[tuple[bool, bool]]] = {}
    for one in bands:
        users.setdefault(one.case, []).append((_says_liked(one), one.liked))
    of_band = {
        name: [float(_says_liked(one) == one.liked) for one in bands if one.band == band]
        for band, name in enumerate(_OF_BANDS)
    }
    figures = {name: bootstrap_mean(values, seed) for name, values in of_band.items() if values}
    if not users:
        return figures
    return figures | {"verdict_balanced": bootstrap(list(users.values()), balanced_accuracy, seed)}


METRIC = Metric(
    {**_OF_BANDS, "verdict_balanced": _BALANCED},
    lambda written: verdict_figures(written.bands, written.seed),
)


def _says_liked(one: BandRationale) -> bool:
    return one.reading.claimed("verdict") in ("first", "listed", "possible")


def balanced_accuracy(users: Sequence[Sequence[tuple[bool, bool]]]) -> float:
    """Return the mean of the accuracies among what the target likes and among what it does not.

    Args:
        users: of each user (stated liking, the target's liking) of some items.
    """
    pairs = [pair for user in users for pair in user]
    parts = [[stated == right for stated, right in pairs if right is liked] for liked in (True, False)]
    return sum(sum(part) / len(part) for part in parts if part) / max(1, sum(bool(part) for part in parts))
