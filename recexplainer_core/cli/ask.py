"""`ask`: a question about one user, answered from what is known."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.text import Text

from recexplainer_core.cli.claims import claim_line, require_unseen
from recexplainer_core.cli.fetch import fetch_if_named
from recexplainer_core.cli.options import BundleFolder
from recexplainer_core.cli.words import printable
from recexplainer_core.errors import UnknownNameError

if TYPE_CHECKING:
    from recexplainer_core.dialogue.talk import Talk


def ask(
    folder: BundleFolder,
    question: Annotated[
        str,
        typer.Argument(
            help="The question, or - to read one from each line of standard input, each going on from the last.",
            show_default=False,
        ),
    ],
    user: Annotated[str, typer.Option(help="Id of the user whom it is about.")],
    item: Annotated[
        str | None,
        typer.Option(help="Id or title of the item in question.", show_default="the target's first choice"),
    ] = None,
    mode: Annotated[str, typer.Option(help="Alignment mode that answers.")] = "hybrid",
) -> None:
    """Ask about a user: what they like, what is recommended and why, the items, how far to trust it.

    Answers come from the history, the catalogue, the target and what the language model holds of it; what cannot be
    answered from these is declined.
    """
    from recexplainer_core.bundle import Bundle
    from recexplainer_core.bundle.talking import open_talk
    from recexplainer_core.cli.displays import silence_libraries
    from recexplainer_core.rationale.explainer import Explainer
    from recexplainer_core.rationale.reasons import TEMPLATE
    from recexplainer_core.recommenders.base import top_items
    from recexplainer_core.surrogate.engine import Engine

    silence_libraries()
    bundle = Bundle.open(folder)
    chosen_mode = bundle.require_mode(mode)
    history = bundle.history(bundle.histories.find(user))
    if item is None:
        [best] = top_items(bundle.recommender, [history.recent], 1, [history.seen])
        if not best:
            raise UnknownNameError(f"Nothing is left to recommend to {user!r}. Choose another user.")
        explained = best[0].item
    else:
        explained = bundle.catalogue.find(item)
        require_unseen(bundle, user, history, explained)
    fetch_if_named(bundle.manifest.llm)
    engine = Engine(bundle.load_surrogate(), bundle.catalogue, bundle.recommender)
    talk = open_talk(bundle, Explainer(engine, TEMPLATE), history, explained, chosen_mode)
    for line in sys.stdin if question == "-" else [question]:
        if line.strip():
            _answer(talk, line.strip())


def _answer(talk: Talk, question: str) -> None:
    console = Console()
    found = talk.ask(question)
    console.print(Text(printable(found.text)), soft_wrap=True)
    for one in found.checks:
        console.print(claim_line(one))
    if found.source:
        console.print(Text(found.source, style="dim"))
