"""`recbole:FILE.pth`: models of RecBole from their checkpoints, without RecBole and without running the file.

SASRec and GRU4Rec become the same network again, BPR and LightGCN the vectors that they are.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np
import torch

from recexplainer_core.errors import ModelError
from recexplainer_core.histories import Histories
from recexplainer_core.recommenders.base import Recommender
from recexplainer_core.recommenders.elsewhere.checkpoint import Opaque, read_checkpoint
from recexplainer_core.recommenders.elsewhere.recbole_ids import interactions_beside, recbole_ids
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

_VECTORS = {
    "BPR": ("user_embedding.weight", "item_embedding.weight"),
    "LightGCN": ("restore_user_e", "restore_item_e"),
}
_KNOWN = "SASRec, GRU4Rec, BPR and LightGCN"


def import_recbole(
    path: Path, item_ids: Sequence[str], histories: Histories, config: SequenceEncoderConfig
) -> Recommender:
    """Make a target of a checkpoint.

    Args:
        path: as RecBole's trainer saved it; the `.inter` file that it was trained on lies beside it.
        item_ids: of the catalogue.
        histories: of the users.
        config: how many items of a history count; the form of the network comes from the file.

    Raises:
        ModelError: it cannot be read, is of another model, or does not fit the interactions beside it.
    """
    weights, settings, more = _parts(path)
    model = settings.text("model")
    inter = interactions_beside(path, settings.values)
    users, items = recbole_ids(inter, settings.values)
    if model in _VECTORS:
        tables = [(weights | more).get(name) for name in _VECTORS[model]]
        if not all(isinstance(table, torch.Tensor) and table.dim() == 2 for table in tables):
            raise ModelError(
                f"{path}: holds no vectors of users and items ({', '.join(_VECTORS[model])}). Save it once more after "
                "an evaluation, in which RecBole makes them."
            )
        user_table, item_table = (table.float().numpy() for table in tables if table is not None)
        _require_rows(path, inter, "users", len(users), len(user_table))
        _require_rows(path, inter, "items", len(items), len(item_table))
        given = VectorFile(
            tuple(items), item_table[1 : len(items) + 1], np.zeros(len(items), np.float32), tuple(users),
            user_table[1 : len(users) + 1], "dot",
        )  # fmt: skip
        return adopt_vectors(
            path, given, item_ids, histories, GivenVectorsConfig(config.max_history, config.seed)
        )
    if model not in ("SASRec", "GRU4Rec"):
        raise ModelError(
            f"{path}: is a {model}; {_KNOWN} are read. Export it as ONNX (onnx:FILE), or its vectors (vectors:FILE)."
        )
    _require_rows(path, inter, "items", len(items), len(weights["item_embedding.weight"]))
    rows = [1 + row for row in rows_of_items(inter, items, item_ids)]
    return adopt(path, _form(settings, config), weights, rows, histories)


def _parts(path: Path) -> tuple[dict[str, torch.Tensor], Settings, dict[str, Any]]:
    content = read_checkpoint(path)
    saved = content.get("config") if isinstance(content, dict) else None
    state = saved.state if isinstance(saved, Opaque) else None
    values = state.get("final_config_dict") if isinstance(state, dict) else None
    weights = content.get("state_dict") if isinstance(content, dict) else None
    if not isinstance(values, dict) or not isinstance(weights, dict):
        raise ModelError(
            f"{path}: has no config and state_dict as RecBole saves them. Give the file in RecBole's folder saved/."
        )
    tensors = {name: tensor for name, tensor in weights.items() if isinstance(tensor, torch.Tensor)}
    if tensors.get("item_embedding.weight", torch.empty(0)).dim() != 2:
        raise ModelError(f"{path}: has no table of items (item_embedding.weight); {_KNOWN} are read.")
    return tensors, Settings(path, values), dict(content.get("other_parameter") or {})


def _form(settings: Settings, config: SequenceEncoderConfig) -> SequenceEncoderConfig:
    length = settings.number("MAX_ITEM_LIST_LENGTH")
    used: Mapping[str, Any] = asdict(config) | {
        "max_history": min(config.max_history, length),
        "length": length,
    }
    if settings.text("model") == "GRU4Rec":
        form: dict[str, Any] = {
            "model": "GRU4Rec",
            "dimension": settings.number("embedding_size"),
            "inner": settings.number("hidden_size"),
            "layers": settings.number("num_layers"),
            "heads": 1,
            "positions": 1,
        }
    else:
        form = {**settings.transformer(), "model": "SASRec", "positions": length}
    return SequenceEncoderConfig(**{**used, **form, "padded": "right"})


def _require_rows(path: Path, inter: Path, what: str, found: int, rows: int) -> None:
    if found != rows - 1:
        raise ModelError(
            f"{path}: has {rows - 1:,} {what}, and by its settings {inter.name} has {found:,}. Put the .inter file "
            "beside it that it was trained on."
        )


RECBOLE = RecommenderKind(
    label="a model of RecBole",
    config=SequenceEncoderConfig(),
    quick=SequenceEncoderConfig(),
    train=SequenceEncoder.untrainable,
    from_files=SequenceEncoder.from_files,
    read=import_recbole,
    beside=lambda file: sorted(file.parent.glob("*.inter")),
)
