"""From the target's vectors to the language model's input space."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

import torch
from safetensors.torch import save_file
from torch import Tensor, nn

from recexplainer_core.errors import DataError, ModelError
from recexplainer_core.files.json_text import parse_json
from recexplainer_core.files.tensors import check_numbers, read_tensors

WIDEST = 1_000_000
"""Width of vectors that a connector may have."""
_REMEDY = "Build the bundle again."


class Connector(nn.Module):
    """Two small networks, one for user vectors and one for item vectors: Linear, GELU, Linear (arXiv 2311.10947).

    What comes out stands at a slot position in place of a token embedding, a learnt slot embedding added. Inputs are
    first brought to zero mean and unit scale with figures of the training vectors, so that targets of any scale
    fit.

    Args:
        vector_size: d, the width of the target's vectors.
        embedding_size: H, the width of the language model's token embeddings.
    """

    centre: Tensor
    scale: Tensor

    def __init__(self, vector_size: int, embedding_size: int) -> None:
        super().__init__()
        self.vector_size, self.embedding_size = vector_size, embedding_size
        self.networks = nn.ModuleDict(
            {
                kind: nn.Sequential(
                    nn.Linear(vector_size, embedding_size // 2),
                    nn.GELU(),
                    nn.Linear(embedding_size // 2, embedding_size),
                )
                for kind in ("user", "item")
            }
        )
        self.slot_embeddings = nn.ParameterDict(
            {kind: nn.Parameter(torch.zeros(embedding_size)) for kind in ("user", "item")}
        )
        self.register_buffer("centre", torch.zeros(2, vector_size))
        self.register_buffer("scale", torch.ones(2))

    def fit_scale(self, user_vectors: Tensor, item_vectors: Tensor) -> None:
        """Take centre and scale from sample vectors, [n, d] each."""
        for row, vectors in enumerate((user_vectors, item_vectors)):
            self.centre[row] = vectors.mean(0)
            self.scale[row] = (vectors - vectors.mean(0)).pow(2).mean().sqrt().clamp_min(1e-6)

    def users(self, vectors: Tensor) -> Tensor:
        """Map user vectors [n, d] to embeddings [n, H]."""
        return self._map(vectors, 0, "user")

    def items(self, vectors: Tensor) -> Tensor:
        """Map item vectors [n, d] to embeddings [n, H]."""
        return self._map(vectors, 1, "item")

    def _map(self, vectors: Tensor, row: int, kind: str) -> Tensor:
        standard = (vectors - self.centre[row]) / self.scale[row]
        mapped: Tensor = self.networks[kind](standard) + self.slot_embeddings[kind]
        return mapped

    def save(self, path: Path) -> None:
        """Write weights and sizes as one safetensors file."""
        sizes = {"vector_size": self.vector_size, "embedding_size": self.embedding_size}
        tensors = {name: tensor.contiguous() for name, tensor in self.state_dict().items()}
        save_file(tensors, path, metadata={"sizes": json.dumps(sizes)})

    @classmethod
    def load(cls, path: Path) -> Connector:
        """Read what `save` wrote.

        Raises:
            ModelError: the file is missing or no connector, or its numbers are none or zero.
        """
        tensors, metadata = read_tensors(path, _REMEDY)
        vector_size, embedding_size = connector_sizes(path, metadata)
        with torch.device("meta"):
            connector = cls(vector_size, embedding_size)
        expected = {name: tuple(tensor.shape) for name, tensor in connector.state_dict().items()}
        for name in sorted(expected.keys() | tensors.keys()):
            found = tuple(tensors[name].shape) if name in tensors else None
            if found != expected.get(name) or not tensors[name].is_floating_point():
                raise ModelError(
                    f"{path} is not a connector from width {vector_size} to {embedding_size}: {name} is "
                    f"{found or 'missing'}, expected {expected.get(name) or 'nothing'} in floating point. {_REMEDY}"
                )
        check_numbers({name: t for name, t in tensors.items() if name != "centre"}, path, _REMEDY)
        check_numbers({"centre": tensors["centre"].reshape(-1)}, path, _REMEDY)
        if not bool((tensors["scale"] > 0).all()):
            raise ModelError(f"{path} is not a connector: its scale is not above zero. {_REMEDY}")
        connector.load_state_dict({name: t.float() for name, t in tensors.items()}, assign=True)
        return connector


def connector_sizes(path: Path, metadata: Mapping[str, str]) -> tuple[int, int]:
    """Return the widths of the vectors that a connector takes and of the embeddings that it gives.

    Args:
        path: of its file.
        metadata: the words in the file beside the tensors.

    Raises:
        ModelError: they do not say.
    """
    try:
        sizes = parse_json(metadata.get("sizes", ""), path, _REMEDY)
        found = sizes["vector_size"], sizes["embedding_size"]
    except (DataError, KeyError, TypeError) as fault:
        raise ModelError(f"{path} is not a connector ({fault}). {_REMEDY}") from fault
    if not all(type(size) is int and 0 < size <= WIDEST for size in found):
        raise ModelError(f"{path} is not a connector: its sizes are {found}. {_REMEDY}")
    return found
