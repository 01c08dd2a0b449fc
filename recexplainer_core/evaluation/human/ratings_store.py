"""The SQLite file behind the ratings: opened, checked and made so that nothing in it is ever lost or changed.

A transaction is written through to the disk (WAL, synchronous=FULL), and any number of processes may write at once; on
network drives SQLite cannot promise that.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from functools import cache
from pathlib import Path
from urllib.parse import quote

from filelock import FileLock

from recexplainer_core.errors import BusyError, DataError
from recexplainer_core.files.plain import require_plain
from recexplainer_core.files.writing import replace_file

WAIT_S = 15.0
"""Seconds to wait while others write."""

_APPLICATION, _VERSION = 0x52455852, 1
"""What SQLite's header says of the file: "REXR", and which tables it has."""

_TABLES = """
CREATE TABLE round (
    id INTEGER PRIMARY KEY, bundle TEXT NOT NULL, manifest_hash TEXT NOT NULL, users INTEGER NOT NULL,
    seed INTEGER NOT NULL, modes TEXT NOT NULL, settings TEXT NOT NULL, made TEXT NOT NULL,
    UNIQUE (manifest_hash, users, seed, modes)
);
CREATE TABLE explanation (
    id INTEGER PRIMARY KEY, round INTEGER REFERENCES round, bundle TEXT NOT NULL, manifest_hash TEXT NOT NULL,
    user TEXT NOT NULL, item TEXT NOT NULL, title TEXT NOT NULL, history TEXT NOT NULL, mode TEXT NOT NULL,
    verdict TEXT NOT NULL, text TEXT NOT NULL, settings TEXT NOT NULL, made TEXT NOT NULL
);
CREATE UNIQUE INDEX once_a_round ON explanation (round, user, item, mode) WHERE round IS NOT NULL;
CREATE UNIQUE INDEX once_in_place ON explanation (manifest_hash, user, item, mode, text) WHERE round IS NULL;
CREATE TABLE rating (
    id INTEGER PRIMARY KEY AUTOINCREMENT, explanation INTEGER NOT NULL REFERENCES explanation,
    rater TEXT NOT NULL CHECK (rater <> ''), level INTEGER NOT NULL CHECK (level BETWEEN 0 AND 3),
    why TEXT NOT NULL, blind INTEGER NOT NULL CHECK (blind IN (0, 1)), made TEXT NOT NULL,
    corrects INTEGER UNIQUE REFERENCES rating
);
CREATE UNIQUE INDEX once_a_rater ON rating (explanation, rater) WHERE corrects IS NULL;
""" + "".join(
    f"CREATE TRIGGER {table}_{verb.lower()} BEFORE {verb} ON {table} "
    "BEGIN SELECT RAISE(ABORT, 'ratings are only added to'); END;\n"
    for table in ("round", "explanation", "rating")
    for verb in ("UPDATE", "DELETE")
)
_COUNTED = ((18, 20), (24, 32), (40, 44), (92, 100))
"""Bytes of the header that differ between two empty files: journal, changes, pages, schema cookie, SQLite's version."""
LEFT_AS_IT_IS = "It has been left as it is. Move it elsewhere, or name another folder with --ratings."


