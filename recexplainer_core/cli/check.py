"""`check`: what somebody else's reason claims, sentence by sentence, and whether the target bears it out."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.text import Text

from recexplainer_core.cli.claims import claim_line, require_unseen
from recexplainer_core.cli.options import BundleFolder
from recexplainer_core.cli.words import printable
from recexplainer_core.errors import DataError
from recexplainer_core.files.plain import read_bytes


def check(
    folder: BundleFolder,
    user: Annotated[str, typer.Option(help="Id of the user who is given the reason.")],
    item: Annotated[str, typer.Option(help="Id or title of the item that is explained.")],
    text: Annotated[
        str,
        typer.Argument(help="The reason, or - to read it from standard input.", show_default=False),
    ] = "-",
    file: Annotated[Path | None, typer.Option(help="A file that holds the reason instead.")] = None,
) -> None:
    """Test a reason that anybody wrote, a person or another language model, against the target.

    No language model is needed: titles, values and what is said of them are found in the text.
    """
    from recexplainer_core.bundle import Bundle
    from recexplainer_core.rationale.claim_checks import Subject, check_claim
    from recexplainer_core.rationale.extraction.extract import extract
    from recexplainer_core.rationale.removals import Removals

    reason = _text(text, file)
    bundle = Bundle.open(folder)
    history, explained = bundle.history(bundle.histories.find(user)), bundle.catalogue.find(item)
    require_unseen(bundle, user, history, explained)
    subject = Subject(bundle.catalogue, Removals(bundle.recommender, history, explained))
    console, held, tested = Console(), 0, 0
    for sentence in extract(reason, bundle.catalogue, history, explained):
        console.print(Text(printable(sentence.text), style="bold"), soft_wrap=True)
        if not sentence.claims:
            console.print(Text("  not checkable", style="dim"))
        for claim in sentence.claims:
            found = check_claim(claim, subject)
            held, tested = held + bool(found.holds), tested + 1
            console.print(claim_line(found))
    console.print(f"{held} of {tested} claims hold." if tested else "Nothing in it can be checked.")


def _text(text: str, file: Path | None) -> str:
    if file is None:
        reason, name = (sys.stdin.read(), "standard input") if text == "-" else (text, "the reason")
    else:
        name = str(file)
        try:
            reason = read_bytes(file, "Give a UTF-8 text file.").decode("utf-8")
        except UnicodeDecodeError as fault:
            raise DataError(name, f"cannot be read as text ({fault}).", "Give a UTF-8 text file.") from fault
    if not reason.strip():
        raise DataError(name, "there is no text.", "Give a reason in words.")
    return reason
