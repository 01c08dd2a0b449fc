import json
from pathlib import Path

import pytest

from recexplainer_core.bundle import Bundle, check_replaceable, replace_report, write_bundle
from recexplainer_core.errors import BundleError
from recexplainer_core.evaluation.intervals import Interval
from recexplainer_core.evaluation.report import Report
from recexplainer_core.lm.hub import HubModel
from tests.bundle.tiny import manifest, parts, write_tiny


def everything(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def test_the_same_parts_make_the_same_bytes(tmp_path: Path) -> None:
    one, two = write_tiny(tmp_path / "one"), write_tiny(tmp_path / "two")
    assert everything(one) == everything(two)


def test_every_file_is_in_the_manifest_and_nothing_is_left_beside(tmp_path: Path) -> None:
    root = write_tiny(tmp_path / "out" / "five")
    listed = json.loads((root / "manifest.json").read_text())["files"]
    assert set(listed) | {"manifest.json"} == set(everything(root))
    assert sorted(p.name for p in root.parent.iterdir()) == ["five", "parts"]


def test_a_bundle_or_an_empty_folder_is_replaced(tmp_path: Path) -> None:
    root = tmp_path / "five"
    root.mkdir()
    write_tiny(root)
    write_tiny(root, report=Report(users=2), adapters={})
    bundle = Bundle.open(root)
    assert (bundle.report, bundle.modes) == (Report(users=2), ())


@pytest.mark.parametrize("name", ["thesis.txt", "manifest.json"])
def test_anything_else_is_left_alone(tmp_path: Path, name: str) -> None:
    root = tmp_path / "precious"
    root.mkdir()
    (root / name).write_text("{}")
    with pytest.raises(BundleError, match="would be lost"):
        write_tiny(root)
    assert everything(root) == {name: b"{}"}


def test_a_file_or_link_in_the_way_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    (tmp_path / "link").symlink_to(tmp_path)
    for name in ("file", "link"):
        with pytest.raises(BundleError, match="not a plain folder"):
            check_replaceable(tmp_path / name)


def test_a_failure_half_way_leaves_the_old_bundle_and_no_rubbish(tmp_path: Path) -> None:
    root = write_tiny(tmp_path / "five")
    before = everything(root)

    class Fails:
        def save(self, folder: Path) -> None:
            raise OSError("disk full")

    with pytest.raises(OSError, match="disk full"):
        write_tiny(root, recommender=Fails())
    assert everything(root) == before
    assert sorted(p.name for p in tmp_path.iterdir()) == ["five", "parts"]


def test_what_could_run_is_not_copied_from_a_language_models_folder(tmp_path: Path) -> None:
    given = parts(tmp_path / "parts")
    for name in ("modeling_x.py", "pytorch_model.bin", ".git/config.json"):
        (given["llm"] / name).parent.mkdir(exist_ok=True)
        (given["llm"] / name).write_text("x")
    write_bundle(tmp_path / "five", manifest(), **given)
    assert [p.name for p in (tmp_path / "five" / "llm").iterdir()] == ["config.json"]


def test_a_model_of_the_hub_is_named_with_its_commit_instead_of_copied(tmp_path: Path) -> None:
    hub = HubModel(hub_id="someone/model", revision="a" * 40)
    write_bundle(tmp_path / "five", manifest(llm=hub), **parts(tmp_path / "parts") | {"llm": None})
    bundle = Bundle.open(tmp_path / "five")
    assert bundle.manifest.llm == hub
    assert not (bundle.root / "llm").exists()


def test_another_report_takes_the_place_of_the_old_one_and_nothing_else_changes(tmp_path: Path) -> None:
    root = write_tiny(tmp_path / "five")
    before = everything(root)
    figure = Interval(value=0.25, low=0.2, high=0.3)
    replace_report(root, Report(users=9, modes={"hybrid": {"acc@1": figure}}))
    bundle, after = Bundle.open(root), everything(root)
    assert bundle.report is not None and bundle.report.users == 9
    assert "0.250 (0.200 to 0.300)" in after["adapters/hybrid/README.md"].decode()
    renewed = {"report.json", "manifest.json", "adapters/hybrid/README.md", "adapters/behaviour/README.md"}
    assert set(before) == set(after)
    assert {name for name in before if before[name] != after[name]} <= renewed
    assert sorted(p.name for p in tmp_path.iterdir()) == ["five", "parts"]


def test_a_bundle_that_had_no_report_gets_one(tmp_path: Path) -> None:
    root = write_tiny(tmp_path / "five", report=None)
    assert Bundle.open(root).report is None
    replace_report(root, Report(users=9))
    assert Bundle.open(root).report == Report(users=9)


def test_a_damaged_bundle_gets_no_report(tmp_path: Path) -> None:
    root = write_tiny(tmp_path / "five")
    (root / "users.parquet").write_bytes(b"x")
    before = everything(root)
    with pytest.raises(BundleError, match="not the file that was written"):
        replace_report(root, Report(users=9))
    assert everything(root) == before
