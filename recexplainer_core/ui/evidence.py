"""What the target says when it is asked about changed histories: cached, for it never answers otherwise."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from recexplainer_core.ui.bundle_cache import stamp

if TYPE_CHECKING:
    from recexplainer_core.bundle import Bundle
    from recexplainer_core.rationale.attribution import Attribution
    from recexplainer_core.rationale.checks import Check
    from recexplainer_core.rationale.counterfactual import Consequence

History = tuple[int, ...]


def attribution_of(bundle: Bundle, history: History, item: int) -> Attribution:
    """Return what each item of a history does for an item; what was seen does not count in ranks."""
    return _attribution(bundle, stamp(bundle.root), history, item)


def checks_of(bundle: Bundle, history: History, item: int, text: str) -> list[Check]:
    """Return the claims of a rationale, tested."""
    return _checks(bundle, stamp(bundle.root), history, item, text)


def consequence_of(bundle: Bundle, history: History, item: int, removed: frozenset[int]) -> Consequence:
    """Return where an item stands before and after others are taken out of the history."""
    return _consequence(bundle, stamp(bundle.root), history, item, tuple(sorted(removed)))


@st.cache_data(max_entries=500, show_spinner="Asking the recommender about every part of the history…")
def _attribution(_bundle: Bundle, manifest_hash: str, history: History, item: int) -> Attribution:
    from recexplainer_core.rationale.attribution import attribute

    [[found]] = attribute(_bundle.recommender, [history], [[item]], [history])
    return found


@st.cache_data(max_entries=500, show_spinner="Testing what is said…")
def _checks(_bundle: Bundle, manifest_hash: str, history: History, item: int, text: str) -> list[Check]:
    from recexplainer_core.rationale.checks import check
    from recexplainer_core.rationale.reading import read

    reading = read(text, _bundle.catalogue)
    return check(reading, _bundle.catalogue, _bundle.recommender, history, item, history)


@st.cache_data(max_entries=500, show_spinner="Asking the recommender again…")
def _consequence(
    _bundle: Bundle, manifest_hash: str, history: History, item: int, removed: tuple[int, ...]
) -> Consequence:
    from recexplainer_core.rationale.counterfactual import remove

    return remove(_bundle.recommender, history, item, set(removed), history)
