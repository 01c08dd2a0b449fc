"""Writing a bundle so that a reader finds the old one or the new one, never half of either."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from functools import partial
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.parquet as pq

from recexplainer_core.bundle.agreement import REPORT
from recexplainer_core.bundle.editing import Write, edit_bundle
from recexplainer_core.bundle.files import hash_files, list_files, read_json, write_json
from recexplainer_core.bundle.manifest import ALLOWED_SUFFIXES, MANIFEST, Manifest
from recexplainer_core.bundle.maps import MAPS, map_path
from recexplainer_core.bundle.model_card import model_card
from recexplainer_core.bundle.swapping import recover, replacing_folder
from recexplainer_core.catalogue import Catalogue
from recexplainer_core.errors import BundleError
from recexplainer_core.evaluation.report import Report
from recexplainer_core.histories import Histories
from recexplainer_core.modes import ALIGNED, AlignmentMode
from recexplainer_core.recommenders.base import Recommender

_CARD = "README.md"


def check_replaceable(root: Path) -> None:
    """Make sure that writing a bundle to this folder can destroy nothing but a bundle.

    Raises:
        BundleError: the path is a file or a link, or a folder that holds something else.
    """
    recover(root)
    if root.is_symlink() or (root.exists() and not root.is_dir()):
        raise BundleError(f"{root} exists and is not a plain folder. Choose another --out.")
    if not root.exists() or not any(root.iterdir()):
        return
    try:
        bundle = "format_version" in read_json(root / MANIFEST)
    except BundleError:
        bundle = False
    if not bundle:
        raise BundleError(f"{root} holds files but no bundle; they would be lost. Choose another --out.")


def write_bundle(
    root: Path,
    manifest: Manifest,
    *,
    catalogue: Catalogue,
    histories: Histories,
    held_out: npt.NDArray[np.bool_],
    recommender: Recommender,
    llm: Path | None,
    adapters: Mapping[AlignmentMode, Path],
    report: Report | None = None,
    maps: Mapping[str, Path] | None = None,
) -> Manifest:
    """Write a bundle beside `root`, the manifest last, and put it in place of what is there.

    Args:
        root: the bundle's folder; an existing bundle is replaced, anything else is left alone.
        manifest: all but `files`, which is filled in here.
        catalogue: the items.
        histories: all users.
        held_out: [n_users], users whom the surrogate has not seen.
        recommender: the target.
        llm: folder of the base language model, None when the manifest names one.
        adapters: for each mode the folder with its adapter and connector.
        report: the measured figures, if there are any.
        maps: the Parquet file of each embedding map, by its name.

    Returns:
        The manifest as written.

    Raises:
        BundleError: `root` holds something that is no bundle.
    """
    check_replaceable(root)
    with replacing_folder(root) as temporary:
        catalogue.save(temporary / "catalogue.parquet")
        histories.save(temporary / "histories")
        users = {"user_id": list(histories.user_ids), "held_out": np.asarray(held_out, dtype=bool)}
        pq.write_table(pa.table(users), temporary / "users.parquet")
        recommender.save(temporary / "recommender")
        if llm is not None:
            _copy_data(llm, temporary / "llm")
        for mode, folder in adapters.items():
            _copy_data(folder, temporary / "adapters" / mode)
            card = model_card(manifest, report, mode)
            (temporary / "adapters" / mode / _CARD).write_text(card, encoding="utf-8")
        if report is not None:
            write_json(temporary / REPORT, report.to_json())
        for name, path in (maps or {}).items():
            map_path(temporary, name).parent.mkdir(exist_ok=True)
            shutil.copyfile(path, map_path(temporary, name))
        complete = manifest.model_copy(update={"files": hash_files(temporary, list_files(temporary))})
        write_json(temporary / MANIFEST, complete.model_dump(mode="json"))
    return complete


def replace_report(root: Path, report: Report, measured: Manifest | None = None) -> Manifest:
    """Put another report into a bundle, with the model cards that quote it; nothing else in it changes.

    Args:
        root: the bundle's folder.
        report: the measured figures.
        measured: of the bundle that they were measured on, where that may have been another build.

    Returns:
        The manifest as written.

    Raises:
        BundleError: `root` holds no bundle, one that is damaged, or one with other models than were measured.
    """
    check_replaceable(root)

    def edit(manifest: Manifest) -> dict[str, Write]:
        if measured is not None and _models(manifest) != _models(measured):
            raise BundleError(
                f"{root} was built anew while it was measured; the figures are not its. Measure it again."
            )
        cards = {
            f"adapters/{mode}/{_CARD}": partial(_write_text, text=model_card(manifest, report, mode))
            for mode in ALIGNED
            if (root / "adapters" / mode).is_dir()
        }
        return {**cards, REPORT: partial(write_json, content=report.to_json())}

    return edit_bundle(root, edit)


def _models(manifest: Manifest) -> dict[str, str]:
    """Return the hashes of everything that figures depend on."""
    return {
        path: digest
        for path, digest in manifest.files.items()
        if path != REPORT and not path.endswith(f"/{_CARD}") and not path.startswith(f"{MAPS}/")
    }


def _write_text(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8")


def _copy_data(source: Path, target: Path) -> None:
    """Copy the files a bundle may hold; what could run, and what is hidden, stays behind."""
    for path in sorted(source.rglob("*")):
        relative = path.relative_to(source)
        hidden = any(part.startswith(".") for part in relative.parts)
        if path.is_file() and path.suffix in ALLOWED_SUFFIXES and not hidden:
            (target / relative).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, target / relative)
