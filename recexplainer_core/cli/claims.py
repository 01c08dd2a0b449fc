"""What commands about a reason share: whom a reason can be about, and how a tested claim is printed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text

from recexplainer_core.cli.words import printable
from recexplainer_core.errors import UnknownNameError

if TYPE_CHECKING:
    from recexplainer_core.bundle import Bundle
    from recexplainer_core.histories import History
    from recexplainer_core.rationale.checks import Check

_MARKS = {True: ("holds", "green"), False: ("fails", "red"), None: ("?", "dim")}


def require_unseen(bundle: Bundle, user: str, history: History, item: int) -> None:
    """Refuse to explain what a user has already.

    Raises:
        UnknownNameError: the item is in the history.
    """
    if item in history.seen:
        words = bundle.catalogue.wording
        raise UnknownNameError(
            f"{user!r} has {words.consumed} {bundle.catalogue.titles[item]!r}, so it is not recommended. "
            f"Choose another {words.item}."
        )


def claim_line(found: Check) -> Text:
    """Return a claim, whether it holds, and what its test found."""
    mark, style = _MARKS[found.holds]
    return Text.assemble(
        (f"  {mark} ", style), printable(found.claim), (f"  {printable(found.finding)}", "dim")
    )
