import json
from pathlib import Path

import pytest

from recexplainer_core.bundle import Bundle, add_map, load_map, map_names, replace_report
from recexplainer_core.errors import BundleError, UnknownNameError
from recexplainer_core.evaluation.report import Report
from tests.bundle.test_writing import everything
from tests.bundle.tiny import write_tiny
from tests.embedding_map.tiny import tiny_map


def test_a_bundle_without_maps_is_whole(tmp_path: Path) -> None:
    root = write_tiny(tmp_path / "five")
    Bundle.open(root)
    assert map_names(root) == ()
    with pytest.raises(UnknownNameError, match="no map 'default'"):
        load_map(root, "default", 5, 3)


def test_maps_are_added_and_replaced_and_the_bundle_stays_whole(tmp_path: Path) -> None:
    root = write_tiny(tmp_path / "five")
    before = everything(root)
    add_map(root, "wide", tiny_map(seed=1))
    add_map(root, "default", tiny_map())
    add_map(root, "wide", tiny_map(seed=2))
    bundle = Bundle.open(root)
    assert map_names(root) == ("default", "wide")
    assert load_map(root, "wide", 5, 3).parameters.seed == 2
    assert set(bundle.manifest.files) - set(before) == {"maps/default.parquet", "maps/wide.parquet"}
    changed = {name for name in before if (root / name).read_bytes() != before[name]}
    assert changed == {"manifest.json"}, "nothing else is touched, nothing is left behind"
    assert set(everything(root)) == {*before, "maps/default.parquet", "maps/wide.parquet"}


@pytest.mark.parametrize("name", ["", "../x", "Wide", "a b", ".x", "x" * 41, "a/b"])
def test_a_name_cannot_lead_elsewhere(tmp_path: Path, name: str) -> None:
    root = write_tiny(tmp_path / "five")
    before = everything(root)
    with pytest.raises(UnknownNameError, match="cannot name a map"):
        add_map(root, name, tiny_map())
    assert everything(root) == before


@pytest.mark.parametrize("existing", [False, True])
def test_a_failure_leaves_the_bundle_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, existing: bool
) -> None:
    root = write_tiny(tmp_path / "five")
    if existing:
        add_map(root, "wide", tiny_map())
    before = everything(root)

    def fails(*arguments: object) -> None:
        raise OSError("disk full")

    monkeypatch.setattr("os.fsync", fails)
    with pytest.raises(OSError, match="disk full"):
        add_map(root, "wide", tiny_map(seed=9))
    assert everything(root) == before
    Bundle.open(root)


def test_a_map_and_a_report_that_were_made_meanwhile_are_both_kept(tmp_path: Path) -> None:
    root = write_tiny(tmp_path / "five")
    opened = Bundle.open(root)
    add_map(root, "wide", tiny_map(seed=1))
    replace_report(root, Report(users=7), opened.manifest)
    bundle = Bundle.open(root)
    assert (map_names(root), bundle.report) == (("wide",), Report(users=7))


def test_a_bundle_that_has_changed_is_not_added_to(tmp_path: Path) -> None:
    root = write_tiny(tmp_path / "five")
    (root / "stray.json").write_text("{}")
    with pytest.raises(BundleError, match="does not list"):
        add_map(root, "wide", tiny_map())
    assert "maps" not in json.loads((root / "manifest.json").read_text())["files"]
