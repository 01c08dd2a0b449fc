"""The networks of RecBole and UniRec that read a sequence, written again, with their tensors' names.

Padding is never computed: both mask it out, so that the state at a history's last item is that of the history alone.
What differs is where positions are counted from. RecBole pads on the right, so the oldest item stands at position 0;
UniRec pads on the left, so the newest stands at the last position.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import torch
from torch import nn
from torch.nn import functional

from recexplainer_core.recommenders.storage import Size

Model = Literal["SASRec", "GRU4Rec"]
Side = Literal["right", "left"]
Activation = Literal["gelu", "relu", "swish", "tanh", "sigmoid"]
_ACTIVATIONS: dict[str, Callable[[torch.Tensor], torch.Tensor]] = {
    "gelu": functional.gelu,
    "relu": functional.relu,
    "swish": functional.silu,
    "tanh": torch.tanh,
    "sigmoid": torch.sigmoid,
}


@dataclass(frozen=True)
class NetworkConfig:
    """The form of such a network."""

    model: Model = "SASRec"
    length: Size = 50
    """Items that it was trained to read."""
    dimension: Size = 64
    layers: Size = 2
    heads: Size = 2
    """Of attention; 1 in a GRU."""
    inner: Size = 256
    """Width of the feed-forward layer, or of the GRU's state."""
    activation: Activation = "gelu"
    epsilon: float = 1e-12
    """Of layer normalisation."""
    padded: Side = "right"
    positions: Size = 50
    """Rows of the position table; 1 in a GRU."""


class _Attention(nn.Module):
    def __init__(self, config: NetworkConfig) -> None:
        super().__init__()
        d, self.heads = config.dimension, config.heads
        self.query, self.key, self.value, self.dense = (nn.Linear(d, d) for _ in range(4))
        self.LayerNorm = nn.LayerNorm(d, eps=config.epsilon)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        n, t, d = x.shape
        query, key, value = (
            part(x).view(n, t, self.heads, d // self.heads).transpose(1, 2)
            for part in (self.query, self.key, self.value)
        )
        mixed = functional.scaled_dot_product_attention(query, key, value, is_causal=True)
        normed: torch.Tensor = self.LayerNorm(self.dense(mixed.transpose(1, 2).reshape(n, t, d)) + x)
        return normed


class _FeedForward(nn.Module):
    def __init__(self, config: NetworkConfig) -> None:
        super().__init__()
        self.dense_1 = nn.Linear(config.dimension, config.inner)
        self.dense_2 = nn.Linear(config.inner, config.dimension)
        self.LayerNorm = nn.LayerNorm(config.dimension, eps=config.epsilon)
        self.activation = _ACTIVATIONS[config.activation]

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        normed: torch.Tensor = self.LayerNorm(self.dense_2(self.activation(self.dense_1(x))) + x)
        return normed


class _Layer(nn.Module):
    def __init__(self, config: NetworkConfig) -> None:
        super().__init__()
        self.multi_head_attention, self.feed_forward = _Attention(config), _FeedForward(config)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        refined: torch.Tensor = self.feed_forward(self.multi_head_attention(x))
        return refined


class _Encoder(nn.Module):
    def __init__(self, config: NetworkConfig) -> None:
        super().__init__()
        self.layer = nn.ModuleList(_Layer(config) for _ in range(config.layers))


class SASRecNetwork(nn.Module):
    """Post-norm causal transformer with learned positions; item 0 is padding."""

    def __init__(self, config: NetworkConfig, n_items: int) -> None:
        super().__init__()
        self.config = config
        self.item_embedding = nn.Embedding(n_items + 1, config.dimension)
        self.position_embedding = nn.Embedding(config.positions, config.dimension)
        self.LayerNorm = nn.LayerNorm(config.dimension, eps=config.epsilon)
        self.trm_encoder = _Encoder(config)

    def forward(self, items: torch.Tensor, lengths: torch.Tensor) -> torch.Tensor:
        """Map items [n, t], filled up on the right with 0, to user vectors [n, d]."""
        positions = torch.arange(items.shape[1]).expand_as(items)
        if self.config.padded == "left":
            positions = positions + (self.config.length - lengths)[:, None]
        x = self.item_embedding(items) + self.position_embedding(
            positions.clamp(max=self.config.positions - 1)
        )
        x = self.LayerNorm(x)
        for layer in self.trm_encoder.layer:
            x = layer(x)
        return _at_the_end(x, lengths)


class GRU4RecNetwork(nn.Module):
    """Gated recurrent units over the items; item 0 is padding."""

    def __init__(self, config: NetworkConfig, n_items: int) -> None:
        super().__init__()
        self.item_embedding = nn.Embedding(n_items + 1, config.dimension)
        self.gru_layers = nn.GRU(config.dimension, config.inner, config.layers, bias=False, batch_first=True)
        self.dense = nn.Linear(config.inner, config.dimension)

    def forward(self, items: torch.Tensor, lengths: torch.Tensor) -> torch.Tensor:
        """Map items [n, t], filled up on the right with 0, to user vectors [n, d]."""
        return _at_the_end(self.dense(self.gru_layers(self.item_embedding(items))[0]), lengths)


def make_network(config: NetworkConfig, n_items: int) -> SASRecNetwork | GRU4RecNetwork:
    """Return an untrained network of this form."""
    return (SASRecNetwork if config.model == "SASRec" else GRU4RecNetwork)(config, n_items)


def _at_the_end(states: torch.Tensor, lengths: torch.Tensor) -> torch.Tensor:
    return states[torch.arange(len(states)), (lengths - 1).clamp(min=0)]
