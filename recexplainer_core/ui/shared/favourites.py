"""What stands out in each history: attribute values that it holds far more often than histories do on the whole."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import streamlit as st

from recexplainer_core.catalogue import Catalogue
from recexplainer_core.histories import Histories, IntArray
from recexplainer_core.ui.shared.bundle_cache import cached

if TYPE_CHECKING:
    from recexplainer_core.bundle import Bundle

FEWEST, DEVIATIONS = 3, 2.0
"""Items of a history that must have a value, and standard deviations above chance, for it to stand out."""

Value = tuple[str, str]
"""Attribute and value."""


@dataclass(frozen=True)
class Favourites:
    """Values that stand out.

    Args:
        users: value -> users in whose history it stands out, rising; the value of most users first.
        best: user -> the value that stands out most; users without one are left out.
    """

    users: dict[Value, IntArray]
    best: dict[int, Value]


@cached(4, "Looking for what stands out in each history…", st.cache_resource)
def favourites_of(bundle: Bundle) -> Favourites:
    """Return what stands out in every history of a bundle."""
    return find_favourites(bundle.catalogue, bundle.histories)


def find_favourites(catalogue: Catalogue, histories: Histories) -> Favourites:
    """Compare each history with what a draw of the same length from all choices would hold.

    A value of share p among all choices is expected n·p times among n items, with a standard deviation of
    √(n·p·(1 − p)); it stands out where it occurs `DEVIATIONS` of these more often, and `FEWEST` times at least.
    """
    users: dict[Value, IntArray] = {}
    strongest = np.zeros(len(histories))
    best: dict[int, Value] = {}
    owner = np.repeat(np.arange(len(histories)), histories.lengths)
    for attribute in catalogue.descriptive:
        codes = {
            v: n for n, v in enumerate(sorted({v for vs in catalogue.attributes[attribute] for v in vs}))
        }
        counts = np.array([len(values) for values in catalogue.attributes[attribute]])
        flat = np.array(
            [codes[v] for values in catalogue.attributes[attribute] for v in values], dtype=np.int64
        )
        starts = np.concatenate([[0], np.cumsum(counts)])
        times = counts[histories.items]
        within = np.arange(int(times.sum())) - np.repeat(np.cumsum(times) - times, times)
        chosen = flat[np.repeat(starts[histories.items], times) + within]
        pairs, occurs = np.unique(np.repeat(owner, times) * len(codes) + chosen, return_counts=True)
        user, code = pairs // len(codes), pairs % len(codes)
        usual = np.bincount(chosen, minlength=len(codes)) / max(1, len(histories.items))
        n, p = histories.lengths[user], usual[code]
        deviations = (occurs - n * p) / np.sqrt(np.maximum(n * p * (1 - p), 1e-9))
        kept = (occurs >= FEWEST) & (deviations >= DEVIATIONS)
        names = list(codes)
        for u, c, z in zip(user[kept].tolist(), code[kept].tolist(), deviations[kept].tolist(), strict=True):
            if z > strongest[u]:
                strongest[u], best[u] = z, (attribute, names[c])
        order = np.argsort(code[kept], kind="stable")
        sorted_codes = code[kept][order]
        for group in np.split(order, np.flatnonzero(np.diff(sorted_codes)) + 1) if len(order) else []:
            users[attribute, names[int(code[kept][group[0]])]] = user[kept][group]
    by_size = sorted(users.items(), key=lambda entry: (-len(entry[1]), entry[0]))
    return Favourites(dict(by_size), best)
