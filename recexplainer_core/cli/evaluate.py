"""`evaluate`: how well the language model agrees with the target, on users it has never seen."""

from __future__ import annotations

import shlex
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from recexplainer_core.cli.fetch import fetch_if_named
from recexplainer_core.cli.options import BundleFolder
from recexplainer_core.cli.words import PROGRAM, describe

if TYPE_CHECKING:
    from recexplainer_core.alignment.config import AlignmentConfig
    from recexplainer_core.evaluation.intervals import Interval
    from recexplainer_core.evaluation.report import Faithfulness, Figures, Report

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
    writer: Annotated[
        str, typer.Option("--writer", metavar="NAME", help="Whose reasons to test; see `explain --help`.")
    ] = "template",
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
    from recexplainer_core.errors import UnknownNameError
    from recexplainer_core.evaluation.measuring import measure
    from recexplainer_core.evaluation.report import Origin
    from recexplainer_core.files.places import require_file_place, require_folder_place
    from recexplainer_core.pipeline.held_out import sample_users
    from recexplainer_core.pipeline.origin import git_commit
    from recexplainer_core.processes import processes
    from recexplainer_core.rationale.explainer import require_reason_writer
    from recexplainer_core.rationale.reasons import TEMPLATE
    from recexplainer_core.surrogate.engine import Engine

    require_reason_writer(writer)
    if into_bundle and writer != TEMPLATE:
        raise UnknownNameError(f"A bundle holds the figures of {TEMPLATE}; those of {writer} go to --json.")
    if json_file:
        require_file_place(json_file, "--json")
    if into_bundle:
        check_replaceable(folder)
        require_folder_place(folder.absolute().parent, "--into-bundle")
    silence_libraries()
    console, begun = Console(quiet=not processes().is_main_process), time.monotonic()
    bundle = Bundle.open(folder)
    lesson = taught(bundle.manifest.stages)
    fetch_if_named(bundle.manifest.llm)
    engine = Engine(bundle.load_surrogate(), bundle.catalogue, bundle.recommender)
    chosen = sample_users(bundle.held_out, users, seed)
    with choose_display(console) as display:
        report = measure(
            engine,
            bundle.histories,
            np.flatnonzero(~bundle.held_out),
            chosen,
            lesson,
            seed,
            display.started,
            reasons,
            writer,
        )
        display.finished("evaluate", {"users": report.users}, time.monotonic() - begun)
    if not processes().is_main_process:
        return
    report.origin = Origin(command=shlex.join([*PROGRAM.split(), *sys.argv[1:]]), commit=git_commit())
    if not console.is_terminal:
        console.width = max(console.width, FULL_WIDTH)  # in a file nothing needs to be folded
    console.print(report_table(report))
    console.print(reasons_table(report.reasons))
    if report.target is not None:
        target = describe(report.target.to_json())
        console.print(f"The target itself, leave-one-out over all users: {target}", markup=False)
    if json_file:
        write_json(json_file, report.to_json())
    if into_bundle:
        if (
            bundle.report and bundle.report.learning_curves
        ):  # its build alone knows how the language model learnt
            report.learning_curves = bundle.report.learning_curves
        replace_report(folder, report, bundle.manifest)
        console.print(f"{folder} holds these figures now.", markup=False)


def taught(stages: Mapping[str, Any]) -> AlignmentConfig:
    """Return what the language model of a bundle was taught, so that its baseline learns as much.

    Raises:
        BundleError: the manifest says something else there.
    """
    from pydantic import TypeAdapter, ValidationError

    from recexplainer_core.alignment.config import AlignmentConfig
    from recexplainer_core.errors import BundleError

    for name, parameters in stages.items():
        if name.startswith("align-") and isinstance(parameters.get("config"), dict):
            config = AlignmentConfig.from_record(parameters["config"])
            try:
                return TypeAdapter(AlignmentConfig).validate_python(vars(config))
            except ValidationError as fault:
                first = fault.errors()[0]
                where = ".".join(map(str, (name, *first["loc"])))
                raise BundleError(
                    f"The manifest is malformed at {where}: {first['msg']}. Build or copy the bundle again."
                ) from fault
    return AlignmentConfig()


def report_table(report: Report) -> Table:
    """Return the figures of the predictions, one column for each mode and baseline."""
    columns = [(name, figures, "") for name, figures in report.modes.items()]
    return _table(f"{report.users} held-out users, with 95% intervals", columns)


def reasons_table(reasons: Faithfulness) -> Table:
    """Return the figures of the reasons, each mode's beside those of who would cite as many other items."""
    columns = []
    for mode, figures in reasons.modes.items():
        columns.append((mode, figures, ""))
        columns += [(name, others, "dim") for name, others in reasons.beside.get(mode, {}).items()]
    return _table(f"{reasons.explanations} reasons, tested on the target, with 95% intervals", columns)


def _table(title: str, columns: Sequence[tuple[str, Figures, str]]) -> Table:
    """Return a row for each figure and a column for each (heading, figures, style)."""
    table = Table(title=title)
    table.add_column("", overflow="fold")
    for heading, _, style in columns:
        table.add_column(heading, justify="right", overflow="fold", style=style)
    for name in dict.fromkeys(name for _, figures, _ in columns for name in figures):
        table.add_row(name, *(_words(figures.get(name)) for _, figures, _ in columns))
    return table


def _words(figure: Interval | None) -> Text:
    if figure is None:
        return Text("")
    interval = "" if figure.low is None else f"\n{figure.low:.2f}-{figure.high:.2f}"
    return Text(f"{figure.value:.3f}{interval}")
