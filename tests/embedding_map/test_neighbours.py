import numpy as np
import torch

from recexplainer_core.embedding_map import neighbours
from recexplainer_core.embedding_map.neighbours import nearest, neighbourhood_overlap


def test_neighbours_are_those_of_least_angle_whatever_the_length() -> None:
    angles = torch.tensor([0.0, 0.1, 0.3, 3.0])
    vectors = torch.stack([angles.cos(), angles.sin()], 1) * torch.tensor([[1.0], [9.0], [0.2], [5.0]])
    near, similarity = nearest(vectors, 2)
    assert near.tolist() == [[1, 2], [0, 2], [1, 0], [2, 1]]
    assert np.allclose(similarity[0], [np.cos(0.1), np.cos(0.3)], atol=1e-6)


def test_parts_give_what_the_whole_gives(monkeypatch) -> None:  # type: ignore[no-untyped-def]
    vectors = torch.randn(50, 4, generator=torch.Generator().manual_seed(0))
    whole = nearest(vectors)[0]
    monkeypatch.setattr(neighbours, "_CELLS_AT_ONCE", 150)
    assert np.array_equal(nearest(vectors)[0], whole)


def test_few_items_have_fewer_neighbours_and_zero_vectors_no_harm() -> None:
    near, similarity = nearest(torch.zeros(3, 2))
    assert near.shape == (3, 2) and np.isfinite(similarity).all()


def test_overlap_counts_shared_neighbours_in_any_order() -> None:
    first, second = np.array([[1, 2], [0, 2]]), np.array([[2, 1], [3, 0]])
    assert neighbourhood_overlap(first, second) == 0.75
