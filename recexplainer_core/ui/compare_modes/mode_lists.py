"""The target's list and those of every mode in columns; every title is a button that makes it the explained one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import streamlit as st

from recexplainer_core.modes import AlignmentMode
from recexplainer_core.ui.compare_modes.comparison import (
    Standing,
    compared,
    missed,
    named_by,
    named_by_every,
    standing,
)
from recexplainer_core.ui.compare_modes.mode_answers import ComparedUser
from recexplainer_core.ui.shared.agreement import list_agreement
from recexplainer_core.ui.shared.descriptions import MODE_SEES
from recexplainer_core.ui.shared.escaping import markdown_text
from recexplainer_core.ui.shared.listed_titles import draw_nothing_left, draw_title_button, place_in

if TYPE_CHECKING:
    from recexplainer_core.bundle import Bundle

ICONS = {
    Standing.EVERY: ":material/done_all:",
    Standing.SOME: ":material/check:",
    Standing.ALONE: ":material/fingerprint:",
}
NOBODY = ":material/block:"
"""Before a target's item that no mode names."""


def draw_mode_lists(bundle: Bundle, one: ComparedUser, chosen: int | None, place: str) -> None:
    """Draw the lists side by side, with the agreement of each with the target's below it.

    Args:
        bundle: the bundle.
        one: the user.
        chosen: the item that is being explained, if there is one.
        place: part of the keys, different for each user on screen.
    """
    target, lists = one.target, one.lists
    if not target:
        draw_nothing_left(bundle)
        return
    first, *columns = st.columns(1 + len(lists), gap="small")
    with first, st.container(gap="xxsmall"):
        st.markdown(
            ":blue[**Target**]", help="What the recommender itself puts first: the list to be mimicked."
        )
        for rank, item in enumerate(target, start=1):
            named = named_by(lists, item)
            _button(
                bundle,
                f"{place}_target_{rank}",
                rank,
                item,
                icon=ICONS[standing(lists, item)] if named else NOBODY,
                quiet=not named,
                chosen=chosen,
                note=f"Named by {', '.join(named)}." if named else "Named by no mode.",
            )
        st.caption(_shared_by_all(bundle, target, lists))
    for column, (mode, items) in zip(columns, lists.items(), strict=True):
        with column, st.container(gap="xxsmall"):
            shared = f"{len({*target} & {*items})} of {len(target)} shared"
            st.markdown(f":green[**{mode}**] :small[:gray[· {shared}]]", help=MODE_SEES[mode])
            for rank, item in enumerate(items, start=1):
                others = [str(other) for other in named_by(lists, item) if other is not mode]
                _button(
                    bundle,
                    f"{place}_{mode}_{rank}",
                    rank,
                    item,
                    icon=ICONS[standing(lists, item)],
                    quiet=item not in target,
                    chosen=chosen,
                    note=f"{_target_place(target, item)} "
                    + (f"Also named by {', '.join(others)}." if others else "No other mode names it."),
                )
            st.caption(_agreement(target, items))


def draw_legend(bundle: Bundle, modes: Sequence[AlignmentMode]) -> None:
    """Say what the icons and the shades mean."""
    words = bundle.catalogue.wording
    among = compared(modes)
    every = "every aligned mode names it" if AlignmentMode.NONE not in among else "every mode names it"
    st.caption(
        f"{ICONS[Standing.EVERY]} {every} · {ICONS[Standing.SOME]} some do · {ICONS[Standing.ALONE]} a single mode "
        f"does · {NOBODY} no mode names the target's {words.item}. Grey titles are not shared with the target. "
        "Choose a title to ask why."
    )


def _button(
    bundle: Bundle, key: str, rank: int, item: int, *, icon: str, quiet: bool, chosen: int | None, note: str
) -> None:
    label = _label(rank, markdown_text(bundle.catalogue.titles[item]), quiet, item == chosen)
    draw_title_button(bundle, item, key, label, item == chosen, f"No. {rank}: {{}}. {note}", icon)


def _label(rank: int, title: str, quiet: bool, chosen: bool) -> str:
    if chosen:
        return f"{rank}&ensp;{title}"
    return f":gray[{rank}&ensp;{title}]" if quiet else f":gray[{rank}]&ensp;{title}"


def _target_place(target: Sequence[int], item: int) -> str:
    return f"The target's {place_in(target, item)}." if item in target else "Not in the target's list."


def _agreement(target: Sequence[int], items: Sequence[int]) -> str:
    found = list_agreement(target, items)
    gone = missed(target, items)
    return "  \n".join(
        (
            f"First choice {'agrees' if found.same_first else 'differs'}",
            f"Overlap (RBO) {found.overlap:.2f} · order {'–' if found.order is None else f'{found.order:+.2f}'}",
            _missing(target, gone),
        )
    )


def _missing(target: Sequence[int], gone: Sequence[int]) -> str:
    kept = [rank for rank in range(1, len(target) + 1) if rank not in gone]
    if not gone:
        return "Misses nothing"
    if not kept:
        return "Misses all of the target's"
    if len(gone) > len(kept):
        return f"Has only the target's no. {', '.join(map(str, kept))}"
    return f"Misses the target's no. {', '.join(map(str, gone))}"


def _shared_by_all(
    bundle: Bundle, target: Sequence[int], lists: Mapping[AlignmentMode, Sequence[int]]
) -> str:
    every = named_by_every(lists)
    which = "every" if AlignmentMode.NONE in compared(list(lists)) else "every aligned"
    nobody = [rank for rank, item in enumerate(target, start=1) if not named_by(lists, item)]
    words = bundle.catalogue.wording
    return "  \n".join(
        (
            f"{len(every)} {words.items if len(every) != 1 else words.item} in {which} list,",
            f"{len({*every} & {*target})} of these in the target's",
            f"No mode names no. {', '.join(map(str, nobody))}" if nobody else "Some mode names each of these",
        )
    )
