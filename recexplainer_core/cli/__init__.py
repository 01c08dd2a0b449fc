"""The commands: build, check-target, evaluate, explain, ask, check, app, doctor, fetch, map, benchmark, judge and
teach-writer.

Each is a thin layer over what does the work. What a command needs is imported when it runs: PyTorch and
transformers take seconds, and --help should not.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence

import typer

from recexplainer_core.cli.ask import ask
from recexplainer_core.cli.benchmark import benchmark
from recexplainer_core.cli.build import build
from recexplainer_core.cli.check import check
from recexplainer_core.cli.check_target import check_target
from recexplainer_core.cli.doctor import doctor
from recexplainer_core.cli.evaluate import evaluate
from recexplainer_core.cli.explain import explain
from recexplainer_core.cli.fetch import fetch
from recexplainer_core.cli.judge import judge
from recexplainer_core.cli.map import add_named_map
from recexplainer_core.cli.open_app import open_app
from recexplainer_core.cli.teach_writer import teach_writer
from recexplainer_core.cli.words import PROGRAM, printable
from recexplainer_core.errors import RecExplainerError
from recexplainer_core.files.places import in_words

FAILED = 2

app = typer.Typer(
    name=PROGRAM,
    help="Explain a recommender with a language model that has been taught to mimic it.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
for command in (
    build,
    evaluate,
    explain,
    ask,
    check,
    check_target,
    doctor,
    fetch,
    benchmark,
    judge,
    teach_writer,
):
    app.command()(command)
app.command("app")(open_app)
app.command("map")(add_named_map)


def main(arguments: Sequence[str] | None = None) -> None:
    """Run a command and exit; an error that is meant for the reader becomes one message.

    Args:
        arguments: the command line without the program; this process's own unless given.
    """
    try:
        app(arguments, prog_name=PROGRAM)
    except RecExplainerError as fault:
        print(f"Error: {printable(str(fault))}", file=sys.stderr)
        raise SystemExit(FAILED) from fault
    except OSError as fault:
        if isinstance(fault, BrokenPipeError):  # whoever reads has had enough
            raise
        print(f"Error: {printable(in_words(fault))}", file=sys.stderr)
        raise SystemExit(FAILED) from fault
