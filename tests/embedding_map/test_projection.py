import subprocess
import sys

import numpy as np
import pytest
import torch

from recexplainer_core.embedding_map.parameters import MapParameters
from recexplainer_core.embedding_map.projection import (
    place,
    place_among,
    placement_error,
    project,
    trustworthiness_of,
)
from recexplainer_core.errors import ModelError


def islands() -> torch.Tensor:
    rng = torch.Generator().manual_seed(0)
    return torch.cat([axis + 0.1 * torch.randn(20, 3, generator=rng) for axis in torch.eye(3)])


def test_islands_stay_apart_and_whoever_comes_later_lands_on_theirs() -> None:
    vectors, parameters = islands(), MapParameters(neighbours=8)
    coordinates, fitted = project(vectors, parameters)
    assert np.array_equal(coordinates, project(vectors, parameters)[0]), "the seed decides everything"
    assert trustworthiness_of(vectors, coordinates, parameters) > 0.85
    newcomers = torch.eye(3) * 4
    centres = np.stack([coordinates[20 * i : 20 * i + 20].mean(0) for i in range(3)])
    for placed in (place(fitted, newcomers), place_among(coordinates, vectors, newcomers)):
        distances = np.linalg.norm(placed[:, None] - centres[None], axis=2)
        assert distances.argmin(1).tolist() == [0, 1, 2]


@pytest.mark.slow
def test_a_map_leaves_torch_the_threads_it_had() -> None:
    # In a process of its own: numba takes the threads the first time only. With one processor there is one to take.
    drawing = """
import torch
torch.set_num_threads(1)
from recexplainer_core.embedding_map.parameters import MapParameters
from recexplainer_core.embedding_map.projection import place, project
_, fitted = project(torch.eye(20), MapParameters())
after_fit = torch.get_num_threads()
place(fitted, torch.eye(20))
print(after_fit, torch.get_num_threads())
"""
    drawn = subprocess.run([sys.executable, "-c", drawing], capture_output=True, text=True, check=True)
    assert drawn.stdout.split() == ["1", "1"]


@pytest.mark.parametrize("n", [5, 11, 13])
def test_small_catalogues_have_maps_too(n: int) -> None:
    coordinates, _ = project(torch.randn(n, 4, generator=torch.Generator().manual_seed(1)), MapParameters())
    assert coordinates.shape == (n, 2) and np.isfinite(coordinates).all()


def test_too_few_items_are_refused() -> None:
    with pytest.raises(ModelError, match="at least 5 items"):
        project(torch.eye(4), MapParameters())


def test_the_error_is_a_share_of_the_diagonal() -> None:
    square = np.array([[0, 0], [3, 4]], np.float32)
    found = placement_error(np.zeros((4, 2), np.float32), np.array([[0, 1]] * 4, np.float32), square)
    assert found == {"median": pytest.approx(0.2), "p90": pytest.approx(0.2)}
