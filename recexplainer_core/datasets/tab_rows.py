"""Rows separated by tabs, as people write them by hand and as programs write them that quote."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

_MOST_LINES = 50
"""Lines over which one quoted value may run."""


class TabRows:
    """Rows of cells; `line_num` is the last line that was read, counted from 1.

    Quotation marks mean themselves (`"Weird" tales`) unless the line is what a CSV writer makes of its values: then
    `"The ""new"" sea"` is unquoted, and a quoted value may hold tabs and line breaks. It is if writing the values again
    gives the same line.
    """

    def __init__(self, lines: Iterator[str]) -> None:
        self._lines = lines
        self._ahead: list[str] = []
        self._quoted_all = False
        self.line_num = 0

    def __iter__(self) -> Iterator[list[str]]:
        width = 0
        while (line := self._next()) is not None:
            cells = line.split("\t") if line else []
            if '"' in line:
                if not width:
                    self._quoted_all = _quoted(line, csv.QUOTE_ALL) is not None
                cells = _quoted(line, self._style) or self._over_lines(line, width) or cells
            width = width or len(cells)
            yield cells

    def _next(self) -> str | None:
        line = self._ahead.pop(0) if self._ahead else next(self._lines, None)
        if line is None:
            return None
        self.line_num += 1
        return line.rstrip("\r\n")

    @property
    def _style(self) -> int:
        return csv.QUOTE_ALL if self._quoted_all else csv.QUOTE_MINIMAL

    def _over_lines(self, line: str, width: int) -> list[str] | None:
        """Return the cells of a row one of whose values runs over several lines, None where this is no such row."""
        if line.count('"') % 2 == 0 or not any(cell.startswith('"') for cell in line.split("\t")):
            return None
        whole = line
        for more in range(_MOST_LINES):
            if len(self._ahead) <= more and (following := next(self._lines, None)) is not None:
                self._ahead.append(following)
            if len(self._ahead) <= more:
                return None
            whole = f"{whole}\n{self._ahead[more].rstrip(chr(13) + chr(10))}"
            cells = _quoted(whole, self._style)
            if cells is not None and len(cells) == width:
                del self._ahead[: more + 1]
                self.line_num += more + 1
                return cells
        return None


def _quoted(text: str, style: int) -> list[str] | None:
    """Return the values of which a CSV writer makes this text, None where it never would."""
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter="\t", strict=True))
    except csv.Error:
        return None
    written = io.StringIO()
    csv.writer(written, delimiter="\t", lineterminator="\n", quoting=style).writerows(rows)  # type: ignore[arg-type]
    return rows[0] if len(rows) == 1 and written.getvalue() == f"{text}\n" else None
