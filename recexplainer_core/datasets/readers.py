"""The seam for data: what a reader of a format is, which there are, and how a spec finds its own."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

from recexplainer_core.datasets.provenance import Provenance
from recexplainer_core.errors import DataError
from recexplainer_core.fingerprints import path_fingerprint
from recexplainer_core.registry import Registry

if TYPE_CHECKING:  # PyArrow takes half a second, and the command line only needs the readers' names
    from recexplainer_core.catalogue import Catalogue
    from recexplainer_core.histories import Histories

Dataset: TypeAlias = "tuple[Catalogue, Histories, Provenance]"
_ARGUMENTS = {"DIR": "a folder", "FILE": "a file"}


@dataclass(frozen=True)
class ReadOptions:
    """Settings of a build that a reader may depend on."""

    min_ratings: int = 10
    """Items with fewer ratings are left out."""
    seed: int = 0
    """Of data that are simulated."""


@dataclass(frozen=True)
class Reader:
    """A format of data.

    Args:
        forms: how a spec of it is written: its name in the registry, alone or with what follows the colon in capitals:
            ("movielens", "movielens:DIR").
        read: takes what stands behind the colon, "" where nothing does; raises DataError with file and line.
        depends_on: names of the `ReadOptions` that change what is read.
        fingerprint: from what stands behind the colon, the sha256 of the files that would be read; None where they
            are not there yet.
    """

    forms: tuple[str, ...]
    read: Callable[[str, ReadOptions], Dataset]
    depends_on: tuple[str, ...] = ()
    fingerprint: Callable[[str], str | None] = lambda argument: (
        path_fingerprint(Path(argument).expanduser()) if argument else None
    )


READERS: Registry[Reader] = Registry("data reader", "recexplainer.readers")
"""The part of a data spec before the colon -> its reader."""

READERS.register("demo", "recexplainer_core.datasets.demo:READER")
READERS.register("movielens", "recexplainer_core.datasets.movielens:READER")
READERS.register("sequences", "recexplainer_core.datasets.sequences:READER")
READERS.register("recbole", "recexplainer_core.datasets.recbole:READER")
READERS.register("amazon", "recexplainer_core.datasets.amazon:READER")
READERS.register("steam", "recexplainer_core.datasets.steam:READER")
READERS.register("recexplainer", "recexplainer_core.datasets.original:READER")
READERS.register("table", "recexplainer_core.datasets.interactions:READER")


def load_dataset(spec: str, min_ratings: int = 10, seed: int = 0) -> Dataset:
    """Load the data that a spec names.

    Args:
        spec: a form of one of the `READERS`: `demo`, `movielens` (downloaded when it is not there yet),
            `movielens:DIR`, `sequences:DIR`, `table:FILE`, `recbole:DIR`, `amazon:DIR`, `steam:DIR`,
            `recexplainer:DIR`.
        min_ratings: films of MovieLens with fewer ratings are left out.
        seed: of the demo's simulated viewers.

    Raises:
        DataError: an unknown spec, files that cannot be read, or nothing in them.
    """
    reader, argument = find_reader(spec)
    catalogue, histories, provenance = reader.read(argument, ReadOptions(min_ratings, seed))
    if not len(catalogue) or not len(histories):
        fault = f"holds {len(catalogue)} items and {len(histories)} users."
        raise DataError(repr(spec), fault, "There have to be some of both.")
    return catalogue, histories, provenance


def data_parameters(spec: str, options: ReadOptions) -> dict[str, Any]:
    """Return everything that decides what `load_dataset` returns, as JSON.

    Raises:
        DataError: an unknown spec.
    """
    reader, argument = find_reader(spec)
    settings = {name: getattr(options, name) for name in reader.depends_on}
    return {"spec": spec, "sha256": reader.fingerprint(argument), **settings}


def find_reader(spec: str) -> tuple[Reader, str]:
    """Return the reader of a data spec, and what stands behind the colon.

    Raises:
        DataError: no reader takes such a spec; the message lists the forms of all.
    """
    name, colon, argument = spec.partition(":")
    reader = READERS.get(name) if name in READERS else None
    fitting = [form for form in reader.forms if (":" in form) == bool(colon)] if reader else []
    if reader and fitting and bool(argument) == bool(colon):
        return reader, argument
    *others, last = [form for _, each in READERS.items() for form in each.forms]
    wanted = (fitting or reader.forms)[0].partition(":")[2] if reader else ""
    fault = "no such kind of data."
    if wanted:
        fault = f"{_ARGUMENTS.get(wanted, wanted)} is missing behind the colon."
    raise DataError(repr(spec), fault, f"The choices are {', '.join(others)} and {last}.")
