"""What a notebook gets back: an explanation or an answer as data, and drawn where the notebook can draw."""

from __future__ import annotations

import html
import re
from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from recexplainer_core.rationale.checks import Check

_TITLE = re.compile("«([^»]*)»")
_MARKS = {True: "✓", False: "✗", None: "?"}


@dataclass(frozen=True)
class Told:
    """Something said of a recommendation, each claim of it tested.

    Args:
        heading: what it is about.
        text: in words; titles stand between « and ».
        checks: what came of testing its claims.
        source: where it comes from.
        cited: titles of the history that it gives as reasons.
    """

    heading: str
    text: str
    checks: tuple[Check, ...] = ()
    source: str = ""
    cited: tuple[str, ...] = ()

    @property
    def claims(self) -> pd.DataFrame:
        """A row for each claim: what it says, whether it holds, and what its test found."""
        rows = [{"claim": one.claim, "holds": one.holds, "finding": one.finding} for one in self.checks]
        return pd.DataFrame(rows, columns=["claim", "holds", "finding"])

    @property
    def holds(self) -> bool:
        """Whether every claim holds."""
        return all(one.holds for one in self.checks)

    def __str__(self) -> str:
        """Return heading, text and checks as plain lines."""
        checks = [f"  {_MARKS[one.holds]} {one.claim} ({one.finding})" for one in self.checks]
        return "\n".join([self.heading, self.text or "Nothing is said.", *checks])

    def _repr_html_(self) -> str:
        """Draw it; whatever titles hold is text."""
        text = _marked(self.text) or "Nothing is said."
        rows = "".join(
            f"<li>{_MARKS[one.holds]} {_marked(one.claim)} <small>{_marked(one.finding)}</small></li>"
            for one in self.checks
        )
        source = f"<small>{html.escape(self.source)}</small>" if self.source else ""
        return (
            f"<h4>{html.escape(self.heading)}</h4><p>{text}</p>"
            f"<ul style='list-style:none;padding-left:0'>{rows}</ul>{source}"
        )


def _marked(text: str) -> str:
    return _TITLE.sub(r"<b>\1</b>", html.escape(text))


def table(titles: Sequence[str], **columns: Sequence[object]) -> pd.DataFrame:
    """Return a table of titles, counted from 1, with further columns."""
    return pd.DataFrame({"title": titles, **columns}, index=pd.RangeIndex(1, len(titles) + 1, name="place"))
