"""`onnx:FILE.onnx`: any encoder of sequences, exported as ONNX, with its items in `FILE.npz` beside it.

No code of others is run: a graph of known operations is. The encoder knows item i of the file as the number i + 1, and
0 is padding, unless the file gives other `item_numbers`. Where it returns scores, there are no vectors; then scores are
the components of a user's vector, which is enough to be explained by the titles (behaviour mode).
"""

from __future__ import annotations

import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Annotated, Any, Literal

import numpy as np
import torch
from pydantic import Field
from torch.nn import functional

from recexplainer_core.errors import ModelError
from recexplainer_core.histories import Histories
from recexplainer_core.recommenders.elsewhere.onnx_session import OnnxSession
from recexplainer_core.recommenders.given_vectors import as_dot_products
from recexplainer_core.recommenders.item_rows import rows_of_items
from recexplainer_core.recommenders.padding import last_items
from recexplainer_core.recommenders.registry import RecommenderKind
from recexplainer_core.recommenders.spread import usual_scale
from recexplainer_core.recommenders.storage import (
    CatalogueSize,
    Size,
    Tensors,
    check_tensors,
    parse_config,
    write_model,
)
from recexplainer_core.recommenders.vector_file import VectorFile, read_vectors

_AT_ONCE = 1024
_MOST_SCORED = 5_000
_FURTHER = (
    "In the .npz file beside it: item_ids (n), item_vectors (n x d, left out where the encoder returns scores), and "
    "where needed item_biases (n), similarity (dot, cosine or l2), item_numbers (n, by which it knows them; 1 to n "
    "unless given), length (to which sequences are padded) and padded (right or left)."
)


@dataclass(frozen=True)
class OnnxEncoderConfig:
    """How an encoder is asked."""

    max_history: Size = 10
    """Items of a history that it is shown, the most recent ones."""
    seed: int = 0
    """Unused: nothing is drawn."""
    length: Annotated[int, Field(ge=0, le=100_000)] = 0
    """To which sequences are padded; 0: to the longest that is asked."""
    padded: Literal["right", "left"] = "right"
    returns: Literal["vectors", "scores"] = "vectors"
    normalized: bool = False
    """Whether a user's vector is given the length 1."""
    biased: bool = False
    """Whether a component more of each vector is the item's bias."""
    dimension: Size = 1
    """Components of a vector, that of the bias included."""
    encoder_bytes: Annotated[int, Field(ge=1)] = 1
    """Size of the encoder."""
    scale: float = 1.0
    """What user vectors are multiplied by, so that scores differ as much as those of the targets trained here."""


class OnnxEncoder:
    """An encoder and its items.

    Args:
        model: content of the .onnx file.
        item_vectors: [n, d].
        numbers: [n], by which the encoder knows the items; of scores, each item's column.
        config: how it is asked.
        where: what messages call it.
    """

    supports_edits = True

    def __init__(
        self,
        model: bytes,
        item_vectors: torch.Tensor,
        numbers: torch.Tensor,
        config: OnnxEncoderConfig,
        where: str,
    ) -> None:
        self._model, self._numbers, self.config = model, numbers, config
        self.item_vectors, self.max_history = item_vectors, config.max_history
        self._session = OnnxSession(model, where)

    @property
    def made_for(self) -> int | None:
        """How many items of a history the original reads; None where there is no bound."""
        return self.config.length or None

    def user_vectors(self, histories: Sequence[Sequence[int]]) -> torch.Tensor:
        """Return [batch, d]; only the last `max_history` items count; an empty history is zero.

        Raises:
            ModelError: a history holds an item the recommender does not know, or the encoder fails.
        """
        recent = last_items(histories, self.max_history, len(self.item_vectors))
        found = torch.zeros(len(recent), self.item_vectors.shape[1])
        rows = [row for row, history in enumerate(recent) if history]
        for first in range(0, len(rows), _AT_ONCE):
            part = rows[first : first + _AT_ONCE]
            asked = [self._numbers[recent[row]].tolist() for row in part]
            found[part] = self._as_vectors(
                self._session.run(asked, self.config.length or None, self.config.padded == "left")
            )
        return found * self.config.scale

    def scores(self, user_vectors: torch.Tensor) -> torch.Tensor:
        """Return [batch, n_items]: the dot products with the item vectors, or the scores that the vectors are."""
        return user_vectors if self.config.returns == "scores" else user_vectors @ self.item_vectors.T

    def save(self, folder: Path) -> None:
        """Write config.json and model.safetensors, the encoder among its tensors, as bytes."""
        tensors = {
            "encoder": torch.frombuffer(bytearray(self._model), dtype=torch.uint8),
            "numbers": self._numbers,
        }
        if self.config.returns == "vectors":
            tensors["item_vectors"] = self.item_vectors
        write_model(folder, "onnx", {"n_items": len(self.item_vectors), **asdict(self.config)}, tensors)

    @classmethod
    def from_files(cls, folder: Path, values: dict[str, Any], tensors: Tensors) -> OnnxEncoder:
        """Build from the content of the two files.

        Raises:
            ModelError: they do not fit together.
            MissingPackageError: onnxruntime is not installed.
        """
        config = parse_config(OnnxEncoderConfig, folder, values)
        n_items = parse_config(CatalogueSize, folder, values).n_items
        with torch.device("meta"):
            promised = {
                "encoder": torch.empty(config.encoder_bytes, dtype=torch.uint8),
                "numbers": torch.empty(n_items, dtype=torch.int64),
            }
            if config.returns == "vectors":
                promised["item_vectors"] = torch.empty(n_items, config.dimension)
        check_tensors(folder, promised, tensors)
        vectors = tensors["item_vectors"] if config.returns == "vectors" else torch.eye(n_items)
        model = tensors["encoder"].numpy().tobytes()
        return cls(model, vectors, tensors["numbers"], config, f"the encoder in {folder}")

    def scaled(self, histories: Histories) -> OnnxEncoder:
        """Return the same target with scores that differ as much as usual."""
        config = replace(self.config, scale=self.config.scale * usual_scale(self, histories))
        return OnnxEncoder(self._model, self.item_vectors, self._numbers, config, self._session.where)

    def _as_vectors(self, returned: torch.Tensor) -> torch.Tensor:
        wanted = self.config.dimension - self.config.biased
        if self.config.returns == "scores":
            if returned.shape[1] <= int(self._numbers.max()):
                raise ModelError(
                    f"{self._session.where}: returns {returned.shape[1]} scores, and its largest item number is "
                    f"{int(self._numbers.max())}. {_FURTHER}"
                )
            return returned[:, self._numbers]
        if returned.shape[1] != wanted:
            raise ModelError(
                f"{self._session.where}: returns {returned.shape[1]} numbers for a user, and the item vectors have "
                f"{wanted}. They have to be of one space. {_FURTHER}"
            )
        if self.config.normalized:
            returned = functional.normalize(returned, dim=1)
        return torch.cat([returned, torch.ones(len(returned), 1)], 1) if self.config.biased else returned


