import numpy as np
import torch

from recexplainer_core.catalogue import Catalogue
from recexplainer_core.embedding_map.clusters import cluster, label_clusters


def test_directions_apart_are_clusters_apart_the_largest_first() -> None:
    rng = torch.Generator().manual_seed(0)
    first, second = torch.tensor([1.0, 0.0]), torch.tensor([0.0, 1.0])
    vectors = torch.stack([first] * 10 + [second] * 25) + 0.05 * torch.randn(35, 2, generator=rng)
    codes = cluster(vectors, 0)
    assert set(codes[:10]) == {1} and set(codes[10:]) == {0}


def test_labels_say_what_sets_a_cluster_apart_not_what_all_share() -> None:
    kinds = [("film", "horror")] * 5 + [("film", "comedy")] * 5
    catalogue = Catalogue(
        list("abcdefghij"),
        [f"T{i}" for i in range(10)],
        {"kind": kinds, "year": [("1990",)] * 5 + [("2000",)] * 5},
    )
    assert label_clusters(catalogue, np.repeat([0, 1], 5).astype(np.int16)) == ["horror", "comedy"]


def test_without_attributes_titles_speak_and_without_words_numbers() -> None:
    codes = np.array([0, 0, 1, 1], dtype=np.int16)
    titles = Catalogue(list("abcd"), ["Red river", "Red house", "Blue moons", "Blue garden"])
    assert all(label for label in label_clusters(titles, codes))
    bare = Catalogue(list("abcd"), ["A", "B", "C", "D"])
    assert label_clusters(bare, codes) == ["cluster 1", "cluster 2"]
