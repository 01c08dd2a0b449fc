from pathlib import Path

import numpy as np
import pyarrow.parquet as pq
import pytest

from recexplainer_core.embedding_map.artefact import EmbeddingMap
from recexplainer_core.errors import BundleError
from tests.fakes.embedding_map import fake_map


def test_a_map_comes_back_as_it_was_and_the_same_map_is_the_same_file(tmp_path: Path) -> None:
    made = fake_map(30)
    for name in ("one", "two"):
        made.save(tmp_path / name)
    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()
    read = EmbeddingMap.load(tmp_path / "one", 30, 25)
    assert read.stamp == made.stamp and read.parameters == made.parameters
    for key, layout in made.layouts.items():
        for field in ("coordinates", "neighbours", "similarities"):
            assert np.array_equal(getattr(layout, field), getattr(read.layouts[key], field))
    assert np.array_equal(made.users, read.users)
    assert np.array_equal(made.user_coordinates, read.user_coordinates)
    assert np.array_equal(made.clusters, read.clusters)


@pytest.mark.parametrize(("n_items", "n_users", "said"), [(31, 25, "30 items.*31"), (30, 5, "user 19.* 5")])
def test_a_map_of_other_items_or_users_is_refused(
    tmp_path: Path, n_items: int, n_users: int, said: str
) -> None:
    fake_map(30).save(tmp_path / "m")
    with pytest.raises(BundleError, match=said):
        EmbeddingMap.load(tmp_path / "m", n_items, n_users)


def test_what_is_no_map_is_refused_with_the_command_that_makes_one(tmp_path: Path) -> None:
    path = tmp_path / "m.parquet"
    path.write_text("x")
    with pytest.raises(BundleError, match="map BUNDLE --name"):
        EmbeddingMap.load(path, 3, 3)
    fake_map(30).save(path)
    table = pq.read_table(path)
    for broken in (
        table.replace_schema_metadata({}),
        table.replace_schema_metadata({b"embedding_map": b'{"version": 2}'}),
        table.drop_columns(["target:x"]),
    ):
        pq.write_table(broken, path)
        with pytest.raises(BundleError, match="no map"):
            EmbeddingMap.load(path, 30, 25)
