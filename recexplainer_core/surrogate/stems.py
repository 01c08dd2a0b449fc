"""What was read of a user is kept: the next question about the same history goes on where it begins to differ."""

from __future__ import annotations

from collections import deque

import torch
from torch import Tensor
from transformers import DynamicCache

from recexplainer_core.modes import AlignmentMode

KEPT = 8
"""Prompts that are remembered for each mode."""
Layers = list[tuple[Tensor, Tensor]]
"""Keys and values [1, heads, length, width] of every layer."""


class Stems:
    """The last prompts that a model has read alone, by mode; what a prompt begins with need not be read again."""

    def __init__(self) -> None:
        self._read: dict[AlignmentMode, deque[tuple[Tensor, Layers]]] = {}

    def beginning(self, embeds: Tensor, mode: AlignmentMode) -> tuple[DynamicCache, int]:
        """Return what is known of a prompt, and how many of its tokens that covers; its last one is always left.

        Args:
            embeds: [1, length, H], the prompt with its slots filled: two prompts begin alike where these are equal.
            mode: how it is read.
        """
        best, covered = None, 0
        for known, layers in self._read.get(mode, ()):
            length = min(known.shape[1], embeds.shape[1] - 1)
            differ = (known[0, :length] != embeds[0, :length]).any(1)
            alike = int(differ.int().argmax()) if bool(differ.any()) else length
            if alike > covered:
                best, covered = layers, alike
        cache = DynamicCache()
        for number, (keys, values) in enumerate(best or ()):
            cache.update(keys[:, :, :covered], values[:, :, :covered], number)
        return cache, covered

    def keep(self, embeds: Tensor, mode: AlignmentMode, cache: DynamicCache) -> None:
        """Remember a prompt that was read to its end, with nothing behind it."""
        layers: Layers = [(layer.keys, layer.values) for layer in cache.layers]  # type: ignore[union-attr, misc]
        kept = self._read.setdefault(mode, deque(maxlen=KEPT))
        kept.append((embeds.detach(), layers))


def is_alone(mask: Tensor) -> bool:
    """Return whether a batch with this mask [batch, length] is a single prompt without padding."""
    return len(mask) == 1 and bool(torch.all(mask))
