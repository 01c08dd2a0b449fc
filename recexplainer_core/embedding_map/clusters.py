"""Clusters of items with similar vectors in the target, each labelled by the attribute values typical of it."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from torch import Tensor

from recexplainer_core.catalogue import Catalogue
from recexplainer_core.embedding_map.neighbours import unit

MOST_CLUSTERS = 10
ITEMS_PER_CLUSTER = 20
"""Of small catalogues; large ones have larger clusters."""
TERMS = 3
"""Terms in a cluster's label."""

Codes = npt.NDArray[np.int16]


def cluster(vectors: Tensor, seed: int) -> Codes:
    """Return the cluster [n] of every vector [n, d]: k-means on their directions, the largest cluster first."""
    from sklearn.cluster import KMeans

    count = max(2, min(MOST_CLUSTERS, len(vectors) // ITEMS_PER_CLUSTER))
    found = KMeans(count, n_init=4, random_state=seed).fit_predict(unit(vectors).numpy())
    order = np.argsort(-np.bincount(found, minlength=count), kind="stable")
    renumbered = np.empty(count, dtype=np.int16)
    renumbered[order] = np.arange(count)
    codes: Codes = renumbered[found]
    return codes


def label_clusters(catalogue: Catalogue, codes: Codes) -> list[str]:
    """Name every cluster after the attribute values that weigh most in it by TF-IDF.

    The weight of a value in a cluster is its mean over the cluster's items, less that over all items. Years and
    other numbers are left out; without attributes the words of the titles take their place.
    """
    from sklearn.feature_extraction.text import TfidfVectorizer

    documents = _documents(catalogue)
    count = int(codes.max()) + 1
    if not any(documents):
        return [f"cluster {number + 1}" for number in range(count)]
    vectorizer = TfidfVectorizer(analyzer=lambda terms: terms)
    weights = vectorizer.fit_transform(documents)
    terms = vectorizer.get_feature_names_out()
    usual = np.asarray(weights.mean(axis=0)).ravel()
    labels: list[str] = []
    for number in range(count):
        own = np.asarray(weights[np.flatnonzero(codes == number)].mean(axis=0)).ravel() - usual
        best = [str(terms[i]) for i in np.argsort(-own, kind="stable")[:TERMS] if own[i] > 0]
        label = ", ".join(best) or f"cluster {number + 1}"
        labels.append(label if label not in labels else f"{label} ({number + 1})")
    return labels


def _documents(catalogue: Catalogue) -> list[list[str]]:
    names = [name for name in catalogue.descriptive if not _numeric(catalogue.attributes[name])]
    if not names:
        return [[word for word in title.casefold().split() if len(word) > 3] for title in catalogue.titles]
    return [
        [value for name in names for value in catalogue.values(item, name)] for item in range(len(catalogue))
    ]


def _numeric(column: Sequence[tuple[str, ...]]) -> bool:
    return all(value.lstrip("-").replace(".", "", 1).isdigit() for values in column for value in values)
