"""SASRec: a causal transformer over the items of a history (Kang and McAuley 2018, arXiv 1808.09781).

Three things differ from the paper, all of them for the sake of one clean function from history to vector:

- Positions are relative: a learned attention bias per head for the distance between two items (as in T5), instead
  of an embedding of the place counted from the left. So the vector at a position of a long sequence is exactly the
  vector of the history that ends there, and every position of a training sequence trains what is used later.
- Every history begins with a learned start token. An empty history is the start alone.
- User and item vectors have a fixed length and meet by their angle; the temperature is folded into both
  lengths, so that a score is a plain dot product and softmax(scores) is the trained distribution.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Annotated, Any

import torch
from pydantic import Field
from torch import nn
from torch.nn import functional

from recexplainer_core.errors import ModelError
from recexplainer_core.recommenders.padding import last_items, pad
from recexplainer_core.recommenders.storage import (
    CatalogueSize,
    Size,
    Tensors,
    check_tensors,
    parse_config,
    write_model,
)
from recexplainer_core.recommenders.subsets import chains

HISTORIES_AT_ONCE = 4096
"""Bound on one forward pass, about 300 MB at the default size."""


@dataclass(frozen=True)
class SASRecConfig:
    """Architecture and training of a SASRec."""

    max_history: Size = 10
    """Items of a history that count, the most recent ones."""
    dimension: Size = 64
    """Number of components of user and item vectors, and width of the transformer."""
    layers: Size = 2
    """Transformer blocks."""
    heads: Size = 2
    """Attention heads of a block; they divide `dimension` among them."""
    dropout: float = 0.4
    """Probability that a component is left out of a training step, in every block and of the input."""
    temperature: Annotated[float, Field(gt=0)] = 0.07
    """Score = cosine / temperature."""
    learning_rate: float = 2e-3
    """Its peak; it rises over the first steps and then falls to zero."""
    weight_decay: float = 0.01
    """Of all weight matrices, by AdamW."""
    epochs: int | None = None
    """The learning rate falls to zero over this many; early stopping may end sooner. None suits the size of
    the data: about 1,300 steps in all, but 10 to 60 epochs."""
    patience: int = 6
    """Epochs without a better validation NDCG@10 after which training ends."""
    batch_windows: int = 256
    """Training windows of one optimisation step."""
    seed: int = 0
    """Of weights, dropout and the order of the windows."""


class Block(nn.Module):
    """Pre-norm attention and feed-forward, each added to the residual stream."""

    def __init__(self, config: SASRecConfig) -> None:
        super().__init__()
        d = config.dimension
        self.heads = config.heads
        self.attention_norm = nn.LayerNorm(d)
        self.query_key_value = nn.Linear(d, 3 * d)
        self.output = nn.Linear(d, d)
        self.distance_bias = nn.Embedding(config.max_history + 1, config.heads)
        self.feed_forward = nn.Sequential(
            nn.LayerNorm(d), nn.Linear(d, 4 * d), nn.GELU(), nn.Linear(4 * d, d)
        )
        self.dropout = nn.Dropout(config.dropout)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        """Map [batch, t, d] to [batch, t, d]; position i sees the positions up to i."""
        batch, t, d = x.shape
        projected = self.query_key_value(self.attention_norm(x)).view(
            batch, t, 3, self.heads, d // self.heads
        )
        query, key, value = projected.permute(2, 0, 3, 1, 4)
        positions = torch.arange(t, device=x.device)
        distance = positions[:, None] - positions[None, :]
        bias = self.distance_bias(distance.clamp(min=0)).permute(2, 0, 1)
        bias = bias.masked_fill(distance < 0, -torch.inf)
        mixed = functional.scaled_dot_product_attention(query, key, value, attn_mask=bias)
        return self._refined(x, mixed.transpose(1, 2).reshape(batch, t, d))

    def along_chains(self, x: torch.Tensor, chains: torch.Tensor, sizes: torch.Tensor) -> torch.Tensor:
        """Map the last positions of many histories that grow from each other, [n, d] to [n, d].

        Args:
            x: what is known of each history's last item.
            chains: [n, t], the histories that each one grew from, itself the last, then padding.
            sizes: [n], the position of the last one.
        """
        n, d = x.shape
        projected = self.query_key_value(self.attention_norm(x)).view(n, 3, self.heads, d // self.heads)
        query, key, value = projected.unbind(1)
        distance = sizes[:, None] - torch.arange(chains.shape[1])
        bias = self.distance_bias(distance.clamp(min=0)).masked_fill(distance[..., None] < 0, -torch.inf)
        closeness = torch.einsum("nhc,nthc->nth", query, key[chains]) / math.sqrt(d // self.heads)
        mixed = torch.einsum("nth,nthc->nhc", (closeness + bias).softmax(1), value[chains])
        return self._refined(x, mixed.reshape(n, d))

    def _refined(self, x: torch.Tensor, mixed: torch.Tensor) -> torch.Tensor:
        x = x + self.dropout(self.output(mixed))
        refined: torch.Tensor = x + self.dropout(self.feed_forward(x))
        return refined


class SASRecNetwork(nn.Module):
    """The trainable part: tokens to user vectors, with item embeddings tied between input and output."""

    def __init__(self, config: SASRecConfig, n_items: int) -> None:
        super().__init__()
        if config.dimension % config.heads:
            raise ModelError(
                f"A dimension of {config.dimension} cannot be split into {config.heads} heads. "
                "Choose a multiple."
            )
        self.config = config
        self.start = n_items
        self.embedding = nn.Embedding(n_items + 1, config.dimension)
        self.dropout = nn.Dropout(config.dropout)
        self.blocks = nn.ModuleList(Block(config) for _ in range(config.layers))
        self.norm = nn.LayerNorm(config.dimension)
        for module in self.modules():
            if isinstance(module, nn.Linear | nn.Embedding):
                nn.init.normal_(module.weight, std=0.02)
            if isinstance(module, nn.Linear):
                nn.init.zeros_(module.bias)

    def item_vectors(self) -> torch.Tensor:
        """Return [n_items, d], each of length temperature ** -0.5."""
        return self._scaled(self.embedding.weight[: self.start])

    def forward(self, items: torch.Tensor) -> torch.Tensor:
        """Return the user vectors [batch, t + 1, d] of items [batch, t]: of none, of the first, of two, ...

        Padding goes to the right, where no earlier position sees it.
        """
        x = self._embedded(functional.pad(items, (1, 0), value=self.start))
        for block in self.blocks:
            x = block(x)
        return self._scaled(self.norm(x))

    def of_subsets(self, items: torch.Tensor) -> torch.Tensor:
        """Return the user vectors [2**t, d] of all subsets of items [t], each subset's last item computed once."""
        steps, sizes = chains(len(items))
        tokens = torch.full((len(steps),), self.start)
        for position, item in enumerate(items):
            tokens[1 << position : 2 << position] = item
        x = self._embedded(tokens)
        for block in self.blocks:
            x = block.along_chains(x, steps, sizes)  # type: ignore[operator]
        return self._scaled(self.norm(x))

    def _embedded(self, tokens: torch.Tensor) -> torch.Tensor:
        x = functional.normalize(self.embedding(tokens), dim=-1) * math.sqrt(self.config.dimension)
        embedded: torch.Tensor = self.dropout(x)
        return embedded

    def _scaled(self, vectors: torch.Tensor) -> torch.Tensor:
        return functional.normalize(vectors, dim=-1) / math.sqrt(self.config.temperature)


