"""Builds that were started from the app: processes of their own, which outlive the page, the browser and the app."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import psutil

from recexplainer_core.ui.shared.bundle_choice import MANIFEST

State = Literal["running", "finished", "stopped", "failed"]
_ENDING = ".job.json"
_SECONDS_TO_END = 5.0
_SAME_S = 0.5
"""Two processes of one number never begin so close to each other."""


@dataclass(frozen=True)
class Job:
    """A build.

    Args:
        bundle: the folder that it fills.
        arguments: of the command `build`, the bundle's folder among them.
    """

    bundle: Path
    arguments: tuple[str, ...]

    @property
    def record(self) -> Path:
        """Where the job is written down."""
        return self.bundle.with_name(self.bundle.name + _ENDING)

    @property
    def log(self) -> Path:
        """What the build says."""
        return self.bundle.with_name(self.bundle.name + ".job.log")

    @property
    def lines(self) -> list[str]:
        """The lines of the log, the newest last; none before there are any."""
        try:
            text = self.log.read_text(encoding="utf-8", errors="replace")
        except OSError:
            return []
        return [line.rstrip() for line in text.splitlines() if line.strip()]

    @property
    def process(self) -> psutil.Process | None:
        """The process at work; None where there is none, or its number belongs to another by now."""
        try:
            record = json.loads(self.record.read_text(encoding="utf-8"))
            found = psutil.Process(int(record["pid"]))
            same = abs(found.create_time() - float(record["begun"])) < _SAME_S
            at_work = same and found.status() != psutil.STATUS_ZOMBIE
        except (OSError, ValueError, KeyError, TypeError, psutil.Error):
            return None
        return found if at_work else None

    @property
    def state(self) -> State:
        """How it stands."""
        if self.process is not None:
            return "running"
        if (self.bundle / MANIFEST).is_file():
            return "finished"
        return "failed" if any(line.startswith("Error:") for line in self.lines[-5:]) else "stopped"

    def start(self) -> None:
        """Start it, or go on where it was stopped; nothing where it is at work."""
        if self.process is not None:
            return
        self.bundle.parent.mkdir(parents=True, exist_ok=True)
        with self.log.open("ab") as log:
            started = subprocess.Popen(
                [sys.executable, "-m", "recexplainer_core", "build", *self.arguments],
                stdin=subprocess.DEVNULL, stdout=log, stderr=subprocess.STDOUT,
                start_new_session=True,  # Ctrl-C in the app's terminal is not for it
                env=os.environ | {"PYTHONUNBUFFERED": "1"},
            )  # fmt: skip
        begun = psutil.Process(started.pid).create_time()
        record = {
            "pid": started.pid,
            "begun": begun,
            "bundle": str(self.bundle),
            "arguments": list(self.arguments),
        }
        part = self.record.with_name(self.record.name + ".part")
        part.write_text(json.dumps(record, indent=1), encoding="utf-8")
        os.replace(part, self.record)

    def stop(self) -> None:
        """Stop it; what it has finished stays, and starting it again goes on from there."""
        process = self.process
        if process is None:
            return
        family = [process, *process.children(recursive=True)]
        for one in family:
            try:
                one.terminate()
            except psutil.Error:
                continue
        for one in psutil.wait_procs(family, _SECONDS_TO_END)[1]:
            try:
                one.kill()
            except psutil.Error:
                continue


def jobs_in(folder: Path) -> list[Job]:
    """Return the builds that were started in a folder of bundles; records that are none are passed over."""
    found: list[Job] = []
    for path in sorted(folder.glob(f"*{_ENDING}")) if folder.is_dir() else []:
        try:
            record = json.loads(path.read_text(encoding="utf-8"))
            arguments: Sequence[str] = [str(one) for one in record["arguments"]]
            job = Job(Path(record["bundle"]), tuple(arguments))
        except (OSError, ValueError, KeyError, TypeError):
            continue
        if job.record == path:
            found.append(job)
    return found
