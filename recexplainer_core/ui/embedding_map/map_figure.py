"""Points in the plane: WebGL, no titles but those of a small catalogue."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import plotly.graph_objects as go

from recexplainer_core.ui.embedding_map.colours import Colouring
from recexplainer_core.ui.embedding_map.map_marks import MOST_TITLES, Marks, draw_marks
from recexplainer_core.ui.embedding_map.plane import GRID, Grid, Indices, Places
from recexplainer_core.ui.shared import palette
from recexplainer_core.ui.shared.escaping import figure_text

MOST_POINTS = 100_000
"""Items drawn on one page; of more, a sample."""
HEIGHT = 440
"""Pixels of the plane."""
LEGEND_ROW = 20
GROUPS = (
    *("#3f72a8", "#c68a2e", "#14827a", "#b4532f", "#7d5ba6"),
    *("#8a8f2a", "#c0638c", "#4f9bb5", "#8c6a4f", "#5b8f4e"),
)
SCALE = [[0.0, "#c9a227"], [0.5, "#3f9b8f"], [1.0, "#3a4f9a"]]
_WINDOW = 0.16
"""Half the width of what is shown from near, as a part of the plane."""


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
    marks: Marks | None = None,
    legend: bool = True,
) -> go.Figure:
    """Draw items, users if given, and marks. Every point carries a number: of the item, or -1 - that of the user.

    Args:
        coordinates: [n, 2], of all items.
        colours: of all items.
        shown: items to draw.
        titles: of all items; sent only with few points or with a mark.
        users: indices [m], places [m, 2], and the word for users.
        marks: what stands out, if anything does.
        legend: whether the colours are named, below the plane.
    """
    marks = marks or Marks()
    grid = Grid(coordinates if users is None else np.concatenate([coordinates, users[1]]))
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
    draw_marks(figure, grid, places, titles, marks)
    near = marks.item if marks.near else None
    _arrange(figure, grid, None if near is None else places[near])
    rows = 3 if colours.values is not None else (len(colours.groups) + 2) // 2
    figure.update_layout(height=HEIGHT + (rows * LEGEND_ROW if legend else 0), showlegend=legend)
    if not legend:
        figure.update_traces(marker_showscale=False)
    return figure


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


def _arrange(figure: go.Figure, grid: Grid, centre: npt.NDArray[np.uint16] | None) -> None:
    if centre is None:
        room = 0.03 * GRID
        ranges = [[-room, float(extent) + room] for extent in grid.extent]
    else:
        ranges = [[float(place) - _WINDOW * GRID, float(place) + _WINDOW * GRID] for place in centre]
    hidden = {"showgrid": False, "zeroline": False, "showticklabels": False, "ticks": "", "type": "linear"}
    figure.update_xaxes(range=ranges[0], **hidden)
    figure.update_yaxes(range=ranges[1], scaleanchor="x", **hidden)
    figure.update_layout(
        margin={"l": 4, "r": 4, "t": 36, "b": 4},
        legend={"orientation": "h", "y": -0.02, "yanchor": "top", "x": 0, "itemsizing": "constant"},
        dragmode="pan",
        hovermode="closest",
    )
