"""The embedding maps of a bundle: which there are, how one is read, and how another is added."""

from __future__ import annotations

import re
from pathlib import Path

from recexplainer_core.bundle.editing import edit_bundle
from recexplainer_core.embedding_map.artefact import EmbeddingMap
from recexplainer_core.errors import UnknownNameError

DEFAULT_MAP = "default"
"""The name of the map that a build makes."""
MAPS = "maps"
_NAME = re.compile(r"[a-z0-9][a-z0-9_-]{0,39}")


def map_path(root: Path, name: str) -> Path:
    """Return where a bundle has the map of this name.

    Raises:
        UnknownNameError: it cannot be a map's name.
    """
    if not _NAME.fullmatch(name):
        raise UnknownNameError(
            f"{name!r} cannot name a map. Use up to 40 small letters, digits, - and _, a letter or digit first."
        )
    return root / MAPS / f"{name}.parquet"


def map_names(root: Path) -> tuple[str, ...]:
    """Return the names of a bundle's maps, the one that the build made first."""
    names = [path.stem for path in (root / MAPS).glob("*.parquet") if _NAME.fullmatch(path.stem)]
    return tuple(sorted(names, key=lambda name: (name != DEFAULT_MAP, name)))


def load_map(root: Path, name: str, n_items: int, n_users: int) -> EmbeddingMap:
    """Read a map and check that it fits a bundle with so many items and users.

    Raises:
        UnknownNameError: the bundle has no such map.
        BundleError: the file is no map, or one of something else.
    """
    if name not in map_names(root):
        raise UnknownNameError(f"{root} has no map {name!r}, only {', '.join(map_names(root)) or 'none'}.")
    return EmbeddingMap.load(map_path(root, name), n_items, n_users)


def add_map(root: Path, name: str, made: EmbeddingMap) -> None:
    """Put a map into a bundle, in place of one of the same name; a reader finds it whole, or not yet.

    Raises:
        UnknownNameError: it cannot be a map's name.
        BundleError: the bundle has changed since it was opened, or somebody else is writing to it for too long.
    """
    relative = map_path(root, name).relative_to(root).as_posix()
    edit_bundle(root.resolve(), lambda manifest: {relative: made.save}, hashes=False)
