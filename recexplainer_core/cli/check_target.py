"""`check-target`: is a recommender that was brought in the one it was?"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from recexplainer_core.cli.words import printable
from recexplainer_core.errors import ModelError
from recexplainer_core.files.places import require_file_place

AS_IT_IS = 100_000
LONGEST = 200


def check_target(
    data: Annotated[str, typer.Argument(metavar="DATA", help="The data, as for build.", show_default=False)],
    target: Annotated[
        str,
        typer.Option(metavar="KIND:FILE", help="The recommender, as for build.", show_default=False),
    ],
    lists: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE",
            help="What the original recommends: a CSV file with the columns user and items (ids separated by spaces, "
            "best first).",
            show_default=False,
        ),
    ] = None,
    histories_out: Annotated[
        Path | None,
        typer.Option(
            "--histories",
            metavar="FILE",
            help="Write the histories of up to 100 users to a CSV file of the same form, for the original to be asked "
            "with.",
            show_default=False,
        ),
    ] = None,
    max_history: Annotated[
        int, typer.Option(min=1, max=LONGEST, help="As for build: items of a history that count.")
    ] = 10,
    min_ratings: Annotated[
        int, typer.Option(min=1, help="Leave out MovieLens films with fewer ratings.")
    ] = 10,
    seed: Annotated[int, typer.Option(help="Of everything random.")] = 0,
) -> None:
    """Read a recommender that was made elsewhere, and compare its lists with the original's own for up to 100 users.

    Nothing is trained. The lists are compared with the model as it is, and as a build with --max-history asks it.
    """
    from recexplainer_core.datasets.readers import load_dataset
    from recexplainer_core.recommenders.base import ReadsMore
    from recexplainer_core.recommenders.own_lists import compare_lists, read_own_lists, write_histories
    from recexplainer_core.recommenders.probing import require_answers
    from recexplainer_core.recommenders.registry import find_target

    _, kind, file = find_target(target)
    if file is None or kind.read is None:
        raise ModelError(
            f"--target {target}: {kind.label} is trained here, there is no original to compare with."
        )
    catalogue, histories, _ = load_dataset(data, min_ratings, seed)
    if histories_out is not None:
        require_file_place(histories_out, "--histories")
    own = read_own_lists(lists, histories, catalogue.item_ids) if lists is not None else []
    console = Console()
    for most, name in (
        (AS_IT_IS, "as it is"),
        (max_history, f"as a build with --max-history {max_history} asks it"),
    ):
        recommender = kind.read(file, catalogue.item_ids, histories, kind.settings(False, most, seed))
        require_answers(recommender, len(catalogue), histories)
        if most == AS_IT_IS:
            rows, size = recommender.item_vectors.shape
            console.print(
                f"{kind.label}: {rows:,} items, vectors of {size} numbers.", markup=False, soft_wrap=True
            )
        if not own:
            break
        found = compare_lists(recommender, histories, own)
        console.print(
            f"{name}: {found.identical} of {found.lists} lists identical "
            f"({found.same_first} first items, {found.shared:.0%} of all items).",
            markup=False,
            soft_wrap=True,
        )
        if found.first_difference is not None:
            user = printable(str(histories.user_ids[found.first_difference]))
            console.print(f"  the first that differs is that of user {user}.", markup=False, soft_wrap=True)
        if isinstance(recommender, ReadsMore) and (recommender.made_for or 0) > recommender.max_history:
            console.print(
                f"  it was made to read up to {recommender.made_for} items: build with --max-history "
                f"{min(recommender.made_for or 0, LONGEST)} to explain it as it is, at the price of time.",
                markup=False,
                soft_wrap=True,
            )
    if histories_out is not None:
        count = write_histories(histories_out, histories, catalogue.item_ids)
        console.print(
            f"{count} histories are in {printable(str(histories_out))}.", markup=False, soft_wrap=True
        )
