"""A report as one HTML page that fetches nothing: readable, and every word of the data escaped."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from recexplainer_core.evaluation.definitions import BASELINES
from recexplainer_core.evaluation.faithfulness.metric import definitions
from recexplainer_core.evaluation.faithfulness.removal import CITATION_BASELINES, FIGURES
from recexplainer_core.evaluation.fidelity import published
from recexplainer_core.evaluation.fidelity.figures import defined
from recexplainer_core.evaluation.report import Report
from recexplainer_core.modes import ALIGNED
from recexplainer_core.ui.alignment_report.calibration_figure import calibration_gap
from recexplainer_core.ui.alignment_report.tables import interval_words, measured, number
from recexplainer_core.ui.shared.descriptions import target_name
from recexplainer_core.ui.shared.fidelity_figure import ROWS

if TYPE_CHECKING:
    from recexplainer_core.bundle import Bundle

_TEMPLATES = Environment(
    loader=FileSystemLoader(Path(__file__).parent),
    autoescape=True,
    trim_blocks=True,
    lstrip_blocks=True,
    undefined=StrictUndefined,
)
_TEMPLATES.globals |= {
    "called": lambda mode: ROWS.get(mode, mode),
    "calibration_gap": calibration_gap,
    "interval_words": interval_words,
    "measured": measured,
}


def report_html(bundle: Bundle, manifest_hash: str) -> str:
    """Return the page.

    Args:
        bundle: with a report.
        manifest_hash: sha256 of its manifest, which tells this bundle from any other.
    """
    report = bundle.report or Report()
    reasons = {str(m): report.reasons.modes[m] for m in reversed(ALIGNED) if m in report.reasons.modes}
    ways = dict.fromkeys(by for found in report.groups.values() for by in found)
    return _TEMPLATES.get_template("report.html.jinja").render(
        title=f"Alignment report: {bundle.manifest.provenance.name}",
        report=report,
        facts=_facts(bundle, report, manifest_hash),
        predictions={label: report.modes[name] for name, label in ROWS.items() if name in report.modes},
        fidelity=defined({name for figures in report.modes.values() for name in figures}),
        baselines={ROWS[name]: says for name, says in BASELINES.items()},
        groups={by: {mode: found.get(by, []) for mode, found in report.groups.items()} for by in ways},
        calibration=[
            (ROWS.get(mode, mode), number(one.chance), number(one.right), f"{one.questions:,}")
            for mode, bins in report.calibration.items()
            for one in bins
        ],
        curves=[
            (mode, f"{points[-1][0]:,}", number(points[0][1]), number(points[-1][1]))
            for mode, points in report.learning_curves.items()
            if points
        ],
        reasons=reasons,
        cited={
            mode: {mode: figures, **report.reasons.beside.get(mode, {})} for mode, figures in reasons.items()
        },
        removal=FIGURES,
        claims={key: one for key, one in definitions().items() if key not in FIGURES},
        citation_baselines=CITATION_BASELINES,
        published=published,
        published_names=[defined()[name].name for name in published.FIGURES],
        published_rows=[
            (data, model, *(number(found[name]) if name in found else "–" for name in published.FIGURES))
            for data, model, found in published.published_rows()
        ],
    )


def _facts(bundle: Bundle, report: Report, manifest_hash: str) -> dict[str, str]:
    """Return what was measured on what; an empty text stands for what is not known."""
    manifest, target = bundle.manifest, target_name(bundle)
    data = manifest.provenance
    if report.target:
        accuracy = ", ".join(f"{name.upper()} {value:.4f}" for name, value in report.target.to_json().items())
        target += f"; {accuracy}, leave-one-out over all users"
    held_out = f"{report.users:,} users held out from all training of the language model"
    return {
        "Bundle": bundle.root.resolve().name,
        "Manifest, sha256": manifest_hash,
        "Data": data.description,
        "Users": "simulated: no real person made these choices" if data.simulated else "",
        "Source and licence": f"{data.source}; {data.licence}",
        "Target": target,
        "Measured on": held_out if report.users else "",
        "Seed": "" if report.seed is None else str(report.seed),
        "Measured by": report.origin.command or manifest.created_by,
        "Commit": report.origin.commit or manifest.commit or "unknown",
    }
