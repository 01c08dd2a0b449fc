"""What the documentation quotes and names is there."""

import re
from pathlib import Path

import pytest

PROJECT = Path(__file__).parent.parent
PACKAGE = PROJECT / "recexplainer_core"
PAGES = ("CONTRIBUTING.md", "CHANGELOG.md", "docs/architecture.md", "docs/extending.md")
QUOTED = re.compile(r"\[`(tests/extending/new_\w+\.py)`\][^\n]*\n\n```python\n(.*?)```", re.DOTALL)


@pytest.mark.parametrize("page", ("README.md", *PAGES))
def test_its_links_lead_somewhere(page: str) -> None:
    text = (PROJECT / page).read_text(encoding="utf-8")
    for link in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", text):
        assert (PROJECT / page).parent.joinpath(link).exists(), link


@pytest.mark.parametrize("page", PAGES)
def test_files_it_names_are_there(page: str) -> None:
    text = (PROJECT / page).read_text(encoding="utf-8")
    for name in re.findall(r"`((?:\w+/)+(?:\w+\.py)?)`", text):
        assert (PROJECT / name).exists() or (PACKAGE / name).exists(), name


def test_every_example_is_quoted_whole() -> None:
    quoted = dict(QUOTED.findall((PROJECT / "docs" / "extending.md").read_text(encoding="utf-8")))
    examples = sorted((PROJECT / "tests" / "extending").glob("new_*.py"))
    assert sorted(quoted) == [path.relative_to(PROJECT).as_posix() for path in examples]
    for name, text in quoted.items():
        assert text == (PROJECT / name).read_text(encoding="utf-8"), name


def test_every_entry_point_group_that_it_names_is_searched() -> None:
    named = re.findall(
        r"`(recexplainer\.\w+)`", (PROJECT / "docs" / "extending.md").read_text(encoding="utf-8")
    )
    code = "".join(path.read_text(encoding="utf-8") for path in PACKAGE.rglob("*.py"))
    assert set(named) == set(re.findall(r'Registry\([^)]*"(recexplainer\.\w+)"', code))


def test_every_room_is_in_the_picture() -> None:
    page = (PROJECT / "docs" / "architecture.md").read_text(encoding="utf-8")
    picture, rooms = page.split("```")[1], {path.parent.name for path in PACKAGE.glob("*/__init__.py")}
    assert [room for room in sorted(rooms) if f"{room}/<br>" not in picture] == []


def test_commits_are_held_to_what_lands() -> None:
    hooks = (PROJECT / ".pre-commit-config.yaml").read_text(encoding="utf-8")
    steps = (PROJECT / ".ci" / "run").read_text(encoding="utf-8")
    assert all(f"\n{command}" in steps for command in re.findall(r"entry: (.+)", hooks))
