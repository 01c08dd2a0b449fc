"""A base language model in a folder of this machine."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from recexplainer_core.errors import ModelError
from recexplainer_core.fingerprints import folder_fingerprint
from recexplainer_core.lm.sources import LLMSource, TrainingData
from recexplainer_core.progress import Progress


class FolderSource(LLMSource):
    """The files are used where they lie, and copied into the bundle."""

    @staticmethod
    def recognises(spec: str) -> bool:
        """Take what names a folder."""
        return Path(spec).is_dir()

    @property
    def parameters(self) -> dict[str, Any]:
        """The folder's name, not its place, and its content."""
        return {"llm": Path(self.spec).resolve().name, "sha256": folder_fingerprint(Path(self.spec))}

    def check(self) -> None:
        """Make sure that the files are there and fit each other."""
        from recexplainer_core.lm.llm_fit import check_llm_folder

        self._require_weights()
        check_llm_folder(Path(self.spec))

    def prepare(self, folder: Path, data: TrainingData, progress: Progress) -> dict[str, Any]:
        """Check that the weights are safetensors."""
        self._require_weights()
        return {"folder": self.spec}

    def _require_weights(self) -> None:
        if not any(Path(self.spec).glob("*.safetensors")):
            raise ModelError(
                f"{self.spec} holds no safetensors weights. Convert the model "
                "(`save_pretrained(..., safe_serialization=True)`) or give another --llm."
            )

    def llm_folder(self, folder: Path) -> Path:
        """Return the folder that was named."""
        return Path(self.spec)
