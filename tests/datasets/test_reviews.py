"""Dumps of reviews and items: both generations of Amazon's, Steam's with Python literals, packed or not."""

import gzip
import json
from pathlib import Path
from typing import Any

import pytest

from recexplainer_core.datasets import load_dataset, reviews
from recexplainer_core.errors import DataError


def lines(records: list[dict[str, Any]], literal: bool = False) -> bytes:
    return "".join((repr(one) if literal else json.dumps(one)) + "\n" for one in records).encode()


def watched(spec: str) -> dict[str, list[str]]:
    catalogue, histories, _ = load_dataset(spec)
    return {
        user: [catalogue.titles[item] for item in histories[number]]
        for number, user in enumerate(histories.user_ids)
    }


REVIEWS_2018 = [
    {"reviewerID": "A1", "asin": "B2", "overall": 5.0, "unixReviewTime": 20, "reviewText": "fine"},
    {"reviewerID": "A1", "asin": "B1", "overall": 4.0, "unixReviewTime": 10},
    {"reviewerID": "A1", "asin": "B2", "overall": 5.0, "unixReviewTime": 20},
    {"reviewerID": "A2", "asin": "B1", "overall": 1.0, "unixReviewTime": 10},
    {"reviewerID": "A2", "asin": "B3", "overall": 5.0, "unixReviewTime": 10},
    {"reviewerID": "A2", "asin": "B2", "overall": 5.0, "unixReviewTime": 30},
]
META_2018 = [
    {
        "asin": "B1",
        "title": "Soap &amp; Sponge",
        "brand": "Acme",
        "category": ["Beauty", "Bath"],
        "price": "$1",
    },
    {"asin": "B2", "title": "Brush", "brand": "", "category": ["Beauty"], "description": ["long " * 90]},
    {"asin": "B3", "brand": "Acme"},
    {"asin": "B9", "title": "Never reviewed"},
]


@pytest.mark.parametrize("packed", [True, False])
def test_amazon_2018(tmp_path: Path, packed: bool) -> None:
    for name, records in (("Beauty.json", REVIEWS_2018), ("meta_Beauty.json", META_2018)):
        content = lines(records)
        (tmp_path / (name + ".gz" * packed)).write_bytes(gzip.compress(content) if packed else content)
    catalogue, _, provenance = load_dataset(f"amazon:{tmp_path}")
    assert watched(f"amazon:{tmp_path}") == {"A1": ["Soap & Sponge", "Brush"], "A2": ["Brush"]}
    assert catalogue.wording.item == "product"
    assert catalogue.attributes["brand"] == [("Acme",), ()]
    assert catalogue.attributes["category"] == [("Beauty", "Bath"), ("Beauty",)]
    assert provenance.notes == (
        "1 with a rating below 4 left out",
        "1 reviews of items without a title left out",
        "1 repeated choices counted once",
    )


def test_amazon_2023_reviews_have_titles_of_their_own(tmp_path: Path) -> None:
    review = {
        "asin": "C9",
        "parent_asin": "C1",
        "user_id": "U",
        "rating": 5.0,
        "title": "Great!",
        "text": "t",
    }
    given = [
        {**review, "timestamp": 1588687728923},
        {**review, "parent_asin": "C2", "timestamp": 1488687728923},
    ]
    meta = {"main_category": "Toys", "store": "Zeta", "categories": ["Toys", "Games"], "details": {"a": "b"}}
    items = [{**meta, "parent_asin": "C1", "title": "Kite"}, {**meta, "parent_asin": "C2", "title": "Top"}]
    (tmp_path / "Toys.jsonl").write_bytes(lines(given))
    (tmp_path / "meta_Toys.jsonl").write_bytes(lines(items))
    assert watched(f"amazon:{tmp_path}") == {"U": ["Top", "Kite"]}
    catalogue = load_dataset(f"amazon:{tmp_path}")[0]
    assert catalogue.attributes["brand"] == [("Zeta",)] * 2
    assert catalogue.attributes["category"] == [("Toys", "Games")] * 2


def test_steam_with_lines_of_python(tmp_path: Path) -> None:
    given = [
        {"username": "ann", "product_id": "20", "date": "2017-12-17", "hours": 3.1},
        {"username": "ann", "product_id": "10", "date": "2016-02-01"},
        {"username": "ann", "product_id": "30", "date": "2018-02-01"},
        {"product_id": "30", "date": "2018-02-01"},
    ]
    games = [
        {"id": "10", "app_name": "Maze", "genres": ["Indie", "Casual"], "developer": "Nook", "price": 1.9},
        {"id": "20", "app_name": "Moat", "genres": ["Strategy"], "early_access": False},
        {"app_name": "No id"},
    ]
    (tmp_path / "steam_reviews.json.gz").write_bytes(gzip.compress(lines(given, literal=True)))
    (tmp_path / "steam_games.json.gz").write_bytes(gzip.compress(lines(games, literal=True)))
    assert watched(f"steam:{tmp_path}") == {"ann": ["Maze", "Moat"]}
    catalogue, _, provenance = load_dataset(f"steam:{tmp_path}")
    assert catalogue.wording.item == "game" and catalogue.attributes["genres"][0] == ("Indie", "Casual")
    assert "1 incomplete reviews left out" in provenance.description


def test_a_large_dump_is_cut_to_its_core(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reviews, "LARGE", 10)
    often = [(f"u{user}", f"p{item}") for user in range(5) for item in range(5)]
    given = [
        {"username": user, "product_id": item, "date": "2016-02-01"}
        for user, item in [*often, ("rare", "p1"), ("u1", "rare")]
    ]
    games = [{"id": name, "app_name": f"Game {name}"} for name in ("p0", "p1", "p2", "p3", "p4", "rare")]
    (tmp_path / "reviews.json").write_bytes(lines(given))
    (tmp_path / "games.json").write_bytes(lines(games))
    catalogue, histories, provenance = load_dataset(f"steam:{tmp_path}")
    assert (len(catalogue), len(histories), len(histories.items)) == (5, 5, 25)
    assert "2 choices left out of users and items with fewer than 5" in provenance.notes


@pytest.mark.parametrize(
    ("given", "meta", "says"),
    [
        (lines(REVIEWS_2018), None, "no file of items is there"),
        (None, lines(META_2018), "no file of reviews is there"),
        (b"{oops\n", lines(META_2018), "line 1: is no record: '{oops'"),
        (lines(REVIEWS_2018) + b"__import__('os')\n", lines(META_2018), "line 7: is no record"),
        (lines(REVIEWS_2018), lines([{"asin": "Z", "title": "Other"}]), "nothing is left of"),
        (
            lines([{**REVIEWS_2018[0], "overall": "good"}]),
            lines(META_2018),
            "line 1: 'good' in overall is no number",
        ),
        (b"\x1f\x8b\x08broken", lines(META_2018), "reviews.json"),
    ],
)
def test_what_is_wrong_is_said(tmp_path: Path, given: bytes | None, meta: bytes | None, says: str) -> None:
    for name, content in (("reviews.json", given), ("meta.json", meta)):
        if content is not None:
            (tmp_path / name).write_bytes(content)
    with pytest.raises(DataError) as fault:
        load_dataset(f"amazon:{tmp_path}")
    assert says in str(fault.value)
