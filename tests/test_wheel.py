"""The wheel brings all it needs: commands, app and demo work from any folder."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.browser.serving import serving
from tests.server.session import Session

PROJECT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with nothing but the installed wheel."""
    wheels, site = tmp_path_factory.mktemp("wheels"), tmp_path_factory.mktemp("installed")
    pip = [sys.executable, "-m", "pip", "-q"]
    subprocess.run(
        [*pip, "wheel", "--no-deps", "--no-build-isolation", "-w", wheels, PROJECT], check=True, cwd=wheels
    )
    subprocess.run([*pip, "install", "--no-deps", "--target", site, *wheels.glob("*.whl")], check=True)
    return site


def command(installed: Path, folder: Path, *arguments: str) -> list[str]:
    program = installed / "bin" / "recexplainer"
    return ["env", "-C", str(folder), f"PYTHONPATH={installed}", str(program), *arguments]


def said(installed: Path, folder: Path, *arguments: str) -> str:
    done = subprocess.run(
        command(installed, folder, *arguments),
        capture_output=True,
        text=True,
        check=True,
        env=os.environ | {"COLUMNS": "160"},
    )
    return done.stdout


@pytest.mark.slow
def test_its_commands_work_from_any_folder(installed: Path, tmp_path: Path) -> None:
    assert "Usage: recexplainer [OPTIONS] COMMAND" in said(installed, tmp_path, "--help")
    assert (installed / "recexplainer_core" / "py.typed").is_file()
    assert "as they were written" in said(installed, tmp_path, "doctor", "demo-pocket")
    explained = said(installed, tmp_path, "explain", "demo-pocket", "--user", "viewer-0001")
    assert "\nWhy " in explained and "speaks for it" in explained
    assert "Open it: " not in said(
        installed, tmp_path, "build", "demo", "--out", "mine", "--quick", "--until", "data"
    )
    assert (tmp_path / "mine.build" / "data").is_dir()


@pytest.mark.slow
def test_its_app_opens_every_page_in_its_own_looks_without_a_network(
    installed: Path, tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    cache = tmp_path_factory.mktemp("cache")
    offline = ["PIP_NO_INDEX=1", f"PIP_CONFIG_FILE={os.devnull}", f"RECEXPLAINER_CACHE={cache}"]
    pages = sorted(path.stem for path in (PROJECT / "pages").glob("*.py"))
    with (
        serving(
            ["env", *offline, *command(installed, tmp_path, "app", "--port", "{port}", "--no-browser")]
        ) as address,
        Session(address, timeout_s=120) as session,
    ):
        for page in pages:
            session.open("" if page == "overview" else page)
            assert session.errors == [] and session.screen, page
    assert list(tmp_path.iterdir()) == []
    assert (installed / "recexplainer_core" / "shipped" / ".streamlit" / "config.toml").is_file()
