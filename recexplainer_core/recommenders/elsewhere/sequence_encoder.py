"""A target that is such a network: any history, known or changed, gets the very vector that the original gives it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

import torch

from recexplainer_core.errors import ModelError
from recexplainer_core.histories import Histories
from recexplainer_core.recommenders.elsewhere.sequence_networks import NetworkConfig, make_network
from recexplainer_core.recommenders.padding import last_items, pad
from recexplainer_core.recommenders.spread import usual_scale
from recexplainer_core.recommenders.storage import (
    CatalogueSize,
    Size,
    Tensors,
    check_tensors,
    parse_config,
    write_model,
)

_AT_ONCE = 2048
_KINDS = {"right": "recbole", "left": "unirec"}


@dataclass(frozen=True)
class SequenceEncoderConfig(NetworkConfig):
    """Form and use of the network."""

    max_history: Size = 10
    """Items of a history that it is shown, the most recent ones."""
    seed: int = 0
    """Unused: nothing is drawn."""
    scale: float = 1.0
    """What user vectors are multiplied by, so that scores differ as much as those of the targets trained here."""


class SequenceEncoder:
    """A network of RecBole or UniRec, frozen.

    Args:
        config: its form.
        tensors: its weights by their names there; the item table [n_items + 1, d] begins with padding.
        biases: [n_items], added to every score; it is then a component more of every vector.
    """

    supports_edits = True

    def __init__(
        self, config: SequenceEncoderConfig, tensors: Tensors, biases: torch.Tensor | None = None
    ) -> None:
        self.config, self.max_history, self._biases = config, config.max_history, biases
        table = tensors["item_embedding.weight"]
        with torch.device("meta"):
            network = make_network(config, len(table) - 1)
        network.load_state_dict(tensors, assign=True)
        self._network = network.eval().requires_grad_(False)
        vectors = table[1:].detach()
        self.item_vectors = vectors if biases is None else torch.cat([vectors, biases[:, None]], 1)

    @property
    def made_for(self) -> int | None:
        """How many items of a history the original reads."""
        return self.config.length

    @torch.no_grad()
    def user_vectors(self, histories: Sequence[Sequence[int]]) -> torch.Tensor:
        """Return [batch, d]; only the last `max_history` items count; an empty history is zero.

        Raises:
            ModelError: a history holds an item the recommender does not know.
        """
        recent = last_items(histories, self.max_history, len(self.item_vectors))
        found = torch.zeros(len(recent), self.item_vectors.shape[1])
        rows = [row for row, history in enumerate(recent) if history]
        for first in range(0, len(rows), _AT_ONCE):
            part = rows[first : first + _AT_ONCE]
            items, lengths = pad([[item + 1 for item in recent[row]] for row in part], filler=0)
            found[part, : self.config.dimension] = self._network(items, lengths)
        if self._biases is not None:
            found[:, -1] = 1.0
        return found * self.config.scale

    def scores(self, user_vectors: torch.Tensor) -> torch.Tensor:
        """Return [batch, n_items]: the dot products with the item vectors."""
        return user_vectors @ self.item_vectors.T

    def scaled(self, histories: Histories) -> SequenceEncoder:
        """Return the same target with scores that differ as much as usual."""
        config = replace(self.config, scale=self.config.scale * usual_scale(self, histories))
        return SequenceEncoder(config, self._network.state_dict(), self._biases)

    @staticmethod
    def untrainable(*ignored: Any) -> SequenceEncoder:
        """Say that such a network is read from a file.

        Raises:
            ModelError: always.
        """
        raise ModelError(
            "Such a model is not trained here: name its file behind a colon, as in recbole:FILE."
        )

    def save(self, folder: Path) -> None:
        """Write config.json and model.safetensors."""
        biases = {} if self._biases is None else {"item_biases": self._biases}
        config = {"n_items": len(self.item_vectors), **asdict(self.config)}
        write_model(folder, _KINDS[self.config.padded], config, {**self._network.state_dict(), **biases})

    @classmethod
    def from_files(cls, folder: Path, values: dict[str, Any], tensors: Tensors) -> SequenceEncoder:
        """Build from the content of the two files.

        Raises:
            ModelError: they do not fit together.
        """
        config = parse_config(SequenceEncoderConfig, folder, values)
        n_items = parse_config(CatalogueSize, folder, values).n_items
        layers = len({name.split(".")[2] for name in tensors if name.startswith("trm_encoder.layer.")})
        if config.model == "SASRec" and (layers != config.layers or config.dimension % config.heads):
            raise ModelError(
                f"{folder}: config.json means {config.layers} layers of {config.dimension} components in "
                f"{config.heads} heads, the weights are of {layers}. Build the bundle again."
            )
        with torch.device("meta"):
            expected: dict[str, torch.Tensor] = dict(make_network(config, n_items).state_dict())
            if "item_biases" in tensors:
                expected["item_biases"] = torch.empty(n_items)
        check_tensors(folder, expected, tensors)
        return cls(
            config,
            {name: tensors[name] for name in expected if name != "item_biases"},
            tensors.get("item_biases"),
        )


def adopt(
    path: Path,
    config: SequenceEncoderConfig,
    weights: Mapping[str, torch.Tensor],
    rows: Sequence[int],
    histories: Histories,
    biases: torch.Tensor | None = None,
) -> SequenceEncoder:
    """Make a target of the weights of a network that was trained elsewhere.

    Args:
        path: of the checkpoint, for the message.
        config: form of the network.
        weights: by name; others than the network's are left out.
        rows: of each item of the catalogue in the item table.
        histories: of the users.
        biases: [n_items].

    Raises:
        ModelError: a weight is missing, has another shape, or holds a number that is not finite.
    """
    with torch.device("meta"):
        expected = make_network(config, len(rows)).state_dict()
    taken: Tensors = {}
    for name, promised in expected.items():
        if name not in weights:
            raise ModelError(
                f"{path}: has no {name}, which a {config.model} has. It is a variant that is not read."
            )
        tensor = weights[name].float()
        taken[name] = tensor[[0, *rows]] if name == "item_embedding.weight" else tensor
        if taken[name].shape != promised.shape:
            raise ModelError(
                f"{path}: {name} has the shape {list(taken[name].shape)}, and the settings in the file mean "
                f"{list(promised.shape)}. It is a variant that is not read."
            )
        if not taken[name].isfinite().all():
            raise ModelError(f"{path}: {name} holds numbers that are not finite. Train it again.")
    return SequenceEncoder(config, taken, biases).scaled(histories)
