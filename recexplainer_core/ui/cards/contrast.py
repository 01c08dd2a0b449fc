"""Why this and not that: two items compared, in the language model's words."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import streamlit as st

from recexplainer_core.rationale.verdict import own_order
from recexplainer_core.surrogate.modes import AlignmentMode
from recexplainer_core.ui.bundle_cache import stamp
from recexplainer_core.ui.cards.asked_reason import draw_asked_reason
from recexplainer_core.ui.cards.item_search import draw_item_search
from recexplainer_core.ui.escaping import markdown_text
from recexplainer_core.ui.evidence import contrast_checks_of
from recexplainer_core.ui.reasons import Reason, as_written
from recexplainer_core.ui.selection import select_versus

if TYPE_CHECKING:
    from recexplainer_core.bundle import Bundle
    from recexplainer_core.surrogate.engine import Engine

_SUGGESTED = 3


def draw_contrast(
    bundle: Bundle,
    engine: Engine,
    history: tuple[int, ...],
    item: int,
    mode: AlignmentMode,
    target: Sequence[int],
    predicted: Sequence[int],
) -> None:
    """Offer the comparison of an item with any other unseen one.

    Args:
        bundle: the bundle.
        engine: the language model.
        history: oldest item first.
        item: the item that is asked about.
        mode: in which the language model is asked.
        target: the target's list; its first items are suggested.
        predicted: the language model's list, likewise.
    """
    titles, words = bundle.catalogue.titles, bundle.catalogue.wording
    other = _asked(bundle)
    if other is None or other == item or other in history:
        first = dict.fromkeys([*predicted[:1], *target])
        draw_item_search(
            bundle,
            "versus",
            f"Why {markdown_text(titles[item])} and not another {words.item}?",
            (*history, item),
            lambda each: select_versus(bundle.catalogue.item_ids[each]),
            [each for each in first if each != item][:_SUGGESTED],
        )
        return
    with st.container(border=True):
        st.markdown(
            f"**{markdown_text(titles[item])}** and **{markdown_text(titles[other])}**, which first and why?"
        )
        draw_asked_reason(
            bundle,
            "versus",
            ("contrast", stamp(bundle.root), history, item, other, mode),
            "Ask the LLM to compare them",
            history,
            lambda reason: _written(bundle, engine, history, item, other, mode, reason),
            lambda text: contrast_checks_of(bundle, history, item, other, text),
        )
        st.button(
            f"Compare with another {words.item}", icon=":material/close:", key="versus_none", type="tertiary",
            on_click=select_versus, args=(None,),
        )  # fmt: skip


def _asked(bundle: Bundle) -> int | None:
    """Return the item in the address that another is to be compared with."""
    item_id = st.query_params.get("versus")
    other = None if item_id is None else bundle.catalogue.by_id.get(item_id)
    if item_id is not None and other is None:
        st.warning(
            f"No {bundle.catalogue.wording.item} to compare with has the id {markdown_text(item_id)} in this bundle. "
            "Choose one here.",
            icon=":material/link_off:",
        )
    return other


def _written(
    bundle: Bundle,
    engine: Engine,
    history: tuple[int, ...],
    item: int,
    other: int,
    mode: AlignmentMode,
    reason: Reason,
) -> Iterator[str]:
    """Yield the comparison as it is written; which of the two comes first is the language model's own verdict."""
    cancel = threading.Event()

    def pieces() -> Iterator[str]:
        verdict = own_order(engine, history, item, other, mode)
        yield from engine.contrast(history, item, other, mode, verdict, cancel, reason.temperature)

    yield from as_written(pieces(), cancel, reason, bundle.catalogue, history, lambda cited: None)
