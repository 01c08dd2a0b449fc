"""The settings that a checkpoint holds beside its weights, asked one by one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, get_args

from recexplainer_core.errors import ModelError
from recexplainer_core.recommenders.elsewhere.sequence_networks import Activation

_LARGEST = 100_000


@dataclass(frozen=True)
class Settings:
    """Settings by name.

    Args:
        path: of the checkpoint.
        values: as they were saved.
    """

    path: Path
    values: Mapping[str, Any]

    def number(self, name: str) -> int:
        """Return a size.

        Raises:
            ModelError: there is none of this name, or no sensible one.
        """
        value = self.values.get(name)
        if isinstance(value, bool) or not isinstance(value, int) or not 1 <= value <= _LARGEST:
            raise ModelError(f"{self.path}: its settings say {name}: {value!r}, where a size is needed.")
        return value

    def text(self, name: str) -> str:
        """Return a word.

        Raises:
            ModelError: there is none of this name.
        """
        value = self.values.get(name)
        if not isinstance(value, str):
            raise ModelError(f"{self.path}: its settings say {name}: {value!r}, where a word is needed.")
        return value

    def transformer(self) -> dict[str, Any]:
        """Return the form of a transformer, as fields of a `NetworkConfig`.

        Raises:
            ModelError: a setting is missing or unknown.
        """
        dimension, heads = self.number("hidden_size"), self.number("n_heads")
        activation = self.text("hidden_act")
        if activation not in get_args(Activation) or dimension % heads:
            raise ModelError(
                f"{self.path}: its settings say hidden_act: {activation!r}, hidden_size: {dimension} and "
                f"n_heads: {heads}. "
                f"{', '.join(get_args(Activation))} are known, and heads divide the size."
            )
        return {
            "dimension": dimension,
            "heads": heads,
            "layers": self.number("n_layers"),
            "inner": self.number("inner_size"),
            "activation": activation,
            "epsilon": float(self.values.get("layer_norm_eps", 1e-12)),
        }
