from __future__ import annotations

from collections import Counter

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from recexplainer_core.histories import Histories
from recexplainer_core.recommenders.windows import Windows

lengths = st.lists(st.integers(0, 40), min_size=1, max_size=8).filter(any)


def pairs(histories: Histories, max_history: int, size: int) -> list[tuple[tuple[int, ...], int]]:
    """List every (items before, target) the batches hold."""
    found = []
    for batch in Windows.cut(histories, max_history).batches(size, np.random.default_rng(0)):
        positions = batch.items.shape[1] + 1
        for position, target in zip(batch.positions.tolist(), batch.targets.tolist(), strict=True):
            window, before = divmod(position, positions)
            found.append((tuple(batch.items[window, :before].tolist()), target))
    return found


def numbered(user_lengths: list[int]) -> Histories:
    """No item occurs twice, so that an item identifies its user and its position."""
    ends = np.cumsum([0, *user_lengths])
    return Histories.from_lists([list(range(a, b)) for a, b in zip(ends, ends[1:], strict=False)])


@given(lengths, st.integers(1, 12), st.integers(1, 5))
def test_every_training_item_is_a_target_once_behind_its_own_past(
    user_lengths: list[int], max_history: int, size: int
) -> None:
    histories = numbered(user_lengths)
    found = dict((target, before) for before, target in pairs(histories, max_history, size))
    counts = Counter(target for _, target in pairs(histories, max_history, size))
    for user, length in enumerate(user_lengths):
        start = int(histories.offsets[user])
        learned = length - 2 if length >= 3 else length
        for position in range(length):
            target = start + position
            if position >= learned:
                assert target not in found, "a held-out item is a training target"
                continue
            assert counts[target] == 1
            before = found[target]
            assert before == tuple(range(target - len(before), target))
            assert min(position, (max_history + 1) // 2) <= len(before) <= max_history
        if learned > 0:
            assert len(found[start + learned - 1]) == min(learned - 1, max_history)


@given(lengths, st.integers(1, 12))
def test_held_out_items_are_no_inputs(user_lengths: list[int], max_history: int) -> None:
    histories = numbered(user_lengths)
    held_out = {
        int(item)
        for user in range(len(histories))
        for item in histories[user][-2:]
        if len(histories[user]) >= 3
    }
    for batch in Windows.cut(histories, max_history).batches(3, np.random.default_rng(0)):
        assert held_out.isdisjoint(batch.items.flatten().tolist())


def test_batches_follow_the_seed() -> None:
    windows = Windows.cut(numbered([9] * 40), 4)

    def targets(seed: int) -> list[list[int]]:
        return [b.targets.tolist() for b in windows.batches(8, np.random.default_rng(seed))]

    assert targets(1) == targets(1) != targets(2)
