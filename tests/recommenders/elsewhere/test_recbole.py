"""Checkpoints of RecBole become the same model, with the ids of the data."""

from __future__ import annotations

import json
from itertools import combinations, islice
from pathlib import Path

import pytest
import torch

from recexplainer_core.errors import ModelError
from recexplainer_core.histories import Histories
from recexplainer_core.recommenders.base import ReadsMore
from recexplainer_core.recommenders.elsewhere.recbole import import_recbole
from recexplainer_core.recommenders.elsewhere.recbole_ids import recbole_ids
from recexplainer_core.recommenders.elsewhere.sequence_encoder import SequenceEncoderConfig
from recexplainer_core.recommenders.registry import find_target, load_recommender
from tests.recommenders.elsewhere.checkpoints import (
    Config,
    save_checkpoint,
    transformer_vector,
    transformer_weights,
)

ITEMS = [f"i{number}" for number in range(12)]
"""In the order of the catalogue; the model has them in that of the interactions."""
ORDER = [7, 3, 0, 11, 5, 1, 9, 2, 10, 8, 4, 6]
LENGTH, USERS = 6, 40
SETTINGS = {
    "model": "SASRec", "dataset": "tiny", "MAX_ITEM_LIST_LENGTH": LENGTH, "n_layers": 2, "n_heads": 2,
    "hidden_size": 8, "inner_size": 12, "hidden_act": "gelu", "layer_norm_eps": 1e-12, "USER_ID_FIELD": "user_id",
    "ITEM_ID_FIELD": "item_id", "TIME_FIELD": "timestamp", "field_separator": "\t",
    "load_col": {"inter": ["user_id", "item_id"]},
}  # fmt: skip


@pytest.fixture
def histories() -> Histories:
    rows = [list(chosen) for chosen in islice(combinations(range(12), 3), USERS)]
    return Histories.from_lists(rows, [f"u{user}" for user in range(USERS)])


def write_interactions(path: Path) -> None:
    lines = [f"u{USERS - 1}\t{ITEMS[item]}\t{at}" for at, item in enumerate(ORDER)]
    lines += [f"u{user}\t{ITEMS[user % 12]}\t99" for user in range(USERS - 1)]
    path.write_text("user_id:token\titem_id:token\ttimestamp:float\n" + "\n".join(lines) + "\n")


def save(folder: Path, weights: dict[str, torch.Tensor], settings: dict, **more) -> Path:
    write_interactions(folder / "tiny.inter")
    content = {"config": Config(settings), "state_dict": weights, "other_parameter": {}, **more}
    return save_checkpoint(folder / "model.pth", content)


def config(max_history: int = 50) -> SequenceEncoderConfig:
    return SequenceEncoderConfig(max_history=max_history)


def numbers(history: list[int]) -> list[int]:
    return [1 + ORDER.index(item) for item in history]


def test_sasrec_gives_every_history_the_originals_scores(tmp_path, histories):
    weights = transformer_weights(12, 8, 12, 2, LENGTH)
    target = import_recbole(save(tmp_path, weights, SETTINGS), ITEMS, histories, config())
    assert target.max_history == LENGTH
    asked = [[3], [1, 2, 3, 4, 5, 6], [5, 5, 0], list(range(12))]
    found = target.scores(target.user_vectors(asked))
    for row, history in enumerate(asked):
        vector = transformer_vector(weights, numbers(history)[-LENGTH:], LENGTH, heads=2, left=False)
        wanted = (weights["item_embedding.weight"] @ vector)[numbers(list(range(12)))]
        torch.testing.assert_close(found[row] / target.config.scale, wanted, rtol=1e-4, atol=1e-4)
    target.save(tmp_path / "saved")
    again = load_recommender(tmp_path / "saved")
    assert torch.equal(again.user_vectors(asked), target.user_vectors(asked))
    assert not target.user_vectors([[]]).any() and target.user_vectors([]).shape == (0, 8)
    short = import_recbole(tmp_path / "model.pth", ITEMS, histories, config(3))
    assert (short.max_history, short.made_for) == (3, LENGTH) and isinstance(short, ReadsMore)


def test_gru4rec_is_the_same_recurrence(tmp_path, histories):
    torch.manual_seed(0)
    gru = torch.nn.GRU(8, 10, 1, bias=False, batch_first=True)
    dense, table = torch.nn.Linear(10, 8), torch.nn.Embedding(13, 8)
    parts = {"gru_layers": gru, "dense": dense, "item_embedding": table}
    weights = {
        f"{name}.{key}": value for name, part in parts.items() for key, value in part.state_dict().items()
    }
    form = {"model": "GRU4Rec", "embedding_size": 8, "hidden_size": 10, "num_layers": 1}
    target = import_recbole(save(tmp_path, weights, SETTINGS | form), ITEMS, histories, config())
    history = [4, 8, 1]
    with torch.no_grad():
        vector = dense(gru(table(torch.tensor([numbers(history)])))[0])[0, -1]
    found = target.user_vectors([history, [1, 2, 3, 4, 5]])[0] / target.config.scale
    torch.testing.assert_close(found, vector, rtol=1e-5, atol=1e-6)
    target.save(tmp_path / "saved")
    assert torch.equal(
        load_recommender(tmp_path / "saved").user_vectors([history]), target.user_vectors([history])
    )


