"""Targets that are known by their vectors: read from every form, folded in, and said how well."""

import json

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import torch
from safetensors.numpy import save_file

from recexplainer_core.errors import ModelError, UnknownNameError
from recexplainer_core.histories import Histories
from recexplainer_core.recommenders.given_vectors import GivenVectorsConfig, import_vectors
from recexplainer_core.recommenders.matrix_factorization import (
    MatrixFactorizationConfig,
    train_matrix_factorization,
)
from recexplainer_core.recommenders.registry import find_target, load_recommender
from recexplainer_core.recommenders.vector_file import read_vectors

N_ITEMS, N_USERS = 60, 300
IDS = [f"item-{number}" for number in range(N_ITEMS)]


@pytest.fixture(scope="module")
def histories() -> Histories:
    rng = np.random.default_rng(0)
    rows = []
    for user in range(N_USERS):  # everybody likes one third of the items
        liked = np.arange(N_ITEMS)[user % 3 :: 3]
        rows.append([int(item) for item in rng.choice(liked, 8, replace=False)])
    return Histories.from_lists(rows, [f"u{user}" for user in range(N_USERS)])


@pytest.fixture(scope="module")
def factors(histories):
    return train_matrix_factorization(histories, N_ITEMS, MatrixFactorizationConfig(dimension=8, sweeps=5))


def npz(tmp_path, **parts):
    path = tmp_path / "vectors.npz"
    np.savez(path, **parts)
    return path


def test_a_target_that_folds_in_elsewhere_is_reproduced(tmp_path, histories, factors):
    users = factors.user_vectors([list(histories[user]) for user in range(N_USERS)]).numpy()
    order = np.random.default_rng(1).permutation(N_ITEMS)  # in another order than the catalogue's
    path = npz(
        tmp_path,
        item_ids=np.array(IDS)[order],
        item_vectors=factors.item_vectors.numpy()[order],
        user_ids=np.array(histories.user_ids),
        user_vectors=users,
    )
    target = import_vectors(path, IDS, histories, GivenVectorsConfig())
    assert torch.equal(target.item_vectors, factors.item_vectors)
    assert target.reproduced is not None and target.reproduced > 0.8
    target.save(tmp_path / "saved")
    again = load_recommender(tmp_path / "saved")
    some = [list(histories[3]), []]
    assert torch.allclose(again.user_vectors(some), target.user_vectors(some), atol=1e-6)
    assert not again.user_vectors([[]]).any()


def test_without_users_a_history_still_leads_to_its_like(tmp_path, histories, factors):
    path = npz(tmp_path, item_ids=np.array(IDS), item_vectors=factors.item_vectors.numpy())
    target = import_vectors(path, IDS, histories, GivenVectorsConfig())
    assert target.reproduced is None
    scores = target.scores(target.user_vectors([[0, 3, 6, 9]]))[0]
    liked = scores[torch.arange(0, N_ITEMS, 3)].mean()
    assert (
        liked > scores[torch.arange(1, N_ITEMS, 3)].mean()
        and liked > scores[torch.arange(2, N_ITEMS, 3)].mean()
    )


@pytest.mark.parametrize("similarity", ["dot", "cosine", "l2"])
@pytest.mark.parametrize("biased", [False, True])
def test_every_similarity_orders_items_as_it_means_to(tmp_path, histories, similarity, biased):
    rng = np.random.default_rng(2)
    items, users = rng.normal(size=(N_ITEMS, 5)), rng.normal(size=(N_USERS, 5))
    biases = rng.normal(size=N_ITEMS) if biased else np.zeros(N_ITEMS)
    path = npz(
        tmp_path, item_ids=np.array(IDS), item_vectors=items, item_biases=biases,
        user_ids=np.array(histories.user_ids), user_vectors=users, similarity=np.array(similarity),
    )  # fmt: skip
    target = import_vectors(path, IDS, histories, GivenVectorsConfig())
    user = users[0] / np.linalg.norm(users[0]) if similarity == "cosine" else users[0]
    if similarity == "dot":
        wanted = items @ user
    elif similarity == "cosine":
        wanted = items @ user / np.linalg.norm(items, axis=1)
    else:
        wanted = -((items - user) ** 2).sum(1)
    ones = target.item_vectors.shape[1] - 5
    vector = torch.tensor([[*user, *[1.0] * ones]], dtype=torch.float32)
    found = target.scores(vector)[0].argsort(descending=True)
    assert found.tolist() == (wanted + biases).argsort()[::-1].tolist()


