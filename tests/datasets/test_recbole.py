"""RecBole's atomic files are read with their types, every row a choice, and titles with their article in front."""

from pathlib import Path

import pytest

from recexplainer_core.datasets import load_dataset
from recexplainer_core.errors import DataError

INTERACTIONS = "user_id:token\titem_id:token\trating:float\ttimestamp:float\n"
ITEMS = "item_id:token\tmovie_title:token_seq\trelease_year:token\tclass:token_seq\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "nights"
    folder.mkdir()
    rows = ["7\t12\t5\t30.5", "7\t011\t4\t20", "7\t13\t2\t10", "8\t13\t5\t1", "8\t13\t5\t2"]
    (folder / "nights.inter").write_text(INTERACTIONS + "\n".join(rows) + "\n")
    titles = [
        "011\tLong Night: Part II, The\t1950\tDrama War",
        '12\tAn "Odd" Day\t\tComedy',
        "13\tDawn\t1951\t",
    ]
    (folder / "nights.item").write_text(ITEMS + "\n".join(titles) + "\n")
    return folder


def test_atomic_files(folder: Path) -> None:
    catalogue, histories, provenance = load_dataset(f"recbole:{folder}")
    assert list(catalogue.titles) == ["The Long Night: Part II", 'An "Odd" Day', "Dawn"]
    assert list(catalogue.item_ids) == ["011", "12", "13"] and catalogue.wording.item == "film"
    assert catalogue.attributes["class"] == [("Drama", "War"), ("Comedy",), ()]
    assert catalogue.attributes["release_year"] == [("1950",), (), ("1951",)]
    assert [list(histories[histories.find(user)]) for user in ("7", "8")] == [[2, 0, 1], [2]]
    assert provenance.notes == ("1 repeated choices counted once",)
    assert "5 rows of nights.inter and 3 of nights.item" in provenance.description


def test_without_times_the_rows_are_in_order(folder: Path) -> None:
    (folder / "nights.inter").write_text("user_id:token\titem_id:token\n7\t13\n7\t12\n")
    assert list(load_dataset(f"recbole:{folder}")[1][0]) == [2, 1]


@pytest.mark.parametrize(
    ("file", "content", "says"),
    [
        (
            "nights.inter",
            INTERACTIONS + "7\t12\t5\t3\n7\t12\t5\tnoon\n8\t12\t5\t4\n",
            "line 3: 'noon' in timestamp",
        ),
        ("nights.inter", "user_id:token\trating:float\n7\t5\n", "no column is known to hold the item"),
        ("nights.inter", INTERACTIONS, "has a header but no rows"),
        ("nights.item", "item_id:token\tyear:token\n12\t1950\n", "no column is known to hold the title"),
        ("nights.item", ITEMS + "99\tDusk\t\t\n", "choices are of items without a row"),
    ],
)
def test_what_is_wrong_is_said(folder: Path, file: str, content: str, says: str) -> None:
    (folder / file).write_text(content)
    with pytest.raises(DataError) as fault:
        load_dataset(f"recbole:{folder}")
    assert says in str(fault.value) and file.split(".")[0] in str(fault.value)


def test_files_that_are_missing_or_too_many_are_named(folder: Path) -> None:
    (folder / "nights.item").unlink()
    with pytest.raises(DataError, match=r"nights\.item: the file is missing"):
        load_dataset(f"recbole:{folder}")
    (folder / "nights.inter").rename(folder / "days.inter")
    (folder / "more.inter").write_text(INTERACTIONS)
    with pytest.raises(DataError, match=r"2 \.inter files, days\.inter and more\.inter among them"):
        load_dataset(f"recbole:{folder}")
    for path in folder.iterdir():
        path.unlink()
    with pytest.raises(DataError, match=r"there is no \.inter file"):
        load_dataset(f"recbole:{folder}")
