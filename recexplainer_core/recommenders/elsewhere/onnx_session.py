"""An encoder in ONNX: from sequences of items to vectors or scores, run by onnxruntime and nothing else."""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module
from typing import Any

import numpy as np
import torch

from recexplainer_core.errors import MissingPackageError, ModelError

INPUTS = (
    "It takes item_seq, int64 [n, length], padded with 0, and perhaps lengths, int64 [n], and returns one float "
    "tensor: user vectors [n, d] or scores [n, items]."
)


class OnnxSession:
    """A loaded encoder.

    Args:
        model: content of the .onnx file.
        where: what messages call it.

    Raises:
        MissingPackageError: onnxruntime is not installed.
        ModelError: it cannot be loaded, or takes or returns something else than it should.
    """

    def __init__(self, model: bytes, where: str) -> None:
        try:
            onnxruntime = import_module("onnxruntime")
        except ImportError as fault:
            raise MissingPackageError(
                f"{where}: an ONNX encoder needs onnxruntime, which is not installed. Run: pip install onnxruntime"
            ) from fault
        options = onnxruntime.SessionOptions()
        options.log_severity_level = 4
        options.intra_op_num_threads = torch.get_num_threads()
        self.where = where
        try:
            self._session = onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])
        except Exception as fault:  # onnxruntime's own errors share no class
            raise ModelError(
                f"{where}: cannot be loaded by onnxruntime ({_short(fault)}). Save it as one file, weights included."
            ) from fault
        inputs, outputs = self._session.get_inputs(), self._session.get_outputs()
        ranks = [(one.type, len(one.shape)) for one in inputs]
        if ranks[:1] != [("tensor(int64)", 2)] or ranks[1:] not in ([], [("tensor(int64)", 1)]):
            given = ", ".join(f"{one.name} {one.type} {one.shape}" for one in inputs)
            raise ModelError(f"{where}: its inputs are {given}. {INPUTS}")
        if len(outputs) != 1 or outputs[0].type != "tensor(float)":
            given = ", ".join(f"{one.name} {one.type} {one.shape}" for one in outputs)
            raise ModelError(f"{where}: its outputs are {given}. {INPUTS}")
        self._names = [one.name for one in inputs]
        length = inputs[0].shape[1]
        self.length: int | None = length if isinstance(length, int) else None
        """To which every sequence has to be padded; None where any length will do."""

    def run(self, sequences: Sequence[Sequence[int]], length: int | None, left: bool) -> torch.Tensor:
        """Return [n, d] for n sequences, none of them empty.

        Args:
            sequences: numbers of items as the encoder knows them.
            length: to which they are padded; the longest unless given.
            left: pad on the left, not on the right.

        Raises:
            ModelError: it fails, or returns another shape or numbers that are not finite.
        """
        lengths = np.array([len(one) for one in sequences], dtype=np.int64)
        items = np.zeros((len(sequences), length or int(lengths.max())), dtype=np.int64)
        for row, sequence in enumerate(sequences):
            items[row, slice(-len(sequence), None) if left else slice(0, len(sequence))] = sequence
        feed: dict[str, Any] = dict(zip(self._names, (items, lengths), strict=False))
        try:
            [found] = self._session.run(None, feed)
        except Exception as fault:
            raise ModelError(
                f"{self.where}: fails on {len(items)} sequences of {items.shape[1]} items ({_short(fault)}). Export it "
                "with a batch of any size, and see that it knows all item numbers."
            ) from fault
        if found.ndim != 2 or len(found) != len(items):
            raise ModelError(
                f"{self.where}: returns the shape {list(found.shape)} for {len(items)} sequences. {INPUTS}"
            )
        if not np.isfinite(found).all():
            raise ModelError(
                f"{self.where}: returns numbers that are not finite for some histories. Train it again."
            )
        return torch.from_numpy(np.ascontiguousarray(found))


def _short(fault: Exception) -> str:
    return " ".join(str(fault).split())[:300]
