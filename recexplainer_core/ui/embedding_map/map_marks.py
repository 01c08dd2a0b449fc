"""What stands out on a map: items that are chosen, a user with history and recommendations."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import plotly.graph_objects as go

from recexplainer_core.ui.embedding_map.plane import Grid, Places
from recexplainer_core.ui.shared import palette
from recexplainer_core.ui.shared.escaping import figure_text

MOST_TITLES = 2_000
"""Points up to which their titles are sent to the browser, to be seen on hovering."""
_LONGEST = 42
"""Characters of a title that is written on the map."""


@dataclass(frozen=True)
class Marks:
    """What stands out.

    Args:
        item: the item to name, and to show from near if `near`.
        near: whether the map opens around it.
        ringed: items chosen elsewhere.
        history: the user's items, oldest first.
        recommended: the target's list for the user, best first.
        user: what the user is called, and where they lie; None where users have no place.
    """

    item: int | None = None
    near: bool = False
    ringed: tuple[int, ...] = ()
    history: tuple[int, ...] = ()
    recommended: tuple[int, ...] = ()
    user: tuple[str, Places] | None = None


def draw_marks(
    figure: go.Figure, grid: Grid, places: npt.NDArray[np.uint16], titles: Sequence[str], marks: Marks
) -> None:
    """Draw on top of a map what stands out.

    Args:
        figure: the map.
        grid: its plane.
        places: [n, 2], cells of all items.
        titles: of all items.
        marks: what stands out.
    """

    def drawn(items: Sequence[int], name: str, numbered: bool = False, **look: object) -> None:
        if items:
            figure.add_scattergl(
                x=places[list(items), 0],
                y=places[list(items), 1],
                name=name,
                customdata=np.array(items, dtype=np.int32),
                hoverinfo="text" if len(items) <= MOST_TITLES else "none",
                hovertext=_hover(titles, items, name if numbered else ""),
                showlegend=False,
                **look,
            )

    drawn(
        marks.ringed, "selected", mode="markers",
        marker={"size": 13, "symbol": "circle-open", "color": palette.CITED, "line": {"width": 2}},
    )  # fmt: skip
    drawn(
        marks.history, "history", numbered=True, mode="lines+markers+text",
        line={"color": palette.CITED, "width": 1.5}, marker={"size": 17, "color": palette.CITED},
        text=[str(number) for number in range(1, len(marks.history) + 1)],
        textfont={"color": "#1c1408", "size": 10},
    )  # fmt: skip
    drawn(
        marks.recommended, "recommended", numbered=True, mode="markers+text",
        marker={"size": 17, "symbol": "square", "color": palette.TARGET},
        text=[str(number) for number in range(1, len(marks.recommended) + 1)],
        textfont={"color": "#ffffff", "size": 10},
    )  # fmt: skip
    if marks.user is not None:
        [cell] = grid.cells(marks.user[1][None])
        figure.add_scattergl(
            x=cell[:1],
            y=cell[1:],
            mode="markers",
            name=figure_text(marks.user[0]),
            marker={
                "size": 17,
                "symbol": "star",
                "color": palette.SURROGATE,
                "line": {"width": 1.5, "color": "#ffffff"},
            },
            hoverinfo="name",
            showlegend=False,
        )
    if marks.item is not None:
        x, y = (int(value) for value in places[marks.item])
        drawn(
            (marks.item,), "chosen", mode="markers",
            marker={"size": 21, "symbol": "circle-open", "color": palette.CITED, "line": {"width": 3}},
        )  # fmt: skip
        title = titles[marks.item]
        short = title if len(title) <= _LONGEST else title[: _LONGEST - 1].rstrip() + "…"
        figure.add_annotation(
            x=x, y=y, text=figure_text(short), showarrow=False, yshift=23, font={"size": 13, "color": "#ffffff"},
            bgcolor="#22282f", borderpad=4, bordercolor=palette.CITED,
        )  # fmt: skip


def _hover(titles: Sequence[str], items: Sequence[int], name: str) -> list[str] | None:
    if len(items) > MOST_TITLES:
        return None
    places = [f" ({name} {number})" if name else "" for number in range(1, len(items) + 1)]
    return [figure_text(titles[item] + place) for item, place in zip(items, places, strict=True)]
