"""The claims of a reason, each with what came of its test."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import streamlit as st

from recexplainer_core.ui.shared.escaping import markdown_text

if TYPE_CHECKING:
    from recexplainer_core.rationale.checks import Check

_MARKS = {
    True: ":green[:material/check_circle:]",
    False: ":red[:material/cancel:]",
    None: ":gray[:material/help:]",
}


def draw_checks(checks: Sequence[Check]) -> None:
    """List the claims: those that hold, those that do not, and what could not be read."""
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
