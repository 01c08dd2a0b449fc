"""The item itself: how often it is recommended and chosen, the catalogue's facts, and what the language model says."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from recexplainer_core.errors import RecExplainerError
from recexplainer_core.modes import AlignmentMode
from recexplainer_core.terms import SAID_NOTHING, definition
from recexplainer_core.ui.item.known import audience, described, everybody, popularity
from recexplainer_core.ui.shared.escaping import markdown_text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from recexplainer_core.bundle import Bundle

_ASKED = "item_described"


def draw_standing(bundle: Bundle, item: int) -> None:
    """Draw how many users are recommended the item and have chosen it, with its place among all items by both."""
    words, found = bundle.catalogue.wording, audience(bundle, item)
    counts, listed = popularity(bundle), everybody(bundle).listed.tolist()
    firsts = int((found.places == 1).sum())
    with st.container(horizontal=True, gap="small"):
        for label, count, below, about in (
            (
                "Recommended to",
                f"{len(found.users):,}",
                _place(listed, item),
                f"For so many of {found.asked:,} {words.users} it is among the target's first ten; below, its place "
                f"among all {words.items} by that. {definition('target')}",
            ),
            (
                "First choice of",
                f"{firsts:,}",
                "of these",
                "For so many of them nothing comes before it in the target's list.",
            ),
            (
                f"{words.consumed.capitalize()} by",
                f"{counts[item]:,}",
                _place(counts, item),
                f"So many of {len(bundle.histories):,} {words.users} have {words.consumed} it, so it is not "
                f"recommended to them; below, its place among all {words.items} by popularity.",
            ),
        ):
            with st.container(width="content", gap="xsmall"):
                st.metric(label, count, width="content", help=about)
                st.caption(below)  # not the metric's own line below, which is too faint on light ground


def draw_about(bundle: Bundle, item: int) -> None:
    """Draw what the catalogue says."""
    catalogue, words = bundle.catalogue, bundle.catalogue.wording
    facts = [
        f"**{markdown_text(name)}**: {markdown_text(', '.join(catalogue.values(item, name)))}"
        for name in catalogue.attributes
        if catalogue.values(item, name)
    ]
    st.subheader("What the catalogue says", anchor=False)
    st.markdown(
        "  \n".join(facts) if facts else f"The catalogue knows nothing of this {words.item} but its title."
    )


def draw_description(bundle: Bundle, item: int, mode: AlignmentMode) -> None:
    """Draw what the language model says of the item, once it is asked; nothing holds it to the truth."""
    asked = (bundle.manifest_hash, item, mode)
    if st.session_state.get(_ASKED) != asked:
        st.button(
            "Let the LLM describe it", icon=":material/forum:", on_click=_ask, args=(asked,), key="describe",
            help="In its own words, from what it was taught of the catalogue; nothing holds it to the facts above. "
            f"{definition('language model')}",
        )  # fmt: skip
        return
    with st.container(border=True, gap="xsmall"):
        st.markdown("**What the LLM says of it**")
        try:
            st.markdown(markdown_text(described(bundle, item, mode)) or SAID_NOTHING)
        except RecExplainerError as fault:
            st.error(markdown_text(str(fault)), icon=":material/error:")
            return
        st.caption(
            f"The LLM's own words, in {mode} mode. Nothing held it to the catalogue: trust the facts above more."
        )


def _place(counts: Iterable[int], item: int) -> str:
    known = list(counts)
    return f"no. {1 + sum(other > known[item] for other in known):,} of {len(known):,}"


def _ask(asked: tuple[str, int, AlignmentMode]) -> None:
    st.session_state[_ASKED] = asked
