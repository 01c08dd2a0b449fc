"""What people rate: the same texts for every rater, in an order of the rater's own that does not give away the mode."""

from __future__ import annotations

import random
from collections.abc import Iterable
from dataclasses import dataclass

from recexplainer_core.evaluation.judge import LEVELS

NEED_A_WHY = (0, 1)
"""Levels that are only taken with a few words of why."""
FEWEST_WORDS = 3
LONGEST_RATER, LONGEST_WHY = 40, 1000


@dataclass(frozen=True)
class RoundPlan:
    """What decides the texts of a round; the same plan gives the same round.

    Args:
        bundle: name of the bundle's folder.
        manifest_hash: sha256 of its manifest, which holds that of every other file.
        users: number of held-out users, each with one recommendation.
        seed: of the users, the recommendations and the raters' orders.
        modes: that explain each recommendation.
    """

    bundle: str
    manifest_hash: str
    users: int
    seed: int
    modes: tuple[str, ...]

    @property
    def texts(self) -> int:
        """Number of explanations to rate."""
        return self.users * len(self.modes)


@dataclass(frozen=True)
class RatedExplanation:
    """One explanation, with all that is needed to understand a rating of it without the bundle.

    Args:
        user: id.
        item: id.
        title: of the item.
        history: titles that the models were shown, oldest first.
        mode: that wrote it.
        verdict: the model's own, on which it was asked to comment.
        text: as written.
    """

    user: str
    item: str
    title: str
    history: tuple[str, ...]
    mode: str
    verdict: str
    text: str


@dataclass(frozen=True)
class Round:
    """A plan whose explanations are being rated, or still written.

    Args:
        id: its number in the file.
        plan: what decided it.
        made: when, in UTC.
        written: number of its explanations that exist.
    """

    id: int
    plan: RoundPlan
    made: str
    written: int

    @property
    def complete(self) -> bool:
        """Whether every explanation is written, so that people may rate."""
        return self.written >= self.plan.texts


@dataclass(frozen=True)
class Given:
    """A rating that has not been corrected since."""

    level: int
    why: str


def faults_of(rater: str, level: int, why: str) -> str:
    """Return what keeps a rating from being taken, "" if nothing does."""
    if not rater.strip() or len(rater) > LONGEST_RATER:
        return f"A rater needs a name of at most {LONGEST_RATER} characters."
    if level not in LEVELS:
        return f"{level} is none of the levels {', '.join(map(str, LEVELS))}."
    if level in NEED_A_WHY and len(why.split()) < FEWEST_WORDS:
        return f"Level {level} needs a few words of why: at least {FEWEST_WORDS}."
    return f"The why has more than {LONGEST_WHY:,} characters." if len(why) > LONGEST_WHY else ""


def order_seed(seed: int, rater: str) -> str:
    """Return the seed of a rater's order, as it is stated in the export."""
    return f"{seed}, order, {rater}"


def shown_order(explanations: Iterable[int], seed: int, rater: str) -> list[int]:
    """Return explanation ids in the order in which a rater sees them."""
    return random.Random(order_seed(seed, rater)).sample(ids := sorted(explanations), len(ids))
