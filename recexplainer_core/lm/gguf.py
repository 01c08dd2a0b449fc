"""A base language model in a GGUF file of this machine."""

from __future__ import annotations

import os
from functools import cached_property
from pathlib import Path
from typing import Any

from recexplainer_core.fingerprints import file_fingerprint
from recexplainer_core.lm.cache import llm_cache, making
from recexplainer_core.lm.gguf_file import save_as_safetensors
from recexplainer_core.lm.sources import LLMSource, TrainingData
from recexplainer_core.progress import Progress, silent


class GgufSource(LLMSource):
    """The file is converted once, into the user's cache; the bundle holds the converted model."""

    @staticmethod
    def recognises(spec: str) -> bool:
        """Take what is a file, and what is named like one of this kind but is not there."""
        path = Path(spec)
        return path.is_file() or (path.suffix.lower() == ".gguf" and not path.is_dir())

    @cached_property
    def sha256(self) -> str:
        """The file's, under which its conversion is kept."""
        return file_fingerprint(Path(self.spec))

    @property
    def parameters(self) -> dict[str, Any]:
        """The file's name, not its place, and its content."""
        return {"llm": Path(self.spec).name, "sha256": self.sha256}

    def prepare(self, folder: Path, data: TrainingData, progress: Progress) -> dict[str, Any]:
        """Convert it."""
        converted(Path(self.spec), self.sha256, progress)
        return {"converted": Path(self.spec).name}

    def llm_folder(self, folder: Path) -> Path:
        """Return the converted model's folder."""
        return converted(Path(self.spec), self.sha256)


def converted_folder(sha256: str) -> Path:
    """Return where the model of a GGUF file lies once it is converted."""
    return llm_cache(sha256)


def converted(file: Path, sha256: str, progress: Progress = silent) -> Path:
    """Return the folder with a GGUF file's model as safetensors, converted first unless the cache has it.

    Args:
        file: the GGUF file.
        sha256: of the file, in hexadecimal.
        progress: told of each step of the conversion.

    Raises:
        ModelError: the file cannot be converted, or the cache not be written.
    """
    folder = converted_folder(sha256)
    if folder.is_dir():
        return folder
    with making(folder) as part:
        if not folder.is_dir():  # another process may have made it in the meantime
            save_as_safetensors(file, part, progress)
            os.replace(part, folder)
    return folder
