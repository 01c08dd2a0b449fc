"""How faithful the reasons of a mode are, beside those that anybody could name and those that nobody could better."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import torch
import torch.nn.functional as F

from recexplainer_core.catalogue import Catalogue
from recexplainer_core.evaluation.faithfulness.cases import Case
from recexplainer_core.evaluation.faithfulness.metrics import (
    against_smallest,
    attribution_precision,
    deletion,
    necessity,
    still_listed,
    sufficiency,
)
from recexplainer_core.evaluation.intervals import Interval, bootstrap_mean
from recexplainer_core.grammar.reading import read
from recexplainer_core.modes import AlignmentMode
from recexplainer_core.rationale.claims import Reading, citations
from recexplainer_core.rationale.counterfactual import smallest_decisive_set
from recexplainer_core.rationale.shared_values import shared_values
from recexplainer_core.rationale.verdict import own_verdicts
from recexplainer_core.surrogate.engine import Engine

BATCH = 48
LISTED, CITED = 10, 2
"""POS@10,2, INS@2 and DEL@2 look at the first two cited items and at the first ten recommendations."""

Cited = tuple[int, ...]
"""Places in a history, in the order in which they are cited."""


@dataclass(frozen=True)
class GeneratedRationale:
    """A reason for one case.

    Args:
        text: as written.
        reading: what it says.
        cited: places of the history items that it gives as reasons.
    """

    text: str
    reading: Reading
    cited: Cited


def tell(
    engine: Engine, mode: AlignmentMode, cases: Sequence[Case], told: Callable[[int], None]
) -> list[GeneratedRationale]:
    """Let a mode give its reason for every case.

    Args:
        engine: owner of the model.
        mode: the mode that is asked.
        cases: recommendations to explain.
        told: gets the number of cases done after every batch.
    """
    found: list[GeneratedRationale] = []
    for start in range(0, len(cases), BATCH):
        batch = cases[start : start + BATCH]
        histories, items = [case.history for case in batch], [case.item for case in batch]
        verdicts = own_verdicts(engine, histories, items, mode, [case.seen for case in batch])
        texts = engine.explain_all(histories, items, [mode] * len(items), verdicts)
        found += [understand(text, case, engine.catalogue) for text, case in zip(texts, batch, strict=True)]
        told(len(found))
    return found


def understand(text: str, case: Case, catalogue: Catalogue) -> GeneratedRationale:
    """Read a reason. Where the grammar finds none given as a reason, all cited items of the history count as such."""
    reading = read(text, catalogue)
    against = {one.citation.item for one in reading.cited("against")}
    named = [one.citation.item for one in reading.cited("reasons")]
    if not named:
        named = [c.item for c in citations(text, catalogue) if c.item not in against]
    places = [case.history.index(item) for item in named if item in case.history]
    return GeneratedRationale(text, reading, tuple(dict.fromkeys(places)))


def baselines(
    cases: Sequence[Case], told: Sequence[GeneratedRationale], item_vectors: torch.Tensor, seed: int
) -> dict[str, list[Cited]]:
    """Return what others would cite, for each case as many items as the reason does."""
    directions = F.normalize(item_vectors.float(), dim=1)
    found: dict[str, list[Cited]] = {"random": [], "most recent": [], "nearest vector": [], "oracle": []}
    for case, one in zip(cases, told, strict=True):
        n, count = len(case.history), len(one.cited)
        rng = random.Random(f"{seed}, cited, {case.user}")
        likeness = (directions[list(case.history)] @ directions[case.item]).numpy()
        found["random"].append(tuple(rng.sample(range(n), count)))
        found["most recent"].append(tuple(range(n - 1, n - 1 - count, -1)))
        found["nearest vector"].append(_first(likeness, count))
        found["oracle"].append(_first(case.effects, count))
    return found


def removal_figures(cases: Sequence[Case], cited: Sequence[Cited], seed: int) -> dict[str, Interval]:
    """Return what removing the cited items, or all others, does to the recommendation, with intervals over users."""
    rows: dict[str, list[float]] = {}
    for case, places in zip(cases, cited, strict=True):
        first = places[:CITED]
        values = {
            "necessity": necessity(case.known, places),
            "necessity, replaced": necessity(case.replaced, places),
            f"ins@{CITED}": sufficiency(case.known, first),
            f"del@{CITED}": deletion(case.known, first),
            f"del@{CITED}, replaced": deletion(case.replaced, first),
            f"pos@{LISTED},{CITED}": still_listed(case.known, first, LISTED),
            f"pos@{LISTED},{CITED}, replaced": still_listed(case.replaced, first, LISTED),
            "attribution_ap": attribution_precision(case.effects, places),
        }
        smallest = smallest_decisive_set(case.known, LISTED)
        if smallest is not None:
            values["smallest_set_precision"], values["smallest_set_recall"] = against_smallest(
                smallest, places
            )
        for name, value in values.items():
            rows.setdefault(name, []).append(value)
    return {name: bootstrap_mean(values, seed) for name, values in rows.items()}


def grounding_figures(
    cases: Sequence[Case], told: Sequence[GeneratedRationale], catalogue: Catalogue, seed: int
) -> dict[str, Interval]:
    """Return how much of what is said is made up, cannot be read, or names a recorded taste."""
    rows: dict[str, list[float]] = {
        "cited_outside_history": [],
        "false_remarks": [],
        "unread": [],
        "no_citation": [],
    }
    for case, one in zip(cases, told, strict=True):
        reasons = (*one.reading.cited("reasons"), *one.reading.cited("against"))
        for cited in citations(one.text, catalogue):
            rows["cited_outside_history"].append(float(cited.item not in (*case.history, case.item)))
        for reason in reasons:
            if reason.remark is not None:
                shared = reason.citation.item is not None and (
                    reason.attribute,
                    reason.value,
                ) in shared_values(catalogue, reason.citation.item, case.item)
                rows["false_remarks"].append(float(not shared))
        rows["unread"].append(float(bool(one.reading.unread)))
        rows["no_citation"].append(float(not one.cited))
        if case.tastes:
            named = {(reason.attribute, reason.value) for reason in reasons}
            rows.setdefault("taste_named", []).append(float(bool(named & case.tastes)))
    return {name: bootstrap_mean(values, seed) for name, values in rows.items() if values}


def strength_figures(
    cases: Sequence[Case],
    told: Sequence[GeneratedRationale],
    right: Sequence[Mapping[str, str | None]],
    seed: int,
) -> dict[str, Interval]:
    """Return how often what is said of place, weight and consequence is right, of those who say it.

    Args:
        cases: recommendations.
        told: their reasons.
        right: for each, what the target would have said of each kind.
        seed: of the bootstrap.
    """
    rows: dict[str, list[float]] = {}
    for one, truth in zip(told, right, strict=True):
        for kind, expected in truth.items():
            said = one.reading.said(kind)
            if said is not None and expected is not None:
                rows.setdefault(f"{kind}_right", []).append(float(said == expected))
    return {name: bootstrap_mean(values, seed) for name, values in rows.items()}


def _first(weights: np.ndarray, count: int) -> Cited:
    return tuple(int(place) for place in np.argsort(-weights, kind="stable")[:count])
