"""The address of a page: its parameters, and what in a link had to be corrected."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import streamlit as st

from recexplainer_core.ui.shared.escaping import markdown_text

_NOTICES = "notices"


def parameters(names: Iterable[str]) -> dict[str, str]:
    """Return those of some parameters that the address has, as strings nobody has checked."""
    return {name: st.query_params[name] for name in names if name in st.query_params}


def put_parameters(values: Mapping[str, str | None]) -> None:
    """Put parameters into the address; those that are None leave it."""
    for name, value in values.items():
        if value is not None:
            st.query_params[name] = value
        elif name in st.query_params:
            del st.query_params[name]


def note(notices: Iterable[str]) -> None:
    """Keep what had to be corrected until it is shown."""
    st.session_state.setdefault(_NOTICES, []).extend(notices)


def draw_notices(more: Iterable[str] = ()) -> None:
    """Say what had to be corrected since the last call, and more of the kind."""
    if notices := [*st.session_state.pop(_NOTICES, []), *more]:
        st.warning("  \n".join(map(markdown_text, notices)), icon=":material/link_off:")
