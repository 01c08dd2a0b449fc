"""Everything that decides what a build makes."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from recexplainer_core.alignment.training import AlignmentConfig
from recexplainer_core.errors import ModelError
from recexplainer_core.modes import ALIGNED, AlignmentMode
from recexplainer_core.pocket.training import PocketConfig
from recexplainer_core.recommenders.matrix_factorization import MatrixFactorizationConfig
from recexplainer_core.recommenders.sasrec import SASRecConfig

POCKET = "pocket"
TargetKind = Literal["sasrec", "mf"]


@dataclass(frozen=True)
class Effort:
    """How much is learnt, and by models of which size."""

    sasrec: SASRecConfig = SASRecConfig()
    mf: MatrixFactorizationConfig = MatrixFactorizationConfig()
    pocket: PocketConfig = PocketConfig()
    alignment: AlignmentConfig = AlignmentConfig()
    evaluation_users: int = 600
    """Held-out users that the report is measured on, at most."""


STANDARD = Effort()
QUICK = Effort(
    sasrec=SASRecConfig(dimension=16, layers=1, heads=1, epochs=3),
    mf=MatrixFactorizationConfig(dimension=8, sweeps=3),
    pocket=PocketConfig(
        hidden_size=48, layers=1, heads=2, vocabulary_size=2048, block=64, tokens=20_000, batch_size=16
    ),
    alignment=AlignmentConfig(
        next_item_examples=256,
        ranking_examples=32,
        interest_examples=32,
        conversation_examples=32,
        recall_examples=32,
        leaning_examples=32,
        rationale_examples=64,
        descriptions_per_item=1,
        rank=4,
        alpha=8,
        batch_size=16,
        checkpoints=4,
    ),
    evaluation_users=10,
)
"""A smoke run: every part is real, nothing is learnt well."""


@dataclass(frozen=True)
class BuildOptions:
    """What to build, from what, and where.

    Args:
        data: a spec of `load_dataset`.
        out: the bundle's folder.
        target: kind of recommender that is trained and explained.
        llm: `pocket`, a folder, or an id of the Hugging Face hub.
        modes: the alignment modes to teach.
        seed: of everything random.
        min_ratings: MovieLens films with fewer ratings are left out.
        max_history: items of a history that count, the most recent ones.
        conversation: a file of conversations for task 5; without it the talk is about the catalogue.
        four_bit: round the language model's weights to four bits while it learns.
        copy_llm: put a model of the hub into the bundle, instead of naming it there.
        alignment_examples: next-item questions a mode is taught with; the other tasks keep their proportion to them.
        evaluation_users: held-out users that the report is measured on, at most.
        quick: tiny models and few steps.
    """

    data: str
    out: Path
    target: TargetKind = "sasrec"
    llm: str = POCKET
    modes: tuple[AlignmentMode, ...] = ALIGNED
    seed: int = 0
    min_ratings: int = 10
    max_history: int = 10
    conversation: Path | None = None
    four_bit: bool = False
    copy_llm: bool = False
    alignment_examples: int | None = None
    evaluation_users: int | None = None
    quick: bool = False

    def __post_init__(self) -> None:
        if not self.modes or AlignmentMode.NONE in self.modes:
            raise ModelError(
                f"The modes to teach are some of {', '.join(ALIGNED)}; "
                "`none` needs no teaching and is always there."
            )

    @property
    def effort(self) -> Effort:
        """The preset with the options' figures in it."""
        base = QUICK if self.quick else STANDARD
        alignment = base.alignment
        if self.alignment_examples is not None:
            alignment = alignment.scaled_to(self.alignment_examples)
        return Effort(
            sasrec=replace(base.sasrec, max_history=self.max_history, seed=self.seed),
            mf=replace(base.mf, max_history=self.max_history, seed=self.seed),
            pocket=base.pocket,
            alignment=alignment,
            evaluation_users=self.evaluation_users or base.evaluation_users,
        )

    @property
    def work(self) -> Path:
        """The folder of unfinished work, beside the bundle."""
        return self.out.with_name(self.out.name + ".build")
