"""Why this and not that: two items compared, in the language model's words."""

from __future__ import annotations

import threading
from collections.abc import Collection, Iterator, Sequence
from typing import TYPE_CHECKING

import streamlit as st

from recexplainer_core.modes import AlignmentMode
from recexplainer_core.rationale.verdict import own_order
from recexplainer_core.ui.shared.asked_reason import draw_asked_reason
from recexplainer_core.ui.shared.bundle_cache import stamp
from recexplainer_core.ui.shared.escaping import markdown_text
from recexplainer_core.ui.shared.evidence import contrast_checks_of
from recexplainer_core.ui.shared.item_search import draw_item_search
from recexplainer_core.ui.shared.reasons import WrittenReason, as_written
from recexplainer_core.ui.shared.selection import select_versus

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
    other = _asked(bundle, {*history, item})
    if other is None:
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


def _asked(bundle: Bundle, without: Collection[int]) -> int | None:
    """Return the item in the address that another is to be compared with; one that cannot be is named."""
    item_id = st.query_params.get("versus")
    if item_id is None:
        return None
    words, other = bundle.catalogue.wording, bundle.catalogue.by_id.get(item_id)
    if other is not None and other not in without:
        return other
    st.warning(
        f"No {words.item} to compare with has the id {markdown_text(item_id)} in this bundle. Choose one here."
        if other is None
        else f"{markdown_text(bundle.catalogue.titles[other])} cannot be compared with here: it was {words.consumed} "
        f"already, or is the {words.item} itself. Choose another.",
        icon=":material/link_off:",
    )
    return None


def _written(
    bundle: Bundle,
    engine: Engine,
    history: tuple[int, ...],
    item: int,
    other: int,
    mode: AlignmentMode,
    reason: WrittenReason,
) -> Iterator[str]:
    """Yield the comparison as it is written; which of the two comes first is the language model's own verdict."""
    cancel = threading.Event()

    def pieces() -> Iterator[str]:
        verdict = own_order(engine, history, item, other, mode)
        yield from engine.contrast(history, item, other, mode, verdict, cancel, reason.temperature)

    yield from as_written(pieces(), cancel, reason, bundle.catalogue, history, lambda cited: None)
