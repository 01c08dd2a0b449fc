"""What a colour on the embedding map means: a few named groups, or a scale."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from recexplainer_core.modes import AlignmentMode
from recexplainer_core.ui.embedding_map.facts import agreement_of, popularity_of
from recexplainer_core.ui.embedding_map.view import AGREEMENT, ATTRIBUTE, CLUSTER, POPULARITY

if TYPE_CHECKING:
    from recexplainer_core.bundle import Bundle
    from recexplainer_core.embedding_map.artefact import EmbeddingMap

MOST_GROUPS = 9
"""Values of an attribute with a colour of their own; the rest is `OTHER`."""
OTHER, UNKNOWN = "other", "not known"
SCALE_FROM = 12
"""Different numbers from which an attribute of numbers is a scale."""


@dataclass(frozen=True, eq=False)
class Colouring:
    """Either groups or a scale.

    Args:
        title: of the legend.
        note: what the colour means, as plain text.
        codes: [n], group of each item; -1 for those without.
        groups: names of the groups.
        rest: name of those without a group or value.
        values: [n], place on the scale, NaN where there is none; None when there are groups.
        ticks: (place, text) pairs of the scale.
        ends: where the scale begins and ends.
    """

    title: str
    note: str
    codes: npt.NDArray[np.int16]
    groups: tuple[str, ...] = ()
    rest: str = OTHER
    values: npt.NDArray[np.float32] | None = None
    ticks: tuple[tuple[float, str], ...] = ()
    ends: tuple[float, float] = (0.0, 1.0)


def colour_label(bundle: Bundle, colour: str) -> str:
    """Return what a way of colouring is called in a menu."""
    return {
        CLUSTER: "Cluster",
        POPULARITY: "Popularity",
        AGREEMENT: "Agreement of the LLM",
    }.get(colour, colour.removeprefix(ATTRIBUTE).capitalize())


def colouring(bundle: Bundle, made: EmbeddingMap, colour: str, mode: AlignmentMode) -> Colouring:
    """Return the colours of all items; by cluster where agreement is asked for and was not measured."""
    words = bundle.catalogue.wording
    nothing = np.full(len(bundle.catalogue), -1, dtype=np.int16)
    if colour == POPULARITY:
        counts = popularity_of(bundle)
        return Colouring(
            "Popularity",
            f"How often {words.an_item} is in the {words.users}' histories, on a logarithmic scale.",
            nothing,
            values=np.log10(np.maximum(counts, 1)).astype(np.float32),
            ticks=_powers(int(counts.max(initial=1))),
            ends=(float(np.log10(max(1, counts.min()))), float(np.log10(max(2, counts.max())))),
        )
    if colour == AGREEMENT and (found := agreement_of(bundle, mode)) is not None:
        shares, times = found
        return Colouring(
            "Agreement",
            f"Of the held-out {words.users} to whom the target recommends the {words.item} first, the share for whom "
            f"the LLM in {mode} mode names it first too. {int((times > 0).sum()):,} of {len(times):,} "
            f"{words.items} are anybody's first choice; the others are grey.",
            nothing,
            rest="nobody's first choice",
            values=shares,
            ticks=((0, "0%"), (0.5, "50%"), (1, "100%")),
        )
    if colour.startswith(ATTRIBUTE):
        return _by_attribute(bundle, colour.removeprefix(ATTRIBUTE), nothing)
    return Colouring(
        "Cluster",
        f"Clusters are found by k-means in the target's own space, not on the map, and named after the attributes "
        f"that set their {words.items} apart (TF-IDF).",
        made.clusters,
        made.cluster_labels,
    )


def _by_attribute(bundle: Bundle, name: str, nothing: npt.NDArray[np.int16]) -> Colouring:
    column = bundle.catalogue.attributes[name]
    words = bundle.catalogue.wording
    numbers = _numbers(column)
    if numbers is not None:
        low, high = float(np.nanmin(numbers)), float(np.nanmax(numbers))
        ticks = tuple((value, f"{value:.0f}") for value in np.linspace(low, high, 4).round())
        return Colouring(
            name.capitalize(),
            f"The {name} of each {words.item}.",
            nothing,
            rest=UNKNOWN,
            values=numbers,
            ticks=ticks,
            ends=(low, high),
        )
    counts = Counter(value for values in column for value in values)
    groups = tuple(value for value, _ in counts.most_common(MOST_GROUPS))
    place = {value: number for number, value in enumerate(groups)}
    codes = np.array(
        [next((place[value] for value in values if value in place), -1) for values in column], dtype=np.int16
    )
    several = any(len(values) > 1 for values in column)
    return Colouring(
        name.capitalize(),
        f"The {len(groups)} most frequent of {len(counts):,} values have a colour."
        + (
            f" {words.an_item.capitalize()} with several takes the first of them that has one."
            if several
            else ""
        ),
        codes,
        groups,
        rest=f"{OTHER} or {UNKNOWN}",
    )


def _numbers(column: Sequence[tuple[str, ...]]) -> npt.NDArray[np.float32] | None:
    """Return the attribute as numbers [n], None when it is none or has only a few values."""
    if any(len(values) > 1 for values in column):
        return None
    try:
        numbers = np.array([float(values[0]) if values else np.nan for values in column], dtype=np.float32)
    except ValueError:
        return None
    return numbers if len(np.unique(numbers[np.isfinite(numbers)])) >= SCALE_FROM else None


def _powers(highest: int) -> tuple[tuple[float, str], ...]:
    steps = [value for power in range(7) for value in (10**power, 3 * 10**power) if value <= highest]
    return tuple((float(np.log10(value)), f"{value:,}") for value in steps)
