from __future__ import annotations

from pathlib import Path

import pytest

from recexplainer_core.recommenders.storage import replace_file


def test_a_failed_write_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "weights"
    replace_file(path, b"old")

    def fail(descriptor: int) -> None:
        raise OSError("disk full")

    monkeypatch.setattr("os.fsync", fail)
    with pytest.raises(OSError, match="disk full"):
        replace_file(path, b"new")
    assert path.read_bytes() == b"old"


def test_nothing_else_is_left_behind(tmp_path: Path) -> None:
    replace_file(tmp_path / "new folder" / "weights", b"content")
    assert [p.name for p in (tmp_path / "new folder").iterdir()] == ["weights"]
