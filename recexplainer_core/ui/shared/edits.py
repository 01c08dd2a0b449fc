"""An edit of a history as the address spells it: item ids in the edited order, `edit=id~id~id`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import unquote

import streamlit as st

from recexplainer_core.catalogue import Catalogue
from recexplainer_core.histories import History
from recexplainer_core.ui.shared.address import note
from recexplainer_core.ui.shared.selection import select_edit

if TYPE_CHECKING:
    from recexplainer_core.bundle import Bundle

PARAMETER = "edit"
SEPARATOR = "~"
"""Stands in an address as it is, and in hardly any id."""
ROOM = 2
"""An edit may hold this many times what the target looks back on; the rest could not count."""

_LAST = "last_edit"


@dataclass(frozen=True)
class Edit:
    """What an address asks for.

    Args:
        items: the edited history, oldest item first; None for the history as it is.
        notices: what had to be corrected.
    """

    items: tuple[int, ...] | None
    notices: tuple[str, ...] = ()


@dataclass(frozen=True)
class Difference:
    """What an edit does to a history: items taken out, items added, and whether those kept stand in another order."""

    removed: tuple[int, ...]
    added: tuple[int, ...]
    reordered: bool

    def __bool__(self) -> bool:
        return bool(self.removed or self.added or self.reordered)


def difference(before: Sequence[int], after: Sequence[int]) -> Difference:
    """Compare two histories; an item that stands in one more often than in the other counts as often."""
    was, now = Counter(before), Counter(after)
    kept = was & now
    return Difference(
        tuple((was - now).elements()),
        tuple((now - was).elements()),
        _only(before, kept) != _only(after, kept),
    )


def described(change: Difference) -> str:
    """Return the edit in few words: "2 taken out, 1 added, reordered"."""
    parts = [f"{len(change.removed)} taken out"] if change.removed else []
    parts += [f"{len(change.added)} added"] if change.added else []
    parts += ["reordered"] if change.reordered else []
    return ", ".join(parts)


def spelled(items: Sequence[int], catalogue: Catalogue) -> str:
    """Return an edited history as it stands in an address."""
    ids = (catalogue.item_ids[item] for item in items)
    return SEPARATOR.join(each.replace("%", "%25").replace(SEPARATOR, "%7E") for each in ids)


def read_edit(text: str, bundle: Bundle, user: int) -> Edit:
    """Return what `spelled` wrote, as far as it fits the bundle; what does not is dropped, with a notice each.

    An item may stand in an edit as often as in the history, and at least once.
    """
    catalogue, before = bundle.catalogue, bundle.history(user).recent
    words = catalogue.wording
    ids = [unquote(part) for part in text.split(SEPARATOR) if part]
    notices: list[str] = []
    unknown = list(dict.fromkeys(each for each in ids if each not in catalogue.by_id))
    if unknown:
        named = ", ".join(repr(each[:40]) for each in unknown[:3]) + (", …" if len(unknown) > 3 else "")
        notices.append(
            f"The edit names {words.items} that this bundle does not have: {named}. They are left out."
        )
    known = [catalogue.by_id[each] for each in ids if each in catalogue.by_id]
    if ids and not known:
        return Edit(None, (*notices, "Nothing is left of the edit: this is the history as it is."))
    left = {item: max(1, count) for item, count in Counter(before).items()}
    items: list[int] = []
    repeated: list[str] = []
    for item in known:
        if left.setdefault(item, 1):
            left[item] -= 1
            items.append(item)
        elif catalogue.titles[item] not in repeated:
            repeated.append(catalogue.titles[item])
    if repeated:
        notices.append(
            f"The edit repeats {', '.join(repeated[:3])}{', …' if len(repeated) > 3 else ''} more often than the "
            "history does. Only the first places are kept."
        )
    most = ROOM * bundle.recommender.max_history
    if len(items) > most:
        notices.append(f"The edit has {len(items):,} {words.items}; only the last {most} are kept.")
        items = items[-most:]
    return Edit(None if tuple(items) == before else tuple(items), tuple(notices))


def address_names_user() -> bool:
    """Return whether the address, before anything is put into it, says whom it is about."""
    return "user" in st.query_params or PARAMETER in st.query_params


def current_edit(bundle: Bundle, user: int, from_address: bool) -> History | None:
    """Return the edited history that is shown, None for the one as it is, and put the edit into the address.

    Args:
        bundle: the bundle.
        user: whose history.
        from_address: whether the address counts; else the last edit of this session does, if it was this user's.
    """
    user_id = bundle.histories.user_ids[user]
    if from_address:
        text = st.query_params.get(PARAMETER)
    else:
        last_user, last = st.session_state.get(_LAST, (None, None))
        text = last if last_user == user_id else None
    edit = Edit(None) if text is None else read_edit(text, bundle, user)
    note(edit.notices)
    shown = None if edit.items is None else spelled(edit.items, bundle.catalogue)
    select_edit(shown)
    st.session_state[_LAST] = (user_id, shown)
    if edit.items is None:
        return None
    from recexplainer_core.rationale.counterfactual import edited

    return edited(bundle.history(user), edit.items, bundle.recommender.max_history)


def _only(items: Sequence[int], kept: Counter[int]) -> list[int]:
    """Return the items that are kept, in their order."""
    left = Counter(kept)
    found = []
    for item in items:
        if left[item]:
            left[item] -= 1
            found.append(item)
    return found
