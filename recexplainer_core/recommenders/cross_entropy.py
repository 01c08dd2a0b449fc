"""Cross-entropy over the whole catalogue without ever holding all its logits."""

from __future__ import annotations

from typing import Any

import torch

LOGITS_AT_ONCE = 2_000_000
"""8 MB of float32: small enough to stay in the processor's cache between the passes over it."""


def full_cross_entropy(users: torch.Tensor, items: torch.Tensor, targets: torch.Tensor) -> torch.Tensor:
    """Return the mean of -log softmax(users @ items.T)[target].

    Args:
        users: [n, d].
        items: [n_items, d].
        targets: [n], item indices.
    """
    loss: torch.Tensor = _FullCrossEntropy.apply(users, items, targets)
    return loss


class _FullCrossEntropy(torch.autograd.Function):
    """Logits are made, turned into gradients and dropped a few rows at a time."""

    @staticmethod
    def forward(ctx: Any, users: torch.Tensor, items: torch.Tensor, targets: torch.Tensor) -> torch.Tensor:
        user_gradient, item_gradient = torch.empty_like(users), torch.zeros_like(items)
        total = users.new_zeros(())
        rows = max(1, LOGITS_AT_ONCE // len(items))
        for first in range(0, len(users), rows):
            part, target = users[first : first + rows], targets[first : first + rows, None]
            logits = part @ items.T
            normaliser = logits.logsumexp(1, keepdim=True)
            total += (normaliser - logits.gather(1, target)).sum()
            error = logits.sub_(normaliser).exp_()
            error.scatter_add_(1, target, torch.full_like(normaliser, -1.0))
            user_gradient[first : first + rows] = error @ items
            item_gradient.addmm_(error.T, part)
        ctx.save_for_backward(user_gradient.div_(len(users)), item_gradient.div_(len(users)))
        return total / len(users)

    @staticmethod
    def backward(ctx: Any, *gradients: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor, None]:
        user_gradient, item_gradient = ctx.saved_tensors
        return user_gradient * gradients[0], item_gradient * gradients[0], None
