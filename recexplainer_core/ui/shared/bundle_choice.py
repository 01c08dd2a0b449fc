"""Which bundle the app shows: the command line names one or a folder of them, the sidebar chooses."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

import streamlit as st

from recexplainer_core.errors import UnknownNameError
from recexplainer_core.locations import APP_COMMAND, ASSETS, HOME

MANIFEST = "manifest.json"
PARAMETER = "bundle"
"""Name of the choice in the address of the page."""


class _Arguments(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        raise UnknownNameError(f"The command line cannot be read: {message}. {self.format_usage().strip()}")


@dataclass(frozen=True)
class Places:
    """Where bundles are looked for: `only` one, or the `shipped` demo and every bundle in `folder`.

    People's ratings are kept in `ratings`.
    """

    only: Path | None
    folder: Path
    shipped: Path
    ratings: Path


def places(arguments: Sequence[str], home: Path = HOME, assets: Path = ASSETS) -> Places:
    """Read what stands behind `streamlit run app.py --` or `recexplainer app`.

    Args:
        arguments: `--bundle DIR` or `--bundles DIR`; the folder is `bundles` in `home` unless given. With `--ratings
            DIR`, ratings are kept there, else in `ratings` in `home`.
        home: a folder to look in.
        assets: the folder of the demo.

    Raises:
        UnknownNameError: something else stands there.
    """
    parser = _Arguments(prog=APP_COMMAND, add_help=False)
    parser.add_argument("--bundle", type=Path, help="show this bundle only")
    parser.add_argument("--bundles", type=Path, default=home / "bundles", help="offer every bundle in here")
    parser.add_argument("--ratings", type=Path, default=home / "ratings", help="keep ratings in here")
    given = parser.parse_args(arguments)
    return Places(given.bundle, given.bundles, assets / "demo", given.ratings)


def available(where: Places) -> dict[str, Path]:
    """Return name -> folder of every bundle on offer; a bundle named outright is offered even if damaged."""
    if where.only is not None:
        return {where.only.resolve().name: where.only}
    found = [where.shipped, *(sorted(where.folder.iterdir()) if where.folder.is_dir() else [])]
    offered: dict[str, Path] = {}
    for folder in found:
        if (folder / MANIFEST).is_file():
            taken = folder.name in offered
            offered[f"{folder.parent.name}/{folder.name}" if taken else folder.name] = folder
    return offered


def choose_bundle(where: Places) -> Path | None:
    """Return the chosen bundle, None when there is none; with several, the sidebar offers them.

    The address can only name a bundle on offer, never a path.
    """
    offered = available(where)
    if len(offered) < 2:
        return next(iter(offered.values()), None)
    asked = st.query_params.get(PARAMETER)
    if PARAMETER not in st.session_state:
        st.session_state[PARAMETER] = asked if asked in offered else next(iter(offered))
        if asked is not None and asked not in offered:
            st.toast("The link names a bundle that is not here; showing another.", icon=":material/link_off:")
    name = st.sidebar.selectbox("Bundle", list(offered), key=PARAMETER, on_change=_forget_selection)
    st.query_params[PARAMETER] = name
    return offered[name]


def _forget_selection() -> None:
    """Users and items of one bundle mean nothing in another."""
    st.query_params.clear()
    st.session_state.pop("selection", None)
