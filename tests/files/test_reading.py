import json
import math
import os
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import torch
from safetensors.torch import save_file

from recexplainer_core.errors import DataError, ModelError
from recexplainer_core.files.json_text import DEEPEST, read_json, read_object
from recexplainer_core.files.plain import read_bytes, require_plain
from recexplainer_core.files.tables import map_integers, read_table
from recexplainer_core.files.tensors import TensorForm, check_numbers, read_tensors, tensor_forms


def test_whoever_opens_a_pipe_does_not_wait(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    for read in (require_plain, read_bytes, read_json, map_integers, read_table):
        with pytest.raises(DataError, match="is a named pipe, not a plain file"):
            read(tmp_path / "pipe")
    for of_tensors in (read_tensors, tensor_forms):
        with pytest.raises(ModelError, match="is a named pipe"):
            of_tensors(tmp_path / "pipe")
    with pytest.raises(DataError, match="is a folder"):
        require_plain(tmp_path)


def test_a_file_may_be_too_long(tmp_path: Path) -> None:
    (tmp_path / "x").write_bytes(b"12345")
    with pytest.raises(DataError, match="has 5 bytes, 4 are taken at most"):
        read_bytes(tmp_path / "x", longest=4)


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("[" * 200_000, "nested too deeply"),
        ('{"x":' * (DEEPEST + 1) + "1" + "}" * (DEEPEST + 1), "nested more than 64 deep"),
        ('{"x": NaN}', "NaN is no number"),
        ('{"x": 1e999}', "1e999 is no number"),
        ("", "is no JSON"),
        ("1" * 10_000, "is no JSON"),
        ("[]", "holds no JSON object"),
    ],
)
def test_json_that_is_none_is_a_fault_in_words(tmp_path: Path, text: str, fault: str) -> None:
    (tmp_path / "x.json").write_text(text)
    with pytest.raises(DataError, match=fault):
        read_object(tmp_path / "x.json")


def test_json_is_read_as_it_is(tmp_path: Path) -> None:
    content = {"x": [1, 2.5, None, "\u2028", {"y": []}]}
    (tmp_path / "x.json").write_text(json.dumps(content))
    assert read_object(tmp_path / "x.json") == content
    (tmp_path / "y.json").write_text("[0.0, Infinity]")
    assert read_json(tmp_path / "y.json", finite=False) == [0.0, math.inf]


@pytest.mark.parametrize("dtype", ["f8", "u8", "U3", "?", "M8[s]"])
def test_an_array_of_anything_but_whole_numbers_is_refused(tmp_path: Path, dtype: str) -> None:
    np.save(tmp_path / "x.npy", np.zeros(3, dtype))
    with pytest.raises(DataError, match="expected one of signed whole numbers"):
        map_integers(tmp_path / "x.npy")


def test_an_array_is_mapped(tmp_path: Path) -> None:
    np.save(tmp_path / "x.npy", np.arange(3))
    assert map_integers(tmp_path / "x.npy").tolist() == [0, 1, 2]
    np.save(tmp_path / "x.npy", np.zeros((1, 3), np.int64))
    with pytest.raises(DataError, match="has 2 dimensions of int64"):
        map_integers(tmp_path / "x.npy")


def test_a_table_has_its_columns_once(tmp_path: Path) -> None:
    pq.write_table(pa.table({"a": [1]}), tmp_path / "x.parquet")
    assert read_table(tmp_path / "x.parquet", ["a"]).num_rows == 1
    with pytest.raises(DataError, match="has no column 'b'"):
        read_table(tmp_path / "x.parquet", ["a", "b"])
    pq.write_table(pa.Table.from_arrays([pa.array([1])] * 2, ["a", "a"]), tmp_path / "x.parquet")
    with pytest.raises(DataError, match="has 2 columns 'a'"):
        read_table(tmp_path / "x.parquet")


def test_a_tensors_form_is_read_without_it(tmp_path: Path) -> None:
    save_file({"w": torch.zeros(2, 3, dtype=torch.bfloat16)}, tmp_path / "x.safetensors")
    [form] = tensor_forms(tmp_path / "x.safetensors").values()
    assert form == TensorForm("BF16", (2, 3)) and form.numbers == 6 and form.floating


@pytest.mark.parametrize("value", [math.nan, math.inf, -math.inf])
def test_numbers_that_are_none_are_named(value: float) -> None:
    with pytest.raises(ModelError, match="here: w holds numbers that are none"):
        check_numbers({"v": torch.ones(2), "w": torch.tensor([1.0, value])}, "here")


def test_a_matrix_is_not_zero_throughout() -> None:
    check_numbers({"bias": torch.zeros(3), "none": torch.zeros(0, 3), "one": torch.eye(2)}, "here")
    with pytest.raises(ModelError, match="here: w is zero throughout"):
        check_numbers({"w": torch.zeros(2, 2)}, "here")
