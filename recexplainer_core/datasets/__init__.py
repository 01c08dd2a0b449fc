"""Readers: one per format, each returning the catalogue, the histories and where they come from."""

from __future__ import annotations

from pathlib import Path

from recexplainer_core.catalogue import Catalogue
from recexplainer_core.datasets.demo import load_demo
from recexplainer_core.datasets.download import download_movielens
from recexplainer_core.datasets.movielens import load_movielens
from recexplainer_core.datasets.provenance import Provenance
from recexplainer_core.datasets.sequences import load_sequences
from recexplainer_core.errors import DataError
from recexplainer_core.histories import Histories

SPECS = "demo, movielens, movielens:DIR and sequences:DIR"


def load_dataset(spec: str, min_ratings: int = 10, seed: int = 0) -> tuple[Catalogue, Histories, Provenance]:
    """Load the data a spec names.

    Args:
        spec: `demo`; `movielens` (downloaded when it is not there yet) or `movielens:DIR`; `sequences:DIR`.
        min_ratings: films of MovieLens with fewer ratings are left out.
        seed: of the demo's simulated viewers.

    Raises:
        DataError: an unknown spec, or files that cannot be read.
    """
    kind, colon, folder = spec.partition(":")
    if spec == "demo":
        return load_demo(seed)
    if spec == "movielens":
        return load_movielens(download_movielens(), min_ratings)
    if kind == "movielens" and folder:
        return load_movielens(Path(folder).expanduser(), min_ratings)
    if kind == "sequences" and folder:
        return load_sequences(Path(folder).expanduser())
    fault = "a folder is missing behind the colon." if colon and not folder else "no such kind of data."
    raise DataError(repr(spec), fault, f"The choices are {SPECS}.")


__all__ = ["Provenance", "load_dataset"]
