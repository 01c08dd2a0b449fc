"""Factors of implicit: its own lists come out again."""

from __future__ import annotations

import json

import numpy as np
import pytest

from recexplainer_core.errors import ModelError
from recexplainer_core.histories import Histories
from recexplainer_core.recommenders.base import top_items
from recexplainer_core.recommenders.elsewhere.implicit_factors import import_implicit
from recexplainer_core.recommenders.given_vectors import GivenVectorsConfig
from recexplainer_core.recommenders.registry import load_recommender

USERS, ITEMS = 60, [f"i{number}" for number in range(30)]
CONFIG = GivenVectorsConfig(max_history=100)


@pytest.fixture
def histories():
    rng = np.random.default_rng(0)
    rows = [rng.permutation(30)[: 4 + user % 4].tolist() for user in range(USERS)]
    return Histories.from_lists(rows, [f"u{user}" for user in range(USERS)])


def ids(folder, name, users="u"):
    content = {"items": ITEMS, "users": [f"{users}{user}" for user in range(USERS)]}
    (folder / f"{name}.ids.json").write_text(json.dumps(content))


@pytest.mark.parametrize("alpha", [1.0, 6.0])
def test_least_squares_is_folded_in_as_there(tmp_path, histories, alpha):
    random = np.random.default_rng(1)
    users, items = (random.normal(size=(n, 6)).astype(np.float32) for n in (USERS, 30))
    np.savez(tmp_path / "als.npz", user_factors=users, item_factors=items, alpha=alpha, regularization=0.1)
    ids(tmp_path, "als", users="nobody in the data ")
    target = import_implicit(tmp_path / "als.npz", ITEMS, histories, CONFIG)
    mine = [0, 3, 9]
    chosen = items[mine].astype(float)
    gram = items.T.astype(float) @ items + (alpha - 1) * chosen.T @ chosen + 0.1 * np.eye(6)
    wanted = np.linalg.solve(gram, alpha * chosen.sum(0))
    np.testing.assert_allclose(
        target.user_vectors([mine])[0].numpy() / target.config.scale, wanted, rtol=1e-4
    )
    assert target.reproduced is None


@pytest.mark.parametrize("max_history", [2, 100])
def test_known_users_keep_their_own_lists(tmp_path, histories, max_history):
    random = np.random.default_rng(2)
    users, items = (random.normal(size=(n, 6)).astype(np.float32) for n in (USERS, 30))
    np.savez(tmp_path / "als.npz", user_factors=users, item_factors=items, alpha=2.0, regularization=0.1)
    ids(tmp_path, "als")
    target = import_implicit(tmp_path / "als.npz", ITEMS, histories, GivenVectorsConfig(max_history))
    asked = [[int(item) for item in histories[user]] for user in range(USERS)]
    recents = [frozenset(history[-max_history:]) for history in asked]
    found = target.scores(target.user_vectors(asked)).numpy()
    alone = [user for user in range(USERS) if recents.count(recents[user]) == 1]
    assert len(alone) > 30
    for user in alone:
        assert found[user].argsort().tolist() == (items @ users[user]).argsort().tolist()
    assert 0 < target.reproduced < 1
    target.save(tmp_path / "saved")
    again = load_recommender(tmp_path / "saved")
    assert np.array_equal(again.user_vectors([*asked, [1]]), target.user_vectors([*asked, [1]]))


def test_the_library_itself_agrees(tmp_path, histories):
    als = pytest.importorskip("implicit.als")
    bpr = pytest.importorskip("implicit.bpr")
    sparse = pytest.importorskip("scipy.sparse")
    pairs = [(user, int(item)) for user in range(USERS) for item in histories[user]]
    matrix = sparse.csr_matrix((np.ones(len(pairs), np.float32), np.array(pairs).T), shape=(USERS, 30))
    models = {
        "als": als.AlternatingLeastSquares(factors=8, alpha=4.0, random_state=0, num_threads=1),
        "bpr": bpr.BayesianPersonalizedRanking(factors=7, random_state=0, num_threads=1),
    }
    for name, model in models.items():
        model.fit(matrix, show_progress=False)
        model.save(str(tmp_path / f"{name}.npz"))
        ids(tmp_path, name)
        target = import_implicit(tmp_path / f"{name}.npz", ITEMS, histories, CONFIG)
        target.save(tmp_path / name)
        asked = [[int(item) for item in histories[user]] for user in range(USERS)]
        found = top_items(load_recommender(tmp_path / name), asked, 5)
        for user in range(USERS):
            own, _ = model.recommend(user, matrix[user], N=5)
            assert [one.item for one in found[user]] == own.tolist()


def test_what_does_not_fit_says_why(tmp_path, histories):
    path = tmp_path / "f.npz"
    users, items = np.ones((USERS, 3)), np.ones((30, 3))
    for parts, says in (
        ({"item_factors": items}, "has no user_factors, only item_factors"),
        ({"user_factors": users, "item_factors": np.ones((30, 4))}, "have 3 components and item_factors 4"),
        ({"user_factors": users, "item_factors": items * np.nan}, "no matrix of finite numbers"),
        ({"user_factors": users, "item_factors": items}, "there is no f.ids.json"),
    ):
        np.savez(path, **parts)
        with pytest.raises(ModelError, match=says):
            import_implicit(path, ITEMS, histories, CONFIG)
    ids(tmp_path, "f")
    with pytest.raises(ModelError, match="1 of the 31 items of the data have no vector, 'new'"):
        import_implicit(path, [*ITEMS, "new"], histories, CONFIG)
    for content in ({"items": ITEMS[1:]}, {"items": 3}, {"items": ["i0"] * 30, "users": []}):
        (tmp_path / "f.ids.json").write_text(json.dumps(content))
        with pytest.raises(ModelError, match=r"f.ids.json: .* Write f.ids.json beside it"):
            import_implicit(path, ITEMS, histories, CONFIG)
    path.write_bytes(b"no")
    with pytest.raises(ModelError, match="cannot be read"):
        import_implicit(path, ITEMS, histories, CONFIG)
