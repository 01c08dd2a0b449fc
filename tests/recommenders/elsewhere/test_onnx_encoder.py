"""An encoder in ONNX is asked as it was trained, and what it answers is checked."""

from __future__ import annotations

import sys
import warnings

import numpy as np
import pytest
import torch

from recexplainer_core.bundle import Bundle
from recexplainer_core.errors import MissingPackageError, ModelError
from recexplainer_core.histories import Histories
from recexplainer_core.locations import ASSETS
from recexplainer_core.recommenders.elsewhere.onnx_encoder import OnnxEncoderConfig, import_onnx
from recexplainer_core.recommenders.probing import require_answers
from recexplainer_core.recommenders.registry import load_recommender
from recexplainer_core.recommenders.storage import write_model

N, D, LENGTH = 14, 6, 5
IDS = [f"i{number}" for number in range(N)]
CONFIG = OnnxEncoderConfig(max_history=50)


class Tower(torch.nn.Module):
    """The mean of the items' vectors through a layer; `scored` returns scores instead, `careless` counts padding."""

    def __init__(
        self, scored: bool = False, careless: bool = False, factor: float = 1.0, columns: int = N + 1
    ) -> None:
        super().__init__()
        torch.manual_seed(0)
        self.items, self.layer = torch.nn.Embedding(N + 1, D), torch.nn.Linear(D, D)
        self.out = torch.nn.Embedding(columns, D)
        self.scored, self.careless, self.factor = scored, careless, factor

    def forward(self, item_seq: torch.Tensor, lengths: torch.Tensor) -> torch.Tensor:
        mask = torch.ones_like(item_seq) if self.careless else (item_seq > 0).long()
        mean = (self.items(item_seq) * mask.unsqueeze(-1)).sum(1) / lengths.unsqueeze(-1)
        user = torch.tanh(self.layer(mean)) * self.factor
        return user @ self.out.weight.T if self.scored else user


@pytest.fixture
def histories():
    rng = np.random.default_rng(0)
    return Histories.from_lists([rng.permutation(N)[: 1 + user % 8].tolist() for user in range(30)])


def export(folder, tower, fixed=False, **parts):
    pytest.importorskip("onnxruntime")
    pytest.importorskip("onnx")
    path = folder / "tower.onnx"
    axes = {name: {0: "n"} for name in ("item_seq", "lengths", "user")}
    if not fixed:
        axes["item_seq"][1] = "length"
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        torch.onnx.export(
            tower.eval(), (torch.ones(2, LENGTH, dtype=torch.int64), torch.tensor([LENGTH, 2])), str(path),
            input_names=["item_seq", "lengths"], output_names=["user"], dynamic_axes=axes, dynamo=False,
        )  # fmt: skip
    beside = {"item_ids": np.array(IDS)}
    if not tower.scored:
        beside["item_vectors"] = tower.out.weight[1:].detach().numpy()
    np.savez(folder / "tower.npz", **(beside | parts))
    return path


def wanted(tower, history, length=None):
    numbers = [1 + item for item in history]
    padded = numbers + [0] * ((length or len(numbers)) - len(numbers))
    with torch.no_grad():
        return tower(torch.tensor([padded]), torch.tensor([len(numbers)]))[0]


@pytest.mark.parametrize("fixed", [False, True])
def test_every_history_gets_the_encoders_vector(tmp_path, histories, fixed):
    tower = Tower()
    target = import_onnx(export(tmp_path, tower, fixed), IDS, histories, CONFIG)
    assert target.max_history == (LENGTH if fixed else 50)
    for history in ([4], [3, 1, 2], [9, 8, 7, 6, 5, 4, 3]):
        vector = wanted(tower, history[-LENGTH:] if fixed else history)
        found = target.user_vectors([[1, 2], history, []])
        torch.testing.assert_close(found[1] / target.config.scale, vector, rtol=1e-4, atol=1e-5)
        assert not found[2].any()
        scores = target.scores(found)[1] / target.config.scale
        torch.testing.assert_close(scores, tower.out.weight[1:].detach() @ vector, rtol=1e-4, atol=1e-5)
    require_answers(target, N, histories)
    target.save(tmp_path / "saved")
    again = load_recommender(tmp_path / "saved")
    assert torch.equal(again.user_vectors([[4, 2]]), target.user_vectors([[4, 2]]))


def test_items_are_matched_by_id_and_number(tmp_path, histories):
    tower = Tower()
    path = export(
        tmp_path,
        tower,
        item_ids=np.array(IDS[::-1]),
        item_numbers=np.arange(N, 0, -1),
        item_vectors=tower.out.weight[1:].detach().numpy()[::-1],
        item_biases=np.arange(N, dtype=np.float32),
    )
    target = import_onnx(path, IDS[2:], histories_of(histories), CONFIG)
    vector = wanted(tower, [2, 5])
    expected = (tower.out.weight[1:].detach() @ vector + torch.arange(N).flip(0))[2:]
    found = target.scores(target.user_vectors([[0, 3]]))[0] / target.config.scale
    torch.testing.assert_close(found, expected, rtol=1e-4, atol=1e-4)


