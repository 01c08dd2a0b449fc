"""The project in a notebook: `open_bundle` for a bundle, `explain` for any recommender that is a Python function."""

from recexplainer_core.notebook.function import explain
from recexplainer_core.notebook.opened import OpenBundle, open_bundle
from recexplainer_core.notebook.shown import Told

__all__ = ["OpenBundle", "Told", "explain", "open_bundle"]
