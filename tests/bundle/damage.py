"""Ways to damage a file of a bundle that a hash does not give away: its bytes, what it means, and what it is."""

from __future__ import annotations

import json
import math
import os
import random
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import torch
from safetensors import safe_open
from safetensors.torch import save_file

Damage = Callable[[Path, random.Random], None]
ODD_VALUES: tuple[Any, ...] = (
    None, True, -1, 0, 10**6, 10**9, 10**30, 0.5, -1e300, math.inf, math.nan, "", "x", "1", "\u2028\x00",
    "../../outside", [], [[]], {}, [None], {"x": {"x": []}}, ["a", 1], "9" * 5000,
)  # fmt: skip


def flip(path: Path, chance: random.Random) -> None:
    """Change a few bytes."""
    content = bytearray(path.read_bytes())
    for _ in range(chance.choice([1, 1, 4, 64])):
        content[chance.randrange(len(content))] ^= 1 << chance.randrange(8)
    path.write_bytes(content)


def flip_head(path: Path, chance: random.Random) -> None:
    """Change a few bytes of the header."""
    content = bytearray(path.read_bytes())
    for _ in range(chance.choice([1, 2, 8])):
        content[chance.randrange(min(len(content), 200))] = chance.randrange(256)
    path.write_bytes(content)


def cut(path: Path, chance: random.Random) -> None:
    """Keep the beginning only."""
    content = path.read_bytes()
    path.write_bytes(content[: chance.choice([0, 1, chance.randrange(len(content)), len(content) - 1])])


def lengthen(path: Path, chance: random.Random) -> None:
    """Put bytes behind or into the content."""
    content, more = path.read_bytes(), chance.randbytes(chance.choice([1, 100]))
    at = chance.choice([len(content), chance.randrange(len(content) + 1)])
    path.write_bytes(content[:at] + more + content[at:])


def blank(path: Path, chance: random.Random) -> None:
    """Set a stretch to zero bytes."""
    content = bytearray(path.read_bytes())
    start = chance.randrange(len(content))
    stretch = content[start : start + chance.choice([8, 200, len(content)])]
    content[start : start + len(stretch)] = bytes(len(stretch))
    path.write_bytes(content)


def mean_json(path: Path, chance: random.Random) -> None:
    """Put something odd in place of a value, take a key out, or add one."""
    content = json.loads(path.read_text(encoding="utf-8"))
    where = chance.choice(list(_places(content)) or [(None, None)])
    parent, key = where
    odd = chance.choice(ODD_VALUES)
    if parent is None:
        content = odd
    elif isinstance(parent, dict) and chance.random() < 0.25:
        del parent[key]
    elif isinstance(parent, dict) and chance.random() < 0.1:
        parent[f"{key}s"] = odd
    else:
        parent[key] = odd
    path.write_text(json.dumps(content), encoding="utf-8")


def deepen_json(path: Path, chance: random.Random) -> None:
    """Put a value in brackets, more often than a reader that calls itself can follow."""
    depth = chance.choice([200, 5_000, 200_000])
    deep = chance.choice([("[", "]"), ('{"x":', "}")])
    nested = deep[0] * depth + "1" + deep[1] * depth
    content = path.read_text(encoding="utf-8")
    path.write_text(content.rstrip()[:-1] + f', "deep": {nested}}}' if chance.random() < 0.5 else nested)


def mean_tensors(path: Path, chance: random.Random) -> None:
    """Take a tensor out, or change its name, its values, its shape or its type."""
    with safe_open(path, "pt") as file:
        metadata, tensors = file.metadata(), {name: file.get_tensor(name) for name in file.keys()}  # noqa: SIM118
    name = chance.choice(sorted(tensors))
    one = tensors[name].clone()
    what = chance.choice(
        ["half", "none", "out", "name", "more", "nan", "inf", "zero", "all zero", "shape", "flat", "type"]
    )
    if what == "half":
        tensors = dict(list(tensors.items())[::2])
    elif what == "none":
        tensors = {}
    elif what in ("out", "name"):
        tensors.pop(name)
        if what == "name":
            tensors[name + "x"] = one
    elif what == "more":
        tensors["another.weight"] = torch.ones(2, 2)
    elif what in ("nan", "inf"):
        one.view(-1)[chance.randrange(one.numel())] = math.nan if what == "nan" else math.inf
        tensors[name] = one
    elif what == "zero":
        tensors[name] = torch.zeros_like(one)
    elif what == "all zero":
        tensors = {key: torch.zeros_like(tensor) for key, tensor in tensors.items()}
    elif what == "shape":
        tensors[name] = torch.cat([one, one])
    elif what == "flat":
        tensors[name] = one.reshape(-1)
    else:
        tensors[name] = one.to(chance.choice([torch.int64, torch.float64, torch.bool, torch.uint8]))
    save_file(tensors, path, metadata)


