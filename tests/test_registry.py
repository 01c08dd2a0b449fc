"""Components by name: objects, names of objects, and those of installed packages."""

from pathlib import Path

import pytest

from recexplainer_core.errors import UnknownNameError
from recexplainer_core.registry import Registry


def test_a_component_is_found_by_its_name_in_the_order_of_registration() -> None:
    colours: Registry[int] = Registry("colour")
    colours.register("red", 1)
    colours.register("blue", 0)
    assert colours.items() == [("red", 1), ("blue", 0)]
    assert "blue" in colours and "green" not in colours


def test_what_is_registered_by_its_place_is_imported_when_it_is_asked_for() -> None:
    lazy: Registry[object] = Registry("thing")
    lazy.register("path", "pathlib:Path")
    lazy.register("missing", "no_such_module:Thing")
    assert lazy.names() == ["path", "missing"]
    assert lazy.get("path") is Path
    with pytest.raises(UnknownNameError, match="'missing' is registered as no_such_module:Thing"):
        lazy.get("missing")


def test_a_name_is_given_once() -> None:
    colours: Registry[int] = Registry("colour")
    colours.register("red", 1)
    with pytest.raises(ValueError, match="already is a colour named 'red'"):
        colours.register("red", 2)


def test_an_unknown_name_lists_the_choices() -> None:
    colours: Registry[int] = Registry("colour")
    colours.register("red", 1)
    colours.register("blue", 2)
    with pytest.raises(UnknownNameError, match="no colour 'green'. The choices are red, blue"):
        colours.get("green")


def test_an_installed_package_adds_its_own_and_replaces_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "paint.py").write_text("GREEN, RED = 3, 4\n")
    metadata = tmp_path / "paint-1.0.dist-info"
    metadata.mkdir()
    (metadata / "METADATA").write_text("Metadata-Version: 2.1\nName: paint\nVersion: 1.0\n")
    (metadata / "entry_points.txt").write_text("[test.colours]\ngreen = paint:GREEN\nred = paint:RED\n")
    monkeypatch.syspath_prepend(tmp_path)
    colours: Registry[int] = Registry("colour", "test.colours")
    colours.register("red", 1)
    assert colours.items() == [("red", 1), ("green", 3)]
