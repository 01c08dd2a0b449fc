"""A data reader is one file and one line: a build reads the format, and its faults are said as any other's."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from recexplainer_core.catalogue import Catalogue
from recexplainer_core.cli import main
from recexplainer_core.datasets import load_dataset
from recexplainer_core.datasets.readers import READERS
from recexplainer_core.errors import DataError
from recexplainer_core.histories import Histories
from tests.pipeline.tiny_data import TITLES


@pytest.fixture(scope="module", autouse=True)
def registered(register: Callable) -> None:
    register(READERS, "csv", "tests.extending.new_reader:READER")


@pytest.fixture
def loans(tmp_path: Path) -> Path:
    """Forty people borrow eight books each, one after the other."""
    rows = [f"reader {user},{TITLES[(user + step) % 20]}" for user in range(40) for step in range(8)]
    (tmp_path / "loans.csv").write_text("\n".join(["user,title", *rows]) + "\n")
    return tmp_path / "loans.csv"


def test_a_build_reads_the_new_format(loans: Path, tmp_path: Path) -> None:
    with pytest.raises(SystemExit) as stop:
        main(["build", f"csv:{loans}", "--out", str(tmp_path / "out"), "--quick", "--until", "data"])
    assert not stop.value.code
    folder = tmp_path / "out.build" / "data"
    catalogue, histories = Catalogue.load(folder / "catalogue.parquet"), Histories.load(folder / "histories")
    assert sorted(catalogue.titles) == sorted(TITLES)
    assert [catalogue.titles[item] for item in histories[3]] == [TITLES[3 + step] for step in range(8)]
    assert len(json.loads((folder / "stage.json").read_text())["parameters"]["sha256"]) == 64


def test_its_faults_name_file_and_remedy_and_the_choices_name_it(tmp_path: Path) -> None:
    (tmp_path / "loans.csv").write_text("who,title\na,b\n")
    with pytest.raises(DataError, match=r"loans.csv, line 1: has no column 'user'.*needs the columns"):
        load_dataset(f"csv:{tmp_path / 'loans.csv'}")
    with pytest.raises(DataError, match="a file is missing behind the colon.*table:FILE and csv:FILE"):
        load_dataset("csv:")
