"""The texts of a round of ratings: drawn with a seed, and written by the language model in all modes."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from typing import Any

import numpy as np
import numpy.typing as npt

from recexplainer_core.catalogue import Catalogue
from recexplainer_core.evaluation.human.rated import RatedExplanation
from recexplainer_core.histories import Histories
from recexplainer_core.modes import AlignmentMode
from recexplainer_core.rationale.verdict import own_verdicts
from recexplainer_core.recommenders.base import Recommender, top_items
from recexplainer_core.surrogate.engine import LONGEST_REASON, Engine

EXPLAINED = 10
"""The explained item is any of so many first recommendations of the target."""
USERS_AT_ONCE = 4
"""Users whose explanations are written in one batch: short, so that others who ask the model get their turn."""


@dataclass(frozen=True)
class Recommendation:
    """One of the target's first recommendations to a user; both are indices."""

    user: int
    item: int


def draw_recommendations(
    recommender: Recommender, histories: Histories, held_out: npt.NDArray[np.bool_], users: int, seed: int
) -> list[Recommendation]:
    """Draw held-out users and for each one of the target's first recommendations; in random order.

    Users without a history, and those who have seen everything, are passed over.
    """
    pool = np.random.default_rng(seed).permutation(np.flatnonzero(held_out & (histories.lengths > 0)))
    drawn: list[Recommendation] = []
    for user in pool:
        if len(drawn) == users:
            break
        ranked = top_items(recommender, [tuple(map(int, histories[int(user)]))], EXPLAINED)[0]
        if ranked:
            rng = random.Random(f"{seed}, rated, {user}")
            drawn.append(Recommendation(int(user), rng.choice(ranked).item))
    return drawn


def explain_in_batches(
    engine: Engine,
    catalogue: Catalogue,
    histories: Histories,
    drawn: Sequence[Recommendation],
    modes: Sequence[AlignmentMode],
) -> Iterator[list[RatedExplanation]]:
    """Yield the explanations of a few users at a time, in all modes.

    Raises:
        BusyError: the wait for other callers of the model got too long.
    """
    for start in range(0, len(drawn), USERS_AT_ONCE):
        batch = drawn[start : start + USERS_AT_ONCE]
        past = [tuple(map(int, histories[one.user])) for one in batch]
        items = [one.item for one in batch]
        verdicts = {mode: own_verdicts(engine, past, items, mode) for mode in modes}
        asked = [(mode, row) for mode in modes for row in range(len(batch))]
        texts = engine.explain_all(
            [past[row] for _, row in asked],
            [items[row] for _, row in asked],
            [mode for mode, _ in asked],
            [verdicts[mode][row] for mode, row in asked],
        )
        yield [
            RatedExplanation(
                user=histories.user_ids[batch[row].user],
                item=catalogue.item_ids[items[row]],
                title=catalogue.titles[items[row]],
                history=shown_history(catalogue, past[row], engine.recommender.max_history),
                mode=str(mode),
                verdict=verdicts[mode][row],
                text=text,
            )
            for (mode, row), text in zip(asked, texts, strict=True)
        ]


def shown_history(catalogue: Catalogue, history: Sequence[int], max_history: int) -> tuple[str, ...]:
    """Return the titles that the models are shown of a history."""
    return tuple(catalogue.titles[item] for item in history[-max_history:])


def engine_settings(recommender: Recommender, temperature: float = 0.0) -> Mapping[str, Any]:
    """Return the settings with which explanations are written; at temperature 0 the most probable words are taken."""
    return {
        "temperature": temperature,
        "longest_reason_tokens": LONGEST_REASON,
        "max_history": recommender.max_history,
        "explained_of_first": EXPLAINED,
        **{name: version(name) for name in ("torch", "transformers")},
    }
