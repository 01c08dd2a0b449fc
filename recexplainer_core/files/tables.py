"""Arrays and tables that come from a file: of the types, shapes and ranges that were promised.

What NumPy and Arrow raise on a damaged file has no common base: any exception of theirs is a fault of the file.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.parquet as pq

from recexplainer_core.errors import DataError
from recexplainer_core.files.plain import AGAIN, require_plain


def map_integers(path: Path, remedy: str = AGAIN) -> npt.NDArray[np.integer]:
    """Map a .npy file of whole numbers in one dimension; it is read from disk when it is looked at.

    Raises:
        DataError: the file is damaged, or an array of something else. Nothing in it is ever executed.
    """
    require_plain(path, remedy)
    try:
        array: npt.NDArray[np.integer] = np.load(path, mmap_mode="r", allow_pickle=False)
        form = f"{array.ndim} dimensions of {array.dtype}"
    except Exception as fault:
        raise DataError(path, f"is no array ({_words(fault)}).", remedy) from fault
    if array.ndim != 1 or not np.issubdtype(array.dtype, np.signedinteger):
        raise DataError(path, f"has {form}, expected one of signed whole numbers.", remedy)
    return array


def read_table(path: Path, columns: Sequence[str] | None = None, remedy: str = AGAIN) -> pa.Table:
    """Return a Parquet file's table, or some of its columns.

    Raises:
        DataError: the file is damaged, a column is missing or there twice.
    """
    require_plain(path, remedy)
    try:
        with pq.ParquetFile(path) as file:
            names = file.schema_arrow.names
            wanted = names if columns is None else list(columns)
            _check_names(path, names, wanted, remedy)
            table = file.read(wanted)
            table.validate(full=True)
    except DataError:
        raise
    except Exception as fault:
        raise DataError(path, f"is no table ({_words(fault)}).", remedy) from fault
    return table


def _check_names(path: Path, names: Sequence[str], wanted: Sequence[str], remedy: str) -> None:
    for name in wanted:
        if (times := names.count(name)) != 1:
            fault = f"has no column {name!r}." if not times else f"has {times} columns {name!r}."
            raise DataError(path, fault, remedy)


def _words(fault: Exception) -> str:
    return " ".join(str(fault).split())[:300] or type(fault).__name__
