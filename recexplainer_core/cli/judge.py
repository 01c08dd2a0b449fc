"""`judge`: another language model rates the reasons of a bundle."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.table import Table

from recexplainer_core.cli.fetch import fetch_if_named
from recexplainer_core.cli.options import BundleFolder
from recexplainer_core.cli.words import printable

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from recexplainer_core.evaluation.judge import Rating

UNREADABLE_SHOWN = 3


def judge(
    folder: BundleFolder,
    model: Annotated[str, typer.Option(help="The judge's name at the endpoint.")],
    base_url: Annotated[
        str,
        typer.Option(envvar="OPENAI_BASE_URL", help="Address of an endpoint that speaks OpenAI's protocol."),
    ],
    api_key: Annotated[
        str, typer.Option(envvar="OPENAI_API_KEY", help="Its key.", show_default=False)
    ] = "none",
    users: Annotated[int, typer.Option(min=1, help="Held-out users, one reason each and mode.")] = 50,
    seed: Annotated[int, typer.Option(help="Of what is explained.")] = 0,
    price_in: Annotated[float, typer.Option(help="Price of a million tokens asked.")] = 0.0,
    price_out: Annotated[float, typer.Option(help="Price of a million tokens answered.")] = 0.0,
    cache: Annotated[
        Path | None, typer.Option(help="Where answers are kept; beside the bundle unless given.")
    ] = None,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask before the first request.")] = False,
) -> None:
    """Let another language model rate the reasons, from 0 to 3.

    The judge sees the history, the item and the reason: its rating says how a reason reads, not whether it is true.
    """
    import numpy as np

    from recexplainer_core.bundle import Bundle
    from recexplainer_core.chat_endpoint import connect
    from recexplainer_core.cli.displays import choose_display, silence_libraries
    from recexplainer_core.evaluation.faithfulness.cases import draw_cases
    from recexplainer_core.evaluation.faithfulness.generated import generate
    from recexplainer_core.evaluation.judge import Judge, question
    from recexplainer_core.files.places import require_file_place
    from recexplainer_core.modes import ALIGNED
    from recexplainer_core.pipeline.held_out import sample_users
    from recexplainer_core.rationale.explainer import Explainer
    from recexplainer_core.rationale.reasons import TEMPLATE
    from recexplainer_core.surrogate.engine import Engine

    silence_libraries()
    console = Console()
    bundle = Bundle.open(folder)
    answers = cache or bundle.root.with_name(f"{bundle.root.name}.judged.jsonl")
    require_file_place(answers, "--cache")
    rater = Judge(connect(base_url, api_key), model, answers)
    fetch_if_named(bundle.manifest.llm)
    engine = Engine(bundle.load_surrogate(), bundle.catalogue, bundle.recommender)
    explainer = Explainer(engine, TEMPLATE)
    chosen = sample_users(bundle.held_out, users, seed)
    popularity = bundle.histories.popularity(len(bundle.catalogue), np.flatnonzero(~bundle.held_out))
    cases = list(draw_cases(bundle.catalogue, bundle.recommender, bundle.histories, chosen, popularity, seed))
    questions = {
        str(mode): [
            question(bundle.catalogue, case.history.recent, case.item, one.rationale.text)
            for case, one in zip(cases, generate(explainer, mode, cases), strict=True)
        ]
        for mode in ALIGNED
        if mode in explainer.surrogate.modes
    }
    cost = rater.cost(text for asked in questions.values() for text in asked)
    console.print(
        f"{cost.requests} requests to {printable(model)}: about {cost.tokens_in:,} tokens asked and at most "
        f"{cost.tokens_out:,} answered, {cost.price(price_in, price_out):.2f} at the prices given.",
        markup=False,
    )
    if cost.requests and not yes:
        typer.confirm("Go on?", abort=True)
    ratings: dict[str, list[Rating]] = {}
    with choose_display(console) as display:
        progress = display.started("judge")
        for mode, asked in questions.items():

            def on_progress(done: int, mode: str = mode, total: int = len(asked)) -> None:
                progress(done, total, mode)

            ratings[mode] = rater.rate(asked, on_progress)
    console.print(ratings_table(ratings, seed))
    _show_unreadable(console, ratings)


def ratings_table(ratings: Mapping[str, Sequence[Rating]], seed: int) -> Table:
    """Return how often each level was given, and the mean with its interval over users."""
    from recexplainer_core.evaluation.intervals import bootstrap_mean
    from recexplainer_core.evaluation.judge import LEVELS

    table = Table(title="Ratings from 0 to 3")
    for heading in ("mode", "mean", "95% interval", *map(str, LEVELS), "unreadable"):
        table.add_column(heading, justify="left" if heading == "mode" else "right")
    for mode, given in ratings.items():
        levels = [rating.level for rating in given if rating.level is not None]
        mean = bootstrap_mean(levels, seed) if levels else None
        table.add_row(
            mode,
            f"{mean.value:.2f}" if mean else "",
            f"{mean.low:.2f}-{mean.high:.2f}" if mean else "",
            *(str(levels.count(level)) for level in LEVELS),
            str(len(given) - len(levels)),
        )
    return table


def _show_unreadable(console: Console, ratings: Mapping[str, Sequence[Rating]]) -> None:
    unreadable = [rating.answer for given in ratings.values() for rating in given if rating.level is None]
    if not unreadable:
        return
    console.print(f"{len(unreadable)} answers hold no rating, among them:", markup=False)
    for answer in unreadable[:UNREADABLE_SHOWN]:
        console.print(f"  {printable(answer[:200])!r}", markup=False)
