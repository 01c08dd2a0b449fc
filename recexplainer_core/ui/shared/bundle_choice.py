"""Which bundle the app shows: the command line names one or a folder of them, the overview chooses."""

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
DEMO, STAND_IN = "demo", "demo-pocket"
"""The shipped bundle that the app opens with, and the one that shows the same data without any network."""
_OPENED = "opened_bundles"


class _Arguments(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        raise UnknownNameError(f"The command line cannot be read: {message}. {self.format_usage().strip()}")


@dataclass(frozen=True)
class Places:
    """Where bundles are looked for: `only` one, or the demos in `shipped` and every bundle in `folder`.

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
        assets: the folder of the demos.

    Raises:
        UnknownNameError: something else stands there.
    """
    parser = _Arguments(prog=APP_COMMAND, add_help=False)
    parser.add_argument("--bundle", type=Path, help="show this bundle only")
    parser.add_argument("--bundles", type=Path, default=home / "bundles", help="offer every bundle in here")
    parser.add_argument("--ratings", type=Path, default=home / "ratings", help="keep ratings in here")
    given = parser.parse_args(arguments)
    return Places(given.bundle, given.bundles, assets, given.ratings)


def available(where: Places) -> dict[str, Path]:
    """Return name -> folder of every bundle on offer; a bundle named outright is offered even if damaged."""
    if where.only is not None:
        return {where.only.resolve().name: where.only}
    _settle(where.folder)
    demos = [where.shipped / name for name in (DEMO, STAND_IN)]
    found = [*demos, *(sorted(where.folder.iterdir()) if where.folder.is_dir() else [])]
    offered: dict[str, Path] = {}
    for folder in found:
        if (folder / MANIFEST).is_file():
            taken = folder.name in offered
            offered[f"{folder.parent.name}/{folder.name}" if taken else folder.name] = folder
    return offered


def on_offer(where: Places) -> dict[str, Path]:
    """Return name -> folder of every bundle on offer to this visitor: `available`, and those opened by hand."""
    opened: dict[str, Path] = st.session_state.get(_OPENED, {})
    return available(where) | ({} if where.only else opened)


def choose_bundle(where: Places) -> Path | None:
    """Return the chosen bundle, None when there is none; with several, the address names the one on screen.

    The address can only name a bundle on offer, never a path.
    """
    offered = on_offer(where)
    if len(offered) < 2:
        return next(iter(offered.values()), None)
    asked = st.query_params.get(PARAMETER)
    if st.session_state.get(PARAMETER) not in offered:
        st.session_state[PARAMETER] = asked if asked in offered else next(iter(offered))
        if asked is not None and asked not in offered:
            st.toast("The link names a bundle that is not here; showing another.", icon=":material/link_off:")
    name: str = st.session_state[PARAMETER]
    st.query_params[PARAMETER] = name
    return offered[name]


def switch_to(name: str) -> None:
    """Show another bundle on offer; users and items of the one before mean nothing in it."""
    st.query_params.clear()
    st.session_state.pop("selection", None)
    st.session_state[PARAMETER] = st.query_params[PARAMETER] = name


def open_by_hand(where: Places, folder: Path) -> None:
    """Offer the bundle in a folder to this visitor, and show it.

    Raises:
        UnknownNameError: the folder holds none.
    """
    if not (folder / MANIFEST).is_file():
        raise UnknownNameError(
            f"{folder} holds no bundle: there is no {MANIFEST} in it. Give the folder that `build` wrote."
        )
    offered = on_offer(where)
    known = next((name for name, one in offered.items() if one.resolve() == folder.resolve()), None)
    name = known or (folder.name if folder.name not in offered else str(folder))
    st.session_state.setdefault(_OPENED, {})[name] = folder
    switch_to(name)


def _settle(folder: Path) -> None:
    """Put a bundle back in its place where a process that wrote it was killed."""
    if any(True for ending in ("old", "new") for _ in folder.glob(f".*.{ending}")):
        from recexplainer_core.bundle.swapping import recover_all  # takes seconds to import

        recover_all(folder)
