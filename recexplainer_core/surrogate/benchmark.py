"""How the time of an answer grows with the catalogue: the same model, made-up titles of one length, more of them."""

from __future__ import annotations

import random
import time
from collections.abc import Sequence
from statistics import median

import torch

from recexplainer_core.catalogue import FILMS, Catalogue
from recexplainer_core.histories import History
from recexplainer_core.lm.model import AlignedLM
from recexplainer_core.modes import AlignmentMode
from recexplainer_core.recommenders.matrix_factorization import MatrixFactorization, MatrixFactorizationConfig
from recexplainer_core.surrogate.engine import Engine

_SYLLABLES = [first + second for first in "bdfgklmnprst" for second in ("a", "e", "i", "o", "u")]
HISTORY, LIST = 10, 10


def made_up_titles(n: int, seed: int = 0) -> list[str]:
    """Return n different titles of four short words."""
    rng = random.Random(seed)
    titles: dict[str, None] = {}
    while len(titles) < n:
        titles[" ".join(rng.choices(_SYLLABLES, k=4))] = None
    return list(titles)


def decoding_seconds(
    lm: AlignedLM, vector_size: int, n_titles: int, answers: int, modes: Sequence[AlignmentMode]
) -> float:
    """Return the median seconds of one user's lists in the given modes, ten titles each, found together.

    Args:
        lm: with an adapter for each of the modes.
        vector_size: d, of the target that the adapters were trained for.
        n_titles: size of the catalogue.
        answers: users that are timed, after one that is not.
        modes: answered in one batch.
    """
    torch.manual_seed(0)
    catalogue = Catalogue([f"i{i}" for i in range(n_titles)], made_up_titles(n_titles), {}, FILMS)
    vectors = torch.randn(n_titles, vector_size) * vector_size**-0.5
    target = MatrixFactorization(vectors, MatrixFactorizationConfig(dimension=vector_size))
    engine = Engine(lm, catalogue, target)
    rng = random.Random(0)
    seconds: list[float] = []
    for _ in range(answers + 1):
        history = History.of(rng.sample(range(n_titles), HISTORY))
        begun = time.perf_counter()
        engine.predict([history] * len(modes), modes, LIST)
        seconds.append(time.perf_counter() - begun)
    return median(seconds[1:])
