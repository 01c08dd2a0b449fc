"""The folder that holds one explained dataset: written whole or not at all, checked before it is used."""

from recexplainer_core.bundle.manifest import FORMAT_VERSION, Manifest, read_manifest
from recexplainer_core.bundle.maps import add_map, load_map, map_names
from recexplainer_core.bundle.reading import Bundle
from recexplainer_core.bundle.writing import check_replaceable, replace_report, write_bundle

__all__ = [
    "FORMAT_VERSION",
    "Bundle",
    "Manifest",
    "add_map",
    "check_replaceable",
    "load_map",
    "map_names",
    "read_manifest",
    "replace_report",
    "write_bundle",
]
