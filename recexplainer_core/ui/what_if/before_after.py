"""A list before and after an edit, joined by lines, every move marked; a title chooses what to follow."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import streamlit as st

from recexplainer_core.ui.shared.escaping import markdown_text
from recexplainer_core.ui.shared.listed_titles import ROW_HEIGHT, draw_title_button
from recexplainer_core.ui.shared.slopes_figure import WIDTH, slope_figure
from recexplainer_core.ui.what_if.moves import Move, in_words

if TYPE_CHECKING:
    from recexplainer_core.bundle import Bundle

_MARKS = {
    "up": ":green[↑{before}]",
    "down": ":red[↓{before}]",
    "same": "",
    "new": ":blue[new {before}]",
    "gone": ":gray[gone {after}]",
    "entered": ":gray[in the history]",
}
MARKS_MEAN = (
    ":small[:green[↑5] rose from no. 5 · :red[↓5] fell from no. 5 · :blue[new 34] was no. 34 · :gray[gone 20] is no. "
    "20 now. The LLM's list ends at no. 10, so ranks beyond it are not known. A title chooses what is followed below.]"
)
"""The legend of both figures, as Markdown."""


def draw_before_after(
    bundle: Bundle, who: str, name: str, colour: tuple[str, str], moved: Sequence[Move], chosen: int
) -> None:
    """Draw both lists of one recommender.

    Args:
        bundle: the bundle.
        who: "target" or "surrogate"; begins the keys of the buttons.
        name: as the heading calls it.
        colour: of the heading, by name, and of the figure, as a value.
        moved: from `moves`.
        chosen: the item that is followed.
    """
    by_item = {move.item: move for move in moved}
    before = [m.item for m in sorted(moved, key=lambda m: m.before or 0) if m.kind != "new"]
    after = [move.item for move in moved if move.kind not in ("gone", "entered")]
    changed = [move for move in moved if move.kind != "same"]
    st.markdown(f":{colour[0]}[**{name}'s top ten: before → after**]")
    with st.container(horizontal=True, wrap=False, gap=None):
        with st.container(horizontal_alignment="right", gap=None):
            _buttons(bundle, f"{who}_before", before, by_item, chosen, {"gone", "entered"})
        with st.container(width=WIDTH, gap=None):
            st.image(
                slope_figure(before, after, chosen, ROW_HEIGHT, (colour[1], colour[1])),
                width=WIDTH,
                alt="; ".join(f"{bundle.catalogue.titles[m.item]}: {in_words(m)}" for m in changed)
                or "Nothing moves.",
            )
        with st.container(gap=None):
            _buttons(bundle, f"{who}_after", after, by_item, chosen, {"up", "down", "new"})


def _buttons(
    bundle: Bundle,
    side: str,
    items: Sequence[int],
    by_item: Mapping[int, Move],
    chosen: int,
    marked: set[str],
) -> None:
    for rank, item in enumerate(items, start=1):
        move, title = by_item[item], markdown_text(bundle.catalogue.titles[item])
        mark = _mark(move) if move.kind in marked else ""
        shown = f":gray[{title}]" if move.kind in ("gone", "entered") and item != chosen else title
        label = f"{mark} {shown}" if mark and item != chosen else f"{_plain(mark)} {shown}".strip()
        draw_title_button(bundle, item, f"{side}_{rank}", label, item == chosen, f"{{}}: {in_words(move)}")


def _mark(move: Move) -> str:
    mark = _MARKS[move.kind].format(
        before="" if move.before is None else f"{move.before:,}",
        after="" if move.after is None else f"{move.after:,}",
    )
    return mark.replace(" ]", "]")


def _plain(mark: str) -> str:
    """Return a mark without its colour, for the button that has one of its own."""
    return mark[mark.index("[") + 1 : -1] if mark else ""
