"""Every figure that a report can hold is defined."""

import json
from pathlib import Path

from recexplainer_core.evaluation.faithfulness.metric import definitions as reason_definitions
from recexplainer_core.evaluation.fidelity.figures import all_figures, definitions
from recexplainer_core.evaluation.fidelity.published import FIGURES as PUBLISHED
from recexplainer_core.evaluation.fidelity.published import published_rows


def test_every_figure_of_the_predictions_is_defined() -> None:
    assert set(definitions()) <= set(all_figures())
    assert set(definitions(all_figures())) == set(all_figures())


def test_every_figure_of_the_shipped_report_is_defined() -> None:
    path = Path(__file__).parents[2] / "assets" / "demo" / "report.json"
    report = json.loads(path.read_text(encoding="utf-8"))
    for figures in report["modes"].values():
        assert set(figures) <= set(definitions())
    for figures in report["reasons"]["modes"].values():
        assert set(figures) <= set(reason_definitions())


def test_the_papers_figures_are_figures_of_ours() -> None:
    assert set(PUBLISHED) <= set(definitions())
    assert len(published_rows()) == 18
    assert all(0 < value <= 1 for *_, found in published_rows() for value in found.values())
