"""A process that is killed at its n-th write: a child that ends there with nothing cleaned up behind it.

The audit events of Python tell of every file that is opened, renamed, linked, made or removed.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path

EVENTS = {"open", "os.rename", "os.remove", "os.rmdir", "os.mkdir", "os.link", "sqlite3.connect"}
KILLED, DONE = 9, 0


def killed_at(number: int, folder: Path, action: Callable[[], object]) -> bool:
    """Do something in a child that ends at the n-th write below a folder; return whether it came to that."""
    child = os.fork()
    if child:
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == KILLED
    left = number

    def count(event: str, arguments: tuple[object, ...]) -> None:
        nonlocal left
        if event in EVENTS and any(str(folder) in str(one) for one in arguments):
            left -= 1
            if left < 0:
                os._exit(KILLED)

    sys.addaudithook(count)
    try:
        action()
    finally:
        os._exit(DONE)
