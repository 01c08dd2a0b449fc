"""Imports run one way, and streamlit stays in the interface."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGE = "recexplainer_core"
LAYERS = (
    {"errors", "progress", "processes"},
    {"catalogue", "histories"},
    {"datasets", "recommenders"},
    {"surrogate"},
    {"rationale"},
    {"alignment"},
    {"evaluation"},
    {"embedding_map"},
    {"bundle"},
    {"pipeline"},
    {"cli"},
    {"__main__"},
)
LEVEL = {name: level for level, names in enumerate(LAYERS) for name in names}
UI_MAY_USE = {name for name in LEVEL if LEVEL[name] < LEVEL["pipeline"]}


def imported(path: Path) -> Iterator[str]:
    """Yield the full name of every module that a file imports, anywhere in it."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: a relative import hides where it leads"
            assert node.module is not None
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def part_of(path: Path) -> str:
    """Return the name of the part that a module of the package belongs to."""
    return path.relative_to(ROOT / PACKAGE).with_suffix("").parts[0]


def parts_imported(path: Path) -> set[str]:
    names = (name.split(".") for name in imported(path))
    parts = {name[1] for name in names if name[0] == PACKAGE and len(name) > 1}
    return {
        part for part in parts if (ROOT / PACKAGE / part).is_dir() or (ROOT / PACKAGE / f"{part}.py").exists()
    }


MODULES = sorted(p for p in (ROOT / PACKAGE).rglob("*.py") if part_of(p) != "__init__")
SCREENS = [p for p in (ROOT / "app.py", *sorted((ROOT / "pages").glob("*.py"))) if p.exists()]


def short(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("path", MODULES, ids=short)
def test_a_module_uses_only_what_lies_below_it(path: Path) -> None:
    part = part_of(path)
    used = parts_imported(path) - {part}
    if part == "ui":
        assert used <= UI_MAY_USE, "the interface uses what lies below the pipeline"
        return
    assert part in LEVEL, f"{part} has no place in DESIGN.md's order of parts; give it one"
    above = {name for name in used if LEVEL.get(name, len(LAYERS)) >= LEVEL[part]}
    assert not above, f"{part} must not know of {', '.join(sorted(above))}"


@pytest.mark.parametrize("path", SCREENS, ids=short)
def test_a_screen_uses_only_what_the_interface_may(path: Path) -> None:
    assert parts_imported(path) <= UI_MAY_USE | {"ui"}


@pytest.mark.parametrize("path", [p for p in MODULES if part_of(p) != "ui"], ids=short)
def test_streamlit_is_the_interfaces_alone(path: Path) -> None:
    assert not [name for name in imported(path) if name.split(".")[0] == "streamlit"]


def test_the_rules_have_something_to_check() -> None:
    assert len(MODULES) > 30
    assert parts_imported(ROOT / PACKAGE / "histories.py") == {"errors"}
