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
from recexplainer_core.histories import Histories, History
from recexplainer_core.modes import AlignmentMode
from recexplainer_core.rationale.explainer import Explainer
from recexplainer_core.rationale.request import RationaleRequest
from recexplainer_core.rationale.writers import LONGEST_RATIONALE
from recexplainer_core.recommenders.base import Recommender, top_items

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
        ranked = top_items(recommender, [histories[int(user)].tolist()], EXPLAINED)[0]
        if ranked:
            rng = random.Random(f"{seed}, rated, {user}")
            drawn.append(Recommendation(int(user), rng.choice(ranked).item))
    return drawn


def explain_in_batches(
    explainer: Explainer,
    histories: Histories,
    drawn: Sequence[Recommendation],
    modes: Sequence[AlignmentMode],
) -> Iterator[list[RatedExplanation]]:
    """Yield the explanations of a few users at a time, in all modes.

    Raises:
        BusyError: the wait for other callers of the model got too long.
    """
    catalogue, max_history = explainer.catalogue, explainer.surrogate.recommender.max_history
    for start in range(0, len(drawn), USERS_AT_ONCE):
        asked = [(mode, one) for mode in modes for one in drawn[start : start + USERS_AT_ONCE]]
        requests = [
            RationaleRequest(History.of(histories[one.user], max_history), one.item, mode, verified=False)
            for mode, one in asked
        ]
        rationales = explainer.explain_all(requests, tested=False)
        yield [
            RatedExplanation(
                user=histories.user_ids[one.user],
                item=catalogue.item_ids[one.item],
                title=catalogue.titles[one.item],
                history=shown_history(catalogue, rationale.request.history),
                mode=str(mode),
                verdict=rationale.verdict,
                text=rationale.text,
            )
            for (mode, one), rationale in zip(asked, rationales, strict=True)
        ]


def shown_history(catalogue: Catalogue, history: History) -> tuple[str, ...]:
    """Return the titles that the models are shown of a history."""
    return tuple(catalogue.titles[item] for item in history.recent)


def engine_settings(recommender: Recommender, temperature: float = 0.0) -> Mapping[str, Any]:
    """Return the settings with which explanations are written; at temperature 0 the most probable words are taken."""
    return {
        "temperature": temperature,
        "longest_reason_tokens": LONGEST_RATIONALE,
        "max_history": recommender.max_history,
        "explained_of_first": EXPLAINED,
        **{name: version(name) for name in ("torch", "transformers")},
    }
