from pathlib import Path

import pytest

from recexplainer_core.errors import BundleError
from recexplainer_core.evaluation.human.notes import LONGEST, NotesFile


def test_a_note_is_kept_with_its_link_and_what_was_on_screen(tmp_path: Path) -> None:
    file = NotesFile(tmp_path / "deep" / "a.notes.jsonl")
    assert file.read() == []
    kept = file.add("  odd\u2028one\n", "user_explorer?user=v1", {"item": {"title": "«Ran»"}})
    other = file.add("", "user_explorer?user=v2", {})
    assert NotesFile(file.path).read() == [kept, other]
    assert kept.text == "odd\u2028one" and kept.explanation["item"]["title"] == "«Ran»"
    file.remove(kept.kept_at)
    assert file.read() == [other]
    assert [one.name for one in file.path.parent.iterdir() if not one.name.endswith(".lock")] == [
        file.path.name
    ]


def test_lines_that_are_no_notes_are_passed_over(tmp_path: Path) -> None:
    file = NotesFile(tmp_path / "a.notes.jsonl")
    kept = file.add("one", "l", {})
    with file.path.open("a") as damaged:
        damaged.write('{"text": "cut o')
    assert file.read() == [kept]


def test_a_note_of_any_length_is_cut(tmp_path: Path) -> None:
    file = NotesFile(tmp_path / "a.notes.jsonl")
    assert len(file.add("x" * (LONGEST + 1), "l", {}).text) == LONGEST


def test_where_nothing_can_be_written_it_says_so_and_nothing_is_lost(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(BundleError, match="cannot be kept in .*--ratings"):
        NotesFile(tmp_path / "file" / "a.notes.jsonl").add("one", "l", {})
