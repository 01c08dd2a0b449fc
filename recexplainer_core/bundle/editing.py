"""A few files of a bundle are written anew, the others stay; a reader finds the old version whole, or the new one."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path

from recexplainer_core.bundle.files import check_files, hash_files, write_json
from recexplainer_core.bundle.manifest import MANIFEST, Manifest, read_manifest
from recexplainer_core.bundle.swapping import replacing_folder

Write = Callable[[Path], object]
"""Writes a file to the path it is given."""


def edit_bundle(root: Path, edit: Callable[[Manifest], Mapping[str, Write]], hashes: bool = True) -> Manifest:
    """Write some files of a bundle anew, in a new folder that takes the place of the old one.

    What does not change is linked rather than copied where the file system can. Of two who edit at once, the second
    starts from what the first has left.

    Args:
        root: the bundle's folder.
        edit: from the manifest as it stands to path in the bundle -> what writes that file.
        hashes: compare every file with the manifest first.

    Returns:
        The manifest as written.

    Raises:
        BundleError: `root` holds no bundle or one that is damaged, or somebody else has been writing to it too long.
    """
    with replacing_folder(root) as folder:
        manifest = read_manifest(root)
        check_files(root, manifest, hashes)
        changes = edit(manifest)
        for path in [*manifest.files, *changes]:
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            if path in changes:
                changes[path](folder / path)
            else:
                _link_or_copy(root / path, folder / path)
        files = {**manifest.files, **hash_files(folder, list(changes))}
        complete = manifest.model_copy(update={"files": dict(sorted(files.items()))})
        write_json(folder / MANIFEST, complete.model_dump(mode="json"))
    return complete


def _link_or_copy(source: Path, target: Path) -> None:
    try:
        os.link(source, target)
    except OSError:  # another file system, or one without links
        shutil.copyfile(source, target)
