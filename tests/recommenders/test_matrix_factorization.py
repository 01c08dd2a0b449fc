from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch

from recexplainer_core.histories import Histories
from recexplainer_core.recommenders import matrix_factorization
from recexplainer_core.recommenders.matrix_factorization import (
    MatrixFactorization,
    MatrixFactorizationConfig,
    train_matrix_factorization,
)
from tests.recommenders.contract import BLOCK, N_ITEMS, RecommenderContract, block_histories

SMALL = MatrixFactorizationConfig(dimension=8, regularization=0.1)


class TestMatrixFactorizationContract(RecommenderContract):
    least_hr = 1.0

    @staticmethod
    def train(histories: Histories, n_items: int, folder: Path) -> MatrixFactorization:
        return train_matrix_factorization(histories, n_items, SMALL)


def by_the_paper(
    rows: torch.Tensor, factors: torch.Tensor, config: MatrixFactorizationConfig
) -> torch.Tensor:
    """Solve equation 4 as it is printed, with the diagonal confidence matrix: rows [n, m] of 0 and 1."""
    solved = []
    for preference in rows.double():
        confidence = torch.diag(1 + config.alpha * preference)
        identity = torch.eye(factors.shape[1], dtype=torch.float64)
        left = factors.T @ confidence @ factors + config.regularization * identity
        solved.append(torch.linalg.solve(left, factors.T @ confidence @ preference))
    return torch.stack(solved)


def test_fold_in_is_the_closed_form() -> None:
    factors = torch.randn(12, 5, generator=torch.Generator().manual_seed(0), dtype=torch.float64).float()
    config = MatrixFactorizationConfig(dimension=5, alpha=3.0, regularization=0.7)
    histories = [[], [4], [0, 11, 5], list(range(10))]
    rows = torch.zeros(4, 12)
    for row, history in zip(rows, histories, strict=True):
        row[history] = 1
    expected = by_the_paper(rows, factors.double(), config).float()
    torch.testing.assert_close(MatrixFactorization(factors, config).user_vectors(histories), expected)


def test_fitting_ends_where_both_closed_forms_hold() -> None:
    histories = block_histories()
    model = train_matrix_factorization(histories, N_ITEMS, replace(SMALL, sweeps=200))
    train = [histories[u][:-2].tolist() for u in range(len(histories))]
    users = model.user_vectors(train)
    columns = torch.zeros(N_ITEMS, len(train))
    for user, history in enumerate(train):
        columns[history, user] = 1
    refitted = by_the_paper(columns, users.double(), SMALL).float()
    torch.testing.assert_close(refitted, model.item_vectors, rtol=1e-2, atol=1e-3)


def test_nothing_is_learned_from_the_last_two_items() -> None:
    histories = block_histories()
    swapped = np.array(histories.items)
    for end in histories.offsets[1:]:
        swapped[end - 2 : end] = (swapped[end - 2 : end] + BLOCK) % N_ITEMS
    other = Histories(histories.user_ids, histories.offsets, swapped)
    one, two = (train_matrix_factorization(h, N_ITEMS, SMALL) for h in (histories, other))
    assert torch.equal(one.item_vectors, two.item_vectors)


def test_repetition_and_order_do_not_count() -> None:
    model = train_matrix_factorization(block_histories(), N_ITEMS, SMALL)
    one, two = model.user_vectors([[1, 5, 2], [2, 1, 5, 5, 1]])
    torch.testing.assert_close(one, two)


def test_an_item_nobody_took_is_never_recommended_first() -> None:
    model = train_matrix_factorization(block_histories(), N_ITEMS + 1, SMALL)
    assert model.item_vectors[N_ITEMS].abs().max() == 0


def test_small_batches_change_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = train_matrix_factorization(block_histories(), N_ITEMS, SMALL)
    monkeypatch.setattr(matrix_factorization, "CELLS_AT_ONCE", 1)
    torch.testing.assert_close(
        train_matrix_factorization(block_histories(), N_ITEMS, SMALL).item_vectors, whole.item_vectors
    )


def test_progress_counts_the_sweeps() -> None:
    heard: list[tuple[int, int]] = []
    train_matrix_factorization(
        block_histories(), N_ITEMS, SMALL, lambda done, total, note: heard.append((done, total))
    )
    assert heard == [(i + 1, SMALL.sweeps) for i in range(SMALL.sweeps)]
