"""Who, what and how: the user, item and mode on screen, kept in the address: every state has a link."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import streamlit as st
from pydantic import BaseModel, ValidationError

from recexplainer_core.errors import BundleError, UnknownNameError
from recexplainer_core.modes import AlignmentMode
from recexplainer_core.ui.shared.address import note, parameters, put_parameters
from recexplainer_core.ui.shared.descriptions import user_label

if TYPE_CHECKING:
    from recexplainer_core.bundle import Bundle

PREFERRED = (AlignmentMode.HYBRID, AlignmentMode.BEHAVIOUR, AlignmentMode.INTENTION, AlignmentMode.NONE)


class Link(BaseModel):
    """The part of an address that the explorer understands, as strings nobody has checked."""

    user: str | None = None
    item: str | None = None
    mode: str | None = None


@dataclass(frozen=True)
class Selection:
    """A user of the bundle, an item if the link names one, a mode; and what had to be corrected."""

    user: int
    item: int | None
    mode: AlignmentMode
    notices: tuple[str, ...] = ()


def resolve(link: Link, bundle: Bundle) -> Selection:
    """Return what the link means in this bundle; whatever it does not have falls back, with a notice."""
    notices: list[str] = []
    words = bundle.catalogue.wording

    user, asked_for_another = default_user(bundle), False
    if link.user is not None:
        try:
            user = bundle.histories.find(link.user)
        except UnknownNameError as fault:
            notices.append(f"{fault} Showing {user_label(bundle, user)} instead.")
            asked_for_another = True

    item = bundle.catalogue.by_id.get(link.item) if link.item is not None else None
    if link.item is not None and item is None:
        notices.append(
            f"No {words.item} has the id {link.item!r} in this bundle. Showing the first one instead."
        )

    if asked_for_another:
        item = None  # it was chosen from the other user's list

    modes = available_modes(bundle)
    mode = next(m for m in PREFERRED if m in modes)
    if link.mode is not None and link.mode in modes:
        mode = AlignmentMode(link.mode)
    elif link.mode is not None:
        notices.append(
            f"This bundle has no mode {link.mode!r}, only {', '.join(modes)}. Showing {mode} instead. "
            "Other modes are added with --modes when a bundle is built."
        )
    return Selection(user, item, mode, tuple(notices))


def available_modes(bundle: Bundle) -> tuple[AlignmentMode, ...]:
    """Return the modes the bundle can answer in, the one before alignment first."""
    return tuple(m for m in AlignmentMode if m is AlignmentMode.NONE or m in bundle.modes)


def default_user(bundle: Bundle) -> int:
    """Return the first user the language model has never seen, else the first.

    Raises:
        BundleError: there are none.
    """
    if not len(bundle.histories):
        raise BundleError(
            "This bundle holds no users, so there is nobody to look at. Build it again, from data with histories."
        )
    return int(bundle.held_out.argmax())


def current_selection(bundle: Bundle) -> Selection:
    """Return the selection in the address, or the last one of this session, and put it into the address."""
    given = parameters(Link.model_fields)
    if "user" not in given:
        given = {**st.session_state.get("selection", {}), **given}
    selection = resolve(_parse(given), bundle)
    note(selection.notices)
    _put(
        user=bundle.histories.user_ids[selection.user],
        item=None if selection.item is None else bundle.catalogue.item_ids[selection.item],
        mode=str(selection.mode),
    )
    return selection


def select_user(user_id: str) -> None:
    """Show another user; item, comparison and edit were chosen for the one before."""
    _put(user=user_id, item=None, versus=None, edit=None)


def select_item(item_id: str) -> None:
    """Ask about another item."""
    _put(item=item_id)


def select_versus(item_id: str | None) -> None:
    """Compare with another item, or with none."""
    _put(versus=item_id)


def select_edit(edit: str | None) -> None:
    """Show what an edit of the history changes, as `edits.spelled` writes it; None for the history as it is."""
    _put(edit=edit)


def select_mode(mode: str) -> None:
    """Ask in another mode."""
    _put(mode=mode)


def _parse(given: Mapping[str, str]) -> Link:
    try:
        return Link.model_validate(dict(given))
    except ValidationError:
        return Link()


def _put(**changes: str | None) -> None:
    state = {**st.session_state.get("selection", {}), **changes}
    st.session_state["selection"] = {name: value for name, value in state.items() if value is not None}
    put_parameters(changes)
