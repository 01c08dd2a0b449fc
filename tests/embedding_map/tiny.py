"""A map of the five films and three users of tests.bundle.tiny."""

from dataclasses import replace

from recexplainer_core.embedding_map.artefact import EmbeddingMap
from tests.fakes.embedding_map import fake_map


def tiny_map(seed: int = 0) -> EmbeddingMap:
    made = fake_map(5, seed)
    return replace(made, users=made.users[:3], user_coordinates=made.user_coordinates[:3])
