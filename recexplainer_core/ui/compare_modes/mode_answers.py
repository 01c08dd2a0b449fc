"""What every mode says about the users on screen, asked in one batch: lists and reasons."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import streamlit as st

from recexplainer_core.histories import History
from recexplainer_core.modes import AlignmentMode
from recexplainer_core.rationale.request import RationaleRequest
from recexplainer_core.ui.shared.bundle_cache import explainer_of
from recexplainer_core.ui.shared.selection import available_modes
from recexplainer_core.ui.shared.surrogate_lists import mode_lists
from recexplainer_core.ui.shared.target_answers import Ranking, target_list

if TYPE_CHECKING:
    from recexplainer_core.bundle import Bundle
    from recexplainer_core.rationale.explainer import Rationale

KEPT = 200
"""Reasons remembered per session."""


@dataclass(frozen=True)
class ComparedUser:
    """A user on screen: the history, what the target names, and what every mode names, with their scores."""

    user: int
    history: History
    scored_target: Ranking
    scored_lists: Mapping[AlignmentMode, Ranking]

    @property
    def target(self) -> list[int]:
        """The target's items, best first."""
        return [item for item, _ in self.scored_target]

    @property
    def lists(self) -> dict[AlignmentMode, list[int]]:
        """Each mode's items, best first."""
        return {mode: [item for item, _ in scored] for mode, scored in self.scored_lists.items()}

    def requests(self, item: int) -> dict[AlignmentMode, RationaleRequest]:
        """Return what asks each mode for its reason, as it says it alone: verified, they would be much the same."""
        return {
            mode: RationaleRequest(self.history, item, mode, verified=False) for mode in self.scored_lists
        }


def compared_user(bundle: Bundle, user: int) -> ComparedUser:
    """Return a user with the lists of the target and of every mode the bundle has; who has seen all gets none.

    Raises:
        BusyError: others are being answered.
    """
    history, modes = bundle.history(user), available_modes(bundle)
    target = target_list(bundle, history)
    return ComparedUser(
        user, history, target, mode_lists(bundle, history, modes) if target else {mode: [] for mode in modes}
    )


def known_reasons(bundle: Bundle, compared: ComparedUser, item: int) -> dict[AlignmentMode, Rationale]:
    """Return the reasons for an item that were written in this session; none before they were asked for."""
    return {
        mode: _kept()[bundle.manifest_hash, request]
        for mode, request in compared.requests(item).items()
        if (bundle.manifest_hash, request) in _kept()
    }


def ask_for_reasons(
    bundle: Bundle, requests: Sequence[RationaleRequest], listed: Sequence[Sequence[int]]
) -> None:
    """Have several reasons written in one batch, and remember them for this session.

    Args:
        bundle: the bundle.
        requests: what is asked.
        listed: for each the language model's own list.

    Raises:
        BusyError: others are being answered.
    """
    for rationale in explainer_of(bundle).explain_all(requests, listed):
        _kept()[bundle.manifest_hash, rationale.request] = rationale
    while len(_kept()) > KEPT:
        del _kept()[next(iter(_kept()))]


def _kept() -> dict[tuple[str, RationaleRequest], Rationale]:
    reasons: dict[tuple[str, RationaleRequest], Rationale] = st.session_state.setdefault("mode_reasons", {})
    return reasons
