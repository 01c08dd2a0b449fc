"""Every user's ordered items, as flat arrays that are mapped from disk instead of read."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
import numpy.typing as npt

from recexplainer_core.errors import DataError, UnknownNameError
from recexplainer_core.files.json_text import read_object
from recexplainer_core.files.tables import map_integers

IntArray = npt.NDArray[np.integer]
_REMEDY = "Build the bundle again."


@dataclass(frozen=True)
class History:
    """One user's history as the models take it: cut once, here, and handed on as it is.

    Args:
        items: all items, oldest first.
        recent: those that count, the last `max_history` of the target.
        seen: what is not to be recommended: the items, and what an edit has taken out.
    """

    items: tuple[int, ...]
    recent: tuple[int, ...]
    seen: frozenset[int]

    @classmethod
    def of(
        cls,
        items: Iterable[int],
        max_history: int | None = None,
        seen: Collection[int] | None = None,
    ) -> History:
        """Cut a history.

        Args:
            items: oldest first.
            max_history: how many of the last items count; all unless given.
            seen: what is not to be recommended; the items unless given.
        """
        whole = tuple(int(item) for item in items)
        recent = whole if max_history is None else whole[-max_history:]
        return cls(whole, recent, frozenset(whole if seen is None else seen))

    def without(self, removed: Collection[int]) -> History:
        """Take items out. They stay seen, and no older item moves up into the place of one that counted."""
        return History(
            tuple(item for item in self.items if item not in removed),
            tuple(item for item in self.recent if item not in removed),
            self.seen,
        )


@dataclass(frozen=True, eq=False)
class Histories:
    """Flat, memory-mapped histories; user u has `items[offsets[u]:offsets[u + 1]]`, oldest first.

    Args:
        user_ids: n user ids.
        offsets: [n + 1], rising from 0.
        items: [total], item indices.
        times: [total], seconds since 1970, or None where the data tell only the order.
        causes: [total], index into `cause_names` of the known reason behind each choice, -1 for a random one;
            None unless the data are simulated.
        cause_names: the recorded reasons, "director: Agnès Varda" for example.

    Raises:
        DataError: arrays that do not fit together.
    """

    user_ids: Sequence[str]
    offsets: IntArray
    items: IntArray
    times: IntArray | None = None
    causes: IntArray | None = None
    cause_names: Sequence[str] = ()

    def __post_init__(self) -> None:
        expected = {"offsets": len(self.user_ids) + 1}
        given = {"offsets": len(self.offsets)}
        expected["items"], given["items"] = int(self.offsets[-1]) if len(self.offsets) else 0, len(self.items)
        if self.times is not None:
            expected["times"], given["times"] = len(self.items), len(self.times)
        if self.causes is not None:
            expected["causes"], given["causes"] = len(self.items), len(self.causes)
        for name, length in expected.items():
            if given[name] != length:
                raise DataError(
                    "histories", f"{name} has {given[name]} entries, expected {length}.", "Build it again."
                )
        if not len(self.offsets) or self.offsets[0] != 0 or (np.diff(self.offsets) < 0).any():
            raise DataError("histories", "offsets do not rise from 0.", "Build it again.")
        if len(self._index) != len(self.user_ids):
            raise DataError("histories", "two users have the same id.", "Give every user an id of its own.")

    @classmethod
    def from_lists(
        cls, histories: Sequence[Sequence[int]], user_ids: Sequence[str] | None = None
    ) -> Histories:
        """Pack lists of items; users are numbered from "0" unless named."""
        offsets = np.concatenate([[0], np.cumsum([len(h) for h in histories])]).astype(np.int64)
        items = np.fromiter((i for h in histories for i in h), dtype=np.int32, count=int(offsets[-1]))
        return cls(user_ids or [str(u) for u in range(len(histories))], offsets, items)

    def __len__(self) -> int:
        return len(self.user_ids)

    def __getitem__(self, user: int) -> IntArray:
        """Return the user's items [length], oldest first."""
        return self.items[self.offsets[user] : self.offsets[user + 1]]

    def causes_of(self, user: int) -> list[str | None] | None:
        """Return the recorded reason of each choice (None: random), or None if nothing is recorded."""
        if self.causes is None:
            return None
        codes = self.causes[self.offsets[user] : self.offsets[user + 1]]
        return [self.cause_names[c] if c >= 0 else None for c in codes]

    @cached_property
    def lengths(self) -> IntArray:
        """Number of items of each user [n]."""
        return np.diff(self.offsets)

    @cached_property
    def _index(self) -> dict[str, int]:
        return {user_id: u for u, user_id in enumerate(self.user_ids)}

    def find(self, user_id: str) -> int:
        """Return the index of a user.

        Raises:
            UnknownNameError: no user has this id.
        """
        if user_id not in self._index:
            example = f" The ids look like {self.user_ids[0]!r}." if len(self) else ""
            raise UnknownNameError(f"No user {user_id!r} among the {len(self)} in this bundle.{example}")
        return self._index[user_id]

    def popularity(self, n_items: int, users: IntArray) -> IntArray:
        """Count how often each item occurs [n_items] in the histories of some users."""
        items = [self[int(user)] for user in users]
        counts: IntArray = np.bincount(np.concatenate([*items, self.items[:0]]), minlength=n_items)
        return counts

    def save(self, folder: Path) -> None:
        """Write the arrays as .npy files and the names as JSON."""
        folder.mkdir(parents=True, exist_ok=True)
        arrays = {"offsets": self.offsets, "items": self.items, "times": self.times, "causes": self.causes}
        for name, array in arrays.items():
            if array is not None:
                np.save(folder / f"{name}.npy", array, allow_pickle=False)
        names = {"user_ids": list(self.user_ids), "cause_names": list(self.cause_names)}
        (folder / "names.json").write_text(json.dumps(names, ensure_ascii=False), encoding="utf-8")

    @classmethod
    def load(cls, folder: Path) -> Histories:
        """Map what `save` wrote; items are read from disk when they are looked at.

        Raises:
            DataError: a file is missing or damaged.
        """

        def optional(name: str) -> IntArray | None:
            path = folder / f"{name}.npy"
            return map_integers(path, _REMEDY) if path.exists() else None

        names = read_object(folder / "names.json", _REMEDY)
        for name in ("user_ids", "cause_names"):
            if not _texts(names.get(name)):
                raise DataError(folder / "names.json", f"has no list of texts called {name}.", _REMEDY)
        offsets, items = (map_integers(folder / f"{name}.npy", _REMEDY) for name in ("offsets", "items"))
        try:
            return cls(
                names["user_ids"], offsets, items, optional("times"), optional("causes"), names["cause_names"]
            )
        except DataError as fault:
            raise DataError(folder, f"the histories cannot be read ({fault}).", _REMEDY) from fault


def _texts(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(one, str) for one in value)
