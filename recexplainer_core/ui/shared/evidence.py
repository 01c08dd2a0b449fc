"""What the target says when it is asked about changed histories: cached, for it never answers otherwise."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from recexplainer_core.ui.shared.bundle_cache import LIST_LENGTH, stamp

if TYPE_CHECKING:
    from recexplainer_core.bundle import Bundle
    from recexplainer_core.rationale.attribution import Attribution
    from recexplainer_core.rationale.checks import Check
    from recexplainer_core.rationale.counterfactual import Consequence
    from recexplainer_core.rationale.what_if import Change

History = tuple[int, ...]


def attribution_of(bundle: Bundle, history: History, item: int) -> Attribution:
    """Return what each item of a history does for an item; what was seen does not count in ranks."""
    return _attribution(bundle, stamp(bundle.root), history, item)


def checks_of(
    bundle: Bundle, history: History, item: int, text: str, seen: History | None = None
) -> list[Check]:
    """Return the claims of a rationale, tested; what is `seen`, the history unless given, does not count in ranks."""
    return _checks(bundle, stamp(bundle.root), history, item, text, seen)


def contrast_checks_of(bundle: Bundle, history: History, item: int, other: int, text: str) -> list[Check]:
    """Return the claims of a rationale that compares two items, tested."""
    return _contrast_checks(bundle, stamp(bundle.root), history, item, other, text)


def change_of(bundle: Bundle, history: History, edited: History, followed: int | None) -> Change:
    """Return the target's lists, ranks and scores before and after an edit of the history."""
    return _change(bundle, stamp(bundle.root), history, edited, followed)


def consequence_of(bundle: Bundle, history: History, item: int, removed: frozenset[int]) -> Consequence:
    """Return where an item stands before and after others are taken out of the history."""
    return _consequence(bundle, stamp(bundle.root), history, item, tuple(sorted(removed)))


@st.cache_data(max_entries=500, show_spinner="Asking the recommender about every part of the history…")
def _attribution(_bundle: Bundle, manifest_hash: str, history: History, item: int) -> Attribution:
    from recexplainer_core.rationale.attribution import attribute

    [[found]] = attribute(_bundle.recommender, [history], [[item]], [history])
    return found


@st.cache_data(max_entries=500, show_spinner="Testing what is said…")
def _checks(
    _bundle: Bundle, manifest_hash: str, history: History, item: int, text: str, seen: History | None
) -> list[Check]:
    from recexplainer_core.grammar.reading import read
    from recexplainer_core.rationale.checks import check

    reading = read(text, _bundle.catalogue)
    masked = history if seen is None else seen
    return check(reading, _bundle.catalogue, _bundle.recommender, history, item, masked)


@st.cache_data(max_entries=500, show_spinner="Testing what is said…")
def _contrast_checks(
    _bundle: Bundle, manifest_hash: str, history: History, item: int, other: int, text: str
) -> list[Check]:
    from recexplainer_core.grammar.reading import read
    from recexplainer_core.rationale.contrast import check_contrast

    reading = read(text, _bundle.catalogue)
    return check_contrast(reading, _bundle.catalogue, _bundle.recommender, history, item, other)


@st.cache_data(max_entries=500, show_spinner="Asking the recommender again…")
def _change(
    _bundle: Bundle, manifest_hash: str, history: History, edited: History, followed: int | None
) -> Change:
    from recexplainer_core.rationale.what_if import change

    return change(_bundle.recommender, history, edited, () if followed is None else (followed,), LIST_LENGTH)


@st.cache_data(max_entries=500, show_spinner="Asking the recommender again…")
def _consequence(
    _bundle: Bundle, manifest_hash: str, history: History, item: int, removed: tuple[int, ...]
) -> Consequence:
    from recexplainer_core.rationale.counterfactual import remove

    return remove(_bundle.recommender, history, item, set(removed), history)
