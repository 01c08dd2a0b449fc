"""The folder that the original's preprocessing leaves is read with its own numbering."""

import json
from pathlib import Path

import pytest

from recexplainer_core.datasets import load_dataset
from recexplainer_core.errors import DataError

ITEMS = {"B7": "1", "B3": "2", "B5": "3"}
USERS = {"ann": "2", "bob": "1"}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    maps = {"user2id": USERS, "item2id": ITEMS}
    maps |= {"id2user": {n: u for u, n in USERS.items()}, "id2item": {n: i for i, n in ITEMS.items()}}
    (tmp_path / "datamaps.json").write_text(json.dumps(maps))
    records = [
        {"asin": "B7", "title": "Kite", "brand": "Zeta", "category": ["Toys", "Outdoor"]},
        {"asin": "B3", "title": "Spinning Top, The", "description": ["words " * 100]},
        {"asin": "B5", "title": "Kite", "brand": "Acme"},
    ]
    (tmp_path / "metadata.json").write_text("".join(json.dumps(one) + "\n" for one in records))
    (tmp_path / "sequential_data.txt").write_text("2 1 3\n1 2 1 3\n")
    return tmp_path


def test_numbers_are_those_of_the_original(folder: Path) -> None:
    catalogue, histories, provenance = load_dataset(f"recexplainer:{folder}")
    assert list(catalogue.item_ids) == ["B7", "B3", "B5"]
    assert list(catalogue.titles) == ["Kite (Zeta)", "The Spinning Top", "Kite (Acme)"]
    assert catalogue.attributes["category"] == [("Toys", "Outdoor"), (), ()]
    assert list(histories.user_ids) == ["ann", "bob"]
    assert [list(histories[user]) for user in (0, 1)] == [[0, 2], [1, 0, 2]]
    assert catalogue.wording.item == "product" and provenance.notes == ()


@pytest.mark.parametrize(
    ("file", "content", "says"),
    [
        ("datamaps.json", "{}", "has no map 'item2id'"),
        ("datamaps.json", '{"item2id": {"B7": "2"}, "user2id": {"a": "1"}}', "none of the number 1"),
        ("metadata.json", '{"asin": "X", "title": "Kite"}\n', "line 1: item 'X' is not in datamaps.json"),
        ("metadata.json", '{"asin": "B7"}\n', "no item has a title"),
        ("sequential_data.txt", "1 2\n2 9\n", "line 2: item 9 is not in datamaps.json"),
        ("sequential_data.txt", "7 2\n", "line 1: user 7 is not in datamaps.json"),
        ("sequential_data.txt", "1 two\n", "line 1: should hold whole numbers: '1 two'"),
        ("sequential_data.txt", "1 2\n1 3\n", "line 2: user 1 has a line already"),
        ("sequential_data.txt", "", "the file is empty"),
    ],
)
def test_what_is_wrong_is_said(folder: Path, file: str, content: str, says: str) -> None:
    (folder / file).write_text(content)
    with pytest.raises(DataError) as fault:
        load_dataset(f"recexplainer:{folder}")
    assert says in str(fault.value) and file in str(fault.value)


@pytest.mark.parametrize("file", ["datamaps.json", "metadata.json", "sequential_data.txt"])
def test_a_missing_file_is_named(folder: Path, file: str) -> None:
    (folder / file).unlink()
    with pytest.raises(DataError, match=file):
        load_dataset(f"recexplainer:{folder}")
