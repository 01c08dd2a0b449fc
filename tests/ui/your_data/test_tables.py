from pathlib import Path

import pandas as pd

from recexplainer_core.datasets import load_dataset
from recexplainer_core.ui.your_data.tables import CHOICES, ITEMS, guessed, named, store, table_in


def test_columns_are_guessed_by_their_names_and_each_is_used_once():
    frame = pd.DataFrame(columns=["reviewerID", "asin", "overall", "unixReviewTime", "text"])
    assert guessed(frame, CHOICES) == {
        "user": "reviewerID", "item": "asin", "time": "unixReviewTime", "rating": "overall",
    }  # fmt: skip
    assert guessed(pd.DataFrame(columns=["who", "what"]), CHOICES)["user"] is None


def test_what_is_chosen_is_what_the_reader_of_tables_reads(tmp_path: Path):
    rows = [(u, i) for u in range(8) for i in range(5)]
    choices = pd.DataFrame({"who": [f"u{u}" for u, _ in rows], "what": [f"i{i}" for _, i in rows]})
    items = pd.DataFrame(
        {"code": [f"i{i}" for i in range(5)], "label": list("ABCDE"), "kind": ["x"] * 5, "junk": 1}
    )
    first, second = tmp_path / "choices.csv", tmp_path / "items.csv"
    named(choices, {"user": "who", "item": "what", "time": None, "rating": None}).to_csv(first, index=False)
    named(items, dict(zip(ITEMS, ("code", "label"), strict=True)), ["kind"]).to_csv(second, index=False)
    catalogue, histories, _ = load_dataset(f"table:{first},{second}")
    assert list(catalogue.titles) == list("ABCDE") and list(catalogue.attributes) == ["kind"]
    assert len(histories) == 8


def test_an_upload_stays_in_its_folder(tmp_path: Path):
    path = store("../../odd name?.csv", b"user_id,item_id\na,1\n", tmp_path / "up")
    assert path.parent == tmp_path / "up" and path.name == "odd_name_.csv"
    assert list(table_in(path).columns) == ["user_id", "item_id"]
