"""Simulated viewers with known tastes: every choice comes with the reason that made it.

A viewer has a few tastes (a director, a theme, a decade ...). One is active at a time; which one drifts, as
a Markov chain. The next film is drawn from those the active taste likes, by fame and by how close they are to
the film before. Now and then it is any film at all. The structure is strong on purpose: a good recommender
can find it, and an explanation can be scored against it.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from recexplainer_core.catalogue import Catalogue
from recexplainer_core.errors import DataError
from recexplainer_core.histories import Histories, IntArray

FloatArray = npt.NDArray[np.floating]


@dataclass(frozen=True)
class ViewerConfig:
    """How the simulated viewers behave."""

    shortest: int = 15
    """Films of the viewer with the fewest."""
    longest: int = 60
    """Films of the viewer with the most."""
    fewest_tastes: int = 2
    most_tastes: int = 4
    faithful: float = 0.88
    """Probability that a choice follows the active taste; otherwise it is random, by fame."""
    mean_run: float = 6.0
    """Choices after which, on average, another taste becomes active."""
    fame: float = 1.0
    """Exponent of the Zipf law of fame: the film of rank r weighs r ** -fame."""
    peak: float = 3.0
    """Power to which fame is raised within a taste: the larger, the clearer the best next film."""
    year_scale: float = 6.0
    """Years over which the pull of the last film fades."""
    pull: float = 2.0
    """How much likelier a film of the same year, or with one more shared theme, is than a distant one."""


LEAST_FILMS = {"director": 4, "themes": 8, "genres": 8, "decade": 8, "mood": 8, "country": 8}
"""Attribute -> films that must carry a value before it can be a taste."""

KIND_WEIGHTS = {"director": 0.2, "themes": 0.3, "genres": 0.15, "decade": 0.1, "mood": 0.1, "country": 0.15}
"""Attribute -> how often a taste is of this kind."""

SINGULAR = {"themes": "theme", "genres": "genre"}
LARGEST_SHARE = 0.25
"""A value that more of the films carry (drama, United States) says too little to be a taste."""


@dataclass(frozen=True)
class Taste:
    """One reason to choose: its name, the films it likes [m] and their weights [m]."""

    name: str
    kind: str
    films: IntArray
    weights: FloatArray


def simulate_viewers(
    catalogue: Catalogue, n_viewers: int = 3000, seed: int = 0, config: ViewerConfig | None = None
) -> Histories:
    """Simulate viewers of a film catalogue and record the true cause of every choice.

    A viewer depends on the seed and the viewer's own number only, so more viewers leave the first ones as
    they were. No viewer watches a film twice; there are no times.

    Args:
        catalogue: with the attributes of `LEAST_FILMS`, as far as they are known, and `year`.
        n_viewers: how many.
        seed: of fame, tastes and choices.
        config: their behaviour.

    Raises:
        DataError: too few films, or too few values shared by enough of them, to have tastes.
    """
    config = config or ViewerConfig()
    if len(catalogue) <= config.longest:
        raise DataError(
            "films",
            f"{len(catalogue)} are too few for viewers who watch up to {config.longest}.",
            "Add films to the table.",
        )
    fame = _fame(len(catalogue), config.fame, np.random.default_rng([seed, 0]))
    tastes = find_tastes(catalogue, fame**config.peak)
    if len(tastes) < config.most_tastes:
        raise DataError(
            "films",
            f"only {len(tastes)} values are shared by enough films; viewers need {config.most_tastes}.",
            "Let more films share a director, theme, genre, decade, mood or country.",
        )
    closeness = _closeness(catalogue, config)
    kind_sizes = {kind: sum(t.kind == kind for t in tastes) for kind in LEAST_FILMS}
    odds = np.array([KIND_WEIGHTS[t.kind] / kind_sizes[t.kind] for t in tastes])
    odds /= odds.sum()

    histories: list[list[int]] = []
    causes: list[int] = []
    for viewer in range(n_viewers):
        rng = np.random.default_rng([seed, 1, viewer])
        n_tastes = rng.integers(config.fewest_tastes, config.most_tastes + 1)
        own = rng.choice(len(tastes), size=n_tastes, replace=False, p=odds)
        films, reasons = _watch(own, tastes, fame, closeness, config, rng)
        histories.append(films)
        causes.extend(reasons)
    packed = Histories.from_lists(histories, [f"viewer-{v + 1:04d}" for v in range(n_viewers)])
    return Histories(
        packed.user_ids,
        packed.offsets,
        packed.items,
        causes=np.array(causes, np.int32),
        cause_names=[t.name for t in tastes],
    )


def find_tastes(catalogue: Catalogue, fame: FloatArray) -> list[Taste]:
    """Return every value that enough, but not too many, films share.

    A film weighs more the more famous it is [n] and the fewer other values of the kind it carries: a film
    whose only theme is the heist is a better answer to that taste than one that has three more.
    """
    tastes = []
    for kind, least in LEAST_FILMS.items():
        members: dict[str, list[int]] = {}
        for film in range(len(catalogue)):
            for value in catalogue.values(film, kind):
                members.setdefault(value, []).append(film)
        for value in sorted(members):
            films = np.array(members[value])
            if least <= len(films) <= LARGEST_SHARE * len(catalogue):
                specific = np.array([1 / len(catalogue.values(f, kind)) for f in films])
                tastes.append(
                    Taste(f"{SINGULAR.get(kind, kind)}: {value}", kind, films, fame[films] * specific)
                )
    return tastes


def _watch(
    own: IntArray,
    tastes: list[Taste],
    fame: FloatArray,
    closeness: FloatArray,
    config: ViewerConfig,
    rng: np.random.Generator,
) -> tuple[list[int], list[int]]:
    """Return the films of one viewer with the given tastes, and the taste behind each (-1: none)."""
    unseen = np.ones(len(fame))
    films: list[int] = []
    reasons: list[int] = []
    active = int(own[0])
    for position in range(rng.integers(config.shortest, config.longest + 1)):
        exhausted = not unseen[tastes[active].films].any()
        if exhausted or rng.random() < 1 / config.mean_run:
            others = [int(t) for t in own if t != active and unseen[tastes[t].films].any()]
            if others:
                active, exhausted = others[rng.integers(len(others))], False
            elif exhausted and position >= config.shortest:
                break  # nothing is left that this viewer cares about
        if exhausted or rng.random() >= config.faithful:
            film, reason = _draw(fame * unseen, rng), -1
        else:
            taste = tastes[active]
            weights = taste.weights * unseen[taste.films]
            if films:
                weights = weights * closeness[films[-1], taste.films]
            film, reason = int(taste.films[_draw(weights, rng)]), active
        unseen[film] = 0
        films.append(film)
        reasons.append(reason)
    return films, reasons


def _draw(weights: FloatArray, rng: np.random.Generator) -> int:
    """Return an index drawn with these weights; one of weight 0 is never drawn."""
    heights = weights.cumsum()
    return int(heights.searchsorted(rng.random() * heights[-1], side="right"))


def _fame(n: int, exponent: float, rng: np.random.Generator) -> FloatArray:
    """Return how famous each film is [n]: a Zipf law over a random ranking."""
    fame = np.empty(n)
    fame[rng.permutation(n)] = np.arange(1, n + 1) ** -exponent
    return fame


def _closeness(catalogue: Catalogue, config: ViewerConfig) -> FloatArray:
    """Return how much likelier each film becomes after each other one [n, n]."""
    years = np.array([float((catalogue.values(f, "year") or ("nan",))[0]) for f in range(len(catalogue))])
    gap = np.nan_to_num(np.abs(years[:, None] - years[None, :]), nan=np.inf)
    themes = sorted({theme for f in range(len(catalogue)) for theme in catalogue.values(f, "themes")})
    has = np.array(
        [[theme in catalogue.values(f, "themes") for theme in themes] for f in range(len(catalogue))]
    )
    shared = has.astype(float) @ has.astype(float).T
    closeness: FloatArray = 1 + config.pull * (np.exp(-gap / config.year_scale) + shared)
    return closeness
