"""A map as a Parquet file: one row per item, then one per user placed; everything else in its metadata."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from recexplainer_core.embedding_map.clusters import Codes
from recexplainer_core.embedding_map.neighbours import Floats, Indices
from recexplainer_core.embedding_map.parameters import MapParameters
from recexplainer_core.errors import BundleError, DataError
from recexplainer_core.files.json_text import parse_json
from recexplainer_core.files.tables import read_table
from recexplainer_core.modes import AlignmentMode

VERSION = 1
_STAMP = b"embedding_map"
_REMEDY = "Make the map again: python -m recexplainer_core map BUNDLE --name NAME."


@dataclass(frozen=True, eq=False)
class Layout:
    """The items as one space arranges them.

    Args:
        mode: of the language model whose space it is, None for the target's.
        coordinates: [n, 2].
        neighbours: [n, k], the nearest other items by cosine in the space itself, nearest first.
        similarities: [n, k], their cosine.
        trustworthiness: how far neighbours in the plane are neighbours in the space, 0 to 1.
        overlap: share of `neighbours` that the target's space has too, None for the target's own.
    """

    mode: AlignmentMode | None
    coordinates: Floats
    neighbours: Indices
    similarities: Floats
    trustworthiness: float
    overlap: float | None


@dataclass(frozen=True, eq=False)
class EmbeddingMap:
    """All layouts of a map, the clusters, and the users placed in the target's.

    Args:
        parameters: what made it.
        layouts: space -> layout; see `spaces`.
        clusters: [n], cluster of each item in the target's space.
        cluster_labels: one per cluster.
        users: [m], who is placed, rising.
        user_coordinates: [m, 2], in the target's layout.
        placement: how far `place_among` is off UMAP's own places of these users; None without users.
        checked: items on which trustworthiness was measured.
        libraries: versions of what computed it.
    """

    parameters: MapParameters
    layouts: Mapping[str, Layout]
    clusters: Codes
    cluster_labels: tuple[str, ...]
    users: Indices
    user_coordinates: Floats
    placement: Mapping[str, float] | None
    checked: int
    libraries: Mapping[str, str]

    @property
    def stamp(self) -> dict[str, Any]:
        """Everything about the map but its rows, as JSON."""
        return _Stamp.of(self).model_dump(mode="json")

    def save(self, path: Path) -> None:
        """Write one Parquet file; the same map makes the same bytes."""
        n_items, n_users = len(self.clusters), len(self.users)
        nobody = [None] * n_users
        columns: dict[str, pa.Array] = {
            "kind": pa.array(["item"] * n_items + ["user"] * n_users, pa.string()),
            "index": pa.array(np.concatenate([np.arange(n_items), self.users]), pa.int32()),
            "cluster": pa.array([*self.clusters.tolist(), *nobody], pa.int16()),
        }
        for key, layout in self.layouts.items():
            for axis, name in enumerate("xy"):
                others = self.user_coordinates[:, axis].tolist() if layout.mode is None else nobody
                columns[f"{key}:{name}"] = pa.array(
                    [*layout.coordinates[:, axis].tolist(), *others], pa.float32()
                )
            for name, table, kind in (
                ("neighbours", layout.neighbours, pa.int32()),
                ("similarities", layout.similarities, pa.float32()),
            ):
                columns[f"{key}:{name}"] = pa.array([*table.tolist(), *nobody], pa.list_(kind))
        stamp = _Stamp.of(self).model_dump_json()
        pq.write_table(pa.table(columns).replace_schema_metadata({_STAMP: stamp}), path)

    @classmethod
    def load(cls, path: Path, n_items: int, n_users: int) -> EmbeddingMap:
        """Read what `save` wrote and check that it is a map of a catalogue and users of this size.

        Raises:
            BundleError: no map, of another version, or of other items or users.
        """
        try:
            table = read_table(path, remedy=_REMEDY)
            stamp = _Stamp.model_validate(
                parse_json((table.schema.metadata or {})[_STAMP], path, _REMEDY), strict=False
            )
            kinds = np.array(table["kind"].to_pylist())
            items, users = table.slice(0, int((kinds == "item").sum())), table.slice((kinds == "item").sum())
            index = items["index"].to_numpy()
            if not np.array_equal(index, np.arange(n_items)) or not (kinds[len(items) :] == "user").all():
                raise ValueError(f"it has {len(items)} items, the catalogue {n_items}")
            known = users["index"].to_numpy().astype(np.int32)
            if len(known) and not (known.min() >= 0 and known.max() < n_users):
                raise ValueError(f"it places user {known.max()}, the histories have {n_users}")
            layouts = {
                key: Layout(
                    space.mode,
                    _plane(items, key),
                    _lists(items, f"{key}:neighbours", n_items).astype(np.int32),
                    _lists(items, f"{key}:similarities", None).astype(np.float32),
                    space.trustworthiness,
                    space.overlap,
                )
                for key, space in stamp.spaces.items()
            }
            clusters = items["cluster"].to_numpy().astype(np.int16)
            if not (clusters.min() >= 0 and clusters.max() < len(stamp.clusters)):
                raise ValueError(f"its clusters reach to {clusters.max()}, {len(stamp.clusters)} have a name")
            places = _plane(users, next(key for key, space in stamp.spaces.items() if space.mode is None))
        except DataError as fault:
            raise BundleError(str(fault)) from fault
        except (
            pa.ArrowException,
            LookupError,
            TypeError,
            ValueError,
            StopIteration,
            AttributeError,
        ) as fault:
            reason = fault.errors()[0]["msg"] if isinstance(fault, ValidationError) else fault
            raise BundleError(f"{path} is no map that fits this bundle ({reason}). {_REMEDY}") from fault
        return cls(
            MapParameters(**stamp.parameters.__dict__),
            layouts,
            clusters,
            tuple(stamp.clusters),
            known,
            places,
            stamp.placement,
            stamp.checked,
            stamp.libraries,
        )


class _Space(BaseModel):
    model_config = ConfigDict(extra="forbid")

    mode: AlignmentMode | None
    trustworthiness: float
    overlap: float | None


class _Stamp(BaseModel):
    """What the file says of itself."""

    model_config = ConfigDict(extra="forbid")

    version: Annotated[int, Field(ge=VERSION, le=VERSION)] = VERSION
    parameters: MapParameters
    spaces: dict[str, _Space]
    clusters: list[str]
    placement: dict[str, float] | None
    checked: int
    libraries: dict[str, str]

    @classmethod
    def of(cls, made: EmbeddingMap) -> _Stamp:
        return cls(
            parameters=made.parameters,
            spaces={
                key: _Space(mode=layout.mode, trustworthiness=layout.trustworthiness, overlap=layout.overlap)
                for key, layout in made.layouts.items()
            },
            clusters=list(made.cluster_labels),
            placement=None if made.placement is None else dict(made.placement),
            checked=made.checked,
            libraries=dict(made.libraries),
        )


def _plane(rows: pa.Table, key: str) -> Floats:
    places = np.stack([rows[f"{key}:{axis}"].to_numpy() for axis in "xy"], axis=1).astype(np.float32)
    if not np.isfinite(places).all():
        raise ValueError(f"a place in {key} is unknown")
    return places


def _lists(rows: pa.Table, name: str, below: int | None) -> Any:
    column = rows[name].combine_chunks()
    flat = column.flatten().to_numpy()
    if len(rows) and len(flat) % len(rows) or column.null_count:
        raise ValueError(f"the lists of {name} differ in length")
    if below is not None and len(flat) and not (flat.min() >= 0 and flat.max() < below):
        raise ValueError(f"{name} reach to item {flat.max()}, the catalogue has {below}")
    return flat.reshape(len(rows), -1)
