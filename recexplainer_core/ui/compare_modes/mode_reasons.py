"""The reasons of every mode for one item, asked for together and checked side by side."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import streamlit as st

from recexplainer_core.modes import AlignmentMode
from recexplainer_core.ui.compare_modes.mode_answers import ReasonKey, Side, ask_for_reasons, known_reason
from recexplainer_core.ui.shared.bundle_cache import stamp
from recexplainer_core.ui.shared.checks import draw_checks
from recexplainer_core.ui.shared.descriptions import byline, user_label
from recexplainer_core.ui.shared.escaping import markdown_text
from recexplainer_core.ui.shared.evidence import checks_of
from recexplainer_core.ui.shared.reasons import cited_items, marked

if TYPE_CHECKING:
    from recexplainer_core.bundle import Bundle
    from recexplainer_core.surrogate.engine import Engine

_ASKED = "mode_reasons_asked"
COUNTS = {2: "both", 3: "all three", 4: "all four"}


def reason_keys(bundle: Bundle, side: Side, item: int) -> dict[AlignmentMode, ReasonKey]:
    """Return what the reason of each mode is remembered by."""
    return {mode: (stamp(bundle.root), side.history, item, mode) for mode in side.lists}


def reasons_said(bundle: Bundle, side: Side, item: int) -> dict[AlignmentMode, str]:
    """Return the reasons of this session, empty before they were asked for."""
    said = {mode: known_reason(key) for mode, key in reason_keys(bundle, side, item).items()}
    return {mode: text for mode, text in said.items() if text is not None}


def draw_asking(bundle: Bundle, engine: Engine, sides: Sequence[Side], item: int) -> None:
    """Draw what is explained, and the button that asks every mode about every user in one batch."""
    st.subheader(f"Why {markdown_text(bundle.catalogue.titles[item])}?", anchor=False)
    if about := byline(bundle.catalogue, item):
        st.caption(markdown_text(about))
    unasked = [
        (key, side.lists[mode])
        for side in sides
        if item not in side.history
        for mode, key in reason_keys(bundle, side, item).items()
        if known_reason(key) is None
    ]
    if not unasked:
        return
    count = COUNTS.get(len(sides[0].lists), "every mode")
    slot = st.empty()
    slot.button(
        f"Ask {count} for their reason",
        icon=":material/forum:",
        type="primary",
        key="ask_reasons",
        on_click=_ask,
        help="One batch: each mode writes its most probable words, and every claim is checked against the target.",
    )
    if st.session_state.pop(_ASKED, False):
        with st.spinner(f"{count.capitalize()} are writing…"):
            ask_for_reasons(engine, [key for key, _ in unasked], [listed for _, listed in unasked])
        slot.empty()


def draw_reasons(bundle: Bundle, side: Side, item: int) -> None:
    """Draw the reasons of one user that were asked for, each with its checks, and what they have in common."""
    words = bundle.catalogue.wording
    name = markdown_text(user_label(bundle, side.user))
    if item in side.history:
        st.info(
            f"{name} has {words.consumed} this {words.item}, so no reason is asked for.",
            icon=":material/history:",
        )
        return
    said = reasons_said(bundle, side, item)
    if not said:
        return
    st.markdown(f"**{name}** · {_common(bundle, side, said)}")
    for column, (mode, text) in zip(st.columns(len(said), gap="small"), said.items(), strict=True):
        with column, st.container(border=True, height="stretch"):
            st.markdown(f":green[**{mode}**] :small[:gray[· {_place(side.lists[mode], item)}]]")
            st.markdown(marked(text, bundle.catalogue, side.history) or ":gray[It said nothing.]")
            if text:
                draw_checks(checks_of(bundle, side.history, item, text))


def cited_by_any(bundle: Bundle, side: Side, item: int) -> set[int]:
    """Return the items that any of the reasons on screen cites."""
    return {
        cited
        for text in reasons_said(bundle, side, item).values()
        for cited in cited_items(text, bundle.catalogue)
    }


def _ask() -> None:
    st.session_state[_ASKED] = True


def _common(bundle: Bundle, side: Side, said: Mapping[AlignmentMode, str]) -> str:
    cited = [cited_items(text, bundle.catalogue) & {*side.history} for text in said.values()]
    every = set.intersection(*cited)
    titles = ", ".join(
        f":orange-background[{markdown_text(bundle.catalogue.titles[item])}]"
        for item in side.history
        if item in every
    )
    return (
        f"cited by every reason: {titles}" if titles else "no title of the history is cited by every reason"
    )


def _place(items: Sequence[int], item: int) -> str:
    return f"no. {items.index(item) + 1} of its list" if item in items else "not in its list"
