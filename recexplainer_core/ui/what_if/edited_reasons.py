"""Why, before the edit and after it: the language model's two reasons for one item, each when it is asked for."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import streamlit as st

from recexplainer_core.modes import AlignmentMode
from recexplainer_core.ui.shared.asked_reason import draw_asked_reason
from recexplainer_core.ui.shared.bundle_cache import stamp
from recexplainer_core.ui.shared.evidence import checks_of
from recexplainer_core.ui.shared.reasons import ReasonKey, write

if TYPE_CHECKING:
    from recexplainer_core.bundle import Bundle
    from recexplainer_core.surrogate.engine import Engine


def draw_edited_reasons(
    bundle: Bundle,
    engine: Engine,
    item: int,
    mode: AlignmentMode,
    before: tuple[tuple[int, ...], Sequence[int]],
    after: tuple[tuple[int, ...], Sequence[int]],
    seen: tuple[int, ...],
) -> None:
    """Draw both reasons side by side.

    Args:
        bundle: the bundle.
        engine: the language model.
        item: the item that is explained.
        mode: in which the language model is asked.
        before: the history as it is, and the language model's list for it.
        after: the same of the edited history.
        seen: what does not count in ranks after the edit.
    """
    for column, name, heading, question, (history, predicted), masked in zip(
        st.columns(2, gap="medium"),
        ("before", "after"),
        ("Why, with the history as it is", "Why, with the edited history"),
        ("Ask why, before the edit", "Ask why, after the edit"),
        (before, after),
        (before[0], seen),
        strict=True,
    ):
        key = (stamp(bundle.root), history, item, mode)
        with column:
            st.markdown(f"**{heading}**")
            if not history:
                st.caption("Nothing is left that could be a reason, so there is nothing to ask.")
                continue
            _draw(bundle, engine, name, key, question, predicted, masked)
    words = bundle.catalogue.wording
    st.caption(
        f"Written by the LLM in {mode} mode. :orange-background[Highlighted] {words.items} are in the history it was "
        "asked about; every claim is tested on that history."
    )


def _draw(
    bundle: Bundle,
    engine: Engine,
    name: str,
    key: ReasonKey,
    question: str,
    predicted: Sequence[int],
    seen: tuple[int, ...],
) -> None:
    _, history, item, _ = key
    draw_asked_reason(
        bundle,
        name,
        key,
        question,
        history,
        lambda reason: write(engine, key, reason, bundle.catalogue, predicted, lambda cited: None),
        lambda text: checks_of(bundle, history, item, text, seen),
    )
