"""Answers with many right titles: from the target's scores to probabilities of tokens.

A title that is merely the first of the target's list teaches little. The target's whole distribution over the
catalogue says how much better each item is than every other, and is learnt many times faster: the target is distilled
into the language model's words, token by token down the tree of all titles.
"""

from __future__ import annotations

import random
from collections.abc import Collection, Sequence

import numpy as np
import numpy.typing as npt

from recexplainer_core.decoding.title_trie import ROOT, TitleTrie
from recexplainer_core.lm.choices import Choice, choices_along
from recexplainer_core.lm.encoding import Answer

FloatArray = npt.NDArray[np.float64]
_HALVINGS = 60


def softmax(scores: npt.ArrayLike, temperature: float) -> FloatArray:
    """Return probabilities along the last axis of scores [..., n_items]."""
    scaled = np.asarray(scores, dtype=np.float64) / temperature
    powers = np.exp(scaled - scaled.max(-1, keepdims=True))
    probabilities: FloatArray = powers / powers.sum(-1, keepdims=True)
    return probabilities


def temperature_for(first_probability: float, scores: npt.ArrayLike) -> float:
    """Return the temperature at which the first choice has the given probability, in the mean over users.

    Args:
        first_probability: above 0, at most 1; what no temperature reaches gives the nearest.
        scores: [n_users, n_items], of the target; minus infinity for what does not count.
    """
    table = np.asarray(scores, dtype=np.float64)
    spread = np.where(np.isfinite(table), table, np.nan)
    scale = float(np.nanmean(np.nanmax(spread, 1) - np.nanmin(spread, 1))) or 1.0
    low, high = 1e-4 * scale, 1e4 * scale
    below = table - table.max(1, keepdims=True)
    for _ in range(_HALVINGS):
        middle = (low * high) ** 0.5
        reached = (1 / np.exp(below / middle).sum(1)).mean()
        low, high = (middle, high) if reached > first_probability else (low, middle)
    return float(low)


class TitleLabels:
    """Spread the probabilities of titles over their tokens.

    Args:
        paths: every title of the catalogue as tokens, each with its end token.
    """

    def __init__(self, paths: Sequence[Sequence[int]]) -> None:
        self.paths = [tuple(path) for path in paths]
        self.trie = TitleTrie(paths)
        # In the order of their tokens, the titles below one node are neighbours, so sums are differences.
        self.order = np.array(sorted(range(len(paths)), key=self.paths.__getitem__))
        place = np.empty(len(paths), dtype=np.int64)
        place[self.order] = np.arange(len(paths))
        self.begin = np.full(len(self.trie.tokens), len(paths), dtype=np.int64)
        self.begin[self.trie.leaf_of] = place
        for node in range(len(self.begin) - 1, ROOT, -1):
            parent = self.trie.parents[node]
            self.begin[parent] = min(self.begin[parent], self.begin[node])

    def answer(
        self,
        probabilities: FloatArray,
        seen: Collection[int],
        rng: random.Random,
        restricted: bool = False,
        whole: bool = True,
        longest: int | None = None,
    ) -> Answer:
        """Draw a title and return it; at each place, a token has the weight of all titles that continue with it.

        Args:
            probabilities: [n_titles].
            seen: titles that the answer must not name; tokens that lead to nothing else do not count. At least one
                title is unseen.
            rng: draws the title.
            restricted: whether decoding allows nothing but these titles.
            whole: whether the title is said to its end; up to the token from which on no other title goes on, if not.
            longest: tokens after which the answer is cut off in any case.
        """
        left = probabilities.copy()
        left[list(seen)] = 0.0
        exhausted = self.trie.exhausted(seen)
        sums = np.concatenate([[0.0], np.cumsum(left[self.order])])
        place_drawn = int(np.searchsorted(sums, rng.random() * sums[-1], side="right")) - 1
        drawn = int(self.order[min(place_drawn, len(self.paths) - 1)])
        choices, node = [], ROOT
        ignored: list[tuple[int, int]] = []
        for place, token in enumerate(self.paths[drawn][:longest]):
            children, names = self.trie.children(node)
            begin = self.begin[children]
            choices.append((names, sums[begin + self.trie.n_titles[children]] - sums[begin]))
            ignored += [(place, int(self.trie.tokens[n])) for n in exhausted if self.trie.parents[n] == node]
            node = int(children[np.searchsorted(names, token)])
            if not whole and self.trie.n_titles[node] == 1:
                break
        places = tuple(range(len(choices))) if restricted else ()
        return Answer.weighed(self.paths[drawn][: len(choices)], choices, tuple(ignored), places)


def listed_titles(
    first: Sequence[tuple[int, ...]],
    later: Sequence[tuple[int, ...]],
    weights: FloatArray,
    separator: tuple[int, ...],
    end: int,
    restricted: bool = False,
) -> Answer:
    """Return the answer that lists a few titles as they are given.

    Each title is a choice among those that are not yet listed, in proportion to their weights (Plackett and Luce).

    Args:
        first: the titles as tokens where one begins an answer, without their end.
        later: the same where they stand behind a separator.
        weights: [n_titles], how likely each is to come first.
        separator: tokens between two titles.
        end: the token that closes the list.
        restricted: whether decoding allows nothing but these titles.
    """
    token_ids: list[int] = []
    choices: list[Choice] = []
    for number in range(len(first)):
        paths = later if number else first
        closing = separator if number + 1 < len(paths) else (end,)
        left = [(*other, closing[0]) for other in paths[number:]]
        choices += choices_along(left[0], left, weights[number:].tolist())
        choices += [choice for token in closing[1:] for choice in choices_along((token,), [(token,)], [1.0])]
        token_ids += (*paths[number], *closing)
    places = tuple(range(len(choices))) if restricted else ()
    return Answer.weighed(tuple(token_ids), choices, restricted=places)
