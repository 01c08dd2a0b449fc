import multiprocessing
import random
import shutil
import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest

from recexplainer_core.errors import BusyError, DataError, RecExplainerError, UnknownNameError
from recexplainer_core.evaluation.human import ratings_store
from recexplainer_core.evaluation.human.figures import (
    agreement_figures,
    export_rows,
    in_place,
    mode_figures,
    of_round,
)
from recexplainer_core.evaluation.human.rated import RatedExplanation, RoundPlan, shown_order
from recexplainer_core.evaluation.human.ratings import RatingsFile
from recexplainer_core.evaluation.intervals import Interval
from tests.fakes.kills import killed_at

PLAN = RoundPlan("demo", "a" * 64, 3, 7, ("none", "hybrid"))
SETTINGS = {"temperature": 0.0}
WHY = "says nothing at all"


def text_of(user: int, mode: str) -> RatedExplanation:
    return RatedExplanation(f"u{user}", "i1", "Alien", ("Heat", "Psycho"), mode, "first", f"{mode} on {user}")


def begun(path: Path) -> tuple[RatingsFile, int, list[int]]:
    file = RatingsFile(path)
    number = file.open_round(PLAN, SETTINGS)
    file.add(number, [text_of(user, mode) for user in range(PLAN.users) for mode in PLAN.modes])
    return file, number, list(file.explanations(number))


def rate_many(path: Path, rater: str, explanations: list[int], times: int, start: object) -> None:
    start.wait()  # type: ignore[attr-defined]
    for n in range(times):
        for explanation in explanations:
            RatingsFile(path).rate(explanation, rater, 2 + n % 2, "")


def test_two_processes_write_at_once_and_nothing_is_lost(tmp_path: Path) -> None:
    path = tmp_path / "new" / "demo.sqlite"
    _, _, explanations = begun(path)
    context = multiprocessing.get_context("spawn")
    start = context.Barrier(3)
    raters = ("Ana", "Ben", "Ben")  # Ben has the page open twice
    writers = [
        context.Process(target=rate_many, args=(path, rater, explanations, 5, start)) for rater in raters
    ]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
        assert writer.exitcode == 0
    records = RatingsFile(path).records(PLAN.manifest_hash)
    ana = [one for one in records if one["rater"] == "Ana"]
    assert len(ana) == 5 * len(explanations)
    for rater in ("Ana", "Ben"):
        current = [one["explanation"] for one in records if one["rater"] == rater and one["current"]]
        assert sorted(current) == sorted(explanations), "one rating that counts for each text"


def test_two_processes_make_the_file_at_once(tmp_path: Path) -> None:
    path = tmp_path / "demo.sqlite"
    context = multiprocessing.get_context("spawn")
    with context.Pool(2) as pool:
        numbers = pool.map(open_round, [path] * 6)
    assert set(numbers) == {numbers[0]}, "the same plan is the same round"


def open_round(path: Path) -> int:
    return RatingsFile(path).open_round(PLAN, SETTINGS)


def test_a_correction_is_added_and_the_first_rating_kept(tmp_path: Path) -> None:
    file, number, (text, *_) = begun(tmp_path / "demo.sqlite")
    assert file.rate(text, "Ana", 0, WHY) and file.rate(text, "Ana", 3, "")
    assert not file.rate(text, " Ana ", 3, ""), "the same again says nothing new"
    records = file.records(PLAN.manifest_hash)
    assert [(one["level"], one["current"]) for one in records] == [(0, False), (3, True)]
    assert records[1]["corrects"] == records[0]["rating"]
    assert records[0]["why"] == WHY and records[0]["history"] == ["Heat", "Psycho"]
    assert records[0]["settings"] == SETTINGS and records[0]["blind"]
    assert file.given(number, "Ana")[text].level == 3


@pytest.mark.parametrize(
    "statement", ["UPDATE rating SET level = 3", "DELETE FROM rating", "DELETE FROM round"]
)
def test_nothing_can_be_overwritten(tmp_path: Path, statement: str) -> None:
    file, _, (text, *_) = begun(tmp_path / "demo.sqlite")
    file.rate(text, "Ana", 2, "")
    with sqlite3.connect(file.path) as other, pytest.raises(sqlite3.IntegrityError, match="only added to"):
        other.execute(statement)


