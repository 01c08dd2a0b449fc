"""A choice that is part of the page's address."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import streamlit as st

from recexplainer_core.ui.shared.escaping import markdown_text
from recexplainer_core.ui.shared.palette import choice


def linked_choice(
    name: str,
    label: str,
    options: Mapping[str, str],
    menu: bool = False,
    width: int | None = None,
) -> str:
    """Draw a choice whose value stands in the address; what the address names wrongly falls back, with a notice.

    Args:
        name: of the query parameter.
        label: what is chosen, for those who cannot see it.
        options: value in the address -> words on the screen, the default first; not empty.
        menu: a menu with a visible label instead of a row of buttons.
        width: of the menu in pixels, at most; as wide as there is room unless given.
    """
    asked, key = st.query_params.get(name), f"choice_{name}"
    chosen = asked if asked is not None and asked in options else next(iter(options))
    if asked is not None and asked != chosen:
        st.warning(
            f"The link asks for {name} {markdown_text(repr(asked))}, which is not here. "
            f"Showing {markdown_text(options[chosen])} instead.",
            icon=":material/link_off:",
        )
        st.query_params[name] = chosen
    st.session_state[key] = chosen
    if menu:
        st.selectbox(
            label, list(options), key=key, format_func=options.__getitem__, on_change=_put(name, key),
            width=width or "stretch", filter_mode=None,
        )  # fmt: skip
    else:
        st.segmented_control(
            label, list(options), key=key, format_func=lambda value: choice(markdown_text(options[value])),
            required=True, on_change=_put(name, key), label_visibility="collapsed", wrap=True,
        )  # fmt: skip
    return chosen


def _put(name: str, key: str) -> Callable[[], None]:
    def put() -> None:
        st.query_params[name] = st.session_state[key]

    return put
