"""The user's history, oldest to newest, with what the reason cites marked."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

import pandas as pd
import streamlit as st

from recexplainer_core.ui.shared.descriptions import BYLINE, byline
from recexplainer_core.ui.shared.escaping import markdown_text
from recexplainer_core.ui.shared.timeline import dates_of

if TYPE_CHECKING:
    from streamlit.delta_generator import DeltaGenerator

    from recexplainer_core.bundle import Bundle

MOST_CHIPS = 30
"""Titles written out at most, the newest; a longer history keeps those that are cited, and a table has them all."""


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
    chips: list[str] = []
    skipped = 0
    for position in range(first, len(history)):
        item = history[position]
        if position < len(history) - MOST_CHIPS and item not in cited:
            skipped += 1
            continue
        chips += _skipped(skipped)
        skipped = 0
        title = markdown_text(bundle.catalogue.titles[item])
        chip = f":orange-background[**{title}**]" if item in cited else f":gray-background[{title}]"
        about = markdown_text(_shortest(bundle, item))
        cause = f":small[*{markdown_text(reasons[position] or 'at random')}*]" if reasons else ""
        chips.append(
            "&nbsp;".join(part for part in (chip, f":small[:gray[{about}]]" if about else "", cause) if part)
        )
    slot.markdown(" &ensp;".join(chips) or ":gray[Nothing yet.]")


def draw_whole_history(bundle: Bundle, user: int, causes: bool) -> None:
    """Offer the whole history as a table, with whatever the catalogue knows of each item."""
    history = [int(item) for item in bundle.histories[user]]
    first = max(0, len(history) - bundle.recommender.max_history)
    words, catalogue = bundle.catalogue.wording, bundle.catalogue
    if not history:
        return
    panel = st.expander(
        f"All {len(history)} {words.items} as a table"
        + (f"; the models see only the last {len(history) - first}" if first else ""),
        key="older",
        on_change="rerun",
    )
    if not panel.open:
        return
    rows: dict[str, list[object]] = {
        "no.": list(range(1, len(history) + 1)),
        words.item: [catalogue.titles[item] for item in history],
    }
    for name in catalogue.descriptive:
        rows[name] = [", ".join(catalogue.values(item, name)) for item in history]
    if (dates := dates_of(bundle, user)) is not None:
        rows["date"] = list(dates)
    if first:
        rows["seen by the models"] = ["✓" if place >= first else "" for place in range(len(history))]
    if (reasons := bundle.histories.causes_of(user) if causes else None) is not None:
        rows["recorded taste"] = [reason or "at random" for reason in reasons]
    panel.dataframe(
        pd.DataFrame(rows),
        hide_index=True,
        height="auto" if len(history) <= 8 else 300,
        alt=f"History, {len(history)} {words.items}, oldest first",
    )


def _skipped(count: int) -> list[str]:
    return [f":gray[… {count} more …]"] if count else []


def _shortest(bundle: Bundle, item: int) -> str:
    """Return the first attribute that tells most about an item: its year, where the catalogue has years."""
    return next((text for name in BYLINE if (text := byline(bundle.catalogue, item, (name,)))), "")