@pytest.mark.parametrize("model", ["BPR", "LightGCN"])
def test_users_of_a_vector_model_keep_their_own_lists(tmp_path, histories, model):
    torch.manual_seed(1)
    users, items = torch.randn(USERS + 1, 4), torch.randn(13, 4)
    weights = {"user_embedding.weight": users, "item_embedding.weight": items}
    propagated = {"restore_user_e": users * 2, "restore_item_e": items.flip(1)}
    path = save(tmp_path, weights, SETTINGS | {"model": model}, other_parameter=propagated)
    target = import_recbole(path, ITEMS, histories, config(10))
    if model == "LightGCN":
        users, items = propagated["restore_user_e"], propagated["restore_item_e"]
    found = target.scores(target.user_vectors([list(histories[user]) for user in range(USERS)]))
    places = [USERS - 1, *range(USERS - 1)]  # of the users, in the order in which the interactions name them
    for place, user in enumerate(places):
        wanted = (items @ users[1 + place])[numbers(list(range(12)))]
        assert found[user].argsort().tolist() == wanted.argsort().tolist()
    target.save(tmp_path / "saved")
    assert torch.equal(
        load_recommender(tmp_path / "saved").user_vectors([[1, 2]]), target.user_vectors([[1, 2]])
    )


def test_ids_are_those_of_the_filtered_interactions(tmp_path):
    rows = ["a\tx\t1\t5", "b\ty\t2\t1", "a\ty\t3\t4", "b\tx\t4\t4", "c\tz\t5\t5", "a\tx\t6\t5", "\tx\t7\t5"]
    path = tmp_path / "tiny.inter"
    path.write_text("user_id:token\titem_id:token\ttimestamp:float\trating:float\n" + "\n".join(rows) + "\n")
    assert recbole_ids(path, {}) == (["a", "b", "c"], ["x", "y", "z"])
    assert recbole_ids(path, {"val_interval": {"rating": "[3,inf)"}}) == (["a", "b", "c"], ["x", "y", "z"])
    assert recbole_ids(path, {"val_interval": {"rating": "(4,5]"}}) == (["a", "c"], ["x", "z"])
    assert recbole_ids(path, {"item_inter_num_interval": "[2,inf)"})[1] == ["x", "y"]
    both = {"rm_dup_inter": "last", "TIME_FIELD": "timestamp"}
    assert recbole_ids(path, both) == (["b", "a", "c"], ["y", "x", "z"])
    # Without z, c has nothing left; without c's, nothing else changes.
    assert recbole_ids(path, {"user_inter_num_interval": "[2,inf)"}) == (["a", "b"], ["x", "y"])
    (tmp_path / "tiny.item").write_text("item_id:token\nx\nz\n")
    assert recbole_ids(path, {"load_col": None, "filter_inter_by_user_or_item": True})[1] == ["x", "z"]


def test_what_does_not_fit_says_why(tmp_path, histories):
    weights = transformer_weights(12, 8, 12, 2, LENGTH)
    path = save(tmp_path, weights, SETTINGS)

    def refused(says: str, item_ids: list[str] = ITEMS) -> None:
        with pytest.raises(ModelError, match=says):
            import_recbole(path, item_ids, histories, config())

    refused("2 of the 14 items of the data have no vector, 'new'", [*ITEMS, "new", "newer"])
    for changed, says in (
        ({"model": "BERT4Rec"}, "is a BERT4Rec; SASRec, GRU4Rec, BPR and LightGCN are read"),
        ({"n_heads": None}, "n_heads: None, where a size is needed"),
        ({"n_layers": 3}, "has no trm_encoder.layer.2"),
        ({"inner_size": 13}, r"shape \[12, 8\], and the settings in the file mean \[13, 8\]"),
        ({"benchmark_filename": ["train"]}, "split into several files"),
        ({"item_inter_num_interval": "[5,inf)"}, "has 12 items, and by its settings tiny.inter has 3"),
    ):
        save(tmp_path, weights, SETTINGS | changed)
        refused(says)
    save(
        tmp_path, weights | {"dense": torch.ones(1), "LayerNorm.bias": torch.full((8,), torch.nan)}, SETTINGS
    )
    refused("LayerNorm.bias holds numbers that are not finite")
    save(tmp_path, weights, SETTINGS)
    (tmp_path / "tiny.inter").rename(tmp_path / "other.csv")
    refused("no tiny.inter lies beside it")
    torch.save(weights, path)
    refused("has no config and state_dict")


def test_damaged_bundles_are_refused(tmp_path, histories):
    target = import_recbole(
        save(tmp_path, transformer_weights(12, 8, 12, 2, LENGTH), SETTINGS), ITEMS, histories, config()
    )
    target.save(tmp_path / "saved")
    path = tmp_path / "saved" / "config.json"
    values = json.loads(path.read_text())
    for changed, says in (
        ({"layers": 1}, "means 1 layers"),
        ({"heads": 3}, "in 3 heads"),
        ({"n_items": 11}, "item_embedding.weight"),
        ({"activation": "relu6"}, "activation"),
        ({"positions": 7}, "position_embedding"),
    ):
        path.write_text(json.dumps(values | changed))
        with pytest.raises(ModelError, match=says):
            load_recommender(tmp_path / "saved")


def test_a_build_notices_when_the_interactions_change(tmp_path):
    path = save(tmp_path, {}, SETTINGS)
    _, kind, file = find_target(f"recbole:{path}")
    assert file == path and list(kind.beside(path)) == [tmp_path / "tiny.inter"]
