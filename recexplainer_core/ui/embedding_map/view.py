"""What the embedding map shows and how it is coloured, kept in the address beside user and item."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import streamlit as st

from recexplainer_core.embedding_map.parameters import CONNECTOR, HIDDEN
from recexplainer_core.ui.shared.address import parameters, put_parameters

if TYPE_CHECKING:
    from recexplainer_core.bundle import Bundle

CLUSTER, POPULARITY, AGREEMENT = "cluster", "popularity", "agreement"
ATTRIBUTE = "attribute:"
NOTHING = "nothing"
EVERYBODY, CHOSEN = "everybody", "chosen"
"""Layers: all users placed; the chosen user with history and recommendations."""
PARAMETERS = ("map", "colour", "beside", "layers")


@dataclass(frozen=True)
class MapView:
    """Which map, coloured by what, with what beside it and on it; and what had to be corrected."""

    name: str
    colour: str
    beside: str
    layers: tuple[str, ...]
    notices: tuple[str, ...] = ()


def colours_of(bundle: Bundle) -> list[str]:
    """Return what the points can be coloured by."""
    return [CLUSTER, POPULARITY, AGREEMENT, *(ATTRIBUTE + name for name in bundle.catalogue.descriptive)]


def resolve_view(
    given: Mapping[str, str], bundle: Bundle, names: Sequence[str], spaces: Sequence[str]
) -> MapView:
    """Return what a link means; whatever the bundle does not have falls back, with a notice.

    Args:
        given: the parameters of the link, as strings nobody has checked.
        bundle: the bundle.
        names: its maps, the default first.
        spaces: the LLM's spaces on the map.
    """
    notices: list[str] = []

    def one_of(parameter: str, offered: Sequence[str], default: str) -> str:
        asked = given.get(parameter)
        if asked is None or asked in offered:
            return asked or default
        notices.append(f"There is no {parameter} {asked!r} on offer. Showing {default} instead.")
        return default

    asked_layers = [layer for layer in given.get("layers", "").split(",") if layer]
    layers = tuple(layer for layer in (EVERYBODY, CHOSEN) if layer in asked_layers)
    if unknown := sorted(set(asked_layers) - set(layers)):
        notices.append(f"There is no layer {unknown[0]!r}, only {EVERYBODY} and {CHOSEN}.")
    beside = next((space for space in (HIDDEN, CONNECTOR) if space in spaces), NOTHING)
    return MapView(
        one_of("map", names, names[0]),
        one_of("colour", colours_of(bundle), CLUSTER),
        one_of("beside", (*spaces, NOTHING), beside),
        layers,
        tuple(notices),
    )


def asked_view(bundle: Bundle) -> dict[str, str]:
    """Return what the address asks for, completed by what this session showed last."""
    return {**st.session_state.get(_state_of(bundle), {}), **parameters(PARAMETERS)}


def put_view(bundle: Bundle, **changes: str) -> None:
    """Change what is shown, and the link with it."""
    state = _state_of(bundle)
    st.session_state[state] = {**st.session_state.get(state, {}), **changes}
    put_parameters({name: value or None for name, value in changes.items()})


def _state_of(bundle: Bundle) -> str:
    """Return where a session keeps what it showed last: colours of one bundle mean nothing in another."""
    return f"map_view {bundle.root}"
