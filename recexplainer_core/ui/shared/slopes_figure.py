"""The lines that join two ranked lists standing left and right of them.

Drawn as SVG, not with plotly: Streamlit shows no plotly chart narrower than 150 pixels, too wide for a phone.
"""

from __future__ import annotations

from collections.abc import Sequence

from recexplainer_core.ui.shared import palette

WIDTH = 120
"""Pixels between the lists."""
RADIUS = 10.5
_EDGE = 16
"""Pixels from either side to the middle of the numbers."""


def slope_figure(
    target: Sequence[int],
    predicted: Sequence[int],
    chosen: int | None,
    row_height: int,
    colours: tuple[str, str] = (palette.TARGET, palette.SURROGATE),
) -> str:
    """Return an SVG image that joins the items both lists have; a number that no line leaves is hollow.

    Row r of either list is centred `row_height * (r + 0.5)` pixels below the top, so that the image fits
    between two columns of rows of that height.

    Args:
        target: items of the left list, best first.
        predicted: items of the right list, best first.
        chosen: the item whose line stands out, if any.
        row_height: height of one row of the lists in pixels.
        colours: of the left and the right list's numbers; the line that stands out has the right one's.
    """
    height = max(len(target), len(predicted), 1) * row_height
    place = {item: rank for rank, item in enumerate(predicted)}
    left, middle, right = _EDGE, WIDTH / 2, WIDTH - _EDGE
    parts = []
    for rank, item in sorted(enumerate(target), key=lambda pair: pair[1] == chosen):
        if item in place:
            y, z = _centre(rank, row_height), _centre(place[item], row_height)
            style = (
                f'stroke="{colours[1]}" stroke-width="4"'
                if item == chosen
                else f'stroke="{palette.QUIET}" stroke-width="2" stroke-opacity="0.7"'
            )
            parts.append(f'<path d="M{left} {y}C{middle} {y} {middle} {z} {right} {z}" fill="none" {style}/>')
    for x, items, others, colour in (
        (left, target, set(predicted), colours[0]),
        (right, predicted, set(target), colours[1]),
    ):
        for rank, item in enumerate(items):
            y = _centre(rank, row_height)
            joined = item in others
            ink = "#ffffff" if joined else palette.QUIET
            paint = (
                f'fill="{colour}"' if joined else f'fill="none" stroke="{palette.QUIET}" stroke-width="1.2"'
            )
            parts.append(
                f'<circle cx="{x}" cy="{y}" r="{RADIUS}" {paint}/>'
                f'<text x="{x}" y="{y}" dy="0.36em" fill="{ink}">{rank + 1}</text>'
            )
    size = f'width="{WIDTH}" height="{height}" viewBox="0 0 {WIDTH} {height}"'
    font = 'font-family="sans-serif" font-size="11.5" font-weight="600" text-anchor="middle"'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {size} {font}>{"".join(parts)}</svg>'


def _centre(rank: int, row_height: int) -> float:
    return (rank + 0.5) * row_height
