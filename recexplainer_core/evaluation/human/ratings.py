"""People's ratings of explanations, kept in one SQLite file that is only ever added to.

A rating is one transaction, written through to the disk (WAL, synchronous=FULL), and any number of processes may write
at once; on network drives SQLite cannot promise that. A correction is a new row that names the one it corrects. Every
explanation is stored with its text, so that no rating loses what it is about.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import astuple
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from filelock import FileLock

from recexplainer_core.errors import BusyError, DataError, RecExplainerError
from recexplainer_core.evaluation.human.rated import Given, RatedExplanation, Round, RoundPlan, faults_of

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

_CURRENT = "NOT EXISTS (SELECT 1 FROM rating AS later WHERE later.corrects = rating.id)"


class RatingsFile:
    """The ratings of one bundle's explanations, made when the first is written.

    Every method opens the file, does one thing, and closes it.

    Args:
        path: of the file; its folder is made where it is missing.

    Raises:
        DataError: by every method: the file is damaged, or not one of ours; it is left as it is.
        BusyError: by every method: others have been writing for too long.
    """

    def __init__(self, path: Path) -> None:
        self.path = path

    def rounds(self, manifest_hash: str) -> list[Round]:
        """Return the rounds of one build of the bundle, oldest first."""
        rows = self._read(
            "SELECT round.*, (SELECT COUNT(*) FROM explanation WHERE round = round.id) AS written FROM round "
            "WHERE manifest_hash = ? ORDER BY id",
            manifest_hash,
        )
        return [
            Round(
                row["id"],
                RoundPlan(
                    row["bundle"], row["manifest_hash"], row["users"], row["seed"],
                    tuple(json.loads(row["modes"])),
                ),
                row["made"],
                row["written"],
            )
            for row in rows
        ]  # fmt: skip

    def open_round(self, plan: RoundPlan, settings: Mapping[str, Any]) -> int:
        """Return the number of the round of a plan, begun if it is new."""
        with self._transaction() as file:
            modes = json.dumps(plan.modes)
            file.execute(
                "INSERT INTO round (bundle, manifest_hash, users, seed, modes, settings, made) "
                "VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
                (
                    plan.bundle, plan.manifest_hash, plan.users, plan.seed, modes, json.dumps(settings), _now(),
                ),
            )  # fmt: skip
            found = file.execute(
                "SELECT id FROM round WHERE manifest_hash = ? AND users = ? AND seed = ? AND modes = ?",
                (plan.manifest_hash, plan.users, plan.seed, modes),
            ).fetchone()
        return int(found["id"])

    def add(self, number: int, explanations: Iterable[RatedExplanation]) -> None:
        """Keep explanations of a round; those that are already there stay as they are."""
        with self._transaction() as file:
            about = file.execute("SELECT * FROM round WHERE id = ?", (number,)).fetchone()
            for one in explanations:
                _insert(file, one, number, about["bundle"], about["manifest_hash"], about["settings"])

    def explanations(self, number: int) -> dict[int, RatedExplanation]:
        """Return the explanations of a round by their ids."""
        rows = self._read("SELECT * FROM explanation WHERE round = ? ORDER BY id", number)
        return {row["id"]: _explanation(row) for row in rows}

    def keep_in_place(
        self, one: RatedExplanation, bundle: str, manifest_hash: str, settings: Mapping[str, Any]
    ) -> int:
        """Keep an explanation that is rated where it was read, and return its id."""
        with self._transaction() as file:
            _insert(file, one, None, bundle, manifest_hash, json.dumps(settings))
            found = file.execute(
                "SELECT id FROM explanation WHERE round IS NULL AND manifest_hash = ? AND user = ? AND item = ? "
                "AND mode = ? AND text = ?",
                (manifest_hash, one.user, one.item, one.mode, one.text),
            ).fetchone()
        return int(found["id"])

    def rate(self, explanation: int, rater: str, level: int, why: str) -> bool:
        """Add a rating; if the rater has rated the explanation before, as a correction.

        It counts as blind if the explanation belongs to a round.

        Returns:
            Whether it says anything new.

        Raises:
            RecExplainerError: no name, no such level, or no why where one is needed.
        """
        rater, why = " ".join(rater.split()), why.strip()
        if fault := faults_of(rater, level, why):
            raise RecExplainerError(fault)
        with self._transaction() as file:
            before = file.execute(
                f"SELECT * FROM rating WHERE explanation = ? AND rater = ? AND {_CURRENT}",
                (explanation, rater),
            ).fetchone()
            if before is not None and (before["level"], before["why"]) == (level, why):
                return False
            file.execute(
                "INSERT INTO rating (explanation, rater, level, why, blind, made, corrects) "
                "SELECT id, ?, ?, ?, round IS NOT NULL, ?, ? FROM explanation WHERE id = ?",
                (rater, level, why, _now(), None if before is None else before["id"], explanation),
            )
        return True

    def given(self, number: int, rater: str) -> dict[int, Given]:
        """Return what a rater says of a round, by explanation."""
        rows = self._read(
            "SELECT rating.* FROM rating JOIN explanation ON explanation.id = rating.explanation "
            f"WHERE explanation.round = ? AND rater = ? AND {_CURRENT}",
            number, rater,
        )  # fmt: skip
        return {row["explanation"]: Given(row["level"], row["why"]) for row in rows}

    def raters(self) -> list[str]:
        """Return everybody who has rated anything, by name."""
        return [row["rater"] for row in self._read("SELECT DISTINCT rater FROM rating ORDER BY rater")]

    def records(self, manifest_hash: str) -> list[dict[str, Any]]:
        """Return every rating of one build, corrected ones too, with all that is known of its explanation."""
        rows = self._read(
            f"SELECT rating.id AS rating, rater, level, why, blind, {_CURRENT} AS current, corrects, "
            "rating.made AS rated, explanation.id AS explanation, round, round.seed AS seed, user, item, title, mode, "
            "verdict, text, history, explanation.bundle AS bundle, explanation.manifest_hash AS manifest_hash, "
            "explanation.settings AS settings, explanation.made AS written FROM rating "
            "JOIN explanation ON explanation.id = rating.explanation LEFT JOIN round ON round.id = explanation.round "
            "WHERE explanation.manifest_hash = ? ORDER BY rating.id",
            manifest_hash,
        )
        return [
            dict(row)
            | {name: bool(row[name]) for name in ("blind", "current")}
            | {name: json.loads(row[name]) for name in ("history", "settings")}
            for row in rows
        ]

    def of_other_builds(self, manifest_hash: str) -> int:
        """Return how many ratings of other builds of the bundle the file holds."""
        rows = self._read(
            "SELECT COUNT(*) AS n FROM rating JOIN explanation ON explanation.id = rating.explanation "
            "WHERE manifest_hash <> ?",
            manifest_hash,
        )
        return sum(row["n"] for row in rows)

    def _read(self, query: str, *values: object) -> list[sqlite3.Row]:
        if not self.path.exists():
            return []
        with self._connected() as file:
            return file.execute(query, values).fetchall()

    @contextmanager
    def _transaction(self) -> Iterator[sqlite3.Connection]:
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
                file.executescript("PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;")
                yield file
        except (sqlite3.Error, OSError) as fault:
            code = getattr(fault, "sqlite_errorcode", 0) & 0xFF
            if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
                raise BusyError(
                    f"Others have been writing to {self.path.name} for {WAIT_S:.0f} seconds. Try again."
                ) from fault
            raise DataError(
                self.path, f"the ratings cannot be read or written ({fault}).", _LEFT_AS_IT_IS
            ) from fault

    def _make(self) -> None:
        if self.path.exists() and self.path.stat().st_size:
            return
        self.path.parent.mkdir(parents=True, exist_ok=True)
        with (
            FileLock(f"{self.path}.lock", timeout=WAIT_S),
            closing(sqlite3.connect(self.path, timeout=WAIT_S, isolation_level=None)) as file,
        ):
            if not file.execute("SELECT 1 FROM sqlite_master").fetchone():
                file.execute("PRAGMA journal_mode = WAL")
                file.executescript(
                    f"BEGIN; {_TABLES} PRAGMA application_id = {_APPLICATION}; PRAGMA user_version = {_VERSION}; "
                    "COMMIT;"
                )

    def _check(self, file: sqlite3.Connection) -> None:
        if file.execute("PRAGMA application_id").fetchone()[0] != _APPLICATION:
            raise DataError(
                self.path, "is a database of another program, not one of ratings.", _LEFT_AS_IT_IS
            )
        version = file.execute("PRAGMA user_version").fetchone()[0]
        if version != _VERSION:
            raise DataError(
                self.path,
                f"holds ratings of version {version}, this program reads {_VERSION}.",
                _LEFT_AS_IT_IS,
            )
        found = file.execute("PRAGMA quick_check(1)").fetchone()[0]
        if found != "ok":
            raise DataError(self.path, f"is damaged ({' '.join(found.split())}).", _LEFT_AS_IT_IS)


_LEFT_AS_IT_IS = "It has been left as it is. Move it elsewhere, or name another folder with --ratings."


def _insert(
    file: sqlite3.Connection,
    one: RatedExplanation,
    number: int | None,
    bundle: str,
    manifest_hash: str,
    settings: str,
) -> None:
    user, item, title, history, mode, verdict, text = astuple(one)
    file.execute(
        "INSERT INTO explanation (round, bundle, manifest_hash, user, item, title, history, mode, verdict, text, "
        "settings, made) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
        (
            number, bundle, manifest_hash, user, item, title, json.dumps(history, ensure_ascii=False), mode,
            verdict, text, settings, _now(),
        ),
    )  # fmt: skip


def _explanation(row: sqlite3.Row) -> RatedExplanation:
    history = tuple(json.loads(row["history"]))
    return RatedExplanation(
        row["user"], row["item"], row["title"], history, row["mode"], row["verdict"], row["text"]
    )


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