def test_every_form_of_file_holds_the_same(tmp_path):
    items = np.arange(6, dtype=np.float32).reshape(3, 2)
    save_file({"item_vectors": items}, tmp_path / "v.safetensors", {"item_ids": json.dumps(["a", "b", "c"])})
    pq.write_table(pa.table({"item_id": ["a", "b", "c"], "vector": items.tolist()}), tmp_path / "v.parquet")
    np.savez(tmp_path / "v.npz", item_ids=np.array(["a", "b", "c"]), item_vectors=items)
    for name in ("v.safetensors", "v.parquet", "v.npz"):
        found = read_vectors(tmp_path / name)
        assert found.item_ids == ("a", "b", "c") and np.array_equal(found.items, items)


@pytest.mark.parametrize(
    ("parts", "says"),
    [
        ({"item_ids": ["a"]}, "has no item_vectors"),
        ({"item_ids": ["a", "b"], "item_vectors": np.ones((3, 2))}, "shape 3x2, and there are 2 ids"),
        ({"item_ids": ["a", "a"], "item_vectors": np.ones((2, 2))}, "'a' more than once"),
        ({"item_ids": ["a", "b"], "item_vectors": np.array([[1, 2], [np.nan, 1]])}, "not finite, in row 1"),
        ({"item_ids": ["a"], "item_vectors": np.ones((1, 2)), "similarity": "near"}, "'near', not one of"),
        (
            {"item_ids": ["a"], "item_vectors": np.ones((1, 2)), "item_biases": [1.0, 2.0]},
            "one for each item",
        ),
        (
            {
                "item_ids": ["a"],
                "item_vectors": np.ones((1, 2)),
                "user_ids": ["u"],
                "user_vectors": np.ones((1, 3)),
            },
            "of one space",
        ),
    ],
)
def test_a_file_that_will_not_do_says_why(tmp_path, parts, says):
    with pytest.raises(ModelError, match=says):
        read_vectors(npz(tmp_path, **{name: np.array(value) for name, value in parts.items()}))


def test_pickles_and_other_files_are_refused(tmp_path):
    np.savez(tmp_path / "p.npz", item_ids=np.array([{"a": 1}], dtype=object), item_vectors=np.ones((1, 2)))
    (tmp_path / "broken.npz").write_bytes(b"PK no")
    (tmp_path / "v.pt").write_bytes(b"")
    for name in ("p.npz", "broken.npz", "v.pt", "missing.npz"):
        with pytest.raises(ModelError, match="Give an .npz file"):
            read_vectors(tmp_path / name)


def test_items_without_a_vector_are_named(tmp_path, histories):
    path = npz(tmp_path, item_ids=np.array(IDS[1:]), item_vectors=np.ones((N_ITEMS - 1, 4)))
    with pytest.raises(ModelError, match="1 of the 60 items of the data have no vector, 'item-0'"):
        import_vectors(path, IDS, histories, GivenVectorsConfig())


def test_a_target_is_named_with_its_file_or_without(tmp_path):
    path = npz(tmp_path, item_ids=np.array(IDS), item_vectors=np.ones((N_ITEMS, 4)))
    name, kind, file = find_target(f"vectors:{path}")
    assert (name, file) == ("vectors", path) and kind.read is not None
    assert find_target("mf")[2] is None
    for spec, says in (
        ("mf:x", "reads no file"),
        ("vectors", "name the file"),
        ("vectors:no.npz", "no file no.npz"),
    ):
        with pytest.raises(ModelError, match=says):
            find_target(spec)
    with pytest.raises(UnknownNameError):
        find_target("nothing")


def test_scores_differ_as_much_as_usual_however_long_the_vectors_are(tmp_path, histories, factors):
    for length in (1e-3, 1e3):
        path = npz(tmp_path, item_ids=np.array(IDS), item_vectors=factors.item_vectors.numpy() * length)
        target = import_vectors(path, IDS, histories, GivenVectorsConfig())
        spread = target.scores(target.user_vectors([list(histories[5])])).std()
        assert 0.3 < float(spread) < 5
