"""SASRec and MF of UniRec, padded on the left, with biases and with ids from beside."""

from __future__ import annotations

import json

import pytest
import torch

from recexplainer_core.errors import ModelError
from recexplainer_core.histories import Histories
from recexplainer_core.recommenders.elsewhere.sequence_encoder import SequenceEncoderConfig
from recexplainer_core.recommenders.elsewhere.unirec import import_unirec
from recexplainer_core.recommenders.registry import load_recommender
from tests.recommenders.elsewhere.checkpoints import transformer_vector, transformer_weights

ITEMS, LENGTH = [f"i{number}" for number in range(9)], 5
SETTINGS = {
    "model": "SASRec", "max_seq_len": LENGTH, "n_layers": 2, "n_heads": 2, "embedding_size": 8, "hidden_size": 128,
    "inner_size": 12, "hidden_act": "gelu", "layer_norm_eps": 1e-12, "distance_type": "dot", "use_position_emb": True,
}  # fmt: skip
CONFIG = SequenceEncoderConfig(max_history=50)


@pytest.fixture
def histories():
    rows = [[user % 9, (user + 1 + user // 9) % 9] for user in range(30)]
    return Histories.from_lists(rows, [f"u{user}" for user in range(30)])


@pytest.fixture
def weights():
    torch.manual_seed(3)
    return transformer_weights(9, 8, 12, 2, LENGTH + 1) | {"item_bias": torch.randn(10)}


def save(tmp_path, weights, settings=SETTINGS):
    path = tmp_path / "SASRec.pth"
    torch.save({"config": settings, "state_dict": weights, "optimizer": None}, path)
    ids = {"items": ITEMS, "users": [f"u{user}" for user in range(30)]}
    (tmp_path / "SASRec.ids.json").write_text(json.dumps(ids))
    return path


def test_sasrec_counts_positions_from_the_end_and_adds_biases(tmp_path, histories, weights):
    target = import_unirec(save(tmp_path, weights), ITEMS[::-1], histories, CONFIG)
    asked = [[3], [8, 2, 0], [1, 2, 3, 4, 5, 6, 7]]
    found = target.scores(target.user_vectors(asked)) / target.config.scale
    for row, history in enumerate(asked):
        vector = transformer_vector(
            weights, [9 - item for item in history][-LENGTH:], LENGTH, heads=2, left=True
        )
        wanted = (weights["item_embedding.weight"] @ vector + weights["item_bias"])[1:].flip(0)
        torch.testing.assert_close(found[row], wanted, rtol=1e-4, atol=1e-4)
    target.save(tmp_path / "saved")
    assert torch.equal(load_recommender(tmp_path / "saved").user_vectors(asked), target.user_vectors(asked))
    assert json.loads((tmp_path / "saved" / "config.json").read_text())["kind"] == "unirec"


def test_mf_keeps_the_lists_of_its_users(tmp_path, histories):
    torch.manual_seed(4)
    weights = {"user_embedding.weight": torch.randn(31, 4), "item_embedding.weight": torch.randn(10, 4)}
    target = import_unirec(save(tmp_path, weights, SETTINGS | {"model": "MF"}), ITEMS, histories, CONFIG)
    found = target.scores(target.user_vectors([list(histories[7])]))[0]
    wanted = (weights["item_embedding.weight"] @ weights["user_embedding.weight"][8])[1:]
    assert found.argsort().tolist() == wanted.argsort().tolist()


def test_the_originals_datamaps_name_the_rows(tmp_path, histories, weights):
    path = save(tmp_path, weights)
    (tmp_path / "SASRec.ids.json").unlink()
    maps = {"id2item": {"0": "[PAD]"} | {str(row + 1): item for row, item in enumerate(ITEMS)}, "id2user": {}}
    (tmp_path / "datamaps.json").write_text(json.dumps(maps))
    found = import_unirec(path, ITEMS, histories, CONFIG)
    torch.testing.assert_close(found.item_vectors[:, :8], weights["item_embedding.weight"][1:])
    (tmp_path / "datamaps.json").unlink()
    with pytest.raises(ModelError, match=r"there is no SASRec.ids.json. Write SASRec.ids.json beside it"):
        import_unirec(path, ITEMS, histories, CONFIG)
    (tmp_path / "SASRec.ids.json").write_text(json.dumps({"items": ITEMS[:-1], "users": []}))
    with pytest.raises(ModelError, match="has 8 items, and SASRec.pth has 9 rows"):
        import_unirec(path, ITEMS, histories, CONFIG)


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"distance_type": "mlp"}, "scores are made by 'mlp', not a dot product"),
        ({"distance_type": "cosine"}, "made by 'cosine'"),
        ({"use_features": 1}, "features besides"),
        ({"use_text_emb": 1}, "of their texts"),
        ({"time_seq": 10}, "reads times"),
        ({"use_position_emb": False}, "in no order"),
        ({"model": "ConvFormer"}, "is a ConvFormer"),
        ({"max_seq_len": 0}, "max_seq_len: 0, where a size"),
    ],
)
def test_what_is_not_read_says_why(tmp_path, histories, weights, changed, says):
    with pytest.raises(ModelError, match=says):
        import_unirec(save(tmp_path, weights, SETTINGS | changed), ITEMS, histories, CONFIG)
