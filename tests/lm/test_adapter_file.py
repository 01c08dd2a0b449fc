import pytest
import torch
from safetensors.torch import load_file

from recexplainer_core.errors import ModelError
from recexplainer_core.lm.adapter_file import ADAPTER_FILE, read_adapter, write_adapter


@pytest.fixture
def tensors():
    few = torch.zeros(1000, 4)
    few[[3, 700]] = torch.randn(2, 4)
    return {"few": few, "all": torch.randn(5, 3), "none": torch.zeros(6, 2), "flat": torch.randn(7)}


def test_what_is_written_is_read(tmp_path, tensors):
    write_adapter(tensors, tmp_path)
    read = read_adapter(tmp_path)
    assert read.keys() == tensors.keys()
    for name, tensor in tensors.items():
        assert torch.equal(read[name], tensor.half())


def test_rows_of_zeros_take_no_room(tmp_path, tensors):
    write_adapter(tensors, tmp_path)
    assert load_file(tmp_path / ADAPTER_FILE)["few"].shape == (2, 4)


def test_a_file_that_is_missing_or_damaged_is_named(tmp_path, tensors):
    with pytest.raises(ModelError, match=ADAPTER_FILE):
        read_adapter(tmp_path)
    write_adapter(tensors, tmp_path)
    whole = (tmp_path / ADAPTER_FILE).read_bytes()
    (tmp_path / ADAPTER_FILE).write_bytes(whole[:100])
    with pytest.raises(ModelError, match="damaged"):
        read_adapter(tmp_path)


def test_the_same_adapter_is_the_same_file_each_time(tmp_path, tensors):
    files = set()
    for _ in range(20):
        write_adapter(tensors, tmp_path)
        files.add((tmp_path / ADAPTER_FILE).read_bytes())
    assert len(files) == 1
