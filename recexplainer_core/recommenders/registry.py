"""The seam for targets: which kinds of recommender there are, how each is trained, and how one is opened from files."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from recexplainer_core.errors import MissingPackageError, ModelError
from recexplainer_core.registry import Registry

if TYPE_CHECKING:  # the command line needs the names of the kinds, but not PyTorch
    from _typeshed import DataclassInstance

    from recexplainer_core.histories import Histories
    from recexplainer_core.progress import Progress
    from recexplainer_core.recommenders.base import Recommender
    from recexplainer_core.recommenders.storage import Tensors

Config = TypeVar("Config", bound="DataclassInstance")


@dataclass(frozen=True)
class RecommenderKind(Generic[Config]):
    """A kind of recommender that is trained here.

    Args:
        label: what a reader calls it: "SASRec".
        config: its settings, a dataclass with `max_history`, `seed` and whatever else the kind has; config.json keeps
            them.
        quick: the settings of a build that only shows that everything works.
        train: from histories, the number of items, settings, a folder for checkpoints and a progress callback to the
            trained recommender. What an interrupted training left in the folder, it may go on from; nobody's last two
            items may be learned from (`leave_one_out.training_part`).
        from_files: from the folder, the content of its config.json and its tensors to the recommender; raises
            ModelError where the two do not fit together.
        read: of a kind that is made elsewhere, from a file, the ids of the catalogue, histories and settings to the
            recommender; raises ModelError where the file does not do.
        beside: from that file to further ones that are read with it, so that a build notices when they change.
    """

    label: str
    config: Config
    quick: Config
    train: Callable[[Histories, int, Config, Path, Progress], Recommender]
    from_files: Callable[[Path, dict[str, Any], Tensors], Recommender]
    read: Callable[[Path, Sequence[str], Histories, Config], Recommender] | None = None
    beside: Callable[[Path], Sequence[Path]] = lambda file: ()

    def settings(self, quick: bool, max_history: int, seed: int) -> Config:
        """Return the settings of one build."""
        return replace(self.quick if quick else self.config, max_history=max_history, seed=seed)


RECOMMENDERS: Registry[RecommenderKind[Any]] = Registry("kind of recommender", "recexplainer.recommenders")
"""The "kind" in a recommender's config.json -> how it is trained and opened."""

RECOMMENDERS.register("sasrec", "recexplainer_core.recommenders.training:SASREC")
RECOMMENDERS.register("mf", "recexplainer_core.recommenders.matrix_factorization:MATRIX_FACTORIZATION")
RECOMMENDERS.register("vectors", "recexplainer_core.recommenders.given_vectors:GIVEN_VECTORS")
RECOMMENDERS.register("onnx", "recexplainer_core.recommenders.elsewhere.onnx_encoder:ONNX_ENCODER")
RECOMMENDERS.register("recbole", "recexplainer_core.recommenders.elsewhere.recbole:RECBOLE")
RECOMMENDERS.register("unirec", "recexplainer_core.recommenders.elsewhere.unirec:UNIREC")
RECOMMENDERS.register("implicit", "recexplainer_core.recommenders.elsewhere.implicit_factors:IMPLICIT")


def find_target(spec: str) -> tuple[str, RecommenderKind[Any], Path | None]:
    """Return the name and the kind that a spec means, and the file of one that is made elsewhere: "vectors:FILE".

    Raises:
        UnknownNameError: there is no such kind.
        ModelError: a file is missing where one is needed, or named where none is read.
    """
    name, colon, file = spec.partition(":")
    kind = RECOMMENDERS.get(name)
    if kind.read is None and colon:
        raise ModelError(
            f"--target {spec}: {kind.label} is trained here, it reads no file. Write --target {name}."
        )
    if kind.read is not None and not file:
        raise ModelError(f"--target {spec}: name the file behind a colon, {name}:FILE.")
    if kind.read is not None and not Path(file).is_file():
        raise ModelError(f"--target {spec}: there is no file {file}.")
    return name, kind, Path(file) if kind.read is not None else None


def load_recommender(folder: Path) -> Recommender:
    """Open what a recommender's `save` wrote.

    Raises:
        ModelError: a file is missing or damaged, or the two files do not fit together.
        MissingPackageError: the kind is unknown, or needs a package that is not installed.
    """
    from recexplainer_core.recommenders.storage import CONFIG, WEIGHTS, read_config, read_tensors

    config = read_config(folder)
    kind = config["kind"]
    if kind not in RECOMMENDERS:
        raise MissingPackageError(
            f"{folder / CONFIG}: {kind!r} is no kind of recommender this version knows "
            f"({', '.join(sorted(RECOMMENDERS.names()))}). "
            "Update the program, install the package that registers it, or build the bundle again."
        )
    tensors, _ = read_tensors(folder / WEIGHTS)
    return RECOMMENDERS.get(kind).from_files(folder, config, tensors)
