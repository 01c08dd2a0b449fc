"""For whom a reason is written."""

from __future__ import annotations

from typing import Literal, get_args

from recexplainer_core.errors import UnknownNameError

Voice = Literal["analyst", "viewer", "brief"]
"""Somebody who judges the recommender; the user; whoever has a line to spare."""
VOICES: tuple[Voice, ...] = get_args(Voice)


def voice_named(name: str) -> Voice:
    """Return a voice by its name.

    Raises:
        UnknownNameError: there is none.
    """
    for voice in VOICES:
        if voice == name:
            return voice
    raise UnknownNameError(f"There is no voice {name!r}. The voices are {', '.join(VOICES)}.")
