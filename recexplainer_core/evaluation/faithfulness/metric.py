"""What a metric of faithfulness is, and which there are.

A new metric is a module with a `METRIC` and a name below; an installed package names its own in the entry point group.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Generic, TypeVar

from recexplainer_core.evaluation.definitions import Definition
from recexplainer_core.evaluation.faithfulness.cases import Case
from recexplainer_core.evaluation.faithfulness.generated import (
    BandRationale,
    GeneratedRationale,
    explain_bands,
)
from recexplainer_core.evaluation.intervals import bootstrap_mean
from recexplainer_core.evaluation.report import Figures
from recexplainer_core.modes import AlignmentMode
from recexplainer_core.rationale.explainer import Explainer
from recexplainer_core.registry import Registry

T = TypeVar("T")


@dataclass(frozen=True)
class ModeRationales:
    """What one mode wrote of the cases, and whom to ask for more.

    Args:
        explainer: who wrote it.
        mode: the mode.
        cases: n recommendations.
        rationales: n, one for each case.
        seed: of what is drawn, and of the bootstrap.
        reinitialised: explains a target that never learnt anything; None where that is not asked for.
    """

    explainer: Explainer
    mode: AlignmentMode
    cases: Sequence[Case]
    rationales: Sequence[GeneratedRationale]
    seed: int
    reinitialised: Explainer | None = None

    @cached_property
    def bands(self) -> list[BandRationale]:
        """Rationales for items from everywhere in the target's order."""
        return explain_bands(self.explainer, self.mode, self.cases, self.seed)


@dataclass(frozen=True)
class Metric:
    """Figures that are computed together.

    Args:
        definitions: key in report.json -> what the figure says, in the order of the tables.
        measure: returns those of the figures for which there is something to measure.
    """

    definitions: Mapping[str, Definition]
    measure: Callable[[ModeRationales], Figures]


METRICS: Registry[Metric] = Registry("metric of faithfulness", "recexplainer.faithfulness_metrics")
"""Name -> metric, in the order of the tables."""

for _name in (
    "wholly_true", "contrast", "removal", "claims", "verdicts", "simulatability", "coherence", "sanity"
):  # fmt: skip
    METRICS.register(_name, f"recexplainer_core.evaluation.faithfulness.{_name}:METRIC")


def definitions() -> dict[str, Definition]:
    """Return what every figure of faithfulness says, in the order of the tables."""
    return {name: one for _, metric in METRICS.items() for name, one in metric.definitions.items()}


@dataclass(frozen=True, kw_only=True)
class CaseFigure(Definition, Generic[T]):
    """A figure that is a mean over the cases.

    Args:
        values: of a case and what is judged of it; none where it does not apply, several where each counts.
    """

    values: Callable[[Case, T], Sequence[float]]


def means(
    figures: Mapping[str, CaseFigure[T]], cases: Sequence[Case], judged: Sequence[T], seed: int
) -> Figures:
    """Return the mean of each figure that applies anywhere, with its interval.

    Args:
        figures: by their keys.
        cases: n recommendations.
        judged: n, of each case.
        seed: of the bootstrap.
    """
    pairs = list(zip(cases, judged, strict=True))
    values = {
        key: [v for case, one in pairs for v in each.values(case, one)] for key, each in figures.items()
    }
    return {key: bootstrap_mean(found, seed) for key, found in values.items() if found}


def metric_of_means(figures: Mapping[str, CaseFigure[GeneratedRationale]]) -> Metric:
    """Return the metric of figures that are means over the rationales."""
    return Metric(figures, lambda written: means(figures, written.cases, written.rationales, written.seed))
