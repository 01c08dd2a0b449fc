"""Stages that run once: each in a folder of its own, skipped when it is finished, resumed when it is not."""

from __future__ import annotations

import hashlib
import json
import shutil
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from filelock import FileLock, Timeout
from pydantic import BaseModel, ValidationError

import recexplainer_core
from recexplainer_core.errors import RecExplainerError
from recexplainer_core.processes import agreed, processes
from recexplainer_core.progress import Progress

RECORD = "stage.json"
LOCK = ".lock"
Outcome = Mapping[str, Any]
"""What a stage found out, small enough to print and to keep as JSON."""


@dataclass(frozen=True)
class Stage:
    """One step of a build.

    Args:
        name: also the name of its folder.
        needs: names of earlier stages whose results it reads.
        parameters: everything else that decides its result, as JSON.
        run: does the work in the folder it is given, going on from what an earlier attempt with the same
            parameters left there.
        shared: whether all processes that were started together work at it; otherwise the others wait.
    """

    name: str
    needs: tuple[str, ...]
    parameters: Mapping[str, Any]
    run: Callable[[Path, Progress], Outcome]
    shared: bool = False


class Display(Protocol):
    """Whoever watches a build."""

    def started(self, stage: str) -> Progress:
        """Take note that a stage begins; what is returned gets its progress."""
        ...

    def finished(self, stage: str, outcome: Outcome, seconds: float | None) -> None:
        """Take note that a stage is done; `seconds` is None if it was found finished."""
        ...


class _Record(BaseModel):
    """Contents of stage.json."""

    key: str
    parameters: dict[str, Any]
    finished: bool = False
    seconds: float = 0.0
    outcome: dict[str, Any] = {}

    @classmethod
    def read(cls, folder: Path) -> _Record | None:
        """Return the folder's record, None when there is none that makes sense."""
        try:
            return cls.model_validate_json((folder / RECORD).read_bytes())
        except (OSError, ValidationError):
            return None

    def write(self, folder: Path) -> None:
        temporary = folder / (RECORD + ".tmp")
        temporary.write_text(self.model_dump_json(indent=2), encoding="utf-8")
        temporary.replace(folder / RECORD)


def run_stages(stages: Sequence[Stage], work: Path, display: Display) -> dict[str, Outcome]:
    """Run what is not finished yet, in the order given.

    A stage counts as finished only with the same parameters, results of the same earlier stages and the same
    version of this program; otherwise its folder is emptied and it runs from the beginning.

    Returns:
        What each stage found out.
    """
    main = processes().is_main_process
    keys: dict[str, str] = {}
    outcomes: dict[str, Outcome] = {}
    for stage in stages:
        keys[stage.name] = key = _key(stage, [keys[name] for name in stage.needs])
        folder = work / stage.name
        record = _Record.read(folder)
        if main and (record is None or record.key != key):
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir(parents=True)
            record = _Record(key=key, parameters=dict(stage.parameters))
            record.write(folder)
        finished = agreed(record is not None and record.finished)
        record = _Record.read(folder)  # of the others, some looked before the main process had written it
        assert record is not None
        if finished:
            display.finished(stage.name, record.outcome, None)
        else:
            begun = time.monotonic()
            outcome: Outcome = {}
            if main or stage.shared:
                outcome = dict(stage.run(folder, display.started(stage.name)))
            processes().wait_for_everyone()
            if main:
                # Seconds of the attempts before an interrupt are not known and not counted.
                seconds = time.monotonic() - begun
                record = record.model_copy(update={"finished": True, "seconds": seconds, "outcome": outcome})
                record.write(folder)
                display.finished(stage.name, outcome, record.seconds)
        outcomes[stage.name] = record.outcome
    return outcomes


def _key(stage: Stage, needed: Sequence[str]) -> str:
    content = [recexplainer_core.__version__, stage.name, stage.parameters, needed]
    return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()


@contextmanager
def work_folder(work: Path, keep: bool) -> Iterator[None]:
    """Hold the folder for this build alone; remove it at the end unless work failed or it is to be kept.

    Of several processes that were started together, the main one sees to this.

    Raises:
        RecExplainerError: another process is working in it.
    """
    if not processes().is_main_process:
        yield
        return
    work.mkdir(parents=True, exist_ok=True)
    lock = FileLock(work / LOCK, timeout=0)
    try:
        lock.acquire()
    except Timeout as fault:
        raise RecExplainerError(
            f"Another build is working in {work}. Wait for it to end, or choose another --out."
        ) from fault
    try:
        yield
        if not keep:
            for path in work.iterdir():
                if path.is_dir():
                    shutil.rmtree(path, ignore_errors=True)
    finally:
        lock.release()
    if not keep:
        # Not empty when somebody put a file of their own there: that is left alone.
        with suppress(OSError):
            (work / LOCK).unlink(missing_ok=True)
            work.rmdir()
