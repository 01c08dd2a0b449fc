"""`evaluate`: how well the language model agrees with the target, on users it has never seen."""

from __future__ import annotations

import json
import shlex
import sys
import time
from collections.abc import Mapping
from dataclasses import fields
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from recexplainer_core.cli.options import BundleFolder
from recexplainer_core.cli.words import PROGRAM, describe

if TYPE_CHECKING:
    from recexplainer_core.alignment.training import AlignmentConfig

LEARNING_CURVES = "learning curves"
FULL_WIDTH = 120
"""Characters that the table needs to show every mode and baseline side by side."""


def evaluate(
    folder: BundleFolder,
    users: Annotated[
        int | None, typer.Option(min=1, help="Held-out users to measure on.", show_default="all of them")
    ] = None,
    reasons: Annotated[
        int,
        typer.Option(
            min=0,
            help="Reasons to test in every mode, at least: several for each user where there are fewer users.",
            show_default="one for each user",
        ),
    ] = 0,
    json_file: Annotated[
        Path | None, typer.Option("--json", metavar="FILE", help="Also write the figures to this file.")
    ] = None,
    seed: Annotated[int, typer.Option(help="Of the choice of users and of the intervals.")] = 0,
    into_bundle: Annotated[
        bool,
        typer.Option("--into-bundle", help="Put the figures into the bundle, in place of those it holds."),
    ] = False,
) -> None:
    """Measure how well the language model mimics the target.

    The users are those held out from every training of the language model.
    """
    import numpy as np

    from recexplainer_core.bundle import Bundle, check_replaceable, replace_report
    from recexplainer_core.bundle.files import write_json
    from recexplainer_core.cli.displays import choose_display, silence_libraries
    from recexplainer_core.evaluation.faithfulness.report import measure_reasons
    from recexplainer_core.evaluation.fidelity.distilled_copy import distil
    from recexplainer_core.evaluation.report import measure, whom_to_measure
    from recexplainer_core.pipeline.held_out import sample_users
    from recexplainer_core.pipeline.origin import git_commit
    from recexplainer_core.processes import processes
    from recexplainer_core.recommenders.evaluation import evaluate_leave_one_out
    from recexplainer_core.surrogate.engine import Engine

    silence_libraries()
    console, begun = Console(quiet=not processes().is_main_process), time.monotonic()
    bundle = Bundle.open(folder)
    if into_bundle:
        check_replaceable(folder)
    engine = Engine(bundle.load_surrogate(), bundle.catalogue, bundle.recommender)
    chosen = sample_users(bundle.held_out, users, seed)
    with choose_display(console) as display:
        copying = display.started("distilled copy")
        training_users = np.flatnonzero(~bundle.held_out)
        lesson = lesson_of(bundle.manifest.stages)
        copy = distil(bundle.recommender, bundle.histories, training_users, lesson, seed, copying)
        report = measure(engine, bundle.histories, chosen, seed, display.started("evaluate"), copy)
        report["reasons"] = measure_reasons(
            engine,
            bundle.histories,
            *whom_to_measure(engine, bundle.histories, chosen),
            seed,
            display.started("reasons"),
            bundle.recommender.reinitialised(seed),
            reasons,
        )
        display.finished("evaluate", {"users": report["users"]}, time.monotonic() - begun)
    if not processes().is_main_process:
        return
    target = evaluate_leave_one_out(bundle.recommender, bundle.histories)
    report["target"] = {name: target[name] for name in ("hr@10", "ndcg@10")}
    report["origin"] = {"command": shlex.join([*PROGRAM.split(), *sys.argv[1:]]), "commit": git_commit()}
    if not console.is_terminal:
        console.width = max(console.width, FULL_WIDTH)  # in a file nothing needs to be folded
    console.print(report_table(report))
    console.print(reasons_table(report["reasons"]))
    console.print(
        f"The target itself, leave-one-out over all users: {describe(report['target'])}", markup=False
    )
    if json_file:
        json_file.parent.mkdir(parents=True, exist_ok=True)
        write_json(json_file, report)
    if into_bundle:
        # Its build alone knows how the language model learnt.
        kept = {name: part for name, part in (bundle.report or {}).items() if name == LEARNING_CURVES}
        replace_report(folder, report | kept)
        console.print(f"{folder} holds these figures now.", markup=False)


def lesson_of(stages: Mapping[str, Any]) -> AlignmentConfig:
    """Return what the language model of a bundle was taught, so that its baseline learns as much."""
    from recexplainer_core.alignment.training import AlignmentConfig

    known = {field.name for field in fields(AlignmentConfig)}
    for name, parameters in stages.items():
        if name.startswith("align-") and isinstance(parameters.get("config"), dict):
            return AlignmentConfig(
                **{key: value for key, value in parameters["config"].items() if key in known}
            )
    return AlignmentConfig()


def report_table(report: Mapping[str, Any]) -> Table:
    """Return the figures of a report, one column for each mode and baseline."""
    modes = report["modes"]
    table = Table(title=f"{report['users']} held-out users, with 95% intervals")
    table.add_column("", overflow="fold")
    for mode in modes:
        table.add_column(mode, justify="right", overflow="fold")
    for name in dict.fromkeys(name for figures in modes.values() for name in figures):
        table.add_row(name, *(Text(_figure(figures.get(name))) for figures in modes.values()))
    return table


def reasons_table(reasons: Mapping[str, Any]) -> Table:
    """Return the figures of the reasons, each mode's beside those of who would cite as many other items."""
    table = Table(title=f"{reasons['explanations']} reasons, tested on the target, with 95% intervals")
    table.add_column("", overflow="fold")
    columns: list[Mapping[str, Any]] = []
    for mode, figures in reasons["modes"].items():
        table.add_column(mode, justify="right", overflow="fold")
        columns.append(figures)
        for name, others in reasons["beside"][mode].items():
            table.add_column(name, justify="right", overflow="fold", style="dim")
            columns.append(others)
    for name in dict.fromkeys(name for figures in columns for name in figures):
        table.add_row(name, *(Text(_figure(figures.get(name))) for figures in columns))
    return table


def _figure(figure: object) -> str:
    if isinstance(figure, Mapping):
        return f"{figure['value']:.3f}\n{figure['low']:.2f}-{figure['high']:.2f}"
    return "" if figure is None else json.dumps(figure)
