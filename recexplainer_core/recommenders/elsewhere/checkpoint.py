"""A PyTorch checkpoint read without running it: tensors and plain values come out, nothing in the file is ever called.

A pickle is a program that may call anything. Here its steps are read one by one and carried out on data alone: what it
would import is a `Global`, a name; what it would make with one is an `Opaque` record of what it would have been made
from. Only tensors are rebuilt, from the plain numbers beside the pickle. PyTorch's own careful reader
(`weights_only=True`) takes no pickle of protocol 4, which RecBole writes, and no classes it does not know.
"""

from __future__ import annotations

import pickletools
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, field
from math import prod
from pathlib import Path
from typing import Any

import torch

from recexplainer_core.errors import ModelError

_DTYPES = {
    "FloatStorage": torch.float32, "DoubleStorage": torch.float64, "HalfStorage": torch.float16,
    "BFloat16Storage": torch.bfloat16, "LongStorage": torch.int64, "IntStorage": torch.int32,
    "ShortStorage": torch.int16, "CharStorage": torch.int8, "ByteStorage": torch.uint8,
    "BoolStorage": torch.bool,
}  # fmt: skip
_VALUES = {
    "INT", "BININT", "BININT1", "BININT2", "LONG", "LONG1", "LONG4", "FLOAT", "BINFLOAT",
    "STRING", "BINSTRING", "SHORT_BINSTRING", "UNICODE", "BINUNICODE", "SHORT_BINUNICODE", "BINUNICODE8",
    "BINBYTES", "SHORT_BINBYTES", "BINBYTES8", "BYTEARRAY8",
}  # fmt: skip
_CONSTANTS = {"NONE": None, "NEWTRUE": True, "NEWFALSE": False, "EMPTY_TUPLE": ()}
_TUPLES = {"TUPLE1": 1, "TUPLE2": 2, "TUPLE3": 3}
_PUTS, _GETS = {"PUT", "BINPUT", "LONG_BINPUT"}, {"GET", "BINGET", "LONG_BINGET"}
_REMEDY = "Give the file as the trainer saved it, with PyTorch 1.6 or later, or save it again."


@dataclass(frozen=True)
class Global:
    """The name of something that a checkpoint would import."""

    name: str


@dataclass(eq=False)
class Opaque:
    """What a checkpoint would have made by calling something.

    Args:
        name: of what it would have called.
        arguments: with which.
        state: what it would have set on the result, its attributes as a rule.
        items: what it would have put into the result, as a mapping.
        entries: what it would have put into the result, as a list or a set.
    """

    name: str
    arguments: tuple[Any, ...] = ()
    state: Any = None
    items: dict[Any, Any] = field(default_factory=dict)
    entries: list[Any] = field(default_factory=list)


