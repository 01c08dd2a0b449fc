"""What people note of single explanations: kept with the link and all that was on screen, one line of JSON each."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from filelock import FileLock
from pydantic import TypeAdapter, ValidationError

from recexplainer_core.errors import BundleError

LONGEST = 4_000
"""Characters of a note."""


@dataclass(frozen=True)
class Note:
    """Something noted of an explanation.

    Args:
        text: what somebody wrote; may be empty, then the explanation alone is kept.
        link: opens the explanation again, from the page's name on.
        explanation: the record of what was on screen.
        kept_at: date and time, UTC, ISO 8601; tells notes apart.
    """

    text: str
    link: str
    explanation: dict[str, Any]
    kept_at: str


_NOTE = TypeAdapter(Note)


class NotesFile:
    """The notes of one bundle.

    Args:
        path: of the file, which need not be there yet.
    """

    def __init__(self, path: Path) -> None:
        self.path = path

    def add(self, text: str, link: str, explanation: dict[str, Any]) -> Note:
        """Keep a note; it is on the disk when this returns.

        Raises:
            BundleError: nothing can be written there.
        """
        note = Note(text.strip()[:LONGEST], link, explanation, datetime.now(UTC).isoformat())
        self._change(lambda notes: [*notes, note])
        return note

    def remove(self, kept_at: str) -> None:
        """Forget the note that was kept at a time.

        Raises:
            BundleError: nothing can be written there.
        """
        self._change(lambda notes: [one for one in notes if one.kept_at != kept_at])

    def read(self) -> list[Note]:
        """Return the notes, oldest first; lines that are none are passed over."""
        try:
            lines = self.path.read_text(encoding="utf-8").split("\n")
        except (OSError, UnicodeDecodeError):
            return []
        found = []
        for line in lines:
            try:
                found.append(_NOTE.validate_json(line))
            except ValidationError:
                continue
        return found

    def _change(self, change: Callable[[list[Note]], Sequence[Note]]) -> None:
        part = self.path.with_name(f"{self.path.name}.part")
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            with FileLock(f"{self.path}.lock"):
                notes = change(self.read())
                with part.open("w", encoding="utf-8") as file:
                    file.writelines(json.dumps(asdict(one), ensure_ascii=False) + "\n" for one in notes)
                    file.flush()
                    os.fsync(file.fileno())
                os.replace(part, self.path)
        except OSError as fault:
            raise BundleError(
                f"The note cannot be kept in {self.path} ({fault}). Make room there, or name another folder: --ratings."
            ) from fault
