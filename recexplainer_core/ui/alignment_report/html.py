"""A report as one HTML page that fetches nothing: readable, and every word of the data escaped."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from html import escape
from typing import TYPE_CHECKING, Any

from recexplainer_core.evaluation.definitions import (
    BASELINES,
    CITATION_BASELINES,
    FIDELITY,
    REASONS,
    REMOVAL,
    Definition,
)
from recexplainer_core.evaluation.fidelity.published import (
    ADDRESS,
    DIFFERENCES,
    FIGURES,
    SOURCE,
    published_rows,
)
from recexplainer_core.modes import ALIGNED
from recexplainer_core.ui.alignment_report.calibration_figure import calibration_gap
from recexplainer_core.ui.alignment_report.rows import group_label
from recexplainer_core.ui.alignment_report.tables import Figures, interval_words, number
from recexplainer_core.ui.shared.descriptions import target_name
from recexplainer_core.ui.shared.fidelity_figure import ROWS

if TYPE_CHECKING:
    from recexplainer_core.bundle import Bundle

_STYLE = """
:root{color-scheme:light dark;--ink:#22282f;--quiet:#666c73;--line:#ddd8cc;--paper:#fcfbf8;--llm:#14827a}
@media(prefers-color-scheme:dark){:root{--ink:#e6e3da;--quiet:#a0a7ad;--line:#333c43;--paper:#14191d;--llm:#2fa396}}
body{font:15px/1.45 sans-serif;color:var(--ink);background:var(--paper);max-width:1200px;margin:auto;padding:1rem}
h1,h2,h3{font-family:serif;line-height:1.2}h2{margin-top:2.2rem}
.wide{overflow-x:auto}table{border-collapse:collapse;margin:.6rem 0 1rem}
th,td{text-align:left;vertical-align:top;padding:.35rem .6rem;border-bottom:1px solid var(--line)}
th{font-weight:600;white-space:nowrap}small,.quiet{color:var(--quiet)}td small{display:block;white-space:nowrap}
svg{display:block;width:100%;min-width:70px;height:8px}.facts td{overflow-wrap:anywhere}
"""
_POLICY = "default-src 'none'; style-src 'unsafe-inline'"


def report_html(bundle: Bundle, manifest_hash: str) -> str:
    """Return the page.

    Args:
        bundle: with a report.
        manifest_hash: sha256 of its manifest, which tells this bundle from any other.
    """
    report = bundle.report or {}
    title = escape(f"Alignment report: {bundle.manifest.provenance.name}")
    body = "\n".join(
        part
        for part in (
            f"<h1>{title}</h1>",
            _about(bundle, report, manifest_hash),
            _fidelity(report.get("modes", {})),
            _groups(report.get("groups", {})),
            _calibration(report.get("calibration", {})),
            _learning(report.get("learning curves", {})),
            _reasons(report.get("reasons", {})),
            _paper(),
        )
        if part
    )
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{title}</title><style>{_STYLE}</style></head>\n<body>\n{body}\n</body></html>\n"
    )


def _about(bundle: Bundle, report: Mapping[str, Any], manifest_hash: str) -> str:
    manifest, origin = bundle.manifest, report.get("origin", {})
    data = manifest.provenance
    target = ", ".join(f"{name.upper()} {value:.4f}" for name, value in report.get("target", {}).items())
    facts = {
        "Bundle": bundle.root.resolve().name,
        "Manifest, sha256": manifest_hash,
        "Data": data.description,
        "Users": "simulated: no real person made these choices" if data.simulated else "",
        "Source and licence": f"{data.source}; {data.licence}",
        "Target": f"{target_name(bundle)}{'; ' + target + ', leave-one-out over all users' if target else ''}",
        "Measured on": f"{report['users']:,} users held out from all training of the language model"
        if "users" in report
        else "",
        "Seed": str(report.get("seed", "")),
        "Measured by": origin.get("command", manifest.created_by),
        "Commit": origin.get("commit") or manifest.commit or "unknown",
    }
    rows = [[f"<th>{escape(name)}</th>", _td(value)] for name, value in facts.items() if value]
    return (
        f'<div class="facts">{_rows_table(None, rows)}</div>'
        "<p>Values with 95% bootstrap intervals over users. The bar under a value shows its interval from 0 to "
        "1.</p>"
    )


def _fidelity(modes: Mapping[str, Figures]) -> str:
    if not modes:
        return ""
    columns = {label: modes[name] for name, label in ROWS.items() if name in modes}
    beside = "; ".join(f"{escape(ROWS[name])}: {escape(says)}" for name, says in BASELINES.items())
    return (
        f"<h2>Fidelity: do the predictions agree with the target?</h2>{_figures(FIDELITY, columns)}"
        f'<p class="quiet">{beside}.</p>'
    )


def _groups(groups: Mapping[str, Mapping[str, Sequence[Mapping[str, Any]]]]) -> str:
    parts = []
    for by in dict.fromkeys(by for found in groups.values() for by in found):
        rows = [
            [
                _td(ROWS.get(mode, mode)),
                _td(group_label(g)),
                _td(f"{g['users']:,}"),
                _cell(g["acc@1"]),
                _cell(g["hr@5"]),
            ]
            for mode, found in groups.items()
            for g in found.get(by, ())
        ]
        heading = f"<h3>By {escape(by)}</h3>"
        parts.append(heading + _rows_table(("Mode", "Group", "Users", "Acc@1", "HR@5"), rows))
    return f"<h2>Where it fails</h2>{''.join(parts)}" if parts else ""


def _calibration(found: Mapping[str, Sequence[Mapping[str, float]]]) -> str:
    rows = [
        [
            _td(ROWS.get(mode, mode)),
            *(_td(number(one[k])) for k in ("chance", "right")),
            _td(f"{one['questions']:,}"),
        ]
        for mode, bins in found.items()
        for one in bins
    ]
    gaps = "; ".join(f"{escape(ROWS.get(m, m))} {calibration_gap(bins):.3f}" for m, bins in found.items())
    table = _rows_table(("Mode", "P(yes), stated", "Yes is right", "Questions"), rows)
    return f"<h2>Calibration of P(yes)</h2><p>Mean gap: {gaps}.</p>{table}" if rows else ""


def _learning(curves: Mapping[str, Sequence[Sequence[float]]]) -> str:
    rows = [
        [_td(mode), _td(f"{points[-1][0]:,}"), _td(number(points[0][1])), _td(number(points[-1][1]))]
        for mode, points in curves.items()
        if points
    ]
    table = _rows_table(("Mode", "Examples seen", "First training loss", "Last training loss"), rows)
    return f'<h2>Learning curves</h2>{table}<p class="quiet">All points are in the CSV.</p>' if rows else ""


def _reasons(reasons: Mapping[str, Any]) -> str:
    modes = {str(m): reasons["modes"][m] for m in reversed(ALIGNED) if m in reasons.get("modes", {})}
    if not modes:
        return ""
    removal = {key: d for key, d in REASONS.items() if d.part == REMOVAL}
    parts = [f"<h2>Faithfulness of {reasons['explanations']:,} reasons</h2>"]
    for mode, figures in modes.items():
        columns = {mode: figures, **reasons.get("beside", {}).get(mode, {})}
        parts.append(f"<h3>Removing what is cited: {escape(mode)}</h3>{_figures(removal, columns)}")
    beside = "; ".join(f"{escape(name)}: {escape(says)}" for name, says in CITATION_BASELINES.items())
    parts.append(f'<p class="quiet">{beside}.</p><h3>What the reasons say, and whether it is so</h3>')
    parts.append(_figures({key: d for key, d in REASONS.items() if key not in removal}, modes))
    return "".join(parts)


def _paper() -> str:
    rows = [
        [_td(data), _td(model), *(_td(number(found[name]) if name in found else "–") for name in FIGURES)]
        for data, model, found in published_rows()
    ]
    names = ("Data", "Model", *(FIDELITY[name].name for name in FIGURES))
    differences = "".join(f"<li>{escape(line)}</li>" for line in DIFFERENCES)
    return (
        f"<h2>The paper's figures, as context</h2><p>{escape(SOURCE)}, {escape(ADDRESS)}.</p>"
        f"<ul>{differences}</ul>{_rows_table(names, rows)}"
    )


def _figures(definitions: Mapping[str, Definition], columns: Mapping[str, Figures]) -> str:
    def rows() -> Iterator[list[str]]:
        for key, definition in definitions.items():
            if any(key in figures for figures in columns.values()):
                cells = [
                    _cell(figures[key]) if key in figures else "<td></td>" for figures in columns.values()
                ]
                says = (
                    f"{escape(definition.says)} <small>{escape(definition.direction.capitalize())}.</small>"
                )
                yield [f"<th>{escape(definition.name)}</th>", *cells, f"<td>{says}</td>"]

    return _rows_table(("Figure", *columns, "What it says"), rows())


def _cell(figure: Mapping[str, Any]) -> str:
    value, interval = interval_words(figure)
    if not interval:
        return _td(value)
    low, high = float(figure["low"]), float(figure["high"])
    bar = ""
    if low >= 0 and high <= 1:
        bar = (
            '<svg viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">'
            '<rect y="3.5" width="100" height="1" fill="var(--line)"/>'
            f'<rect x="{100 * low:.1f}" y="1.5" width="{max(1.0, 100 * (high - low)):.1f}" height="5" '
            'fill="var(--llm)"/></svg>'
        )
    return f"<td>{value}<small>{interval}</small>{bar}</td>"


def _td(text: str) -> str:
    return f"<td>{escape(text)}</td>"


def _rows_table(names: Sequence[str] | None, rows: Iterable[Sequence[str]]) -> str:
    head = f"<tr>{''.join(f'<th>{escape(name)}</th>' for name in names)}</tr>" if names else ""
    body = "".join(f"<tr>{''.join(cells)}</tr>" for cells in rows)
    return f'<div class="wide"><table>{head}{body}</table></div>'
