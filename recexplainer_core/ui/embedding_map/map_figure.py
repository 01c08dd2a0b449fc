"""Points in the plane: WebGL, no titles but those of a small catalogue, and what is marked drawn on top."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import plotly.graph_objects as go

from recexplainer_core.ui.embedding_map.colours import Colouring
from recexplainer_core.ui.shared import palette
from recexplainer_core.ui.shared.escaping import figure_text

MOST_POINTS = 100_000
"""Items drawn on one page; of more, a sample."""
MOST_TITLES = 2_000
"""Points up to which their titles are sent to the browser, to be seen on hovering."""
GRID = 65_535
"""The plane is divided so finely that two bytes hold a coordinate: a map of 100,000 points is 1.1 MB."""
HEIGHT = 440
"""Pixels of the plane."""
LEGEND_ROW = 20
GROUPS = (
    *("#3f72a8", "#c68a2e", "#14827a", "#b4532f", "#7d5ba6"),
    *("#8a8f2a", "#c0638c", "#4f9bb5", "#8c6a4f", "#5b8f4e"),
)
SCALE = [[0.0, "#c9a227"], [0.5, "#3f9b8f"], [1.0, "#3a4f9a"]]
_LONGEST, _WINDOW = 42, 0.16

Places = npt.NDArray[np.float32]
Indices = npt.NDArray[np.integer]


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


def sampled(n: int, most: int) -> Indices:
    """Return all n items, or `most` of them drawn at random, always the same ones, in rising order."""
    if n <= most:
        return np.arange(n)
    return np.sort(np.random.default_rng(0).choice(n, most, replace=False))


def map_figure(
    coordinates: Places,
    colours: Colouring,
    shown: Indices,
    titles: Sequence[str],
    users: tuple[Indices, Places, str] | None = None,
    marks: Marks = Marks(),
    legend: bool = True,
) -> go.Figure:
    """Draw items, users if given, and marks. Every point carries a number: of the item, or -1 - that of the user.

    Args:
        coordinates: [n, 2], of all items.
        colours: of all items.
        shown: items to draw.
        titles: of all items; sent only with few points or with a mark.
        users: indices [m], places [m, 2], and the word for users.
        marks: what stands out.
        legend: whether the colours are named, below the plane.
    """
    grid = _Grid(coordinates if users is None else np.concatenate([coordinates, users[1]]))
    places = grid.cells(coordinates)
    hover = len(shown) <= MOST_TITLES
    size, opacity = _look(len(shown))
    if marks.history or marks.recommended:
        opacity *= 0.6  # they stand back behind what is marked
    figure = go.Figure()

    def points(items: Indices, name: str, marker: dict[str, object], legend: bool = True) -> None:
        if not len(items):
            return
        figure.add_scattergl(
            x=places[items, 0],
            y=places[items, 1],
            mode="markers",
            name=figure_text(name),
            customdata=items.astype(np.int32),
            marker={"size": size, "opacity": opacity, **marker},
            hoverinfo="text" if hover else "none",
            hovertext=[figure_text(titles[item]) for item in items] if hover else None,
            showlegend=legend,
        )

    if users is not None:
        cells = grid.cells(users[1])
        figure.add_scattergl(
            x=cells[:, 0],
            y=cells[:, 1],
            mode="markers",
            name=users[2],
            customdata=(-1 - users[0]).astype(np.int32),
            marker={"size": 4, "symbol": "diamond", "color": palette.QUIET, "opacity": 0.45},
            hoverinfo="name",
            showlegend=False,
        )
    if colours.values is not None:
        known = np.isfinite(colours.values[shown])
        points(shown[~known], colours.rest, {"color": palette.QUIET, "opacity": 0.35})
        scaled = {
            "color": colours.values[shown[known]],
            "colorscale": SCALE,
            "colorbar": _scale_bar(colours),
            "cmin": colours.ends[0],
            "cmax": colours.ends[1],
        }
        points(shown[known], colours.title, scaled, legend=False)
    else:
        codes = colours.codes[shown]
        points(shown[codes < 0], colours.rest, {"color": palette.QUIET, "opacity": 0.35})
        for number, group in enumerate(colours.groups):
            points(shown[codes == number], group, {"color": GROUPS[number % len(GROUPS)]})
    _mark(figure, grid, places, titles, marks)
    near = marks.item if marks.near else None
    _arrange(figure, grid, None if near is None else places[near])
    rows = 3 if colours.values is not None else (len(colours.groups) + 2) // 2
    figure.update_layout(height=HEIGHT + (rows * LEGEND_ROW if legend else 0), showlegend=legend)
    if not legend:
        figure.update_traces(marker_showscale=False)
    return figure


class _Grid:
    """The plane in whole numbers, the same distance in both directions."""

    def __init__(self, places: Places) -> None:
        self.low = places.min(axis=0)
        self.span = float(np.ptp(places, axis=0).max()) or 1.0
        self.extent = np.ptp(places, axis=0) / self.span * GRID

    def cells(self, places: Places) -> npt.NDArray[np.uint16]:
        cells: npt.NDArray[np.uint16] = (
            ((places - self.low) / self.span * GRID).clip(0, GRID).round().astype(np.uint16)
        )
        return cells


def _look(n: int) -> tuple[float, float]:
    return (7.0, 0.85) if n <= MOST_TITLES else (4.5, 0.7) if n <= 20_000 else (3.0, 0.5)


def _scale_bar(colours: Colouring) -> dict[str, object]:
    return {
        "title": {"text": colours.title, "side": "top"},
        "orientation": "h",
        "thickness": 10,
        "len": 0.6,
        "x": 0,
        "xanchor": "left",
        "y": -0.02,
        "yanchor": "top",
        "tickvals": [place for place, _ in colours.ticks],
        "ticktext": [text for _, text in colours.ticks],
    }


def _mark(
    figure: go.Figure, grid: _Grid, places: npt.NDArray[np.uint16], titles: Sequence[str], marks: Marks
) -> None:
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


def _arrange(figure: go.Figure, grid: _Grid, centre: npt.NDArray[np.uint16] | None) -> None:
    if centre is None:
        room = 0.03 * GRID
        ranges = [[-room, float(extent) + room] for extent in grid.extent]
    else:
        ranges = [[float(place) - _WINDOW * GRID, float(place) + _WINDOW * GRID] for place in centre]
    hidden = {"showgrid": False, "zeroline": False, "showticklabels": False, "ticks": "", "type": "linear"}
    figure.update_xaxes(range=ranges[0], **hidden)
    figure.update_yaxes(range=ranges[1], scaleanchor="x", **hidden)
    figure.update_layout(
        margin={"l": 4, "r": 4, "t": 4, "b": 4},
        legend={"orientation": "h", "y": -0.02, "yanchor": "top", "x": 0, "itemsizing": "constant"},
        dragmode="pan",
        hovermode="closest",
    )
