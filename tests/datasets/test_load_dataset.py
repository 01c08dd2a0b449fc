"""The spec on the command line leads to its reader, or to a list of the choices."""

import re

import pytest

from recexplainer_core.datasets import load_dataset
from recexplainer_core.datasets.readers import READERS
from recexplainer_core.errors import DataError


@pytest.mark.parametrize("spec", ["netflix", "netflix:dir", "", "demo:dir", "Demo", "/some/dir"])
def test_an_unknown_spec_names_the_choices(spec: str) -> None:
    *others, last = [form for _, reader in READERS.items() for form in reader.forms]
    assert {"demo", "movielens", "movielens:DIR", "sequences:DIR"} <= {*others, last}
    choices = re.escape(f"The choices are {', '.join(others)} and {last}.")
    with pytest.raises(DataError, match=f"no such kind of data. {choices}$"):
        load_dataset(spec)


@pytest.mark.parametrize("spec", ["movielens:", "sequences:"])
def test_a_spec_without_its_folder(spec: str) -> None:
    with pytest.raises(DataError, match="a folder is missing behind the colon"):
        load_dataset(spec)


def test_sequences_need_a_folder() -> None:
    with pytest.raises(DataError, match="sequences:DIR"):
        load_dataset("sequences")
