"""RecBole and UniRec themselves, where they are installed: their own lists come out again."""

from __future__ import annotations

import json
import sys

import numpy as np
import pytest
import torch

from recexplainer_core.histories import Histories
from recexplainer_core.recommenders.base import top_items
from recexplainer_core.recommenders.registry import find_target

USERS, ITEMS, LENGTH = 40, [f"i{number}" for number in range(25)], 6


@pytest.fixture(scope="module")
def histories():
    rng = np.random.default_rng(0)
    rows = [rng.permutation(25)[: 5 + user % 6].tolist() for user in range(USERS)]
    return Histories.from_lists(rows, [f"u{user}" for user in range(USERS)])


def lists(spec, histories, k=5):
    _, kind, file = find_target(spec)
    target = kind.read(file, ITEMS, histories, kind.settings(False, 100, 0))
    asked = [[int(item) for item in histories[user]] for user in range(USERS)]
    return [[one.item for one in top] for top in top_items(target, asked, k)]


@pytest.mark.parametrize("model", ["SASRec", "GRU4Rec", "BPR"])
def test_recbole(tmp_path, monkeypatch, histories, model):
    for name in ("float_", "complex_", "unicode_"):  # of NumPy 1, which RecBole looks up
        monkeypatch.setattr(np, name, object, raising=False)
    pytest.importorskip("recbole.quick_start")
    from recbole.config import Config
    from recbole.data import create_dataset, data_preparation
    from recbole.data.interaction import Interaction
    from recbole.utils import get_model, get_trainer, init_seed

    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "argv", ["test"])
    rows = [(at, user, int(item)) for user in range(USERS) for at, item in enumerate(histories[user])]
    lines = [f"u{user}\t{ITEMS[item]}\t{at}" for at, user, item in sorted(rows)]
    (tmp_path / "tiny").mkdir()
    (tmp_path / "tiny" / "tiny.inter").write_text(
        "user_id:token\titem_id:token\ttimestamp:float\n" + "\n".join(lines) + "\n"
    )
    settings = {
        "data_path": str(tmp_path), "load_col": {"inter": ["user_id", "item_id", "timestamp"]}, "epochs": 1,
        "MAX_ITEM_LIST_LENGTH": LENGTH, "use_gpu": False, "checkpoint_dir": "tiny", "state": "ERROR",
        "show_progress": False,
    }  # fmt: skip
    if model != "BPR":
        settings["train_neg_sample_args"] = None
    config = Config(model=model, dataset="tiny", config_dict=settings)
    init_seed(0, True)
    dataset = create_dataset(config)
    users, items = dataset.field2token_id["user_id"], dataset.field2token_id["item_id"]
    train, _, _ = data_preparation(config, dataset)
    original = get_model(model)(config, train._dataset)
    trainer = get_trainer(config["MODEL_TYPE"], model)(config, original)
    trainer.fit(train, saved=True, show_progress=False)
    original.eval()
    found = lists(f"recbole:{trainer.saved_model_file}", histories)
    for user in range(USERS):
        seen = [items[ITEMS[item]] for item in histories[user]]
        last = seen[-LENGTH:]
        asked = {
            "user_id": [users[f"u{user}"]],
            "item_id_list": [last + [0] * (LENGTH - len(last))],
            "item_length": [len(last)],
        }
        with torch.no_grad():
            given = Interaction({name: torch.tensor(value) for name, value in asked.items()})
            scores = original.full_sort_predict(given).view(-1)
        scores[[0, *seen]] = -torch.inf
        names = dataset.field2id_token["item_id"]
        assert [ITEMS[item] for item in found[user]] == [names[item] for item in scores.topk(5).indices]


@pytest.mark.parametrize("model", ["SASRec", "MF"])
def test_unirec(tmp_path, histories, model):
    sasrec = pytest.importorskip("unirec.model.sequential.sasrec")
    mf = pytest.importorskip("unirec.model.cf.mf")
    config = {
        "model": model, "n_users": USERS + 1, "n_items": len(ITEMS) + 1, "device": "cpu", "exp_name": "test",
        "embedding_size": 8, "hidden_size": 128, "inner_size": 16, "n_layers": 2, "n_heads": 2, "init_method": "normal",
        "hidden_dropout_prob": 0.5, "attn_dropout_prob": 0.5, "hidden_act": "swish", "layer_norm_eps": "1e-10",
        "max_seq_len": LENGTH, "use_position_emb": True, "distance_type": "dot", "has_item_bias": True, "tau": 0.5,
        "has_user_emb": model == "MF", "has_user_bias": False, "init_std": 0.5, "init_mean": 0.0, "loss_type": "bce",
        "group_size": 2, "train_file_format": "user-item", "load_pretrained_model": False,
    }  # fmt: skip
    torch.manual_seed(0)
    original = {"SASRec": sasrec.SASRec, "MF": mf.MF}[model](config).eval()
    with torch.no_grad():
        original.item_bias.normal_()
    torch.save({"config": config, "state_dict": original.state_dict(), "optimizer": None}, tmp_path / "m.pth")
    ids = {"items": ITEMS, "users": [f"u{user}" for user in range(USERS)]}
    (tmp_path / "m.ids.json").write_text(json.dumps(ids))
    found = lists(f"unirec:{tmp_path / 'm.pth'}", histories)
    for user in range(USERS):
        seen = [1 + int(item) for item in histories[user]]
        last = seen[-LENGTH:]
        asked = {
            "user_id": torch.tensor([user + 1]),
            "item_seq": torch.tensor([[0] * (LENGTH - len(last)) + last]),
        }
        with torch.no_grad():
            _, own = original.topk(asked, 5, user_hist=torch.tensor([[0, *seen]]))
        assert [1 + item for item in found[user]] == own[0].tolist()
