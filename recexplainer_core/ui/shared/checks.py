"""The claims of a reason, each with what came of its test."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import streamlit as st

from recexplainer_core.ui.shared.escaping import markdown_text
from recexplainer_core.ui.shared.reason_text import reason_markdown

if TYPE_CHECKING:
    from recexplainer_core.catalogue import Catalogue
    from recexplainer_core.rationale.checks import Check
    from recexplainer_core.rationale.explainer import Rationale
    from recexplainer_core.rationale.reasons import Reason

_MARKS = {
    True: ":green[:material/check_circle:]",
    False: ":red[:material/cancel:]",
    None: ":gray[:material/help:]",
}


def draw_outcome(rationale: Rationale, catalogue: Catalogue) -> None:
    """Say what a reader may believe of a rationale, and list its claims; the draft stays one click away."""
    reason = rationale.reason
    if reason is None:
        draw_checks(rationale.checks)
        return
    count = len(rationale.checks)
    if not reason.request.verified:
        true = sum(bool(one.holds) for one in rationale.checks)
        st.markdown(
            f"**As the LLM said it: {true} of {count} claims hold**",
            help="The LLM alone decides what is claimed. Each claim is tested afterwards: on the history, and by "
            "asking the target about histories without the named titles. Facts of the catalogue are not counted.",
        )
    else:
        st.markdown(
            f"**Verified: the target bears out {'the one claim' if count == 1 else f'all {count} claims'}**"
            if count and all(one.holds for one in rationale.checks)
            else "**Nothing here could be verified**",
            help="The LLM's claims were put to the target before they were worded: what was wrong is corrected or "
            "left out.",
        )
    draw_findings(rationale.checks)
    if reason.draft is not None:
        _draw_draft(reason.draft, catalogue)


def _draw_draft(draft: Reason, catalogue: Catalogue) -> None:
    failed = sum(not one.holds for row in draft.checks for one in row)
    changed = (
        f"{failed} {'claim' if failed == 1 else 'claims'} failed"
        if failed
        else "what follows from it changed"
    )
    with st.expander(f"What the LLM alone would have said: {changed}", icon=":material/edit_note:"):
        st.markdown(reason_markdown(draft, catalogue, draft.request.history.items))


def draw_checks(checks: Sequence[Check]) -> None:
    """List the claims of a text that was read back: those that hold, those that do not, and what was not read."""
    tested = [one for one in checks if one.holds is not None]
    true = sum(bool(one.holds) for one in tested)
    st.markdown(
        f"**Checked against the target: {true} of {len(tested)} claims hold**",
        help="Each claim is read from the text by the grammar it was taught in, and tested: on the history, the "
        "catalogue, and by asking the target about histories without the cited titles.",
    )
    draw_findings(checks)


def draw_findings(checks: Sequence[Check]) -> None:
    """List claims line by line, each with its mark and what the test found."""
    st.markdown(
        "  \n".join(
            f"{_MARKS[one.holds]} {markdown_text(one.claim)} :small[:gray[{markdown_text(one.finding)}]]"
            for one in checks
        )
    )
