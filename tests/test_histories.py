"""Histories keep every user's items in order, on disk as in memory."""

import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from recexplainer_core.errors import DataError, UnknownNameError
from recexplainer_core.histories import Histories


@pytest.fixture
def histories() -> Histories:
    return Histories(
        ["u1", "u4"],
        np.array([0, 3, 5]),
        np.array([4, 0, 2, 2, 1]),
        times=np.array([10, 20, 30, 5, 6]),
        causes=np.array([0, -1, 1, 1, 1]),
        cause_names=["theme: heist", "decade: 1970s"],
    )


def test_a_user_is_found_by_id_with_items_in_order(histories: Histories) -> None:
    assert list(histories[histories.find("u4")]) == [2, 1]
    assert list(histories.lengths) == [3, 2]
    assert histories.causes_of(0) == ["theme: heist", None, "decade: 1970s"]


def test_an_unknown_user_is_told_what_ids_look_like(histories: Histories) -> None:
    with pytest.raises(UnknownNameError, match=r"'carl' among the 2 .* look like 'u1'"):
        histories.find("carl")
    with pytest.raises(UnknownNameError, match="among the 0"):
        Histories.from_lists([]).find("carl")


def test_popularity_counts_every_occurrence(histories: Histories) -> None:
    assert list(histories.popularity(6, np.arange(len(histories)))) == [1, 1, 2, 0, 1, 0]
    assert list(histories.popularity(6, np.arange(0))) == [0] * 6


def test_saved_and_loaded_it_is_the_same_and_mapped(histories: Histories, tmp_path: Path) -> None:
    histories.save(tmp_path / "histories")
    loaded = Histories.load(tmp_path / "histories")
    assert isinstance(loaded.items, np.memmap)
    assert list(loaded.user_ids) == ["u1", "u4"]
    assert loaded.times is not None and list(loaded.times) == [10, 20, 30, 5, 6]
    assert [loaded.causes_of(u) for u in range(2)] == [histories.causes_of(u) for u in range(2)]


def test_what_was_not_recorded_stays_unrecorded(tmp_path: Path) -> None:
    Histories.from_lists([[1, 2], []]).save(tmp_path)
    loaded = Histories.load(tmp_path)
    assert loaded.times is None and loaded.causes is None and loaded.causes_of(0) is None


@given(st.lists(st.lists(st.integers(0, 1000), max_size=6), max_size=8))
def test_packing_lists_loses_nothing(lists: list[list[int]]) -> None:
    packed = Histories.from_lists(lists)
    assert [list(packed[u]) for u in range(len(packed))] == lists


@pytest.mark.parametrize(
    ("offsets", "items", "fault"),
    [
        ([0, 2], [1, 2], "offsets has 2 entries, expected 3"),
        ([], [], "offsets has 0 entries, expected 3"),
        ([0, 1, 2], [1], "items has 1 entries, expected 2"),
        ([0, 3, 2], [1, 2], "do not rise"),
        ([1, 1, 2], [1, 2], "do not rise from 0"),
    ],
)
def test_arrays_that_do_not_fit_together_are_refused(
    offsets: list[int], items: list[int], fault: str
) -> None:
    with pytest.raises(DataError, match=fault):
        Histories(["a", "b"], np.array(offsets), np.array(items))


def test_two_users_of_one_id_are_refused() -> None:
    with pytest.raises(DataError, match="two users have the same id"):
        Histories.from_lists([[1], [2]], ["u1", "u1"])


@pytest.mark.parametrize("file", ["items.npy", "offsets.npy", "names.json", "causes.npy"])
@pytest.mark.parametrize("keep", [0, 20])
def test_a_truncated_file_is_refused(histories: Histories, file: str, keep: int, tmp_path: Path) -> None:
    histories.save(tmp_path)
    (tmp_path / file).write_bytes((tmp_path / file).read_bytes()[:keep])
    with pytest.raises(DataError, match="Build the bundle again"):
        Histories.load(tmp_path)


@pytest.mark.parametrize("names", [[], {}, {"user_ids": None, "cause_names": []}])
def test_names_of_another_shape_are_refused(histories: Histories, names: object, tmp_path: Path) -> None:
    histories.save(tmp_path)
    (tmp_path / "names.json").write_text(json.dumps(names))
    with pytest.raises(DataError):
        Histories.load(tmp_path)


def test_a_pickle_is_not_opened(histories: Histories, tmp_path: Path) -> None:
    histories.save(tmp_path)
    np.save(tmp_path / "items.npy", np.array([print, 1], dtype=object), allow_pickle=True)
    with pytest.raises(DataError):
        Histories.load(tmp_path)
