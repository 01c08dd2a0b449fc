"""The commands of the README are ones that work."""

import re
import shlex
from pathlib import Path
from typing import Any

import pytest
import typer

from recexplainer_core.cli import app as commands
from recexplainer_core.ui.shared.bundle_choice import places
from tests.browser.serving import serving

PROJECT = Path(__file__).parent.parent
README = (PROJECT / "README.md").read_text(encoding="utf-8")
LINES = [
    line
    for block in re.findall(r"```bash\n(.*?)```", README, re.DOTALL)
    for line in block.splitlines()
    if line
]


@pytest.mark.parametrize("line", [line for line in LINES if line.startswith("python -m recexplainer_core")])
def test_commands_are_understood(line: str) -> None:
    program: Any = typer.main.get_command(commands)
    name, *arguments = shlex.split(line)[3:]
    program.commands[name].make_context(name, arguments)


@pytest.mark.parametrize("line", [line for line in LINES if line.startswith("streamlit run")])
def test_options_of_the_app_are_understood(line: str) -> None:
    words = shlex.split(line)
    assert (PROJECT / words[2]).is_file()
    places(words[4:])


def test_installing_names_files_that_are_there() -> None:
    files = [
        word for line in LINES if "pip install" in line for word in line.split() if word.endswith(".txt")
    ]
    assert files and all((PROJECT / file).is_file() for file in files)


def test_its_pictures_are_there_and_small() -> None:
    pictures = re.findall(r"\]\((assets/[^)]+)\)", README)
    assert len(pictures) == 19
    assert all((PROJECT / picture).stat().st_size < 150_000 for picture in pictures)


def test_the_app_serves_its_first_page() -> None:
    """The second command as it stands there, with a free port."""
    assert "streamlit run app.py" in LINES
    with serving(["streamlit", "run", "app.py", "--server.port", "{port}", "--server.headless", "true"]):
        pass
