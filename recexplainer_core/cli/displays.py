"""How the progress of long work is shown: bars on a terminal, plain lines in a log."""

from __future__ import annotations

import time
import warnings

from rich.console import Console
from rich.progress import BarColumn, TaskProgressColumn, TextColumn, TimeElapsedColumn, TimeRemainingColumn
from rich.progress import Progress as Bars

from recexplainer_core.cli.words import describe, duration, printable
from recexplainer_core.pipeline.stages import Outcome
from recexplainer_core.progress import Progress

SECONDS_BETWEEN_LINES = 20.0


class Estimate:
    """Seconds that are left, from the pace since the first report or since the unit of counting changed."""

    def __init__(self) -> None:
        self._total, self._first, self._begun = -1, 0, 0.0

    def left(self, done: int, total: int) -> float | None:
        """Take a report into account and return the estimate, None while there is no pace yet."""
        now = time.monotonic()
        if total != self._total or done < self._first:
            self._total, self._first, self._begun = total, done, now
        gained = done - self._first
        return (now - self._begun) / gained * (total - done) if gained else None


class Lines:
    """Plain lines for a log: one when a stage begins and ends, and one every twenty seconds between."""

    def __init__(self, console: Console, seconds_between: float = SECONDS_BETWEEN_LINES) -> None:
        self.console, self.seconds_between = console, seconds_between

    def __enter__(self) -> Lines:
        return self

    def __exit__(self, *fault: object) -> None:
        pass

    def started(self, stage: str) -> Progress:
        """Print that a stage begins."""
        self._print(f"{stage}: started")
        estimate, last = Estimate(), time.monotonic()

        def report(done: int, total: int, note: str) -> None:
            nonlocal last
            left = estimate.left(done, total)
            if time.monotonic() - last < self.seconds_between:
                return
            last = time.monotonic()
            until = f", about {duration(left)} left" if left is not None else ""
            self._print(f"{stage}: {done:,} of {total:,}{until}{', ' + note if note else ''}")

        return report

    def finished(self, stage: str, outcome: Outcome, seconds: float | None) -> None:
        """Print what a stage found out."""
        self._print(_closing(stage, outcome, seconds))

    def _print(self, line: str) -> None:
        self.console.print(printable(line), markup=False, highlight=False, soft_wrap=True)


class LiveBars:
    """One bar a stage, with the time that is left and the latest figure."""

    def __init__(self, console: Console) -> None:
        self.console = console
        self.bars = Bars(
            TextColumn("{task.description}", markup=False),
            BarColumn(),
            TaskProgressColumn(),
            TimeElapsedColumn(),
            TextColumn("left"),
            TimeRemainingColumn(),
            TextColumn("{task.fields[note]}", markup=False),
            console=console,
        )

    def __enter__(self) -> LiveBars:
        self.bars.start()
        return self

    def __exit__(self, *fault: object) -> None:
        self.bars.stop()

    def started(self, stage: str) -> Progress:
        """Add a bar for the stage."""
        task = self.bars.add_task(stage, total=None, note="")
        known_total = -1

        def report(done: int, total: int, note: str) -> None:
            nonlocal known_total
            if total != known_total:
                # Work found finished, or counted in another unit, must not look like speed.
                self.bars.reset(task, total=total, completed=done)
                known_total = total
            self.bars.update(task, completed=done, total=total, note=printable(note))

        return report

    def finished(self, stage: str, outcome: Outcome, seconds: float | None) -> None:
        """Replace the bar by a line that stays."""
        for task in self.bars.tasks:
            if task.description == stage:
                self.bars.remove_task(task.id)
        self.bars.console.print(_closing(stage, outcome, seconds), markup=False, highlight=False)


def _closing(stage: str, outcome: Outcome, seconds: float | None) -> str:
    how = "finished before" if seconds is None else f"done in {duration(seconds)}"
    return f"{stage}: {how}{': ' + describe(outcome) if outcome else ''}"


def choose_display(console: Console) -> LiveBars | Lines:
    """Return bars for a terminal, lines for anything else."""
    return LiveBars(console) if console.is_terminal else Lines(console)


def silence_libraries() -> None:
    """Keep other libraries' bars and notes out of our output."""
    from transformers.utils import logging

    warnings.filterwarnings("ignore", category=FutureWarning, module="transformers")
    # Said of whoever calls: PEFT, and this program, which also runs with releases that know no other name.
    warnings.filterwarnings("ignore", "`past_key_values` is deprecated", FutureWarning)
    logging.disable_progress_bar()
    logging.set_verbosity_error()
