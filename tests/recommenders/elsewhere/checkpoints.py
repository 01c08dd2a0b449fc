"""Checkpoints as RecBole and UniRec save them, without either: what their pickles hold, by classes of the same name."""

from __future__ import annotations

import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import torch


class Config:
    """Pickled by reference to a module that no reader has."""

    def __init__(self, values: dict[str, Any]) -> None:
        self.final_config_dict = values


Config.__module__ = "recbole.config.configurator"


def save_checkpoint(path: Path, content: dict[str, Any], protocol: int = 4) -> Path:
    """Save with the trainer's module importable, and gone again afterwards."""
    names = ["recbole", "recbole.config", "recbole.config.configurator"]
    for name in names:
        sys.modules[name] = ModuleType(name)
    sys.modules[names[-1]].Config = Config  # type: ignore[attr-defined]
    try:
        torch.save(content, path, pickle_protocol=protocol)
    finally:
        for name in names:
            del sys.modules[name]
    return path


def transformer_weights(
    n_items: int, d: int, inner: int, layers: int, positions: int
) -> dict[str, torch.Tensor]:
    """Return random weights of a SASRec of RecBole, by their names there."""
    generator = torch.Generator().manual_seed(0)

    def drawn(*shape: int) -> torch.Tensor:
        return torch.randn(shape, generator=generator) * 0.5

    weights = {
        "item_embedding.weight": drawn(n_items + 1, d),
        "position_embedding.weight": drawn(positions, d),
        "LayerNorm.weight": drawn(d) + 1,
        "LayerNorm.bias": drawn(d),
    }
    for layer in range(layers):
        start = f"trm_encoder.layer.{layer}"
        for name in ("query", "key", "value", "dense"):
            weights[f"{start}.multi_head_attention.{name}.weight"] = drawn(d, d)
            weights[f"{start}.multi_head_attention.{name}.bias"] = drawn(d)
        weights[f"{start}.feed_forward.dense_1.weight"] = drawn(inner, d)
        weights[f"{start}.feed_forward.dense_1.bias"] = drawn(inner)
        weights[f"{start}.feed_forward.dense_2.weight"] = drawn(d, inner)
        weights[f"{start}.feed_forward.dense_2.bias"] = drawn(d)
        for part in ("multi_head_attention", "feed_forward"):
            weights[f"{start}.{part}.LayerNorm.weight"] = drawn(d) + 1
            weights[f"{start}.{part}.LayerNorm.bias"] = drawn(d)
    return weights


def transformer_vector(
    weights: dict[str, torch.Tensor], sequence: list[int], length: int, heads: int, left: bool
) -> torch.Tensor:
    """Return the user vector [d] as the originals compute it: padded, masked, with padding computed along.

    Args:
        weights: by name.
        sequence: numbers of items, 0 is padding.
        length: to which it is padded.
        heads: of attention.
        left: pad on the left and take the last state (UniRec), not on the right and that of the last item (RecBole).
    """

    def linear(name: str, x: torch.Tensor) -> torch.Tensor:
        return x @ weights[f"{name}.weight"].T + weights[f"{name}.bias"]

    def norm(name: str, x: torch.Tensor) -> torch.Tensor:
        centred = x - x.mean(-1, keepdim=True)
        scaled = centred / (x.var(-1, unbiased=False, keepdim=True) + 1e-12).sqrt()
        return scaled * weights[f"{name}.weight"] + weights[f"{name}.bias"]

    filler = [0] * (length - len(sequence))
    items = torch.tensor([*filler, *sequence] if left else [*sequence, *filler])
    mask = torch.where((items != 0)[None, :] & torch.ones(length, length).tril().bool(), 0.0, -10000.0)
    x = norm(
        "LayerNorm", weights["item_embedding.weight"][items] + weights["position_embedding.weight"][:length]
    )
    layers = len({name.split(".")[2] for name in weights if name.startswith("trm_encoder")})
    for layer in range(layers):
        start = f"trm_encoder.layer.{layer}.multi_head_attention"
        d = x.shape[1] // heads
        mixed = []
        for head in range(heads):
            part = slice(head * d, (head + 1) * d)
            query, key, value = (linear(f"{start}.{name}", x)[:, part] for name in ("query", "key", "value"))
            mixed.append(((query @ key.T) / d**0.5 + mask).softmax(1) @ value)
        x = norm(f"{start}.LayerNorm", linear(f"{start}.dense", torch.cat(mixed, 1)) + x)
        start = f"trm_encoder.layer.{layer}.feed_forward"
        hidden = linear(f"{start}.dense_1", x)
        hidden = hidden * 0.5 * (1 + torch.erf(hidden / 2**0.5))
        x = norm(f"{start}.LayerNorm", linear(f"{start}.dense_2", hidden) + x)
    return x[-1] if left else x[len(sequence) - 1]
