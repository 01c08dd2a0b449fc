"""The plane of a map in whole numbers."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

GRID = 65_535
"""The plane is divided so finely that two bytes hold a coordinate: a map of 100,000 points is 1.1 MB."""

Places = npt.NDArray[np.float32]
"""[n, 2]."""
Indices = npt.NDArray[np.integer]


class Grid:
    """Cells of the plane, the same distance in both directions.

    Args:
        places: [n, 2], all that has to be on it.
    """

    def __init__(self, places: Places) -> None:
        self.low = places.min(axis=0)
        self.span = float(np.ptp(places, axis=0).max()) or 1.0
        self.extent = np.ptp(places, axis=0) / self.span * GRID

    def cells(self, places: Places) -> npt.NDArray[np.uint16]:
        """Return the cells [n, 2] of some places."""
        cells: npt.NDArray[np.uint16] = (
            ((places - self.low) / self.span * GRID).clip(0, GRID).round().astype(np.uint16)
        )
        return cells
