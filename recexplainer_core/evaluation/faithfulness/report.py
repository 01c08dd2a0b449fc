"""The measured faithfulness of a bundle's reasons: what `evaluate` prints and report.json holds of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from recexplainer_core.catalogue import Catalogue
from recexplainer_core.evaluation.faithfulness.cases import Case, draw_cases
from recexplainer_core.evaluation.faithfulness.coherence import coherence
from recexplainer_core.evaluation.faithfulness.generated import (
    GeneratedRationale,
    baselines,
    grounding_figures,
    removal_figures,
    strength_figures,
    tell,
)
from recexplainer_core.evaluation.faithfulness.sanity import changed_citations, followed
from recexplainer_core.evaluation.faithfulness.simulatability import simulatability_gain
from recexplainer_core.evaluation.faithfulness.verdicts import explain_bands, verdict_fidelity
from recexplainer_core.histories import Histories, IntArray
from recexplainer_core.modes import ALIGNED
from recexplainer_core.progress import Progress
from recexplainer_core.rationale.attribution import of_coalitions
from recexplainer_core.rationale.plan import Planner
from recexplainer_core.recommenders.base import Recommender
from recexplainer_core.surrogate.engine import Engine

FEW = 200
"""Cases that the sanity checks look at, at most."""


def measure_reasons(
    engine: Engine,
    histories: Histories,
    users: IntArray,
    popularity: IntArray,
    seed: int,
    progress: Progress,
    reinitialised: Recommender | None = None,
    at_least: int = 0,
) -> dict[str, Any]:
    """Let every aligned mode give reasons, and test them.

    Args:
        engine: the aligned language model, its catalogue and its target.
        histories: everybody's histories.
        users: one recommendation to each of them is explained, or several.
        popularity: [n_items], how often each item was chosen.
        seed: of what is explained, of the random citations, and of the bootstrap.
        progress: told after every batch.
        reinitialised: the target with weights that never learnt anything, for the sanity check.
        at_least: as many reasons are asked for, if each user's first ten recommendations allow it. Intervals are over
            reasons, and so a little too narrow where one user has several.

    Returns:
        {"explanations", "modes": {mode: {figure: interval}}, "beside": {mode: {baseline: {figure: interval}}}}; a
        baseline cites as many items as the mode does, and so has figures of its own for each mode.
    """
    each = max(1, -(-at_least // max(1, len(users))))
    cases = list(draw_cases(engine.catalogue, engine.recommender, histories, users, popularity, seed, each))
    right = _right(cases, engine.catalogue)
    modes = [mode for mode in ALIGNED if mode in engine.modes]
    report: dict[str, Any] = {"explanations": len(cases), "modes": {}, "beside": {}}
    if not cases:
        return report
    stranger = None if reinitialised is None else Engine(engine.lm, engine.catalogue, reinitialised)
    few = cases[:FEW]
    for number, mode in enumerate(modes):

        def told(done: int, begun: int = number * len(cases), name: str = str(mode)) -> None:
            progress(begun + done, len(cases) * len(modes), f"reasons, {name}")

        reasons = tell(engine, mode, cases, told)
        figures: dict[str, Any] = _figures(cases, reasons, engine.catalogue, right, seed)
        banded = explain_bands(engine, mode, cases, seed, lambda done: None)
        figures |= verdict_fidelity(banded, seed) | coherence(banded, seed)
        if mode.shows_titles and mode.shows_vectors:
            figures |= {
                f"follows_{what}": share
                for what, share in followed(engine, mode, few, seed, lambda done: None).items()
            }
        if stranger is not None:
            again = tell(stranger, mode, few, lambda done: None)
            figures["changed_by_redrawn_target"] = changed_citations(reasons[:FEW], again, seed)
        report["modes"][str(mode)] = figures
        report["beside"][str(mode)] = {
            name: removal_figures(cases, cited, seed)
            for name, cited in baselines(cases, reasons, engine.recommender.item_vectors, seed).items()
        }
    return report


def _figures(
    cases: Sequence[Case],
    told: Sequence[GeneratedRationale],
    catalogue: Catalogue,
    right: Sequence[Mapping[str, str | None]],
    seed: int,
) -> dict[str, Any]:
    gain = simulatability_gain(cases, told, seed)
    return {
        **removal_figures(cases, [one.cited for one in told], seed),
        **grounding_figures(cases, told, catalogue, seed),
        **strength_figures(cases, told, right, seed),
        **{f"simulated_{name.replace(' ', '_')}": figure for name, figure in gain.items()},
    }


def _right(cases: Sequence[Case], catalogue: Catalogue) -> list[dict[str, str | None]]:
    """Return what the target would say of each case."""
    planner = Planner(catalogue)
    plans = [planner.plan(of_coalitions(case.known)) for case in cases]
    return [{"verdict": plan.verdict, "reasons": plan.weight, "without": plan.without} for plan in plans]
