"""What the stages of a build leave, read from their folders when it is first asked for."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path

import numpy as np

from recexplainer_core.bundle.files import read_json
from recexplainer_core.catalogue import Catalogue
from recexplainer_core.datasets import Provenance
from recexplainer_core.histories import Histories, IntArray
from recexplainer_core.lm.adapters import load_aligned
from recexplainer_core.lm.model import AlignedLM
from recexplainer_core.lm.sources import LLMSource, PinnedLLM
from recexplainer_core.modes import AlignmentMode
from recexplainer_core.pipeline.held_out import Mask
from recexplainer_core.recommenders.base import Recommender
from recexplainer_core.recommenders.registry import load_recommender


class Results:
    """Results by what they are; a stage reads those of earlier ones here, and nothing from memory.

    Args:
        work: the build's folder of unfinished work.
        source: where the base language model comes from.
        modes: the alignment modes that are taught.
    """

    def __init__(self, work: Path, source: LLMSource, modes: tuple[AlignmentMode, ...]) -> None:
        self.work, self.source, self.modes = work, source, modes

    def folder(self, stage: str) -> Path:
        """Return the folder of a stage."""
        return self.work / stage

    def alignment_folder(self, mode: AlignmentMode) -> Path:
        """Return the folder of the stage that teaches a mode."""
        return self.folder(alignment_stage(mode))

    @cached_property
    def catalogue(self) -> Catalogue:
        """The items."""
        return Catalogue.load(self.folder("data") / "catalogue.parquet")

    @cached_property
    def histories(self) -> Histories:
        """Everybody's histories."""
        return Histories.load(self.folder("data") / "histories")

    @cached_property
    def provenance(self) -> Provenance:
        """Where the data come from."""
        content = read_json(self.folder("data") / "provenance.json")
        return Provenance(**{**content, "notes": tuple(content.get("notes", ()))})

    @cached_property
    def held_out(self) -> Mask:
        """The users whom the surrogate never sees, [n_users]."""
        mask: Mask = np.load(self.folder("split") / "held_out.npy", allow_pickle=False)
        return mask

    @property
    def training_users(self) -> IntArray:
        """The other users."""
        return np.flatnonzero(~self.held_out)

    @cached_property
    def recommender(self) -> Recommender:
        """The target."""
        return load_recommender(self.folder("target") / "model")

    @property
    def pinned_llm(self) -> PinnedLLM | None:
        """The base language model where a bundle may name it instead of holding it."""
        return self.source.pinned(self.folder("llm"))

    def llm_folder(self) -> Path:
        """Return where the base language model lies, fetched first if need be."""
        return self.source.llm_folder(self.folder("llm"))

    @property
    def adapters(self) -> dict[AlignmentMode, Path]:
        """For each mode the folder with its adapter and connector."""
        return {mode: self.alignment_folder(mode) / "adapter" for mode in self.modes}

    def load_surrogate(self) -> AlignedLM:
        """Load the language model with all adapters."""
        return load_aligned(self.llm_folder(), self.adapters)


def alignment_stage(mode: AlignmentMode) -> str:
    """Return the name of the stage that teaches a mode."""
    return f"align-{mode}"