def import_onnx(
    path: Path, item_ids: Sequence[str], histories: Histories, config: OnnxEncoderConfig
) -> OnnxEncoder:
    """Make a target of an exported encoder.

    Args:
        path: the .onnx file; `NAME.npz` lies beside it.
        item_ids: of the catalogue.
        histories: of the users.
        config: how many items of a history count.

    Raises:
        ModelError: a file cannot be read, the two do not fit together, or the encoder's answer changes with what else
            is asked at once.
        MissingPackageError: onnxruntime is not installed.
    """
    beside = items_beside(path)
    further = _further(beside)
    scored = "item_vectors" not in further
    ids = tuple(map(str, further["item_ids"].tolist()))
    rows = rows_of_items(beside, ids, item_ids)
    given = None if scored else read_vectors(beside)
    if scored and len(item_ids) > _MOST_SCORED:
        raise ModelError(
            f"{beside}: has no item_vectors. Scores alone will do for {_MOST_SCORED:,} items at most, and the data "
            f"have {len(item_ids):,}. {_FURTHER}"
        )
    vectors = torch.eye(len(rows)) if given is None else _item_vectors(given, rows)
    numbers = torch.from_numpy(np.asarray(further["item_numbers"], dtype=np.int64).reshape(-1))[rows]
    model = path.read_bytes()
    fixed = OnnxSession(model, str(path)).length
    length = fixed or int(further["length"])
    config = replace(
        config,
        max_history=min(config.max_history, length) if length else config.max_history,
        length=length,
        padded="left" if str(further["padded"]) == "left" else "right",
        returns="scores" if scored else "vectors",
        normalized=given is not None and given.similarity == "cosine",
        biased=given is not None and vectors.shape[1] > given.items.shape[1],
        dimension=vectors.shape[1],
        encoder_bytes=len(model),
    )
    target = OnnxEncoder(model, vectors, numbers, config, str(path))
    _require_steady(target, histories)
    return target.scaled(histories)


def items_beside(path: Path) -> Path:
    """Return where the items of an encoder lie."""
    return path.with_suffix(".npz")


def _item_vectors(given: VectorFile, rows: Sequence[int]) -> torch.Tensor:
    return as_dot_products(given, rows)[0]


def _further(path: Path) -> Mapping[str, Any]:
    if not path.is_file():
        raise ModelError(f"{path}: is missing. {_FURTHER}")
    try:
        with np.load(path, allow_pickle=False) as file:
            parts = {name: file[name] for name in file.files}
    except (OSError, ValueError, zipfile.BadZipFile) as fault:
        raise ModelError(f"{path}: cannot be read ({fault}). {_FURTHER}") from fault
    if "item_ids" not in parts:
        raise ModelError(f"{path}: has no item_ids. {_FURTHER}")
    count = parts["item_ids"].size
    parts = {
        "item_numbers": np.arange(1, count + 1),
        "length": np.array(0),
        "padded": np.array("right"),
    } | parts
    numbers = parts["item_numbers"]
    if numbers.dtype.kind not in "iu" or numbers.size != count or (numbers < 0).any():
        raise ModelError(f"{path}: item_numbers are not {count} whole numbers, one for each item. {_FURTHER}")
    if str(parts["padded"]) not in ("right", "left") or not 0 <= int(parts["length"]) <= 100_000:
        raise ModelError(f"{path}: padded is {parts['padded']}, length {parts['length']}. {_FURTHER}")
    return parts


def _require_steady(target: OnnxEncoder, histories: Histories) -> None:
    some = [[int(item) for item in histories[user]] for user in range(min(8, len(histories)))]
    together = target.user_vectors(some)
    alone = torch.cat([target.user_vectors([one]) for one in some])
    if not torch.allclose(together, alone, rtol=1e-3, atol=1e-4 * float(alone.abs().max())):
        raise ModelError(
            "The encoder gives a history another vector when longer ones are asked about at the same time: it does not "
            "mask padding. Say to which length it was trained: length in the .npz file."
        )


def _untrainable(*ignored: Any) -> OnnxEncoder:
    raise ModelError("An encoder is not trained here: name its file, as in --target onnx:FILE.")


ONNX_ENCODER = RecommenderKind(
    label="an encoder in ONNX",
    config=OnnxEncoderConfig(),
    quick=OnnxEncoderConfig(),
    train=_untrainable,
    from_files=OnnxEncoder.from_files,
    read=import_onnx,
    beside=lambda file: [path for path in [items_beside(file)] if path.is_file()],
)
