"""The user's history, oldest to newest, with what the reason cites marked."""

from __future__ import annotations

from collections.abc import Collection
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from recexplainer_core.ui.shared.descriptions import BYLINE, byline
from recexplainer_core.ui.shared.escaping import markdown_text

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
    recent = bundle.history(user).recent
    reasons = bundle.histories.causes_of(user) if causes else None
    chips: list[str] = []
    skipped = 0
    for place, item in enumerate(recent, -len(recent)):
        if place < -MOST_CHIPS and item not in cited:
            skipped += 1
            continue
        chips += _skipped(skipped)
        skipped = 0
        title = markdown_text(bundle.catalogue.titles[item])
        chip = f":orange-background[**{title}**]" if item in cited else f":gray-background[{title}]"
        about = markdown_text(_shortest(bundle, item))
        cause = f":small[*{markdown_text(reasons[place] or 'at random')}*]" if reasons else ""
        chips.append(
            "&nbsp;".join(part for part in (chip, f":small[:gray[{about}]]" if about else "", cause) if part)
        )
    slot.markdown(" &ensp;".join(chips) or ":gray[Nothing yet.]")


def dates_of(bundle: Bundle, user: int) -> list[str] | None:
    """Return the day of each choice, "2015-03-14"; None where the data tell only the order."""
    histories = bundle.histories
    if histories.times is None:
        return None
    times = histories.times[histories.offsets[user] : histories.offsets[user + 1]]
    return [f"{datetime.fromtimestamp(int(time), UTC):%Y-%m-%d}" for time in times]


def _skipped(count: int) -> list[str]:
    return [f":gray[… {count} more …]"] if count else []


def _shortest(bundle: Bundle, item: int) -> str:
    """Return the first attribute that tells most about an item: its year, where the catalogue has years."""
    return next((text for name in BYLINE if (text := byline(bundle.catalogue, item, (name,)))), "")
