import errno
import os
from pathlib import Path

import pytest

from recexplainer_core.errors import DataError
from recexplainer_core.files import places
from recexplainer_core.files.places import in_words, require_file_place, require_folder_place
from recexplainer_core.files.writing import replace_file


def test_a_place_that_will_do_is_left_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "there.json").write_text("x")
    require_file_place(tmp_path / "there.json", "--json")
    require_file_place(tmp_path / "new" / "folder" / "x.json", "--json")
    require_folder_place(tmp_path / "new" / "out", "--out")
    assert [path.name for path in tmp_path.iterdir()] == ["there.json"]


def test_a_place_below_a_file_or_on_a_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(DataError, match="Not a directory.*A part of the path is a file.*--json"):
        require_file_place(tmp_path / "file" / "deeper" / "x.json", "--json")
    with pytest.raises(DataError, match="is a folder. Give --json"):
        require_file_place(tmp_path, "--json")
    with pytest.raises(DataError, match="is not a plain file"):
        require_file_place(tmp_path / "pipe", "--json")


@pytest.mark.parametrize(("code", "remedy"), [(errno.ENOSPC, "make room"), (errno.EROFS, "read-only")])
def test_a_full_disk_is_found_before_the_work(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: int, remedy: str
) -> None:
    def full(**settings: object) -> None:
        raise OSError(code, os.strerror(code))

    monkeypatch.setattr(places.tempfile, "TemporaryFile", full)
    with pytest.raises(DataError, match=remedy):
        require_folder_place(tmp_path / "out", "--out")


def test_a_fault_of_the_system_says_where_and_what_to_do() -> None:
    fault = OSError(errno.EACCES, "Permission denied", "/root/x")
    assert in_words(fault) == (
        "/root/x: Permission denied. You may not write there: choose another place, or change the permissions."
    )


def test_a_failed_write_leaves_nothing_beside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*arguments: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "replace", fails)
    with pytest.raises(OSError, match="No space"):
        replace_file(tmp_path / "x", b"content")
    assert not list(tmp_path.iterdir())
