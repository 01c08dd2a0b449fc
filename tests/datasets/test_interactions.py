"""Tables as people have them: every form, column names as they come, and what is wrong is said with its line."""

import gzip
import json

import pandas as pd
import pytest

from recexplainer_core.datasets.readers import ReadOptions, data_parameters, load_dataset
from recexplainer_core.errors import DataError

ITEMS = (
    "item_id,title,genres,year\n007,Alien,horror|science fiction,1979\n8,Heat,crime,1995\n9,Ran,drama,1985\n"
)


def written(tmp_path, text, name="choices.csv", items=ITEMS):
    (tmp_path / name).write_text(text, encoding="utf-8")
    (tmp_path / "items.csv").write_text(items, encoding="utf-8")
    return f"table:{tmp_path / name},{tmp_path / 'items.csv'}"


def read(spec):
    catalogue, histories, provenance = load_dataset(spec)
    by_user = {
        user: [catalogue.titles[int(item)] for item in histories[number]]
        for number, user in enumerate(histories.user_ids)
    }
    return catalogue, by_user, provenance


@pytest.mark.parametrize(
    "header",
    ["user_id,item_id,timestamp", "userId,movieId,time", "user_id:token,item_id:token,timestamp:float"],
)
def test_columns_are_found_by_their_names_and_rows_put_in_order(tmp_path, header):
    catalogue, by_user, _ = read(written(tmp_path, f"{header}\nb,8,2\na,9,30\na,007,4\n"))
    assert by_user == {"b": ["Heat"], "a": ["Alien", "Ran"]}
    assert list(catalogue.item_ids) == ["007", "8", "9"], "leading zeros are part of an id"
    assert catalogue.values(0, "genres") == ("horror", "science fiction")


@pytest.mark.parametrize("separator", ["\t", ";", "|"])
def test_other_separators_are_seen(tmp_path, separator):
    text = "user,item,date\na,8,2024-01-02\na,9,2023-01-02\n".replace(",", separator)
    assert read(written(tmp_path, text, "choices.txt"))[1] == {"a": ["Ran", "Heat"]}


def test_parquet_and_json_lines_are_read_too(tmp_path):
    frame = pd.DataFrame({"user": [1.0, 1.0], "item": ["9", "8"], "ts": [2, 1]})
    frame.to_parquet(tmp_path / "c.parquet")
    (tmp_path / "items.csv").write_text(ITEMS, encoding="utf-8")
    assert read(f"table:{tmp_path / 'c.parquet'},{tmp_path / 'items.csv'}")[1] == {"1": ["Heat", "Ran"]}
    lines = [json.dumps({"reviewerID": "x", "asin": "8", "unixReviewTime": 5, "overall": 5.0})]
    with gzip.open(tmp_path / "r.jsonl.gz", "wt", encoding="utf-8") as file:
        file.write("\n".join(lines))
    assert read(f"table:{tmp_path / 'r.jsonl.gz'},{tmp_path / 'items.csv'}")[1] == {"x": ["Heat"]}


def test_low_ratings_and_repetitions_are_left_out_and_said(tmp_path):
    text = "user,item,rating,time\na,8,5,1\na,8,5,2\na,9,1,3\na,007,4,4\n"
    _, by_user, provenance = read(written(tmp_path, text))
    assert by_user == {"a": ["Heat", "Alien"]}
    assert "1 with a rating below 4 left out" in provenance.description
    assert "1 repeated choices counted once" in provenance.description


def test_titles_may_stand_in_the_one_table(tmp_path):
    (tmp_path / "one.csv").write_text("user,item,title\na,8,Heat\nb,8,Heat\nb,9,Ran\n", encoding="utf-8")
    assert read(f"table:{tmp_path / 'one.csv'}")[1] == {"a": ["Heat"], "b": ["Heat", "Ran"]}


def test_long_texts_are_no_attributes_and_that_is_said(tmp_path):
    items = f"item_id,title,description\n8,Heat,{'long ' * 40}\n"
    catalogue, _, provenance = read(written(tmp_path, "user,item\na,8\n", items=items))
    assert not catalogue.attributes and "long texts left out: description" in provenance.description


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("who,item\na,8\n", "no column is known to hold the user; there are who, item"),
        ("user,item,time\na,8,1\nb,,2\n", "line 3: the item is empty"),
        ("user,item,time\na,8,yesterday\n", "line 2: 'yesterday' in time is no time"),
        ("user,item,rating\na,8,good\n", "line 2: 'good' in rating is no number"),
        ("user,item\na,77\nb,78\n", "2 of 2 choices are of items without a row, '77' among them"),
    ],
)
def test_what_is_wrong_is_said_with_its_line(tmp_path, text, says):
    with pytest.raises(DataError) as fault:
        load_dataset(written(tmp_path, text))
    assert says in str(fault.value)


def test_missing_files_and_titles_are_named(tmp_path):
    (tmp_path / "one.csv").write_text("user,item\na,8\n", encoding="utf-8")
    for spec, says in (
        (f"table:{tmp_path / 'none.csv'}", "there is no such file"),
        (f"table:{tmp_path / 'one.csv'}", "holds no titles"),
        ("table:a,b,c", "names 3 files"),
    ):
        with pytest.raises(DataError, match=says):
            load_dataset(spec)


def test_another_content_is_another_data_set(tmp_path):
    spec = written(tmp_path, "user,item\na,8\n")
    before = data_parameters(spec, ReadOptions())
    written(tmp_path, "user,item\na,9\n")
    assert data_parameters(spec, ReadOptions()) != before
