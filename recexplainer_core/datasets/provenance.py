"""Where data come from and what may be done with them: stated in the bundle and wherever they are shown."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Provenance:
    """The origin of one dataset, in words for the person who looks at it."""

    name: str
    description: str
    source: str
    licence: str
    simulated: bool = False
    """True when no real person made these choices; the app says so wherever they are shown."""
    notes: tuple[str, ...] = ()
    """What was dropped or changed while the data were read, a line each; the description has it, too."""
