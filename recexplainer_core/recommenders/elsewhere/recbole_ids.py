"""Which user and item is behind each row of a RecBole model: read from the interactions it was trained on.

A checkpoint does not say. RecBole loads `NAME.inter`, filters it as its configuration says, and numbers users and items
from 1 in the order in which they first occur; 0 is padding (`recbole/data/dataset/dataset.py`, `_data_filtering` and
`_remap_ID_all`). The same is done here.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from recexplainer_core.errors import ModelError

_UNREAD = {
    "benchmark_filename": "it was trained on a data set that is split into several files",
    "alias_of_user_id": "its users share their numbers with another field",
    "alias_of_item_id": "its items share their numbers with another field",
}


def interactions_beside(checkpoint: Path, settings: Mapping[str, Any]) -> Path:
    """Return the `.inter` file in the folder of a checkpoint: that of the data set's name, or the only one.

    Raises:
        ModelError: there is none, or several of other names.
    """
    name = f"{settings.get('dataset')}.inter"
    found = sorted(checkpoint.parent.glob("*.inter"))
    named = [path for path in found if path.name == name]
    if named or len(found) == 1:
        return (named or found)[0]
    raise ModelError(
        f"{checkpoint}: no {name} lies beside it ({len(found)} files of other names do). A checkpoint of RecBole does "
        f"not say which item is which: copy the {name} that the model was trained on into {checkpoint.parent}."
    )


def recbole_ids(inter: Path, settings: Mapping[str, Any]) -> tuple[list[str], list[str]]:
    """Return the ids of users and of items, each in the order of the model's rows from 1 on.

    Args:
        inter: interactions, an atomic file of RecBole.
        settings: the configuration in the checkpoint.

    Raises:
        ModelError: the file cannot be read, lacks a column, or the configuration asks for what is not read here.
    """
    for name, reason in _UNREAD.items():
        if settings.get(name):
            raise ModelError(
                f"{inter}: {reason} ({name}), which is not read. Export its vectors: vectors:FILE."
            )
    user, item = str(settings.get("USER_ID_FIELD", "user_id")), str(settings.get("ITEM_ID_FIELD", "item_id"))
    frame = _read(inter, settings, (user, item))
    frame = frame[frame[user].notna() & frame[item].notna()]
    if (keep := settings.get("rm_dup_inter")) is not None:
        time = str(settings.get("TIME_FIELD"))
        frame = frame.sort_values(time) if time in frame else frame
        frame = frame.drop_duplicates([user, item], keep=keep)
    for field, interval in (settings.get("val_interval") or {}).items():
        if field not in frame:
            raise ModelError(f"{inter}: has no column {field}, by which the model's data were filtered.")
        inside = (
            _within(frame[field], interval) if frame[field].dtype.kind == "f" else frame[field].isin(interval)
        )
        frame = frame[inside]
    for field, suffix in ((user, "user"), (item, "item")):
        loaded = settings.get("load_col") is None or suffix in (settings.get("load_col") or {})
        described = inter.with_suffix(f".{suffix}")
        if loaded and described.is_file() and settings.get("filter_inter_by_user_or_item"):
            frame = frame[frame[field].isin(_read(described, settings, (field,))[field])]
    frame = _often_enough(frame, user, item, settings)
    return pd.unique(frame[user]).tolist(), pd.unique(frame[item]).tolist()


def _read(path: Path, settings: Mapping[str, Any], needed: tuple[str, ...]) -> pd.DataFrame:
    remedy = "Give the atomic file that the model was trained on."
    separator, encoding = settings.get("field_separator") or "\t", settings.get("encoding") or "utf-8"
    try:
        head = pd.read_csv(path, sep=separator, nrows=0, encoding=encoding, engine="python").columns
        types = {name: "float64" if str(name).endswith(":float") else "object" for name in head}
        frame = pd.read_csv(path, sep=separator, dtype=types, encoding=encoding, engine="python")
    except (OSError, ValueError, LookupError) as fault:
        raise ModelError(f"{path}: cannot be read ({fault}). {remedy}") from fault
    frame.columns = pd.Index([str(name).partition(":")[0] for name in frame.columns])
    for name in needed:
        if name not in frame:
            raise ModelError(f"{path}: has no column {name}, only {', '.join(frame.columns)}. {remedy}")
    return frame


def _often_enough(frame: pd.DataFrame, user: str, item: str, settings: Mapping[str, Any]) -> pd.DataFrame:
    intervals = {user: settings.get("user_inter_num_interval"), item: settings.get("item_inter_num_interval")}
    while True:
        # Both are judged on the same rows, as RecBole does, and then again until nothing falls out.
        inside = pd.Series(True, index=frame.index)
        for field, interval in intervals.items():
            if interval is not None:
                inside &= _within(frame[field].map(frame[field].value_counts()).astype(float), interval)
        if inside.all():
            return frame
        frame = frame[inside]


def _within(values: pd.Series[Any], intervals: str) -> pd.Series[Any]:
    inside = pd.Series(False, index=values.index)
    for part in str(intervals).split(";"):
        text = part.strip()
        low, high = (float(end) for end in text[1:-1].split(","))
        above = values >= low if text[0] == "[" else values > low
        below = values <= high if text[-1] == "]" else values < high
        inside |= above & below
    return inside
