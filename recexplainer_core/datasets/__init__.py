"""Data from outside: one reader per format, each returning catalogue, histories and where they come from."""

from recexplainer_core.datasets.provenance import Provenance
from recexplainer_core.datasets.readers import load_dataset

__all__ = ["Provenance", "load_dataset"]
