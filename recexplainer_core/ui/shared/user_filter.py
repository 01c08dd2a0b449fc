"""Which users are offered, and in what order: kept in the address like the selection."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING

import numpy as np
import streamlit as st

from recexplainer_core.evaluation.report import Agreement, Report
from recexplainer_core.histories import IntArray
from recexplainer_core.modes import AlignmentMode
from recexplainer_core.ui.shared.address import note, parameters, put_parameters
from recexplainer_core.ui.shared.favourites import Value, favourites_of

if TYPE_CHECKING:
    from recexplainer_core.bundle import Bundle

AGREEMENT = {
    "agree": "First choice agrees",
    "differ": "First choice differs",
    "apart": "Most disagreeing first",
}
"""Ways to choose by agreement; each leaves only users that the report has measured."""
_STATE = "user_filter"


@dataclass(frozen=True)
class UserFilter:
    """What users must be like.

    Args:
        unseen: only those whom the language model never saw.
        length: fewest and most items of the history.
        favourite: attribute and value that stand out in the history.
        agreement: one of `AGREEMENT`.
        has: id of an item that the history holds.
    """

    unseen: bool = False
    length: tuple[int, int] | None = None
    favourite: Value | None = None
    agreement: str | None = None
    has: str | None = None

    @property
    def active(self) -> int:
        """Number of conditions in force, that of the toggle aside."""
        return sum(one is not None for one in (self.length, self.favourite, self.agreement, self.has))

    def link(self) -> dict[str, str]:
        """Return the part of an address that stands for this filter."""
        parts = {
            "unseen": "1" if self.unseen else None,
            "length": None if self.length is None else f"{self.length[0]}-{self.length[1]}",
            "favourite": None if self.favourite is None else ":".join(self.favourite),
            "agreement": self.agreement,
            "has": self.has,
        }
        return {name: value for name, value in parts.items() if value is not None}


def read_filter(link: dict[str, str], bundle: Bundle) -> tuple[UserFilter, list[str]]:
    """Return the filter that a link asks for in this bundle, and what of it had to be left out, and why."""
    notices: list[str] = []
    lengths = bundle.histories.lengths
    length: tuple[int, int] | None = None
    if (asked := link.get("length")) is not None:
        low, _, high = asked.partition("-")
        if low.isdecimal() and high.isdecimal() and len(asked) < 20 and int(low) <= int(high):
            length = max(int(low), int(lengths.min())), min(int(high), int(lengths.max()))
        if length is None or length[0] > length[1]:
            length = None
            notices.append(
                f"The link asks for histories of length {asked[:40]!r}; they have from {lengths.min()} to "
                f"{lengths.max()}, written as 10-30 for example. All lengths are offered."
            )
    favourite: Value | None = None
    if (asked := link.get("favourite")) is not None:
        attribute, _, value = asked.partition(":")
        if value and any(value in values for values in bundle.catalogue.attributes.get(attribute, ())):
            favourite = attribute, value
        else:
            notices.append(
                f"The link asks for the favourite {asked[:80]!r}, which no {bundle.catalogue.wording.item} has. "
                f"It is left out."
            )
    agreement = link.get("agreement")
    if agreement is not None and agreement not in AGREEMENT:
        notices.append(
            f"The link asks for {agreement[:40]!r} as agreement; it can be {', '.join(AGREEMENT)}."
        )
        agreement = None
    if agreement is not None and not measured(bundle).modes:
        notices.append("The link chooses by agreement, which this bundle's report has not measured by user.")
        agreement = None
    has = link.get("has")
    if has is not None and has not in bundle.catalogue.by_id:
        notices.append(
            f"The link asks for who has {has[:80]!r}, which is no {bundle.catalogue.wording.item} here."
        )
        has = None
    return UserFilter(link.get("unseen") == "1", length, favourite, agreement, has), notices


def current_filter(bundle: Bundle) -> UserFilter:
    """Return the filter in the address, or the last one of this session where the address names no user."""
    given = parameters(field.name for field in fields(UserFilter))
    if not given and "user" not in st.query_params:
        given = st.session_state.get(_STATE, {})
    chosen, notices = read_filter(given, bundle)
    note(notices)
    put_filter(chosen)
    return chosen


def put_filter(chosen: UserFilter) -> None:
    """Put a filter into the address."""
    link = chosen.link()
    st.session_state[_STATE] = link
    put_parameters({field.name: link.get(field.name) for field in fields(UserFilter)})


def measured(bundle: Bundle) -> Agreement:
    """Return the report's agreement user by user, empty where it has none."""
    return (bundle.report or Report()).agreement


def offered_users(bundle: Bundle, chosen: UserFilter, mode: AlignmentMode) -> IntArray:
    """Return the users that the filter leaves: rising, or by how little both lists agree in `mode`."""
    lengths = bundle.histories.lengths
    fits = np.array(bundle.held_out, dtype=bool) if chosen.unseen else np.ones(len(lengths), dtype=bool)
    if chosen.length is not None:
        fits &= (lengths >= chosen.length[0]) & (lengths <= chosen.length[1])
    if chosen.favourite is not None:
        liked = favourites_of(bundle).users.get(chosen.favourite, np.array([], dtype=int))
        fits &= np.isin(np.arange(len(lengths)), liked)
    if chosen.has is not None:
        histories = bundle.histories
        owner = np.repeat(np.arange(len(histories)), histories.lengths)
        owners = owner[np.asarray(histories.items) == bundle.catalogue.by_id[chosen.has]]
        fits &= np.isin(np.arange(len(lengths)), owners)
    known = measured(bundle)
    if chosen.agreement is None or not known.modes:
        return np.flatnonzero(fits)
    if mode not in known.modes:
        return np.array([], dtype=int)
    rows = known.modes[mode]
    found = [
        (overlap, shared, bundle.histories.find(user_id))
        for user_id, same, shared, overlap in zip(
            known.user, rows.same_first, rows.shared, rows.rbo_at_10, strict=True
        )
        if chosen.agreement in ("apart", "agree" if same else "differ")
    ]
    users = [user for *_, user in sorted(found) if fits[user]]
    return np.array(users if chosen.agreement == "apart" else sorted(users), dtype=int)


def shared_items(bundle: Bundle, mode: AlignmentMode) -> dict[int, int]:
    """Return user -> number of items in both lists, for the users whom the report has measured in `mode`."""
    known = measured(bundle)
    if mode not in known.modes:
        return {}
    users = [bundle.histories.find(user_id) for user_id in known.user]
    return dict(zip(users, known.modes[mode].shared, strict=True))
