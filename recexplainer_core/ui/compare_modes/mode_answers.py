"""What every mode says about a user, asked in one batch: lists and reasons."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import streamlit as st

from recexplainer_core.modes import AlignmentMode
from recexplainer_core.ui.shared.bundle_cache import LIST_LENGTH, stamp, target_list
from recexplainer_core.ui.shared.reasons import ReasonKey
from recexplainer_core.ui.shared.selection import available_modes

if TYPE_CHECKING:
    from recexplainer_core.bundle import Bundle
    from recexplainer_core.surrogate.engine import Engine

History = tuple[int, ...]
Scored = list[tuple[int, float]]
"""Items with their log-probabilities, best first."""

KEPT = 200
"""Reasons remembered per session."""


@dataclass(frozen=True)
class Side:
    """A user on screen: the history, what the target names, and what every mode names, with their scores."""

    user: int
    history: History
    scored_target: Scored
    scored_lists: Mapping[AlignmentMode, Scored]

    @property
    def target(self) -> list[int]:
        """The target's items, best first."""
        return [item for item, _ in self.scored_target]

    @property
    def lists(self) -> dict[AlignmentMode, list[int]]:
        """Each mode's items, best first."""
        return {mode: [item for item, _ in scored] for mode, scored in self.scored_lists.items()}


def side_of(bundle: Bundle, engine: Engine, user: int) -> Side:
    """Return a user with the lists of the target and of every mode the bundle has; who has seen all gets none.

    Raises:
        BusyError: others are being answered.
    """
    history = tuple(int(item) for item in bundle.histories[user])
    target = target_list(bundle, history)
    modes = available_modes(bundle)
    lists = mode_lists(bundle, engine, history, modes) if target else {mode: [] for mode in modes}
    return Side(user, history, target, lists)


def mode_lists(
    bundle: Bundle, engine: Engine, history: History, modes: Sequence[AlignmentMode]
) -> dict[AlignmentMode, Scored]:
    """Return each mode's most probable unseen items, from one batched question.

    Raises:
        BusyError: others are being answered.
    """
    rows = _mode_lists(engine, stamp(bundle.root), history, tuple(map(str, modes)), LIST_LENGTH)
    return dict(zip(modes, rows, strict=True))


def batch_lists(
    bundle: Bundle, engine: Engine, histories: tuple[History, ...], modes: Sequence[AlignmentMode]
) -> list[tuple[list[int], dict[AlignmentMode, list[int]]]]:
    """Return for each history the target's list and those of the modes, from one question to either model.

    Raises:
        BusyError: others are being answered.
    """
    answers = _batch_lists(bundle, engine, stamp(bundle.root), histories, tuple(map(str, modes)), LIST_LENGTH)
    return [(target, dict(zip(modes, rows, strict=True))) for target, rows in answers]


def known_reason(key: ReasonKey) -> str | None:
    """Return what a mode said in this session, None before it was asked."""
    return _reasons().get(key)


def ask_for_reasons(
    engine: Engine, keys: Sequence[ReasonKey], listed: Sequence[Sequence[int]]
) -> dict[ReasonKey, str]:
    """Ask for several reasons in one batch, remember them for this session, and return them.

    Args:
        engine: the language model.
        keys: what is asked, each row in a mode of its own.
        listed: the model's own list for each row, from which its verdict follows.

    Raises:
        BusyError: others are being answered.
    """
    from recexplainer_core.rationale.verdict import own_verdicts, verdict_in

    verdicts = [verdict_in(items, item) for (_, _, item, _), items in zip(keys, listed, strict=True)]
    if beyond := [row for row, verdict in enumerate(verdicts) if verdict is None]:
        asked = [keys[row] for row in beyond]
        judged = own_verdicts(engine, [k[1] for k in asked], [k[2] for k in asked], [k[3] for k in asked])
        for row, verdict in zip(beyond, judged, strict=True):
            verdicts[row] = verdict
    texts = engine.explain_all(
        [history for _, history, _, _ in keys],
        [item for _, _, item, _ in keys],
        [mode for _, _, _, mode in keys],
        [str(verdict) for verdict in verdicts],
    )
    said = dict(zip(keys, texts, strict=True))
    _reasons().update(said)
    while len(_reasons()) > KEPT:
        del _reasons()[next(iter(_reasons()))]
    return said


def _reasons() -> dict[ReasonKey, str]:
    reasons: dict[ReasonKey, str] = st.session_state.setdefault("mode_reasons", {})
    return reasons


@st.cache_data(max_entries=1000, show_spinner="Asking the language model in every mode…")
def _mode_lists(
    _engine: Engine, manifest_hash: str, history: History, modes: tuple[str, ...], k: int
) -> list[Scored]:
    answers = _engine.predict([history] * len(modes), [AlignmentMode(mode) for mode in modes], k=k)
    return [[(p.item, p.log_probability) for p in row] for row in answers]


@st.cache_data(max_entries=100, show_spinner=False)
def _batch_lists(
    _bundle: Bundle,
    _engine: Engine,
    manifest_hash: str,
    histories: tuple[History, ...],
    modes: tuple[str, ...],
    k: int,
) -> list[tuple[list[int], list[list[int]]]]:
    from recexplainer_core.recommenders.base import top_items

    targets = top_items(_bundle.recommender, histories, k)
    answers = _engine.predict(
        [history for history in histories for _ in modes],
        [AlignmentMode(mode) for _ in histories for mode in modes],
        k=k,
    )
    rows = [[p.item for p in row] for row in answers]
    return [
        ([best.item for best in target], rows[n * len(modes) : (n + 1) * len(modes)])
        for n, target in enumerate(targets)
    ]
