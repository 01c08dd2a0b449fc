"""Many questions in few sequences: what questions about one user begin with is read once, and nothing is padded much.

A sequence holds several stems, each with branches: the tokens that all questions about one user share, then what each
of them adds. A token sees its own stem and its own branch, and nothing else, so every question is read as it would be
alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

import numpy as np
import numpy.typing as npt

from recexplainer_core.lm.encoding import Encoded

CAPACITY = 256
"""Tokens of a sequence, unless one question alone has more; attention costs the square of it."""
_NOTHING, _STEM = -1, 0

IntArray = npt.NDArray[np.int64]


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


def pack(questions: Sequence[Encoded], about: Sequence[int]) -> Packed:
    """Lay out questions, answers included.

    Args:
        questions: n encoded questions.
        about: for each of them a number; neighbours with the same number are about the same user, whose vector fills
            their user slots.
    """
    together = [[n for n, _ in group] for _, group in groupby(enumerate(about), key=lambda pair: pair[1])]
    parts = [part for tree in together for part in _cut(questions, tree)]
    trees, stems = [tree for tree, _ in parts], [stem for _, stem in parts]
    sizes = [
        stem + sum(len(questions[n].token_ids) - stem for n in tree)
        for tree, stem in zip(trees, stems, strict=True)
    ]
    places = _fit(sizes, max(CAPACITY, *sizes))
    shape = (
        max(row for row, _ in places) + 1,
        max(start + size for (_, start), size in zip(places, sizes, strict=True)),
    )
    token_ids, positions = np.zeros(shape, dtype=np.int64), np.zeros(shape, dtype=np.int64)
    tree_of, branch_of = np.full(shape, _NOTHING), np.full(shape, _STEM)
    columns: list[tuple[int, IntArray]] = []
    for number, (tree, stem, (row, start)) in enumerate(zip(trees, stems, places, strict=True)):
        shared, free = np.arange(start, start + stem), start + stem
        for branch, question in enumerate(tree, 1):
            ids = questions[question].token_ids
            own = np.arange(free, free := free + len(ids) - stem)
            branch_of[row, own] = branch
            where = np.concatenate([shared, own])
            token_ids[row, where], positions[row, where], tree_of[row, where] = (
                ids,
                np.arange(len(ids)),
                number,
            )
            columns.append((row, where))
    visible = np.tril(tree_of[:, :, None] == tree_of[:, None])
    visible &= (branch_of[:, None] == _STEM) | (branch_of[:, :, None] == branch_of[:, None])
    return Packed(token_ids, positions, visible, tuple(columns))


def _cut(questions: Sequence[Encoded], tree: Sequence[int]) -> list[tuple[list[int], int]]:
    """Cut a tree into parts that fit into a sequence each; the stem, whose length is told, stands in all of them."""
    stem, used = _shared(questions, tree), 0
    parts: list[list[int]] = []
    for number in tree:
        own = len(questions[number].token_ids) - stem
        if not parts or used + own > CAPACITY:
            parts.append([])
            used = stem
        parts[-1].append(number)
        used += own
    return [(part, stem) for part in parts]


def _shared(questions: Sequence[Encoded], tree: Sequence[int]) -> int:
    """Return how many tokens and slots all questions of a tree begin with."""
    if len(tree) == 1:
        return len(questions[tree[0]].token_ids)
    keys = [_with_slots(questions[n]) for n in tree]
    same = 0
    for these in zip(*keys, strict=False):
        if any(one != these[0] for one in these[1:]):
            break
        same += 1
    return same


def _with_slots(question: Encoded) -> list[tuple[int, int | None]]:
    keys: list[tuple[int, int | None]] = [(token, None) for token in question.token_ids]
    for place in question.user_slots:
        keys[place] = (-1, None)
    for place, item in question.item_slots:
        keys[place] = (-1, item)
    return keys


def _fit(sizes: Sequence[int], capacity: int) -> list[tuple[int, int]]:
    """Return for each size a sequence and where in it to start: the largest first, each where there is room first."""
    filled: list[int] = []
    places = [(0, 0)] * len(sizes)
    for number in sorted(range(len(sizes)), key=lambda n: -sizes[n]):
        row = next((r for r, used in enumerate(filled) if used + sizes[number] <= capacity), len(filled))
        filled += [0] if row == len(filled) else []
        places[number] = (row, filled[row])
        filled[row] += sizes[number]
    return places
