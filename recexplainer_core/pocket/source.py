"""The pocket LM as the source of a build's language model."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from recexplainer_core.lm.sources import LLMSource, TrainingData
from recexplainer_core.progress import Progress

if TYPE_CHECKING:
    from recexplainer_core.pocket.training import PocketConfig

POCKET = "pocket"


class PocketSource(LLMSource):
    """Trained from scratch on the build's data."""

    trained = True

    @staticmethod
    def recognises(spec: str) -> bool:
        """Take the word `pocket` alone."""
        return spec == POCKET

    @property
    def config(self) -> PocketConfig:
        """Size and training."""
        # Imported here: transformers takes seconds, and who lists the sources should not wait for it.
        from recexplainer_core.pocket.training import PocketConfig

        if not self.quick:
            return PocketConfig()
        return PocketConfig(
            hidden_size=48, layers=1, heads=2, vocabulary_size=2048, block=64, tokens=20_000, batch_size=16
        )

    @property
    def parameters(self) -> dict[str, Any]:
        """Configuration and seed."""
        return {"llm": POCKET, "config": asdict(self.config), "seed": self.seed}

    def prepare(self, folder: Path, data: TrainingData, progress: Progress) -> dict[str, Any]:
        """Train it."""
        from recexplainer_core.pocket.training import train_pocket_lm

        train_pocket_lm(
            data.catalogue, data.histories, data.training_users, self.config, folder, self.seed, progress
        )
        return {"trained": POCKET}

    def llm_folder(self, folder: Path) -> Path:
        """Return where training leaves the model."""
        return folder / "model"
