"""People's ratings of explanations, kept in one SQLite file that is only ever added to.

A rating is one transaction. A correction is a new row that names the one it corrects. Every explanation is stored with
its text, so that no rating loses what it is about.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping
from dataclasses import astuple
from datetime import UTC, datetime
from typing import Any

from recexplainer_core.errors import RecExplainerError, UnknownNameError
from recexplainer_core.evaluation.human.rated import Given, RatedExplanation, Round, RoundPlan, faults_of
from recexplainer_core.evaluation.human.ratings_store import LEFT_AS_IT_IS, RatingsStore
from recexplainer_core.files.json_text import parse_json

_CURRENT = "NOT EXISTS (SELECT 1 FROM rating AS later WHERE later.corrects = rating.id)"


class RatingsFile(RatingsStore):
    """The ratings of one bundle's explanations."""

    def rounds(self, manifest_hash: str) -> list[Round]:
        """Return the rounds of one build of the bundle, oldest first."""
        rows = self.read(
            "SELECT round.*, (SELECT COUNT(*) FROM explanation WHERE round = round.id) AS written FROM round "
            "WHERE manifest_hash = ? ORDER BY id",
            manifest_hash,
        )
        return [
            Round(
                row["id"],
                RoundPlan(
                    row["bundle"], row["manifest_hash"], row["users"], row["seed"],
                    tuple(self._json(row["modes"])),
                ),
                row["made"],
                row["written"],
            )
            for row in rows
        ]  # fmt: skip

    def open_round(self, plan: RoundPlan, settings: Mapping[str, Any]) -> int:
        """Return the number of the round of a plan, begun if it is new."""
        with self.transaction() as file:
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
        with self.transaction() as file:
            about = file.execute("SELECT * FROM round WHERE id = ?", (number,)).fetchone()
            for one in explanations:
                _insert(file, one, number, about["bundle"], about["manifest_hash"], about["settings"])

    def explanations(self, number: int) -> dict[int, RatedExplanation]:
        """Return the explanations of a round by their ids."""
        rows = self.read("SELECT * FROM explanation WHERE round = ? ORDER BY id", number)
        return {
            row["id"]: RatedExplanation(
                row["user"], row["item"], row["title"], tuple(self._json(row["history"])), row["mode"],
                row["verdict"], row["text"],
            )
            for row in rows
        }  # fmt: skip

    def keep_in_place(
        self, one: RatedExplanation, bundle: str, manifest_hash: str, settings: Mapping[str, Any]
    ) -> int:
        """Keep an explanation that is rated where it was read, and return its id."""
        with self.transaction() as file:
            _insert(file, one, None, bundle, manifest_hash, json.dumps(settings))
            found = file.execute(
                "SELECT id FROM explanation WHERE round IS NULL AND manifest_hash = ? AND user = ? AND item = ? "
                "AND mode = ? AND text = ?",
                (manifest_hash, one.user, one.item, one.mode, one.text),
            ).fetchone()
        return int(found["id"])

    def rate(
        self, explanation: int, rater: str, level: int, why: str, manifest_hash: str | None = None
    ) -> bool:
        """Add a rating; if the rater has rated the explanation before, as a correction.

        It counts as blind if the explanation belongs to a round.

        Args:
            explanation: its id in this file.
            rater: who rates.
            level: 0 to 3.
            why: in the rater's words.
            manifest_hash: of the build that the rater saw the explanation of, where that is known.

        Returns:
            Whether a row was added: what the rater has said before is not said again.

        Raises:
            RecExplainerError: no name, no such level, or no why where one is needed.
            UnknownNameError: the file has no such explanation, or it is one of another build. Nothing is kept.
        """
        rater, why = " ".join(rater.split()), why.strip()
        if fault := faults_of(rater, level, why):
            raise RecExplainerError(fault)
        with self.transaction() as file:
            about = file.execute(
                "SELECT manifest_hash FROM explanation WHERE id = ?", (explanation,)
            ).fetchone()
            if about is None or manifest_hash not in (None, about["manifest_hash"]):
                raise UnknownNameError(
                    f"{self.path.name} has no explanation {explanation} of this build, so the rating cannot be kept. "
                    "Rate what is on screen now."
                )
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
        rows = self.read(
            "SELECT rating.* FROM rating JOIN explanation ON explanation.id = rating.explanation "
            f"WHERE explanation.round = ? AND rater = ? AND {_CURRENT}",
            number, rater,
        )  # fmt: skip
        return {row["explanation"]: Given(row["level"], row["why"]) for row in rows}

    def raters(self) -> list[str]:
        """Return everybody who has rated anything, by name."""
        return [row["rater"] for row in self.read("SELECT DISTINCT rater FROM rating ORDER BY rater")]

    def records(self, manifest_hash: str) -> list[dict[str, Any]]:
        """Return every rating of one build, corrected ones too, with all that is known of its explanation."""
        rows = self.read(
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
            | {name: self._json(row[name]) for name in ("history", "settings")}
            for row in rows
        ]

    def of_other_builds(self, manifest_hash: str) -> int:
        """Return how many ratings of other builds of the bundle the file holds."""
        rows = self.read(
            "SELECT COUNT(*) AS n FROM rating JOIN explanation ON explanation.id = rating.explanation "
            "WHERE manifest_hash <> ?",
            manifest_hash,
        )
        return sum(row["n"] for row in rows)

    def _json(self, text: str) -> Any:
        return parse_json(text, self.path, LEFT_AS_IT_IS)


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


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
