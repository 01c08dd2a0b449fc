"""The item itself: the catalogue's facts, how often it was chosen, and what the language model says of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from recexplainer_core.modes import AlignmentMode
from recexplainer_core.ui.item.known import described, popularity
from recexplainer_core.ui.shared.escaping import markdown_text

if TYPE_CHECKING:
    from recexplainer_core.bundle import Bundle

_ASKED = "item_described"


def draw_about(bundle: Bundle, item: int) -> None:
    """Draw the facts."""
    catalogue, words = bundle.catalogue, bundle.catalogue.wording
    counts = popularity(bundle)
    place = 1 + sum(other > counts[item] for other in counts)
    facts = [
        f"**{markdown_text(name)}**: {markdown_text(', '.join(catalogue.values(item, name)))}"
        for name in catalogue.attributes
        if catalogue.values(item, name)
    ]
    st.markdown(
        "  \n".join(facts) if facts else f"The catalogue knows nothing of this {words.item} but its title."
    )
    st.markdown(
        f"{words.consumed.capitalize()} by **{counts[item]:,}** of {len(bundle.histories):,} {words.users}: "
        f"no. {place:,} of {len(catalogue):,} by popularity."
    )


def draw_description(bundle: Bundle, item: int, mode: AlignmentMode) -> None:
    """Draw what the language model says of the item, once it is asked; nothing holds it to the truth."""
    asked = (bundle.manifest_hash, item, mode)
    if st.session_state.get(_ASKED) != asked:
        st.button(
            "Let the LLM describe it", icon=":material/forum:", on_click=_ask, args=(asked,), key="describe",
            help="In its own words, from what it was taught of the catalogue; nothing holds it to the facts above.",
        )  # fmt: skip
        return
    text = described(bundle, item, mode)
    st.markdown(f"> {markdown_text(text)}" if text else "It said nothing.")
    st.caption(f"The LLM's own words in {mode} mode; nothing held it to the facts above.")


def _ask(asked: tuple[str, int, AlignmentMode]) -> None:
    st.session_state[_ASKED] = asked
