"""Editing a history: choose items, take them out, move them, add others; apply when done."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

import streamlit as st

from recexplainer_core.ui.shared.edits import described, difference, spelled
from recexplainer_core.ui.shared.escaping import markdown_text
from recexplainer_core.ui.shared.item_search import draw_item_search
from recexplainer_core.ui.shared.selection import select_edit
from recexplainer_core.ui.what_if.draft import Draft, put_back, shifted, taken_out

if TYPE_CHECKING:
    from recexplainer_core.bundle import Bundle

_CHOSEN, _REMOVED = "edit_chosen", "edit_removed"


def draw_history_editor(
    bundle: Bundle, original: tuple[int, ...], applied: tuple[int, ...], draft: Draft
) -> None:
    """Draw the history as it is being edited, and what can be done with it.

    Args:
        bundle: the bundle.
        original: the items the target looks at, oldest first.
        applied: the history that the rest of the page shows.
        draft: the history as it is being edited; changed in place.
    """
    words = bundle.catalogue.wording
    st.markdown(
        f"**The last {words.items} {words.consumed}**, oldest to newest. Choose one or several, then take them out "
        "or move them.",
    )
    _items(bundle, original, draft)
    with st.container(horizontal=True, vertical_alignment="bottom", gap="xsmall"):
        chosen = [place for place in st.session_state.get(_CHOSEN, []) if place < len(draft.items)]
        for label, icon, key, action, arguments in (
            ("Take out", ":material/remove_circle:", "edit_out", _take_out, (draft,)),
            ("Older", ":material/arrow_back:", "edit_older", _shift, (draft, -1)),
            ("Newer", ":material/arrow_forward:", "edit_newer", _shift, (draft, 1)),
        ):
            st.button(label, icon=icon, key=key, disabled=not chosen, on_click=action, args=arguments)
        st.button(
            "Reverse", icon=":material/swap_horiz:", key="edit_reverse", on_click=_reverse, args=(draft,),
            disabled=len(draft.items) < 2, help="Turns the whole order round: the oldest becomes the newest.",
        )  # fmt: skip
    _removed(bundle, original, draft)
    draw_item_search(
        bundle, "edit_add", f"Add {words.an_item} as the newest", draft.items, lambda item: _add(draft, item)
    )
    _outcome(bundle, original, applied, draft)


def _items(bundle: Bundle, original: Sequence[int], draft: Draft) -> None:
    if not draft.items:
        st.info(
            f"No {bundle.catalogue.wording.item} is left. Apply it as it is, to see what both models say of someone "
            "they know nothing of, or put something back.",
            icon=":material/inbox:",
        )
        return
    st.session_state[_CHOSEN] = [p for p in st.session_state.get(_CHOSEN, []) if p < len(draft.items)]
    added = Counter(difference(original, draft.items).added)
    uncounted = len(draft.items) - bundle.recommender.max_history
    labels = []
    for place in range(len(draft.items) - 1, -1, -1):
        item = draft.items[place]
        title = markdown_text(bundle.catalogue.titles[item])
        if added[item]:
            added[item] -= 1
            title = f":material/add: {title}"
        labels.append(f":gray[{title} (too old to count)]" if place < uncounted else title)
    labels.reverse()
    st.pills(
        f"{bundle.catalogue.wording.items.capitalize()} of the edited history, oldest first",
        list(range(len(labels))),
        format_func=lambda place: labels[place],
        selection_mode="multi",
        key=_CHOSEN,
        label_visibility="collapsed",
    )
    if uncounted > 0:
        st.caption(f"The target looks at the last {bundle.recommender.max_history} only.")


def _removed(bundle: Bundle, original: Sequence[int], draft: Draft) -> None:
    removed = difference(original, draft.items).removed
    if not removed:
        return
    st.session_state[_REMOVED] = None
    st.pills(
        "Taken out; press to put back",
        list(range(len(removed))),
        format_func=lambda place: f":material/undo: {markdown_text(bundle.catalogue.titles[removed[place]])}",
        key=_REMOVED,
        on_change=_put_back,
        args=(draft, original, removed),
    )


def _outcome(bundle: Bundle, original: tuple[int, ...], applied: tuple[int, ...], draft: Draft) -> None:
    """Draw what is to become of the draft, and say how it differs from what is on the page."""
    pending = draft.items != applied
    with st.container(horizontal=True, vertical_alignment="center", gap="xsmall"):
        st.button(
            "Apply", icon=":material/play_arrow:", type="primary", key="edit_apply", disabled=not pending,
            on_click=_apply, args=(bundle, original, draft),
            help="Asks both models about the history as it stands here.",
        )  # fmt: skip
        st.button(
            "Discard changes", icon=":material/undo:", key="edit_discard", disabled=not pending,
            on_click=_replace, args=(draft, applied), help="Back to what was applied last.",
        )  # fmt: skip
        st.button(
            "Reset", icon=":material/restart_alt:", key="edit_reset",
            disabled=draft.items == original and applied == original,
            on_click=_reset, args=(original, draft), help="Back to the history as it is.",
        )  # fmt: skip
        change = described(difference(original, draft.items))
        if pending:
            st.badge(
                f"Not applied yet: {change or 'the history as it is'}",
                icon=":material/pending:",
                color="orange",
            )
            if applied != original:
                st.caption("Below is what was applied last.", width="content")
        elif change:
            st.badge(f"Applied: {change}", icon=":material/check:", color="green")


def _chosen() -> list[int]:
    return list(st.session_state.get(_CHOSEN, []))


def _take_out(draft: Draft) -> None:
    _replace(draft, taken_out(draft.items, _chosen()))


def _shift(draft: Draft, by: int) -> None:
    draft.items, st.session_state[_CHOSEN] = shifted(draft.items, _chosen(), by)


def _reverse(draft: Draft) -> None:
    _replace(draft, draft.items[::-1])


def _add(draft: Draft, item: int) -> None:
    _replace(draft, (*draft.items, item))


def _put_back(draft: Draft, original: Sequence[int], removed: Sequence[int]) -> None:
    place = st.session_state.get(_REMOVED)
    if place is not None:
        _replace(draft, put_back(draft.items, original, removed[place]))


def _replace(draft: Draft, items: tuple[int, ...]) -> None:
    draft.items = items
    st.session_state[_CHOSEN] = []


def _apply(bundle: Bundle, original: tuple[int, ...], draft: Draft) -> None:
    select_edit(None if draft.items == original else spelled(draft.items, bundle.catalogue))


def _reset(original: tuple[int, ...], draft: Draft) -> None:
    _replace(draft, original)
    select_edit(None)
