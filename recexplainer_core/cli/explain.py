"""`explain`: one user's recommendations, what the language model predicts, and its reason for one of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from recexplainer_core.cli.claims import claim_line, require_unseen
from recexplainer_core.cli.fetch import fetch_if_named
from recexplainer_core.cli.options import BundleFolder
from recexplainer_core.cli.words import printable
from recexplainer_core.errors import UnknownNameError
from recexplainer_core.rationale.voices import VOICES, voice_named
from recexplainer_core.terms import SAID_NOTHING

if TYPE_CHECKING:
    from recexplainer_core.bundle import Bundle
    from recexplainer_core.modes import AlignmentMode
    from recexplainer_core.rationale.reasons import Reason

K = 10


def explain(
    folder: BundleFolder,
    user: Annotated[str, typer.Option(help="Id of a user.")],
    item: Annotated[
        str | None,
        typer.Option(help="Id or title of the item to explain.", show_default="the target's first choice"),
    ] = None,
    mode: Annotated[str, typer.Option(help="Alignment mode that answers.")] = "hybrid",
    voice: Annotated[
        str,
        typer.Option(metavar="|".join(VOICES), help="For whom the reason is written: in full, or in a line."),
    ] = "analyst",
    writer: Annotated[
        str,
        typer.Option(
            help="Who words the reason: frames (template), a small language model on this machine (llm), one behind an "
            "endpoint, or the aligned one in its own words (direct)."
        ),
    ] = "template",
    as_said: Annotated[
        bool,
        typer.Option("--as-said", help="The language model alone: the target corrects nothing beforehand."),
    ] = False,
) -> None:
    """Print a user's history, both top tens, and the reason for one recommendation."""
    from recexplainer_core.bundle import Bundle
    from recexplainer_core.cli.displays import silence_libraries
    from recexplainer_core.rationale.explainer import Explainer, require_reason_writer
    from recexplainer_core.rationale.request import RationaleRequest
    from recexplainer_core.recommenders.base import top_items
    from recexplainer_core.surrogate.engine import Engine

    silence_libraries()
    console = Console()
    chosen_voice = voice_named(voice)
    require_reason_writer(writer)
    bundle = Bundle.open(folder)
    chosen_mode = bundle.require_mode(mode)
    history = bundle.history(bundle.histories.find(user))
    recommended = [r.item for r in top_items(bundle.recommender, [history.recent], K, [history.seen])[0]]
    if not recommended:
        raise UnknownNameError(
            f"Nothing is left to recommend to {user!r}, who has all {len(bundle.catalogue)} "
            f"{bundle.catalogue.wording.items}. Choose another user."
        )
    explained = recommended[0] if item is None else bundle.catalogue.find(item)
    require_unseen(bundle, user, history, explained)
    fetch_if_named(bundle.manifest.llm)
    engine = Engine(bundle.load_surrogate(), bundle.catalogue, bundle.recommender)
    predicted = [p.item for p in engine.predict([history], [chosen_mode], K)[0]]

    _show_history(console, bundle, user, history.items)
    console.print(top_table(bundle.catalogue.titles, recommended, predicted, chosen_mode))
    console.print(Text.assemble("\nWhy ", (printable(bundle.catalogue.titles[explained]), "bold"), "?"))
    request = RationaleRequest(history, explained, chosen_mode, voice=chosen_voice, verified=not as_said)
    found = Explainer(engine, writer).reasoned(request, predicted)
    assert found is not None and found.reason is not None
    _show_reason(console, found.reason)


def _show_reason(console: Console, reason: Reason) -> None:
    console.print(Text(printable(reason.text) or SAID_NOTHING), soft_wrap=True)
    for one in reason.tested:
        console.print(claim_line(one))
    if not reason.request.verified:
        console.print(Text("As the language model alone says it.", style="dim"))
    elif reason.draft is None:
        console.print(Text("Verified: the target agrees with every claim of the draft.", style="dim"))
    else:
        console.print(
            Text(
                f"Verified. The language model alone would say: {printable(reason.draft.text) or SAID_NOTHING}",
                style="dim",
            ),
            soft_wrap=True,
        )


def top_table(
    titles: Sequence[str], recommended: Sequence[int], predicted: Sequence[int], mode: AlignmentMode
) -> Table:
    """Return both lists side by side, each prediction with its rank in the target's list."""
    shared = len(set(recommended) & set(predicted))
    table = Table(title=f"{shared} of {len(recommended)} shared")
    table.add_column("", justify="right")
    table.add_column("target recommends")
    table.add_column(f"language model predicts ({mode})")
    table.add_column("target's rank", justify="right")
    for place in range(max(len(recommended), len(predicted))):
        left = titles[recommended[place]] if place < len(recommended) else ""
        right, rank = "", ""
        if place < len(predicted):
            right = titles[predicted[place]]
            rank = str(recommended.index(predicted[place]) + 1) if predicted[place] in recommended else "-"
        table.add_row(str(place + 1), Text(printable(left)), Text(printable(right)), rank)
    return table


def _show_history(console: Console, bundle: Bundle, user: str, history: Sequence[int]) -> None:
    words, count = bundle.catalogue.wording, bundle.recommender.max_history
    recent = history[-count:]
    heading = f"{words.user.capitalize()} {printable(user)} {words.consumed} {len(history)} {words.items}"
    if len(history) > len(recent):
        heading += f"; the last {len(recent)}, which count"
    if bundle.manifest.provenance.simulated:
        heading += f" (simulated {words.user})"
    console.print(Text(heading + ":", style="bold"))
    for place, item in enumerate(recent, len(history) - len(recent) + 1):
        console.print(Text(f"{place:>4}  {printable(bundle.catalogue.titles[item])}"))
