"""How strongly each model stands behind each title of its list, as shares of 1 that can be compared."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING

import streamlit as st

from recexplainer_core.ui.shared.bundle_cache import stamp

if TYPE_CHECKING:
    from recexplainer_core.bundle import Bundle


def target_shares(bundle: Bundle, history: tuple[int, ...], items: Sequence[int]) -> list[float]:
    """Return the target's softmax score of some items, over its whole catalogue."""
    return _target_shares(bundle, stamp(bundle.root), history, tuple(items))


def probabilities(ranked: Sequence[tuple[int, float]]) -> list[float]:
    """Return the language model's probability of each title, of items with their log-probabilities."""
    return [math.exp(log_probability) for _, log_probability in ranked]


@st.cache_data(max_entries=2000, show_spinner=False)
def _target_shares(
    _bundle: Bundle, manifest_hash: str, history: tuple[int, ...], items: tuple[int, ...]
) -> list[float]:
    from recexplainer_core.rationale.coalitions import probabilities_and_ranks

    vectors = _bundle.recommender.user_vectors([history])
    shares, _ = probabilities_and_ranks(_bundle.recommender, vectors, items, history)
    return [float(one) for one in shares[0]]
