"""Everything that decides what a build makes."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from recexplainer_core.alignment.config import PRETRAINED, AlignmentConfig
from recexplainer_core.errors import ModelError
from recexplainer_core.lm.sources import find_source
from recexplainer_core.modes import ALIGNED, AlignmentMode


@dataclass(frozen=True)
class Effort:
    """How much is taught and measured; targets and language models have presets of their own."""

    alignment: AlignmentConfig = AlignmentConfig()
    evaluation_users: int = 600
    """Held-out users that the report is measured on, at most."""


STANDARD = Effort()
QUICK = Effort(
    alignment=AlignmentConfig(
        examples={
            "next_item": 256,
            "ranking": 32,
            "interest": 32,
            "item_discrimination": 1,
            "conversation": 32,
            "history_reconstruction": 32,
            "preference_summary": 32,
            "rationale": 64,
        },
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
        data: what to read, as `datasets.readers.READERS` have it.
        out: the bundle's folder.
        target: the recommender that is explained: a kind of `recommenders.registry.RECOMMENDERS` that is trained
            here, or one that is made elsewhere, with its file: "vectors:FILE".
        llm: the base language model, as `lm.sources.LLM_SOURCES` have it: a word, a file, a folder, a hub id.
        modes: the alignment modes to teach.
        seed: of everything random.
        min_ratings: MovieLens films with fewer ratings are left out.
        max_history: items of a history that count, the most recent ones.
        conversation: a file of conversations for task 5; without it the talk is about the catalogue.
        four_bit: round the language model's weights to four bits while it learns.
        copy_llm: put a model that is fetched into the bundle, instead of naming it there.
        alignment_examples: next-item questions a mode is taught with; the other tasks keep their proportion to them.
        evaluation_users: held-out users that the report is measured on, at most.
        quick: tiny models and few steps.
    """

    data: str
    out: Path
    target: str = "sasrec"
    llm: str = "pocket"
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
        taught_here = self.quick or find_source(self.llm).trained
        alignment = base.alignment if taught_here else PRETRAINED
        if self.alignment_examples is not None:
            alignment = alignment.scaled_to(self.alignment_examples)
        return Effort(alignment, self.evaluation_users or base.evaluation_users)

    @property
    def work(self) -> Path:
        """The folder of unfinished work, beside the bundle."""
        return self.out.with_name(self.out.name + ".build")
