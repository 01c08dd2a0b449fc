"""Opening a bundle."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from recexplainer_core.bundle.agreement import (
    REPORT,
    check_adapter,
    check_histories,
    check_item_count,
    complete_modes,
    embedding_size,
    read_held_out,
    read_report,
)
from recexplainer_core.bundle.files import check_files
from recexplainer_core.bundle.manifest import MANIFEST, Manifest, read_manifest
from recexplainer_core.bundle.swapping import recover
from recexplainer_core.catalogue import Catalogue
from recexplainer_core.errors import BundleError, DataError, ModelError, UnknownNameError
from recexplainer_core.evaluation.report import Report
from recexplainer_core.fingerprints import file_fingerprint, path_fingerprint
from recexplainer_core.histories import Histories, History
from recexplainer_core.modes import AlignmentMode
from recexplainer_core.recommenders.base import Recommender
from recexplainer_core.recommenders.registry import load_recommender

if TYPE_CHECKING:
    from recexplainer_core.lm.model import AlignedLM


@dataclass(frozen=True, eq=False)
class Bundle:
    """An opened bundle; the language model is loaded on request only."""

    root: Path
    manifest: Manifest
    catalogue: Catalogue
    histories: Histories
    held_out: npt.NDArray[np.bool_]
    """[n_users], True for the users whom the surrogate has never seen in any form."""
    recommender: Recommender
    report: Report | None
    modes: tuple[AlignmentMode, ...]
    """Modes that have an adapter; `none` is always possible besides."""
    manifest_hash: str
    """sha256 of the manifest, which holds that of every other file: a bundle built again differs."""

    @classmethod
    def open(cls, root: Path, verify: bool = True) -> Bundle:
        """Check a bundle and load everything but the language model. Nothing in it is ever executed.

        Args:
            root: the bundle's folder.
            verify: compare the sha256 of every file with the manifest.

        Raises:
            BundleError: missing, of another version, changed since it was written, or its parts do not fit
                together.
        """
        recover(root)
        while True:
            manifest, manifest_hash = read_manifest(root), file_fingerprint(root / MANIFEST)
            try:
                return cls._open(root, manifest, manifest_hash, verify)
            except BundleError:
                # Another version has taken its place while it was read: that is the one to read.
                if path_fingerprint(root / MANIFEST) in (manifest_hash, None):
                    raise

    @classmethod
    def _open(cls, root: Path, manifest: Manifest, manifest_hash: str, verify: bool) -> Bundle:
        check_files(root, manifest, verify)
        try:
            catalogue = Catalogue.load(root / "catalogue.parquet")
            histories = Histories.load(root / "histories")
            check_histories(root / "histories", histories, len(catalogue))
            held_out = read_held_out(root / "users.parquet", histories)
            recommender = load_recommender(root / "recommender")
            n_known, vector_size = recommender.item_vectors.shape
            check_item_count(root / "recommender", n_known, len(catalogue))
            width = None if manifest.llm else embedding_size(root / "llm")
            modes = complete_modes(root)
            for mode in modes:
                check_adapter(root / "adapters" / mode, mode, vector_size, width)
        except (DataError, ModelError) as fault:
            raise BundleError(f"The bundle {root} is damaged. {fault}") from fault
        report = read_report(root / REPORT)
        return cls(root, manifest, catalogue, histories, held_out, recommender, report, modes, manifest_hash)

    def history(self, user: int) -> History:
        """Return a user's history as the models take it."""
        return History.of(self.histories[user], self.recommender.max_history)

    def llm_folder(self) -> Path:
        """Return where the base language model lies, fetched first where the manifest names it.

        Raises:
            ModelError: it cannot be fetched.
        """
        return self.manifest.llm.fetch() if self.manifest.llm else self.root / "llm"

    def load_surrogate(self) -> AlignedLM:
        """Load the language model with the adapters of all modes.

        Raises:
            ModelError: it does not load, or the bundle only names it and it cannot be fetched.
        """
        # Imported here: transformers and peft take seconds, and the app's first page does without them.
        from recexplainer_core.lm.adapters import load_aligned

        return load_aligned(self.llm_folder(), {mode: self.root / "adapters" / mode for mode in self.modes})

    def require_mode(self, name: str) -> AlignmentMode:
        """Return the mode with this name.

        Raises:
            UnknownNameError: no such mode, or the bundle was built without it.
        """
        available = (AlignmentMode.NONE, *self.modes)
        if name not in available:
            raise UnknownNameError(
                f"The bundle {self.root} has no mode {name!r}, only {', '.join(available)}. "
                "Choose one of these, or build the bundle again with --modes."
            )
        return AlignmentMode(name)
