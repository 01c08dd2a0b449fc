"""What a round of ratings says: of the modes, of the raters' agreement, and as a table to take away."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from itertools import combinations
from typing import Any

from pydantic import BaseModel

from recexplainer_core.evaluation.human.agreement import by_text, cohens_kappa, krippendorffs_alpha
from recexplainer_core.evaluation.human.rated import order_seed, shown_order
from recexplainer_core.evaluation.intervals import Interval, bootstrap_mean
from recexplainer_core.evaluation.judge import LEVELS

Record = Mapping[str, Any]
"""A rating with its explanation, as `RatingsFile.records` gives it."""


class ModeFigures(BaseModel):
    """What was given to one mode.

    `mean` is that of the users' means, each over all raters, with its 95% bootstrap interval over users; `levels` are
    the counts of the levels from 0 on.
    """

    mean: Interval
    users: int
    ratings: int
    levels: list[int]


class PairFigures(BaseModel):
    """How two raters agree on the texts that both have rated; None where a kappa is not defined."""

    raters: tuple[str, str]
    texts: int
    same: float
    kappa: float | None
    quadratic_kappa: float | None


class AgreementFigures(BaseModel):
    """How all raters agree: Krippendorff's ordinal alpha over the texts that at least two have rated."""

    alpha: float | None
    texts: int
    pairs: list[PairFigures]


def of_round(records: Sequence[Record], number: int) -> list[Record]:
    """Return the ratings of a round that count: blind ones, not corrected since."""
    return [one for one in records if one["round"] == number and one["blind"] and one["current"]]


def in_place(records: Sequence[Record]) -> list[Record]:
    """Return the ratings given where the explanation was read, with its mode in view, not corrected since."""
    return [one for one in records if not one["blind"] and one["current"]]


def mode_figures(records: Sequence[Record], seed: int) -> dict[str, ModeFigures]:
    """Return the ratings of each mode, best mean first.

    Args:
        records: ratings that count.
        seed: of the bootstrap.
    """
    found: dict[str, ModeFigures] = {}
    for mode in sorted({one["mode"] for one in records}):
        users: dict[str, list[int]] = {}
        for one in records:
            if one["mode"] == mode:
                users.setdefault(one["user"], []).append(one["level"])
        levels = [level for given in users.values() for level in given]
        found[mode] = ModeFigures(
            mean=bootstrap_mean([sum(given) / len(given) for given in users.values()], seed),
            users=len(users),
            ratings=len(levels),
            levels=[levels.count(level) for level in LEVELS],
        )
    return dict(sorted(found.items(), key=lambda row: -row[1].mean.value))


def agreement_figures(records: Sequence[Record]) -> AgreementFigures:
    """Return how far the raters agree, all together and two by two."""
    ratings: dict[str, dict[int, int]] = {}
    for one in records:
        ratings.setdefault(one["rater"], {})[one["explanation"]] = one["level"]
    texts = by_text(ratings)
    pairs: list[PairFigures] = []
    for left, right in combinations(sorted(ratings), 2):
        both = sorted(ratings[left].keys() & ratings[right].keys())
        first, second = [ratings[left][text] for text in both], [ratings[right][text] for text in both]
        if both:
            pairs.append(
                PairFigures(
                    raters=(left, right),
                    texts=len(both),
                    same=sum(a == b for a, b in zip(first, second, strict=True)) / len(both),
                    kappa=cohens_kappa(first, second),
                    quadratic_kappa=cohens_kappa(first, second, quadratic=True),
                )
            )
    return AgreementFigures(
        alpha=krippendorffs_alpha(texts), texts=sum(len(given) > 1 for given in texts), pairs=pairs
    )


def export_rows(records: Sequence[Record], explanations: Sequence[int], number: int) -> list[dict[str, Any]]:
    """Return one flat row for each rating of a round, corrected ones too, and each rating in place.

    Every row says in what place the rater saw the text and which seed the order came from, what the levels mean is in
    `level_means`.

    Args:
        records: all ratings of the build.
        explanations: ids of the round's explanations.
        number: of the round.
    """
    orders: dict[str, dict[int, int]] = {}
    rows = []
    for one in records:
        if one["round"] not in (number, None):
            continue
        place = None
        if one["blind"]:
            if one["rater"] not in orders:
                order = shown_order(explanations, one["seed"], one["rater"])
                orders[one["rater"]] = {text: n for n, text in enumerate(order, start=1)}
            place = orders[one["rater"]][one["explanation"]]
        rows.append(
            {
                **one,
                "history": " | ".join(one["history"]),
                "settings": json.dumps(one["settings"]),
                "level_means": LEVELS[one["level"]],
                "place": place,
                "order_seed": order_seed(one["seed"], one["rater"]) if one["blind"] else None,
            }
        )
    return rows
