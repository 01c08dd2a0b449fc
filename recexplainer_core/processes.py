"""Several processes at one work, as `accelerate launch` starts them; alone, everything here does nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from accelerate import PartialState


def processes() -> PartialState:
    """Return this process's place among those started together."""
    import torch
    from accelerate import PartialState

    return PartialState(cpu=not torch.cuda.is_available())


def agreed(value: bool) -> bool:
    """Return what the main process thinks; the others' values do not count."""
    from accelerate.utils import broadcast_object_list

    if processes().num_processes == 1:
        return value
    values = [value]
    broadcast_object_list(values)
    return values[0]
