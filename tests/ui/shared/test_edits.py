from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as some

from recexplainer_core.catalogue import Catalogue
from recexplainer_core.histories import Histories
from recexplainer_core.ui.shared.edits import described, difference, read_edit, spelled
from recexplainer_core.ui.what_if.draft import put_back, shifted, taken_out
from tests.fakes.bundle import FakeBundle, write_fake_bundle


@pytest.fixture(scope="module")
def bundle(tmp_path_factory: pytest.TempPathFactory) -> FakeBundle:
    root: Path = tmp_path_factory.mktemp("edits") / "fake"
    bundle = write_fake_bundle(root)
    ids = ["a~b", "100%", "%7E", "~", "c,d", *bundle.catalogue.item_ids[5:]]
    bundle.catalogue = Catalogue(ids, bundle.catalogue.titles, bundle.catalogue.attributes)
    bundle.histories = Histories.from_lists([[1, 2, 3, 2], list(range(5, 30))], ["repeats", "long"])
    return bundle


@given(items=some.lists(some.integers(0, 39), max_size=20, unique=True))
def test_what_is_spelled_is_read_back(bundle: FakeBundle, items: list[int]) -> None:
    edit = read_edit(spelled(items, bundle.catalogue), bundle, 1)
    original = bundle.history(1).recent
    assert (original if edit.items is None else edit.items) == tuple(items) and not edit.notices


@given(text=some.text(max_size=60))
def test_any_text_is_an_edit_or_none(bundle: FakeBundle, text: str) -> None:
    edit = read_edit(text, bundle, 1)
    assert edit.items is None or all(0 <= item < 40 for item in edit.items)


def test_what_the_history_repeats_an_edit_may_repeat_as_often(bundle: FakeBundle) -> None:
    assert read_edit(spelled([2, 2, 1], bundle.catalogue), bundle, 0).items == (2, 2, 1)
    edit = read_edit(spelled([2, 2, 2, 1, 1], bundle.catalogue), bundle, 0)
    assert edit.items == (2, 2, 1) and "repeats" in edit.notices[0]


def test_only_what_could_count_is_kept(bundle: FakeBundle) -> None:
    edit = read_edit(spelled(range(40), bundle.catalogue), bundle, 1)
    assert edit.items == tuple(range(20, 40)) and "40" in edit.notices[0]


def test_an_empty_edit_is_a_history_of_nothing(bundle: FakeBundle) -> None:
    assert read_edit("", bundle, 1).items == ()


def test_the_history_itself_is_no_edit(bundle: FakeBundle) -> None:
    assert read_edit(spelled(bundle.history(1).recent, bundle.catalogue), bundle, 1).items is None


def test_a_difference_counts_repeats_and_sees_order() -> None:
    assert described(difference((1, 2, 3, 2), (2, 1, 4))) == "2 taken out, 1 added, reordered"
    assert difference((1, 2, 3, 2), (1, 2, 3)).removed == (2,)
    assert not difference((1, 2), (1, 2))
    assert not difference((1, 2, 3), (1, 3, 9)).reordered


def test_several_items_move_together_and_stop_at_the_edge() -> None:
    assert shifted((1, 2, 3, 4), [2, 3], -1) == ((1, 3, 4, 2), [1, 2])
    assert shifted((1, 2, 3, 4), [0, 1], -1) == ((1, 2, 3, 4), [0, 1])
    assert shifted((1, 2, 3, 4), [0, 3], 1) == ((2, 1, 3, 4), [1, 3])


@given(items=some.lists(some.integers(0, 9), min_size=1, unique=True), data=some.data())
def test_what_is_taken_out_goes_back_where_it_was(items: list[int], data: some.DataObject) -> None:
    place = data.draw(some.integers(0, len(items) - 1))
    left = taken_out(tuple(items), [place])
    assert put_back(left, items, items[place]) == tuple(items)
