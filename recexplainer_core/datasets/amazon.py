"""Amazon reviews as McAuley's lab distributes them, those of 2014 and 2018 and those of 2023."""

from __future__ import annotations

from pathlib import Path

from recexplainer_core.catalogue import PRODUCTS
from recexplainer_core.datasets.readers import Dataset, Reader
from recexplainer_core.datasets.reviews import Dump, load_reviews

AMAZON = Dump(
    user=("reviewerID", "user_id"),
    item=("parent_asin", "asin"),
    time=("unixReviewTime", "timestamp"),
    rating=("overall", "rating"),
    item_id=("parent_asin", "asin"),
    title=("title",),
    attributes={
        "brand": ("brand", "store"),
        "category": ("categories", "category"),
        "main category": ("main_category", "main_cat"),
    },
    wording=PRODUCTS,
    source="Amazon review data, collected by the McAuley Lab, UC San Diego",
    licence="not stated by the publisher; for research, with the papers cited that the publisher names",
    remedy="amazon:DIR needs two files of one JSON record a line, packed (.gz) or not: the reviews (reviewerID or "
    "user_id, asin or parent_asin, overall or rating, unixReviewTime or timestamp) and the metadata (asin or "
    "parent_asin, title), both of one category.",
)

READER = Reader(("amazon:DIR",), lambda folder, _: load_amazon(Path(folder).expanduser()))


def load_amazon(folder: Path) -> Dataset:
    """Read a folder with reviews and metadata of one category.

    Raises:
        DataError: files are missing or faulty, with the line, or nothing is left.
    """
    return load_reviews(folder, AMAZON)
