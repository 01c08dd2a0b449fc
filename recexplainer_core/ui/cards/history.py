"""The user's history, oldest to newest, with what the reason cites marked."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

import pandas as pd
import streamlit as st

from recexplainer_core.ui.escaping import markdown_text
from recexplainer_core.ui.wording import byline

if TYPE_CHECKING:
    from streamlit.delta_generator import DeltaGenerator

    from recexplainer_core.bundle import Bundle


def draw_history(
    slot: DeltaGenerator, bundle: Bundle, user: int, cited: Collection[int], causes: bool
) -> None:
    """Put the items that the models see into `slot`, replacing what is there.

    Args:
        slot: an `st.empty()`.
        bundle: the bundle.
        user: whose history.
        cited: items to mark.
        causes: whether to show the recorded reason of each choice, where the data have one.
    """
    history = [int(item) for item in bundle.histories[user]]
    reasons = bundle.histories.causes_of(user) if causes else None
    first = max(0, len(history) - bundle.recommender.max_history)
    chips = []
    for position in range(first, len(history)):
        item = history[position]
        title = markdown_text(bundle.catalogue.titles[item])
        chip = f":orange-background[**{title}**]" if item in cited else f":gray-background[{title}]"
        year = markdown_text(byline(bundle.catalogue, item, ("year",)))
        cause = f":small[*{markdown_text(reasons[position] or 'at random')}*]" if reasons else ""
        chips.append(
            "&nbsp;".join(part for part in (chip, f":small[:gray[{year}]]" if year else "", cause) if part)
        )
    slot.markdown(" &ensp;".join(chips) or ":gray[Nothing yet.]")


def draw_older(bundle: Bundle, user: int, causes: bool) -> None:
    """Offer the items before those that the models see."""
    history = bundle.histories[user]
    first = len(history) - bundle.recommender.max_history
    if first <= 0:
        return
    words = bundle.catalogue.wording
    panel = st.expander(
        f"{first} earlier {words.items if first > 1 else words.item}, not seen by the models",
        key="older",
        on_change="rerun",
    )
    if not panel.open:
        return
    reasons = bundle.histories.causes_of(user) if causes else None
    rows = {
        "": range(1, first + 1),
        words.item: [bundle.catalogue.titles[item] for item in history[:first]],
        "about": [byline(bundle.catalogue, int(item)) for item in history[:first]],
    }
    if reasons is not None:
        rows["recorded taste"] = [reason or "at random" for reason in reasons[:first]]
    panel.dataframe(
        pd.DataFrame(rows), hide_index=True, height="auto", alt=f"Earlier {words.items}, oldest first"
    )
