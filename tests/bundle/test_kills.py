"""Whoever writes a bundle is killed at each of its writes, one after the other: nothing is lost, nothing left over."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from recexplainer_core.bundle import Bundle, add_map, map_names, replace_report, write_bundle
from recexplainer_core.bundle.swapping import recover_all, replacing_folder
from recexplainer_core.errors import BundleError
from recexplainer_core.evaluation.report import Report
from tests.bundle.tiny import manifest, parts
from tests.embedding_map.tiny import tiny_map
from tests.fakes.kills import killed_at


def states(root: Path, action: Callable[[], object]) -> tuple[list[tuple[int, tuple[str, ...]]], int]:
    """Kill the action at every write in turn; return what each reader found behind it, and the number of writes."""
    before, found, number = root.parent.with_name("before"), [], 0
    shutil.copytree(root.parent, before)
    while True:
        shutil.rmtree(root.parent)
        shutil.copytree(before, root.parent)
        if not killed_at(number, root.parent, action):
            return found, number
        bundle = Bundle.open(root)
        assert bundle.report is not None
        found.append((bundle.report.users, map_names(root)))
        assert [path.name for path in root.parent.iterdir()] == [root.name], f"left behind at write {number}"
        number += 1


@pytest.fixture
def given(tmp_path: Path) -> dict:
    return parts(tmp_path / "parts")


@pytest.fixture
def root(tmp_path: Path, given: dict) -> Path:
    write_bundle(tmp_path / "bundles" / "five", manifest(), **given)
    return tmp_path / "bundles" / "five"


def test_a_report(root: Path) -> None:
    found, writes = states(root, lambda: replace_report(root, Report(users=7)))
    assert set(found) == {(1, ()), (7, ())} and writes > 20


def test_a_map(root: Path) -> None:
    found, writes = states(root, lambda: add_map(root, "wide", tiny_map()))
    assert set(found) == {(1, ()), (1, ("wide",))} and writes > 20


def test_a_build_over_a_build(root: Path, given: dict) -> None:
    changed = given | {"report": Report(users=7)}
    found, writes = states(root, lambda: write_bundle(root, manifest(), **changed))
    assert set(found) == {(1, ()), (7, ())} and writes > 20


def test_a_first_build(tmp_path: Path, given: dict) -> None:
    root, number, whole = tmp_path / "bundles" / "five", 0, 0
    root.parent.mkdir()
    while killed_at(number, root.parent, lambda: write_bundle(root, manifest(), **given)):
        try:
            whole += Bundle.open(root).report == Report(users=1)
        except BundleError:
            assert not root.exists()
        left = [path.name for path in root.parent.iterdir()]
        assert left in ([], ["five"]), f"left behind at write {number}"
        shutil.rmtree(root, ignore_errors=True)
        number += 1
    assert whole and number > 20


def test_a_bundle_between_two_renames_is_found_in_its_folder(root: Path) -> None:
    root.rename(root.parent / ".five.123.old")
    (root.parent / ".five.123.new").mkdir()
    recover_all(root.parent)
    assert Bundle.open(root) and not list(root.parent.glob(".five*"))


def test_what_belongs_to_another_bundle_is_left_alone(root: Path) -> None:
    (root.parent / ".five.2.77.new").mkdir()
    (root.parent / ".fiver.77.old").mkdir()
    Bundle.open(root)
    assert {path.name for path in root.parent.glob(".*")} == {".five.2.77.new", ".fiver.77.old"}


def test_nothing_is_settled_while_somebody_is_at_work(root: Path) -> None:
    with pytest.raises(RuntimeError, match="stop"), replacing_folder(root) as folder:
        (folder / "x.json").write_text("{}")
        Bundle.open(root)
        assert (folder / "x.json").exists()
        raise RuntimeError("stop")
    assert Bundle.open(root) and not list(root.parent.glob(".five*"))


STOPPED = ("os.rename", "os.replace", "os.link", "os.mkdir", "os.fsync")


@pytest.mark.parametrize("what", ["report", "map", "build"])
def test_an_interrupt_at_any_moment_cleans_up_behind_itself(
    root: Path, given: dict, monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    actions: dict[str, Callable[[], object]] = {
        "report": lambda: replace_report(root, Report(users=7)),
        "map": lambda: add_map(root, "wide", tiny_map()),
        "build": lambda: write_bundle(root, manifest(), **given | {"report": Report(users=7)}),
    }
    number, stopped = 0, True
    while stopped:
        with monkeypatch.context() as patched:
            left = number

            def stop(*arguments: object, call: Callable[..., object], **named: object) -> object:
                nonlocal left
                left -= 1
                if left == -1:
                    raise KeyboardInterrupt
                return call(*arguments, **named)

            for name in STOPPED:
                module, _, function = name.partition(".")
                call = getattr(os, function)
                patched.setattr(f"{module}.{function}", partial(stop, call=call))
            try:
                actions[what]()
                stopped = False
            except KeyboardInterrupt:
                number += 1
        assert [path.name for path in root.parent.iterdir()] == ["five"], f"left behind at {number}"
        assert Bundle.open(root).report in (Report(users=1), Report(users=7))
    assert number > 3
