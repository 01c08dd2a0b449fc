"""Writing a bundle so that a reader finds the old one or the new one, never half of either."""

from __future__ import annotations

import os
import shutil
from collections.abc import Mapping
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.parquet as pq

from recexplainer_core.bundle.agreement import REPORT
from recexplainer_core.bundle.files import check_files, hash_files, list_files, read_json, write_json
from recexplainer_core.bundle.manifest import ALLOWED_SUFFIXES, MANIFEST, Manifest, read_manifest
from recexplainer_core.bundle.maps import map_path
from recexplainer_core.bundle.model_card import model_card
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
    root = root.absolute()
    root.parent.mkdir(parents=True, exist_ok=True)
    temporary = root.with_name(f".{root.name}.{os.getpid()}.new")
    shutil.rmtree(temporary, ignore_errors=True)
    try:
        temporary.mkdir()
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
        _put_in_place(temporary, root)
    finally:
        shutil.rmtree(temporary, ignore_errors=True)
    return complete


def replace_report(root: Path, report: Report) -> Manifest:
    """Put another report into a bundle, with the model cards that quote it; nothing else in it changes.

    A new folder takes the place of the old one, as when a bundle is written: a reader finds either report whole. What
    does not change is linked rather than copied where the file system can.

    Args:
        root: the bundle's folder.
        report: the measured figures.

    Returns:
        The manifest as written.

    Raises:
        BundleError: `root` holds no bundle, or one that is damaged.
    """
    check_replaceable(root)
    root = root.absolute()
    manifest = read_manifest(root)
    check_files(root, manifest)
    temporary = root.with_name(f".{root.name}.{os.getpid()}.new")
    shutil.rmtree(temporary, ignore_errors=True)
    cards = {
        f"adapters/{mode}/{_CARD}": model_card(manifest, report, mode)
        for mode in ALIGNED
        if (root / "adapters" / mode).is_dir()
    }
    try:
        for path in sorted(set(manifest.files) - {REPORT, *cards}):
            (temporary / path).parent.mkdir(parents=True, exist_ok=True)
            _link_or_copy(root / path, temporary / path)
        for path, card in cards.items():
            (temporary / path).write_text(card, encoding="utf-8")
        write_json(temporary / REPORT, report.to_json())
        changed = hash_files(temporary, [REPORT, *cards])
        complete = manifest.model_copy(update={"files": dict(sorted({**manifest.files, **changed}.items()))})
        write_json(temporary / MANIFEST, complete.model_dump(mode="json"))
        _put_in_place(temporary, root)
    finally:
        shutil.rmtree(temporary, ignore_errors=True)
    return complete


def _link_or_copy(source: Path, target: Path) -> None:
    try:
        target.hardlink_to(source)
    except OSError:  # another file system, or one without links
        shutil.copyfile(source, target)


def _put_in_place(temporary: Path, root: Path) -> None:
    old = root.with_name(f".{root.name}.{os.getpid()}.old")
    if root.exists():
        root.rename(old)
    try:
        temporary.rename(root)
    except OSError:
        if old.exists():
            old.rename(root)
        raise
    shutil.rmtree(old, ignore_errors=True)


def _copy_data(source: Path, target: Path) -> None:
    """Copy the files a bundle may hold; what could run, and what is hidden, stays behind."""
    for path in sorted(source.rglob("*")):
        relative = path.relative_to(source)
        hidden = any(part.startswith(".") for part in relative.parts)
        if path.is_file() and path.suffix in ALLOWED_SUFFIXES and not hidden:
            (target / relative).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, target / relative)