class SASRec:
    """A trained SASRec: frozen, in eval mode."""

    supports_edits = True

    def __init__(self, network: SASRecNetwork) -> None:
        self._network = network.eval().requires_grad_(False)
        self.config = network.config
        self.max_history = network.config.max_history
        self.item_vectors = network.item_vectors().detach()

    @torch.no_grad()
    def user_vectors(self, histories: Sequence[Sequence[int]]) -> torch.Tensor:
        """Return [batch, d]; only the last `max_history` items count.

        Raises:
            ModelError: a history holds an item the recommender does not know.
        """
        recent = last_items(histories, self.max_history, len(self.item_vectors))
        found = [torch.empty(0, self.config.dimension)]
        for first in range(0, len(recent), HISTORIES_AT_ONCE):
            items, lengths = pad(recent[first : first + HISTORIES_AT_ONCE], filler=self._network.start)
            found.append(self._network(items)[torch.arange(len(items)), lengths])
        return torch.cat(found)

    @torch.no_grad()
    def subset_vectors(self, history: Sequence[int]) -> torch.Tensor:
        """Return [2**n, d], the user vectors of all subsets of the last n items, n at most `max_history`.

        Raises:
            ModelError: the history holds an item the recommender does not know.
        """
        [recent] = last_items([history], self.max_history, len(self.item_vectors))
        return self._network.of_subsets(torch.tensor(recent, dtype=torch.long))

    def scores(self, user_vectors: torch.Tensor) -> torch.Tensor:
        """Return [batch, n_items]: the dot products with the item vectors."""
        return user_vectors @ self.item_vectors.T

    def save(self, folder: Path) -> None:
        """Write config.json and model.safetensors."""
        config = {"n_items": len(self.item_vectors), **asdict(self.config)}
        write_model(folder, "sasrec", config, self.state_dict())

    def reinitialised(self, seed: int) -> SASRec:
        """Return the same network with weights that never learnt anything."""
        with torch.random.fork_rng(devices=[]):
            torch.manual_seed(seed)
            return SASRec(SASRecNetwork(self.config, len(self.item_vectors)))

    def state_dict(self) -> Tensors:
        """Return the weights by name."""
        return self._network.state_dict()

    @classmethod
    def from_files(cls, folder: Path, values: dict[str, Any], tensors: Tensors) -> SASRec:
        """Build from the content of the two files.

        Raises:
            ModelError: they do not fit together.
        """
        config = parse_config(SASRecConfig, folder, values)
        n_items = parse_config(CatalogueSize, folder, values).n_items
        # The sizes in config.json take memory only once they are known to be those of the weights.
        blocks = len({name.split(".")[1] for name in tensors if name.startswith("blocks.")})
        promised = {"embedding.weight": torch.empty(n_items + 1, config.dimension, device="meta")}
        check_tensors(folder, promised, {k: v for k, v in tensors.items() if k in promised})
        if blocks != config.layers:
            raise ModelError(
                f"{folder} holds the weights of {blocks} layers, but its config.json says {config.layers}. "
                "The two files are not of one model: build the bundle again."
            )
        with torch.random.fork_rng(devices=[]):
            network = SASRecNetwork(config, n_items)
        check_tensors(folder, network.state_dict(), tensors)
        network.load_state_dict(tensors, assign=True)
        return cls(network)
