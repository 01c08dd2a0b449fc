from __future__ import annotations

import pytest
import torch

from recexplainer_core.recommenders import cross_entropy
from recexplainer_core.recommenders.cross_entropy import full_cross_entropy


@pytest.mark.parametrize("logits_at_once", [1, 40, 10_000])
def test_value_and_gradients_are_those_of_torch(monkeypatch: pytest.MonkeyPatch, logits_at_once: int) -> None:
    monkeypatch.setattr(cross_entropy, "LOGITS_AT_ONCE", logits_at_once)
    generator = torch.Generator().manual_seed(0)
    users = torch.randn(23, 6, generator=generator, requires_grad=True)
    items = torch.randn(11, 6, generator=generator, requires_grad=True)
    targets = torch.randint(0, 11, (23,), generator=generator)
    expected = torch.nn.functional.cross_entropy(users @ items.T, targets)
    expected_gradients = torch.autograd.grad(3 * expected, [users, items])
    found = full_cross_entropy(users, items, targets)
    torch.testing.assert_close(found, expected)
    for one, other in zip(torch.autograd.grad(3 * found, [users, items]), expected_gradients, strict=True):
        torch.testing.assert_close(one, other)


def test_large_scores_do_not_overflow() -> None:
    loss = full_cross_entropy(torch.tensor([[1e4]]), torch.tensor([[1.0], [-1.0]]), torch.tensor([1]))
    assert loss.item() == pytest.approx(2e4)