def histories_of(histories):
    return Histories.from_lists([[max(int(item) - 2, 0) for item in histories[user]] for user in range(30)])


def test_cosine_is_of_vectors_of_length_one(tmp_path, histories):
    tower = Tower()
    target = import_onnx(export(tmp_path, tower, similarity=np.array("cosine")), IDS, histories, CONFIG)
    vector = wanted(tower, [2, 5])
    expected = torch.nn.functional.cosine_similarity(tower.out.weight[1:].detach(), vector[None])
    found = target.scores(target.user_vectors([[2, 5]]))[0] / target.config.scale
    torch.testing.assert_close(found, expected, rtol=1e-4, atol=1e-5)


def test_scores_alone_will_do(tmp_path, histories):
    tower = Tower(scored=True)
    target = import_onnx(export(tmp_path, tower), IDS, histories, CONFIG)
    require_answers(target, N, histories)
    found = target.scores(target.user_vectors([[2, 5]]))[0] / target.config.scale
    torch.testing.assert_close(found, wanted(tower, [2, 5])[1:], rtol=1e-4, atol=1e-5)
    target.save(tmp_path / "saved")
    assert torch.equal(load_recommender(tmp_path / "saved").user_vectors([[1]]), target.user_vectors([[1]]))


@pytest.mark.parametrize(
    ("tower", "parts", "says"),
    [
        ({"careless": True}, {}, "does not mask padding. Say to which length"),
        ({"factor": float("inf")}, {}, "not finite for some histories"),
        (
            {},
            {"item_vectors": np.ones((N, 3), np.float32)},
            "returns 6 numbers for a user, and the item vectors have 3",
        ),
        ({"scored": True, "columns": 9}, {}, "returns 9 scores, and its largest item number is 14"),
        ({}, {"item_numbers": np.arange(3)}, "item_numbers are not 14 whole numbers"),
        ({}, {"padded": np.array("above")}, "padded is above"),
        ({}, {"item_ids": np.array(["x", *IDS[1:]])}, "1 of the 14 items of the data have no vector, 'i0'"),
    ],
)
def test_what_does_not_fit_says_why(tmp_path, histories, tower, parts, says):
    with pytest.raises(ModelError, match=says):
        import_onnx(export(tmp_path, Tower(**tower), **parts), IDS, histories, CONFIG)


def test_a_careless_encoder_will_do_when_its_length_is_known(tmp_path, histories):
    tower = Tower(careless=True)
    target = import_onnx(export(tmp_path, tower, length=np.array(8)), IDS, histories, CONFIG)
    found = target.user_vectors([[2, 5], [1, 2, 3, 4]])[0] / target.config.scale
    torch.testing.assert_close(found, wanted(tower, [2, 5], 8), rtol=1e-4, atol=1e-5)


def test_other_graphs_are_refused(tmp_path, histories):
    path = export(tmp_path, Tower())
    onnx = pytest.importorskip("onnx")
    floats = onnx.helper.make_tensor_value_info("x", onnx.TensorProto.FLOAT, ["n", 3])
    out = onnx.helper.make_tensor_value_info("y", onnx.TensorProto.FLOAT, ["n", 3])
    graph = onnx.helper.make_graph([onnx.helper.make_node("Identity", ["x"], ["y"])], "g", [floats], [out])
    opset = [onnx.helper.make_opsetid("", 17)]
    path.write_bytes(onnx.helper.make_model(graph, opset_imports=opset, ir_version=9).SerializeToString())
    with pytest.raises(ModelError, match=r"its inputs are x tensor\(float\) .* It takes item_seq, int64"):
        import_onnx(path, IDS, histories, CONFIG)
    path.write_bytes(b"no graph")
    with pytest.raises(ModelError, match="cannot be loaded by onnxruntime"):
        import_onnx(path, IDS, histories, CONFIG)
    (tmp_path / "tower.npz").unlink()
    with pytest.raises(ModelError, match=r"tower.npz: is missing. In the .npz file beside it"):
        import_onnx(path, IDS, histories, CONFIG)


def test_without_onnxruntime_the_package_is_named_and_no_bundle_called_damaged(tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "onnxruntime", None)
    config = {
        "n_items": 2, "max_history": 3, "seed": 0, "length": 0, "padded": "right", "returns": "vectors",
        "normalized": False, "biased": False, "dimension": 2, "encoder_bytes": 3, "scale": 1.0,
    }  # fmt: skip
    tensors = {
        "encoder": torch.tensor([1, 2, 3], dtype=torch.uint8),
        "numbers": torch.tensor([1, 2]),
        "item_vectors": torch.ones(2, 2),
    }
    write_model(tmp_path / "recommender", "onnx", config, tensors)
    with pytest.raises(MissingPackageError, match="pip install onnxruntime"):
        load_recommender(tmp_path / "recommender")
    monkeypatch.setattr(
        "recexplainer_core.bundle.reading.load_recommender",
        lambda folder: load_recommender(tmp_path / "recommender"),
    )
    with pytest.raises(MissingPackageError, match="pip install onnxruntime"):
        Bundle.open(ASSETS / "demo-pocket", verify=False)
