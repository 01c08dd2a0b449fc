"""The typed segments every prompt and answer is made of: what we wrote, what the data say, where vectors go.

Only `Template` text is trusted. `Content` (titles, attributes) is data and can never become a special token or
a slot, whatever characters it holds.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Template:
    """Text written by this project."""

    text: str


@dataclass(frozen=True)
class Content:
    """Text that comes from the data."""

    text: str


@dataclass(frozen=True)
class Cited(Content):
    """A title that might have been another.

    Args:
        text: the title.
        alternatives: every title that decoding allows in this place, the title itself among them, and how right it is.
    """

    alternatives: tuple[tuple[str, float], ...]


@dataclass(frozen=True)
class Weighed:
    """A stretch of text that might have been another.

    Args:
        chosen: the stretch.
        alternatives: every stretch that decoding allows once it is begun, with how right each is.
    """

    chosen: Prompt
    alternatives: tuple[tuple[Prompt, float], ...]

    @property
    def text(self) -> str:
        """The stretch as text."""
        return "".join(segment.text for segment in self.chosen if isinstance(segment, Template | Content))


@dataclass(frozen=True)
class UserSlot:
    """The place of the target's user vector."""


@dataclass(frozen=True)
class ItemSlot:
    """The place of the target's vector of one item."""

    item: int


Segment = Template | Content | Weighed | UserSlot | ItemSlot
Prompt = tuple[Segment, ...]

SEPARATOR = Template("; ")
OPEN_CITATION, CLOSE_CITATION = "«", "»"

NO = Template("No")
"""The answer to whether an item is recommended, where it is not; where it is, the answer names it."""
