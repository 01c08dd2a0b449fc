"""The public dumps of Steam: reviews and games, one record a line, JSON or a Python literal."""

from __future__ import annotations

from pathlib import Path

from recexplainer_core.catalogue import Wording
from recexplainer_core.datasets.readers import Dataset, Reader
from recexplainer_core.datasets.reviews import Dump, load_reviews

STEAM = Dump(
    user=("username", "user_id"),
    item=("product_id", "item_id"),
    time=("date", "posted"),
    rating=(),
    item_id=("id", "app_id", "appid"),
    title=("app_name", "title", "name"),
    attributes={
        "genres": ("genres",),
        "tags": ("tags",),
        "developer": ("developer",),
        "publisher": ("publisher",),
        "specs": ("specs",),
    },
    wording=Wording("game", "games", "player", "players", "played"),
    source="Steam reviews and games, collected by the McAuley Lab, UC San Diego",
    licence="not stated by the publisher; for research, with the papers cited that the publisher names",
    remedy="steam:DIR needs two files of one record a line, packed (.gz) or not: the reviews (username, product_id, "
    "date) and the games (id, app_name, genres, developer).",
)

READER = Reader(("steam:DIR",), lambda folder, _: load_steam(Path(folder).expanduser()))


def load_steam(folder: Path) -> Dataset:
    """Read a folder with reviews and games; a review counts as having played the game, good or bad.

    Raises:
        DataError: files are missing or faulty, with the line, or nothing is left.
    """
    return load_reviews(folder, STEAM)
