"""The language model's lists: of one mode, of every mode, of several users; cached, for they never vary."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from recexplainer_core.histories import History
from recexplainer_core.modes import AlignmentMode
from recexplainer_core.ui.shared.bundle_cache import cached, explainer_of
from recexplainer_core.ui.shared.target_answers import LIST_LENGTH, Ranking

if TYPE_CHECKING:
    from recexplainer_core.bundle import Bundle

Modes = tuple[AlignmentMode, ...]


def surrogate_list(bundle: Bundle, history: History, mode: AlignmentMode) -> Ranking:
    """Return the language model's most probable unseen items with their log-probabilities.

    Raises:
        BusyError: others are being answered.
    """
    explainer_of(bundle)  # Loaded here: inside a cached function its message would not be shown.
    return _one_mode(bundle, history, mode)


def mode_lists(bundle: Bundle, history: History, modes: Modes) -> dict[AlignmentMode, Ranking]:
    """Return each mode's most probable unseen items, from one batched question.

    Raises:
        BusyError: others are being answered.
    """
    explainer_of(bundle)
    return dict(zip(modes, _every_mode(bundle, history, modes), strict=True))


@cached(100)
def batch_lists(
    bundle: Bundle, histories: tuple[History, ...], modes: Modes
) -> list[tuple[list[int], dict[AlignmentMode, list[int]]]]:
    """Return for each history the target's list and those of the modes, from one question to either model.

    Raises:
        BusyError: others are being answered.
    """
    from recexplainer_core.recommenders.base import top_items

    recent, seen = [history.recent for history in histories], [history.seen for history in histories]
    targets = top_items(bundle.recommender, recent, LIST_LENGTH, seen)
    rows = iter([[item for item, _ in ranking] for ranking in _predicted(bundle, histories, modes)])
    return [([best.item for best in target], {mode: next(rows) for mode in modes}) for target in targets]


@cached(2000, "Asking the language model…")
def _one_mode(bundle: Bundle, history: History, mode: AlignmentMode) -> Ranking:
    return _predicted(bundle, [history], [mode])[0]


@cached(1000, "Asking the language model in every mode…")
def _every_mode(bundle: Bundle, history: History, modes: Modes) -> list[Ranking]:
    return _predicted(bundle, [history], modes)


def _predicted(bundle: Bundle, histories: Sequence[History], modes: Sequence[AlignmentMode]) -> list[Ranking]:
    """Return the list of every history in every mode, the modes of the first history first."""
    asked = [(history, mode) for history in histories for mode in modes]
    answers = explainer_of(bundle).surrogate.predict(
        [history for history, _ in asked], [mode for _, mode in asked], LIST_LENGTH
    )
    return [[(one.item, one.log_probability) for one in ranking] for ranking in answers]
