"""`unirec:FILE.pth`: SASRec and MF of UniRec, the original RecExplainer's among them, without running the file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

import numpy as np
import torch

from recexplainer_core.errors import ModelError
from recexplainer_core.histories import Histories
from recexplainer_core.recommenders.base import Recommender
from recexplainer_core.recommenders.elsewhere.checkpoint import read_checkpoint
from recexplainer_core.recommenders.elsewhere.ids_file import ids_beside, read_ids
from recexplainer_core.recommenders.elsewhere.sequence_encoder import (
    SequenceEncoder,
    SequenceEncoderConfig,
    adopt,
)
from recexplainer_core.recommenders.elsewhere.settings import Settings
from recexplainer_core.recommenders.given_vectors import GivenVectorsConfig, adopt_vectors
from recexplainer_core.recommenders.item_rows import rows_of_items
from recexplainer_core.recommenders.registry import RecommenderKind
from recexplainer_core.recommenders.vector_file import VectorFile

_ELSE = "Export it as ONNX (onnx:FILE), or its vectors (vectors:FILE)."


def import_unirec(
    path: Path, item_ids: Sequence[str], histories: Histories, config: SequenceEncoderConfig
) -> Recommender:
    """Make a target of a checkpoint.

    Args:
        path: as UniRec's trainer saved it; the ids of its rows lie beside it (`ids_file`).
        item_ids: of the catalogue.
        histories: of the users.
        config: how many items of a history count; the form of the network comes from the file.

    Raises:
        ModelError: it cannot be read, or is a model that is not read, and why.
    """
    content = read_checkpoint(path)
    values = content.get("config") if isinstance(content, dict) else None
    weights = content.get("state_dict") if isinstance(content, dict) else None
    if not isinstance(values, dict) or not isinstance(weights, dict):
        raise ModelError(
            f"{path}: has no config and state_dict as UniRec saves them. Give the file it saved."
        )
    weights = {name: tensor for name, tensor in weights.items() if isinstance(tensor, torch.Tensor)}
    settings = Settings(path, values)
    model = settings.text("model")
    _require_readable(settings, model)
    table = _table(path, weights, "item_embedding.weight")
    users = _table(path, weights, "user_embedding.weight") if model == "MF" else None
    known_items, known_users = read_ids(
        path, len(table) - 1, None if users is None else len(users) - 1, first=1
    )
    biases = weights["item_bias"].float().reshape(-1)[1:] if "item_bias" in weights else None
    if users is not None:
        given = VectorFile(
            known_items,
            table[1:].numpy(),
            np.zeros(len(known_items), np.float32) if biases is None else biases.numpy(),
            known_users,
            users[1:].numpy(),
            "dot",
        )
        return adopt_vectors(
            path, given, item_ids, histories, GivenVectorsConfig(config.max_history, config.seed)
        )
    length = settings.number("max_seq_len")
    values = {**values, "hidden_size": values.get("embedding_size")}
    form = {
        **asdict(config),
        **Settings(path, values).transformer(),
        "model": "SASRec",
        "padded": "left",
        "length": length,
        "positions": length + 1,
        "max_history": min(config.max_history, length),
    }
    rows = rows_of_items(ids_beside(path), known_items, item_ids)
    shifted = [1 + row for row in rows]
    return adopt(
        path,
        SequenceEncoderConfig(**form),
        weights,
        shifted,
        histories,
        None if biases is None else biases[rows],
    )


def _require_readable(settings: Settings, model: str) -> None:
    values = settings.values
    reasons = [
        (model not in ("SASRec", "MF"), f"it is a {model}, and SASRec and MF are read"),
        (
            values.get("distance_type", "dot") != "dot",
            f"its scores are made by {values.get('distance_type')!r}, not a dot product of two vectors",
        ),
        (bool(values.get("use_features")), "its items have features besides their vectors"),
        (bool(values.get("use_text_emb")), "its items have vectors of their texts besides"),
        (bool(values.get("time_seq")), "it reads times, too"),
        (model == "SASRec" and not values.get("use_position_emb", True), "it reads a history in no order"),
    ]
    for found, reason in reasons:
        if found:
            raise ModelError(f"{settings.path}: {reason}. {_ELSE}")


def _table(path: Path, weights: dict[str, torch.Tensor], name: str) -> torch.Tensor:
    table = weights.get(name)
    if table is None or table.dim() != 2 or len(table) < 2 or not table.float().isfinite().all():
        raise ModelError(f"{path}: has no {name} of finite numbers. Give the file that UniRec saved.")
    return table.float()


UNIREC = RecommenderKind(
    label="a model of UniRec",
    config=SequenceEncoderConfig(padded="left"),
    quick=SequenceEncoderConfig(padded="left"),
    train=SequenceEncoder.untrainable,
    from_files=SequenceEncoder.from_files,
    read=import_unirec,
    beside=lambda file: [path for path in [ids_beside(file)] if path.is_file()],
)
