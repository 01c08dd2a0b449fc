"""Checkpoints are read, and nothing in them runs."""

from __future__ import annotations

import contextlib
import os
import pickle
import zipfile
from pathlib import Path

import pytest
import torch

from recexplainer_core.errors import ModelError
from recexplainer_core.recommenders.elsewhere.checkpoint import Opaque, read_checkpoint
from tests.recommenders.elsewhere.checkpoints import Config, save_checkpoint


class Payload:
    """Writes a file when an ordinary reader opens it."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __reduce__(self):
        return os.system, (f"touch {self.path}",)


@pytest.mark.parametrize("protocol", [2, 3, 4, 5])
def test_values_and_tensors_come_out_and_classes_do_not(tmp_path, protocol):
    whole = torch.arange(24.0).reshape(4, 6)
    content = {
        "config": Config({"model": "BPR", "sizes": [1, 2], "split": {"LS": True}, "rate": 0.5, "none": None}),
        "state_dict": {
            "whole": whole,
            "part": whole[1:3, ::2],
            "half": whole.half(),
            "numbers": torch.arange(3),
        },
        "parameter": torch.nn.Parameter(torch.ones(2)),
        "device": torch.device("cpu"),
        "set": {1, 2},
        "long": 2**70,
        "bytes": b"abc",
        "tuples": ((1,), (1, 2), (1, 2, 3), (1, 2, 3, 4), ()),
    }
    found = read_checkpoint(save_checkpoint(tmp_path / "c.pth", content, protocol))
    assert (
        isinstance(found["config"], Opaque) and found["config"].name == "recbole.config.configurator.Config"
    )
    assert found["config"].state["final_config_dict"] == content["config"].final_config_dict
    for name, tensor in content["state_dict"].items():
        assert found["state_dict"][name].dtype == tensor.dtype and torch.equal(
            found["state_dict"][name], tensor
        )
    assert torch.equal(found["parameter"], torch.ones(2))
    assert (found["long"], found["tuples"]) == (2**70, content["tuples"])
    assert isinstance(found["device"], Opaque)


def test_nothing_is_executed(tmp_path):
    trace = tmp_path / "executed"
    path = tmp_path / "evil.pth"
    torch.save({"state_dict": {}, "evil": Payload(trace)}, path)
    found = read_checkpoint(path)
    assert not trace.exists()
    assert found["evil"].name.endswith("system") and "touch" in found["evil"].arguments[0]
    torch.load(path, weights_only=False)
    assert trace.exists(), "the payload would have worked"


def test_what_is_no_checkpoint_says_so(tmp_path):
    (tmp_path / "text.pth").write_text("no")
    with zipfile.ZipFile(tmp_path / "zip.pth", "w") as archive:
        archive.writestr("a", "b")
    (tmp_path / "pickle.pth").write_bytes(pickle.dumps({"a": 1}))
    torch.save({"a": torch.ones(3)}, tmp_path / "legacy.pth", _use_new_zipfile_serialization=False)
    for name in ("text", "zip", "pickle", "legacy", "missing"):
        with pytest.raises(ModelError, match=f"{name}.pth: .*checkpoint"):
            read_checkpoint(tmp_path / f"{name}.pth")


def rewritten(path: Path, **changed: bytes) -> Path:
    """Return a copy of a checkpoint with other content in the files whose names end so."""
    copy = path.with_name("changed.pth")
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(copy, "w") as new:
        for name in old.namelist():
            new.writestr(name, changed.get(name.rpartition("/")[2], old.read(name)))
    return copy


def test_damaged_ones_are_refused(tmp_path):
    path = tmp_path / "c.pth"
    torch.save({"a": torch.ones(3, 4)}, path)
    with zipfile.ZipFile(path) as archive:
        content = archive.read("c/data.pkl")
    assert torch.equal(read_checkpoint(rewritten(path))["a"], torch.ones(3, 4))
    for changed, says in (
        ({"0": b"1234"}, "12 are announced"),
        ({"data.pkl": content[:-20]}, "cannot be read"),
        ({"data.pkl": b"\x80\x02."}, "cannot be read"),
        ({"data.pkl": content.replace(b"K\x03K\x04", b"K\x09K\x04")}, "in 12 numbers"),
        ({"byteorder": b"big"}, "other order"),
    ):
        with pytest.raises(ModelError, match=says):
            read_checkpoint(rewritten(path, **changed))


def test_every_cut_and_every_changed_byte_is_read_or_refused(tmp_path):
    path = save_checkpoint(
        tmp_path / "c.pth", {"config": Config({"a": [1]}), "state_dict": {"w": torch.ones(2)}}
    )
    with zipfile.ZipFile(path) as archive:
        content = archive.read("c/data.pkl")
    random = torch.Generator().manual_seed(0)
    for _ in range(300):
        changed = bytearray(content)
        at, value = (
            torch.randint(len(content), (1,), generator=random),
            torch.randint(256, (1,), generator=random),
        )
        changed[int(at)] = int(value)
        with contextlib.suppress(ModelError):
            read_checkpoint(rewritten(path, **{"data.pkl": bytes(changed)}))