def mean_array(path: Path, chance: random.Random) -> None:
    """Change an array's numbers, type or shape."""
    array = np.load(path)
    at = chance.randrange(len(array))
    what = chance.choice(["value", "float", "flat", "deep", "longer", "empty", "words", "nan", "bytes"])
    if what == "value":
        array[at] = chance.choice([-1, 10**4, -(2**15)])
    elif what in ("float", "nan"):
        array = array.astype(np.float64)
        array[at] = math.nan if what == "nan" else 0.5
    elif what == "longer":
        array = np.concatenate([array, array[-1:]])
    elif what == "empty":
        array = array[:0]
    else:
        kinds = {"flat": array.reshape(1, -1), "deep": array.reshape(-1, 1)}
        array = kinds.get(what, array.astype("U5" if what == "words" else "S4"))
    np.save(path, array)


def mean_table(path: Path, chance: random.Random) -> None:
    """Change a column of a table, or take it out."""
    table = pq.read_table(path)
    place = chance.randrange(table.num_columns)
    name, column = table.column_names[place], table.column(place)
    rows = column.to_pylist()
    what = chance.choice(
        ["out", "null", "words", "numbers", "nan", "lists", "twice", "fewer", "stamp", "order"]
    )
    if what == "out":
        table = table.drop_columns([name])
    elif what == "twice":
        table = table.append_column(name, column)
    elif what == "fewer":
        table = table.slice(0, chance.randrange(len(rows)))
    elif what == "order":
        table = table.take(pa.array(range(len(rows))[::-1]))
    elif what == "stamp":
        stamp = dict(table.schema.metadata or {b"x": b"{}"})
        key = chance.choice(sorted(stamp))
        if key == b"x" or chance.random() < 0.3:
            stamp[key] = chance.choice([b"", b"{", b"[]", b"[" * 100_000, b"{}"])
        else:
            read = json.loads(stamp[key])
            parent, inner = chance.choice(list(_places(read)))
            parent[inner] = chance.choice(ODD_VALUES)
            stamp[key] = json.dumps(read).encode()
        table = table.replace_schema_metadata(stamp)
    else:
        changed = {
            "null": pa.array([None, *rows[1:]], column.type),
            "words": pa.array([str(row) for row in rows]),
            "numbers": pa.array([-(2**31)] + [10**6] * (len(rows) - 1)),
            "nan": pa.array([math.nan] * len(rows), pa.float32()),
            "lists": pa.array([[float("nan"), -1.0]] * len(rows)),
        }[what]
        table = table.set_column(place, name, changed)
    pq.write_table(table, path)


def no_file(path: Path, chance: random.Random) -> None:
    """Put something that is no plain file in its place: who opens a pipe waits for ever."""
    path.unlink()
    kind = chance.choice(["pipe", "folder", "link", "dangling"])
    if kind == "pipe":
        os.mkfifo(path)
    elif kind == "folder":
        path.mkdir()
    elif kind == "link":
        path.symlink_to(path.parent)
    else:
        path.symlink_to(path.with_name("nothing"))


def another_file(path: Path, chance: random.Random) -> None:
    """Put another file of the bundle in its place."""
    root = next(parent for parent in path.parents if (parent / "manifest.json").exists())
    others = [one for one in sorted(root.rglob("*")) if one.is_file() and one != path]
    shutil.copyfile(chance.choice(others), path)


MEANINGS: dict[str, Damage] = {
    ".json": mean_json, ".safetensors": mean_tensors, ".npy": mean_array, ".parquet": mean_table,
}  # fmt: skip


def kinds_of_damage(path: Path) -> dict[str, Damage]:
    """Return what can be done to a file of this name."""
    found: dict[str, Damage] = {
        "flip": flip, "flip head": flip_head, "cut": cut, "lengthen": lengthen, "blank": blank,
        "no file": no_file, "another file": another_file,
    }  # fmt: skip
    if path.suffix in MEANINGS:
        found |= {f"meaning {number}": MEANINGS[path.suffix] for number in range(6)}
    if path.suffix == ".json":
        found["deep"] = deepen_json
    return found


def _places(content: Any) -> Iterator[tuple[Any, Any]]:
    """Yield every (container, key) of a JSON value; of a long list, the first few."""
    keys = list(content) if isinstance(content, dict) else range(min(len(content), 5))
    for key in keys:
        yield content, key
        if isinstance(content[key], dict | list):
            yield from _places(content[key])
