"""Many questions in few sequences: what several of them begin with is read once, and nothing is padded much.

The questions of a sequence form a tree of tokens: whatever two of them begin with, such as the chat template, the user
or a part of the history, stands in it once. A token sees what leads to it and nothing else, so every question is read
as it would be alone.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass, field
from itertools import groupby

import numpy as np
import numpy.typing as npt

from recexplainer_core.lm.encoding import Encoded

CAPACITY = 256
"""Tokens of a sequence, unless one question alone has more; attention costs the square of it."""
_ROOT = -1

IntArray = npt.NDArray[np.int64]
Key = tuple[int, Hashable]


@dataclass(frozen=True)
class Packed:
    """Where the tokens of n questions stand in a few sequences.

    Args:
        token_ids: [sequences, length], 0 where nothing stands.
        positions: [sequences, length], the place that each token has in its question.
        visible: [sequences, length, length], whether a token (second axis) sees another one (third axis).
        columns: for each question the sequence it stands in, and the columns of its tokens.
    """

    token_ids: IntArray
    positions: IntArray
    visible: npt.NDArray[np.bool_]
    columns: tuple[tuple[int, IntArray], ...]


@dataclass
class _Tree:
    """The tokens of some questions: number of the token before it and the token itself -> number of a token."""

    number: dict[tuple[int, Key], int] = field(default_factory=dict)

    def growth(self, keys: Sequence[Key]) -> int:
        """Return how many tokens a question would add."""
        node = _ROOT
        for place, key in enumerate(keys):
            if (node, key) not in self.number:
                return len(keys) - place
            node = self.number[node, key]
        return 0

    def add(self, keys: Sequence[Key]) -> IntArray:
        """Return the numbers of a question's tokens; those that are new get the next ones."""
        path, node = np.empty(len(keys), dtype=np.int64), _ROOT
        for place, key in enumerate(keys):
            node = path[place] = self.number.setdefault((node, key), len(self.number))
        return path


def pack(
    questions: Sequence[Encoded],
    about: Sequence[int],
    together: Sequence[int] | None = None,
    capacity: int = CAPACITY,
) -> Packed:
    """Lay out questions, answers included.

    Args:
        questions: n encoded questions.
        about: for each of them the number of the user whose vector fills its user slots.
        together: for each of them a number; neighbours with the same one share a sequence where there is room. Those
            about the same user, unless given.
        capacity: tokens of a sequence, unless one question alone has more.
    """
    keys = [_keys(question, user) for question, user in zip(questions, about, strict=True)]
    trees: list[_Tree] = []
    columns: list[tuple[int, IntArray]] = [(0, np.empty(0, dtype=np.int64))] * len(keys)
    groups = [
        [n for n, _ in group] for _, group in groupby(enumerate(together or about), key=lambda pair: pair[1])
    ]
    for group in sorted(groups, key=lambda group: -sum(len(keys[n]) for n in group)):
        tree = _with_room(trees, [keys[n] for n in group], capacity)
        for number in group:
            if len(trees[tree].number) + trees[tree].growth(keys[number]) > capacity and trees[tree].number:
                tree = _with_room(trees, [keys[number]], capacity)
            columns[number] = (tree, trees[tree].add(keys[number]))
    shape = len(trees), max(len(tree.number) for tree in trees)
    token_ids, positions = np.zeros(shape, dtype=np.int64), np.zeros(shape, dtype=np.int64)
    visible = np.zeros((*shape, shape[1]), dtype=np.bool_)
    visible[:, np.arange(shape[1]), np.arange(shape[1])] = True
    for question, (row, path) in zip(questions, columns, strict=True):
        token_ids[row, path], positions[row, path] = question.token_ids, np.arange(len(path))
        visible[row, path[:, None], path] |= np.tril(np.ones((len(path), len(path)), dtype=np.bool_))
    return Packed(token_ids, positions, visible, tuple(columns))


def _with_room(trees: list[_Tree], together: Sequence[Sequence[Key]], capacity: int) -> int:
    """Return the first tree in which questions find room, a new one where there is none."""
    alone = _Tree()
    for keys in together:
        alone.add(keys)
    for number, tree in enumerate(trees):
        # What the first question shares with a tree, all of them share with it.
        shared = len(together[0]) - tree.growth(together[0])
        if len(tree.number) + len(alone.number) - shared <= capacity:
            return number
    trees.append(_Tree())
    return len(trees) - 1


def _keys(question: Encoded, user: int) -> list[Key]:
    """Return what tells a question's tokens apart: a slot by the vector that fills it."""
    keys: list[Key] = [(token, None) for token in question.token_ids]
    for place in question.user_slots:
        keys[place] = (_ROOT, ("user", user))
    for place, item in question.item_slots:
        keys[place] = (_ROOT, ("item", item))
    return keys
