"""Every figure that a report can hold is defined."""

import json
from pathlib import Path

from recexplainer_core.evaluation.faithfulness.metric import definitions
from recexplainer_core.evaluation.fidelity.figures import FIGURES, defined, figures
from recexplainer_core.evaluation.fidelity.published import FIGURES as PUBLISHED
from recexplainer_core.evaluation.fidelity.published import published_rows


def test_every_figure_of_the_predictions_is_defined() -> None:
    assert set(defined()) == set(FIGURES) <= set(figures())
    assert set(defined(figures())) == set(figures())


def test_every_figure_of_the_shipped_report_is_defined() -> None:
    path = Path(__file__).parents[2] / "assets" / "demo-pocket" / "report.json"
    report = json.loads(path.read_text(encoding="utf-8"))
    for found in report["modes"].values():
        assert set(found) <= set(defined())
    for found in report["reasons"]["modes"].values():
        assert set(found) <= set(definitions())


def test_the_papers_figures_are_figures_of_ours() -> None:
    assert set(PUBLISHED) <= set(defined())
    assert len(published_rows()) == 18
    assert all(0 < value <= 1 for *_, found in published_rows() for value in found.values())