@pytest.mark.parametrize(
    ("rater", "level", "why", "message"),
    [("", 3, "", "name"), ("Ana", 4, "", "none of the levels"), ("Ana", 1, "too short", "at least 3")],
)
def test_what_is_no_rating_is_not_taken(
    tmp_path: Path, rater: str, level: int, why: str, message: str
) -> None:
    file, _, (text, *_) = begun(tmp_path / "demo.sqlite")
    with pytest.raises(RecExplainerError, match=message):
        file.rate(text, rater, level, why)
    assert not file.records(PLAN.manifest_hash)


def test_a_foreign_database_is_named_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "demo.sqlite"
    with sqlite3.connect(path) as other:
        other.execute("CREATE TABLE recipes (name TEXT)")
    before = path.read_bytes()
    with pytest.raises(DataError, match="another program.*--ratings"):
        RatingsFile(path).open_round(PLAN, SETTINGS)
    assert path.read_bytes() == before


@pytest.mark.parametrize("damage", ["no database", "a page overwritten", "cut off"])
def test_a_damaged_file_is_named_and_left_alone(tmp_path: Path, damage: str) -> None:
    file, _, (text, *_) = begun(tmp_path / "demo.sqlite")
    for rater in range(60):
        file.rate(text, f"rater {rater}", 0, WHY * 20)
    content = file.path.read_bytes()
    broken = {
        "no database": b"These are notes, not a database.",
        "a page overwritten": content[:8192] + b"\xff" * 8192 + content[16384:],
        "cut off": content[: len(content) // 2],
    }[damage]
    file.path.write_bytes(broken)
    for use in (file.raters, lambda: file.rate(text, "Ana", 2, "")):
        with pytest.raises(DataError, match=r"demo\.sqlite.*left as it is"):
            use()
    assert file.path.read_bytes() == broken


def test_who_cannot_write_for_long_is_told_that_others_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ratings_store, "WAIT_S", 0.1)
    file, _, (text, *_) = begun(tmp_path / "demo.sqlite")
    other = sqlite3.connect(file.path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(BusyError, match="Others"):
        file.rate(text, "Ana", 2, "")
    other.close()
    assert file.rate(text, "Ana", 2, "")


def test_nothing_is_made_by_looking(tmp_path: Path) -> None:
    file = RatingsFile(tmp_path / "ratings" / "demo.sqlite")
    assert file.raters() == file.rounds("a") == file.records("a") == [] and not file.path.parent.exists()


def test_a_round_is_complete_when_its_last_text_is_there(tmp_path: Path) -> None:
    file = RatingsFile(tmp_path / "demo.sqlite")
    number = file.open_round(PLAN, SETTINGS)
    file.add(number, [text_of(0, "none")])
    assert not file.rounds(PLAN.manifest_hash)[0].complete
    file.add(
        number,
        [replace(text_of(0, "none"), text="another"), *(text_of(u, m) for u in range(3) for m in PLAN.modes)],
    )
    (found,) = file.rounds(PLAN.manifest_hash)
    assert found.complete and found.plan == PLAN
    assert next(iter(file.explanations(number).values())).text == "none on 0", "what raters saw stays"


def test_every_rater_has_an_order_of_their_own_and_keeps_it() -> None:
    orders = {rater: shown_order(range(40), 7, rater) for rater in ("Ana", "Ben")}
    assert orders["Ana"] != orders["Ben"] != list(range(40))
    assert sorted(orders["Ana"]) == list(range(40)) and orders["Ana"] == shown_order(range(40), 7, "Ana")


def test_figures_count_blind_and_uncorrected_ratings_and_users_once(tmp_path: Path) -> None:
    file, number, explanations = begun(tmp_path / "demo.sqlite")
    texts = file.explanations(number)
    for text in explanations:
        hybrid = texts[text].mode == "hybrid"
        file.rate(text, "Ana", 1, WHY)
        file.rate(text, "Ana", 3 if hybrid else 0, "" if hybrid else WHY)
        file.rate(text, "Ben", 3 if hybrid else 1, "" if hybrid else WHY)
    seen = file.keep_in_place(text_of(9, "hybrid"), "demo", PLAN.manifest_hash, SETTINGS)
    file.rate(seen, "Ana", 0, WHY)
    records = file.records(PLAN.manifest_hash)
    counted = of_round(records, number)
    figures = mode_figures(counted, seed=0)
    assert list(figures) == ["hybrid", "none"]
    assert figures["hybrid"].mean == Interval(value=3.0, low=3.0, high=3.0)
    assert figures["none"].levels == [3, 3, 0, 0] and figures["none"].users == 3
    (pair,) = agreement_figures(counted).pairs
    assert pair.raters == ("Ana", "Ben") and pair.texts == 6 and pair.same == 0.5
    assert [one["level"] for one in in_place(records)] == [0]
    rows = export_rows(records, explanations, number)
    assert len(rows) == 3 * 6 + 1 and sum(row["current"] for row in rows) == 13
    first = next(row for row in rows if row["rater"] == "Ben" and row["place"] == 1)
    assert first["explanation"] == shown_order(explanations, 7, "Ben")[0] and "Ben" in first["order_seed"]


def test_nothing_is_said_to_be_kept_that_is_not(tmp_path: Path) -> None:
    file, _, explanations = begun(tmp_path / "demo.sqlite")
    for explanation, build in ((10**6, None), (explanations[0], "b" * 64)):
        with pytest.raises(UnknownNameError, match="cannot be kept"):
            file.rate(explanation, "Ana", 3, "", build)
    assert file.records(PLAN.manifest_hash) == []
    assert file.rate(explanations[0], "Ana", 3, "", PLAN.manifest_hash)


def test_the_first_round_is_begun_whenever_the_one_before_was_killed(tmp_path: Path) -> None:
    path, number = tmp_path / "ratings" / "demo.sqlite", 0
    while killed_at(number, tmp_path, lambda: begun(path)):
        file, _, explanations = begun(path)
        assert len(explanations) == 6 and file.rate(explanations[0], "Ana", 3, "")
        assert {one.suffix for one in path.parent.iterdir()} <= {".sqlite", ".lock"}
        shutil.rmtree(path.parent)
        number += 1
    assert number > 3


@pytest.mark.parametrize("size", [0, 1, 99, 512, 4096, 20_000, 40_000])
def test_a_file_that_was_cut_off_when_it_was_made_is_made_again(tmp_path: Path, size: int) -> None:
    path = tmp_path / "demo.sqlite"
    RatingsFile(path).open_round(PLAN, SETTINGS)
    begun_file = ratings_store._empty()[:size]
    path.write_bytes(begun_file)
    (tmp_path / "demo.sqlite-wal").write_bytes(b"of another file")
    _, _, explanations = begun(path)
    assert len(explanations) == 6


def test_another_programs_database_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "demo.sqlite"
    with sqlite3.connect(path) as file:
        file.execute("CREATE TABLE accounts (id INTEGER)")
    before = path.read_bytes()
    with pytest.raises(DataError, match="another program"):
        begun(path)
    assert path.read_bytes() == before


def test_a_flipped_bit_is_a_fault_in_words_or_changes_no_count(tmp_path: Path) -> None:
    path, chance = tmp_path / "demo.sqlite", random.Random(0)
    file, _, explanations = begun(path)
    for explanation in explanations:
        file.rate(explanation, "Ana", 2, "")
    whole = path.read_bytes()
    for _ in range(150):
        content = bytearray(whole)
        content[chance.randrange(len(content))] ^= 1 << chance.randrange(8)
        path.write_bytes(content)
        try:
            assert len(RatingsFile(path).records(PLAN.manifest_hash)) == len(explanations)
            RatingsFile(path).rounds(PLAN.manifest_hash)
        except RecExplainerError:
            continue