def read_checkpoint(path: Path) -> Any:
    """Return what `torch.save` wrote: plain values and tensors, and an `Opaque` for anything else.

    Raises:
        ModelError: the file is no such checkpoint, or damaged.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            return _Reader(archive).read()
    except zipfile.BadZipFile as fault:
        raise ModelError(f"{path}: is no checkpoint of PyTorch ({fault}). {_REMEDY}") from fault
    except (
        OSError, ValueError, TypeError, KeyError, IndexError, AttributeError, OverflowError, RuntimeError,
        NotImplementedError,
    ) as fault:  # fmt: skip
        raise ModelError(f"{path}: cannot be read as a checkpoint ({fault}). {_REMEDY}") from fault


class _Reader:
    def __init__(self, archive: zipfile.ZipFile) -> None:
        pickles = [name for name in archive.namelist() if name.split("/")[1:] == ["data.pkl"]]
        if len(pickles) != 1:
            raise ValueError("it holds no data.pkl")
        self.archive, self.pickle = archive, pickles[0]
        self.folder = pickles[0].rpartition("/")[0]
        order = f"{self.folder}/byteorder"
        if order in archive.namelist() and self._bytes(order) != b"little":
            raise ValueError("its numbers have their bytes in the other order")
        self.storages: dict[str, torch.Tensor] = {}
        self.stack: list[Any] = []
        self.marks: list[list[Any]] = []
        self.memo: dict[int, Any] = {}

    def read(self) -> Any:
        for step, argument, _ in pickletools.genops(self._bytes(self.pickle)):
            if step.name == "STOP":
                break
            self._step(step.name, argument)
        return self.stack.pop()

    def _step(self, name: str, argument: Any) -> None:
        stack = self.stack
        if name in _VALUES:
            stack.append(argument)
        elif name in _CONSTANTS:
            stack.append(_CONSTANTS[name])
        elif name in ("PROTO", "FRAME"):
            pass
        elif name in _PUTS or name == "MEMOIZE":
            self.memo[len(self.memo) if name == "MEMOIZE" else int(argument)] = stack[-1]
        elif name in _GETS:
            stack.append(self.memo[int(argument)])
        elif name == "MARK":
            self.marks.append(stack)
            self.stack = []
        elif name in ("EMPTY_LIST", "EMPTY_DICT", "EMPTY_SET"):
            stack.append({"EMPTY_LIST": list, "EMPTY_DICT": dict, "EMPTY_SET": set}[name]())
        elif name in _TUPLES:
            stack[-_TUPLES[name] :] = [tuple(stack[-_TUPLES[name] :])]
        elif name in ("TUPLE", "LIST", "FROZENSET", "DICT"):
            values = self._marked()
            make: dict[str, Callable[[list[Any]], Any]] = {
                "TUPLE": tuple, "LIST": list, "FROZENSET": frozenset, "DICT": _pairs
            }  # fmt: skip
            made = make[name](values)
            self.stack.append(made)
        elif name in ("APPEND", "APPENDS", "ADDITEMS", "SETITEM", "SETITEMS"):
            self._fill(name)
        elif name in ("GLOBAL", "STACK_GLOBAL"):
            module, attribute = argument.split(" ", 1) if name == "GLOBAL" else (stack.pop(-2), stack.pop())
            stack.append(Global(f"{module}.{attribute}"))
        elif name in ("REDUCE", "NEWOBJ", "NEWOBJ_EX"):
            if name == "NEWOBJ_EX":
                stack.pop()
            arguments = stack.pop()
            stack.append(self._made(stack.pop(), arguments))
        elif name == "BUILD":
            state = stack.pop()
            if isinstance(stack[-1], Opaque):
                stack[-1].state = state
        elif name == "BINPERSID":
            stack.append(self._storage(stack.pop()))
        else:
            raise ValueError(f"a step {name} that no checkpoint needs")

    def _marked(self) -> list[Any]:
        values, self.stack = self.stack, self.marks.pop()
        return values

    def _fill(self, name: str) -> None:
        if name.endswith("S"):
            values = self._marked()
        else:
            count = 2 if name == "SETITEM" else 1
            values = self.stack[-count:]
            del self.stack[-count:]
        target = self.stack[-1]
        if name.startswith("SETITEM"):
            (target.items if isinstance(target, Opaque) else target).update(_pairs(values))
        elif isinstance(target, set):
            target.update(values)
        else:
            (target.entries if isinstance(target, Opaque) else target).extend(values)

    def _made(self, called: Any, arguments: Any) -> Any:
        if not isinstance(called, Global) or not isinstance(arguments, tuple):
            return Opaque("?", (called, arguments))
        if called.name == "torch._utils._rebuild_tensor_v2":
            return _tensor(*arguments[:4])
        if called.name == "torch._utils._rebuild_parameter":
            return arguments[0]
        if called.name == "collections.OrderedDict":
            return dict(arguments[0]) if arguments else {}
        return Opaque(called.name, arguments)

    def _storage(self, given: Any) -> torch.Tensor:
        _, kind, key, _, count = given
        if key not in self.storages:
            dtype = _DTYPES[kind.name.rpartition(".")[2]]
            content = bytearray(self._bytes(f"{self.folder}/data/{key}"))
            numbers = torch.frombuffer(content, dtype=dtype) if content else torch.empty(0, dtype=dtype)
            if len(numbers) != count:
                raise ValueError(f"{len(numbers)} numbers where {count} are announced")
            self.storages[key] = numbers
        return self.storages[key]

    def _bytes(self, name: str) -> bytes:
        if self.archive.getinfo(name).compress_type != zipfile.ZIP_STORED:
            raise ValueError(f"{name} is compressed, which PyTorch never does")
        return self.archive.read(name)


def _tensor(
    storage: torch.Tensor, offset: int, shape: tuple[int, ...], strides: tuple[int, ...]
) -> torch.Tensor:
    if prod(shape) > len(storage) or min(shape, default=0) < 0:
        raise ValueError(f"a tensor of {list(shape)} in {len(storage)} numbers")
    return storage.as_strided(shape, strides, offset).clone()


def _pairs(values: list[Any]) -> dict[Any, Any]:
    return dict(zip(values[::2], values[1::2], strict=True))
