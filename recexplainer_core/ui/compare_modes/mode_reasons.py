"""The reasons of every mode for one item, asked for together and checked side by side."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING

import streamlit as st

from recexplainer_core.ui.compare_modes.mode_answers import ComparedUser, ask_for_reasons, known_reasons
from recexplainer_core.ui.shared.checks import draw_outcome
from recexplainer_core.ui.shared.descriptions import user_label
from recexplainer_core.ui.shared.escaping import markdown_text
from recexplainer_core.ui.shared.item_heading import draw_item_heading
from recexplainer_core.ui.shared.listed_titles import place_in
from recexplainer_core.ui.shared.reason_text import rationale_markdown

if TYPE_CHECKING:
    from recexplainer_core.bundle import Bundle
    from recexplainer_core.rationale.explainer import Rationale

_ASKED = "mode_reasons_asked"
COUNTS = {2: "both", 3: "all three", 4: "all four"}


def draw_asking(bundle: Bundle, users: Sequence[ComparedUser], item: int) -> None:
    """Draw what is explained, and the button that asks every mode about every user in one batch."""
    draw_item_heading(bundle, item)
    unasked = [
        (request, one.lists[mode])
        for one in users
        if item not in one.history.items
        for mode, request in one.requests(item).items()
        if mode not in known_reasons(bundle, one, item)
    ]
    if not unasked:
        return
    count = COUNTS.get(len(users[0].lists), "every mode")
    slot = st.empty()
    slot.button(
        f"Ask {count} for their reason",
        icon=":material/forum:",
        type="primary",
        key="ask_reasons",
        on_click=_ask,
        help="One batch: what each mode alone would claim, in words, and every claim checked against the target.",
    )
    if st.session_state.pop(_ASKED, False):
        with st.spinner(f"{count.capitalize()} are writing…"):
            ask_for_reasons(bundle, [request for request, _ in unasked], [listed for _, listed in unasked])
        slot.empty()


def draw_reasons(bundle: Bundle, one: ComparedUser, item: int) -> None:
    """Draw the reasons of one user that were asked for, each with its checks, and what they have in common."""
    words = bundle.catalogue.wording
    name = markdown_text(user_label(bundle, one.user))
    if item in one.history.items:
        st.info(
            f"{name} has {words.consumed} this {words.item}, so no reason is asked for.",
            icon=":material/history:",
        )
        return
    reasons = known_reasons(bundle, one, item)
    if not reasons:
        return
    st.markdown(f"**{name}** · {_common(bundle, one, reasons.values())}")
    for column, (mode, reason) in zip(st.columns(len(reasons), gap="small"), reasons.items(), strict=True):
        with column, st.container(border=True, height="stretch"):
            listed = one.lists[mode]
            place = place_in(listed, item) + (" of its list" if item in listed else "")
            st.markdown(f":green[**{mode}**] :small[:gray[· {place}]]")
            st.markdown(rationale_markdown(reason, bundle.catalogue))
            if reason.text:
                draw_outcome(reason, bundle.catalogue)


def _ask() -> None:
    st.session_state[_ASKED] = True


def _common(bundle: Bundle, one: ComparedUser, reasons: Collection[Rationale]) -> str:
    every = frozenset.intersection(*(reason.cited_items for reason in reasons))
    titles = ", ".join(
        f":orange-background[{markdown_text(bundle.catalogue.titles[item])}]"
        for item in one.history.items
        if item in every
    )
    return (
        f"cited by every reason: {titles}" if titles else "no title of the history is cited by every reason"
    )