class RatingsStore:
    """Read and add rows. Every method opens the file, does one thing, and closes it.

    Args:
        path: of the file; its folder is made where it is missing, when the first row is written.

    Raises:
        DataError: by every method: the file is damaged, or not one of ours; it is left as it is.
        BusyError: by every method: others have been writing for too long.
    """

    def __init__(self, path: Path) -> None:
        self.path = path

    def read(self, query: str, *values: object) -> list[sqlite3.Row]:
        """Return the rows of a query, none where there is no file yet."""
        if not self.path.exists():
            return []
        with self._connected() as file:
            return file.execute(query, values).fetchall()

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """Give the file to somebody who adds rows: all of them are kept, or none."""
        with self._connected() as file:
            file.execute("BEGIN IMMEDIATE")
            try:
                yield file
            except BaseException:
                file.execute("ROLLBACK")
                raise
            file.execute("COMMIT")

    @contextmanager
    def _connected(self) -> Iterator[sqlite3.Connection]:
        try:
            self._make()
            with closing(sqlite3.connect(self.path, timeout=WAIT_S, isolation_level=None)) as file:
                file.row_factory = sqlite3.Row
                self._check(file)
                file.executescript(
                    "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;"
                )
                yield file
        except (sqlite3.Error, OSError, UnicodeError) as fault:
            code = getattr(fault, "sqlite_errorcode", 0) & 0xFF
            if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
                raise BusyError(
                    f"Others have been writing to {self.path.name} for {WAIT_S:.0f} seconds. Try again."
                ) from fault
            raise DataError(
                self.path, f"the ratings cannot be read or written ({fault}).", LEFT_AS_IT_IS
            ) from fault

    def _make(self) -> None:
        """Put an empty file of ratings in its place as a whole, so that nobody opens one without tables."""
        if self._made():
            return
        self.path.parent.mkdir(parents=True, exist_ok=True)
        with FileLock(f"{self.path}.lock", timeout=WAIT_S):
            if self._made():
                return
            for ending in (
                "-wal",
                "-shm",
            ):  # of a file that is no longer there; they would be taken for its own
                Path(f"{self.path}{ending}").unlink(missing_ok=True)
            replace_file(self.path, _empty())

    def _made(self) -> bool:
        """Return whether there is a file, and not just the beginning of one that was never finished."""
        if not self.path.exists():
            return False
        require_plain(self.path, LEFT_AS_IT_IS)
        empty = _empty()
        if (size := self.path.stat().st_size) > len(empty):
            return True
        begun = self.path.read_bytes()
        if not begun.strip(b"\0") or (size < len(empty) and _alike(begun, empty)):
            return False
        return not self._without_tables()

    def _without_tables(self) -> bool:
        """Return whether nothing has been made in it: so an older version left it when it was cut off."""
        try:
            with closing(sqlite3.connect(f"file:{quote(str(self.path))}?mode=ro", uri=True)) as file:
                tables = file.execute("SELECT COUNT(*) FROM sqlite_master").fetchone()[0]
                owner = file.execute("PRAGMA application_id").fetchone()[0]
        except sqlite3.DatabaseError:
            return False
        return tables == 0 and owner in (0, _APPLICATION)

    def _check(self, file: sqlite3.Connection) -> None:
        if file.execute("PRAGMA application_id").fetchone()[0] != _APPLICATION:
            raise DataError(self.path, "is a database of another program, not one of ratings.", LEFT_AS_IT_IS)
        version = file.execute("PRAGMA user_version").fetchone()[0]
        if version != _VERSION:
            raise DataError(
                self.path,
                f"holds ratings of version {version}, this program reads {_VERSION}.",
                LEFT_AS_IT_IS,
            )
        found = file.execute("PRAGMA integrity_check(1)").fetchone()[0]
        if found != "ok":
            raise DataError(self.path, f"is damaged ({' '.join(found.split())}).", LEFT_AS_IT_IS)


@cache
def _empty() -> bytes:
    """Return the content of a file of ratings that has none."""
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as file:
        file.executescript(
            f"BEGIN; {_TABLES} PRAGMA application_id = {_APPLICATION}; PRAGMA user_version = {_VERSION}; COMMIT;"
        )
        return file.serialize()


def _alike(begun: bytes, empty: bytes) -> bool:
    """Return whether one is the beginning of the other but for what SQLite counts and its version says of itself."""

    def plain(content: bytes) -> bytes:
        head = bytearray(content[:100])
        for start, end in _COUNTED:
            head[start:end] = bytes(len(head[start:end]))
        return bytes(head) + content[100:]

    return plain(empty).startswith(plain(begun))
