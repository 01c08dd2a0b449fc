"""A report to hand on: the explanations that were kept, what was noted of them, and how far to trust them all."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from pydantic import TypeAdapter, ValidationError

from recexplainer_core.evaluation.human.notes import Note
from recexplainer_core.modes import ALIGNED
from recexplainer_core.rationale.reading import citations
from recexplainer_core.rationale.trust import lists_verdict, reasons_verdict
from recexplainer_core.ui.user_explorer.record import ExplanationRecord
from recexplainer_core.ui.user_explorer.record_page import heading, page, pairs, reason_parts, text_of

if TYPE_CHECKING:
    from recexplainer_core.bundle import Bundle

_RECORD = TypeAdapter(ExplanationRecord)


def record_of(note: Note) -> ExplanationRecord | None:
    """Return the explanation that a note was kept with; None where the file holds something else."""
    try:
        return _RECORD.validate_python(note.explanation)
    except ValidationError:
        return None


def hand_over_page(bundle: Bundle, notes: Sequence[Note]) -> str:
    """Return one HTML page of all kept explanations of a bundle; whatever was written by people is text in it."""
    catalogue, manifest = bundle.catalogue, bundle.manifest
    title = f"Explanations: {manifest.provenance.name}"
    parts = [f"<h1>{text_of(title)}</h1>", f"<p>{text_of(manifest.provenance.description)}</p>"]
    records = [(note, record_of(note)) for note in notes]
    told = {one.made_with["mode"] for _, one in records if one is not None}
    for mode in (mode for mode in ALIGNED if mode in told):
        verdict = _verdict(bundle, str(mode))
        if verdict:
            parts.append(
                f"<p><strong>{text_of(f'How far to trust it, {mode} mode.')}</strong> {text_of(verdict)}</p>"
            )
    for note, explanation in records:
        if explanation is None:
            continue
        parts.append(f"<h2>{text_of(heading(explanation, catalogue.wording))}</h2>")
        if note.text:
            parts.append(f"<p><em>{text_of(note.text)}</em></p>")
        reason = reason_parts(explanation, catalogue, citations(str(explanation.reason["text"]), catalogue))
        parts += [part.replace("<h2>", "<h3>").replace("</h2>", "</h3>") for part in reason]
        kept = f"Kept {note.kept_at[:16]} UTC; {explanation.made_with['link']}"
        parts.append(f"<p>{text_of(kept)}</p>")
    made = {
        "bundle": manifest.name, "manifest sha256": bundle.manifest_hash, "built by": manifest.created_by,
        "commit": manifest.commit or "unknown", "source of the data": manifest.provenance.source,
        "licence of the data": manifest.provenance.licence,
    }  # fmt: skip
    return page(title, [*parts, "<h2>How this was made</h2>", pairs(made)])


def _verdict(bundle: Bundle, mode: str) -> str:
    if bundle.report is None:
        return ""
    figures = {
        name: one.value
        for part in (bundle.report.modes, bundle.report.reasons.modes)
        for name, one in part.get(mode, {}).items()
    }
    words = bundle.catalogue.wording
    return " ".join(text for text in (reasons_verdict(figures, words), lists_verdict(figures, words)) if text)
