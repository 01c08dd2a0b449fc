"""`map`: another embedding map for a bundle that exists."""

from __future__ import annotations

import time
from typing import Annotated

import typer
from rich.console import Console

from recexplainer_core.cli.fetch import fetch_if_named
from recexplainer_core.cli.options import BundleFolder
from recexplainer_core.cli.words import describe
from recexplainer_core.embedding_map.parameters import MapParameters, Metric

_DEFAULT = MapParameters()


def add_named_map(
    folder: BundleFolder,
    name: Annotated[
        str, typer.Option(help="What the map is called in the app; one of this name is replaced.")
    ],
    neighbours: Annotated[
        int, typer.Option(min=2, max=500, help="Neighbours to keep near: few show detail, many the whole.")
    ] = _DEFAULT.neighbours,
    min_distance: Annotated[
        float, typer.Option(min=0.0, max=0.99, help="How close two points may be drawn.")
    ] = _DEFAULT.min_distance,
    metric: Annotated[
        Metric, typer.Option(help="How far apart two vectors are before they are drawn.")
    ] = _DEFAULT.metric,
    seed: Annotated[int, typer.Option(min=0, help="Of everything random.")] = _DEFAULT.seed,
    users: Annotated[
        int, typer.Option(min=0, help="Users to place on it at most, held-out ones first.")
    ] = _DEFAULT.users,
) -> None:
    """Draw the items of a bundle once more, with other settings of UMAP, beside the maps it has."""
    from recexplainer_core.bundle import Bundle, add_map
    from recexplainer_core.bundle.maps import map_path
    from recexplainer_core.cli.displays import choose_display, silence_libraries
    from recexplainer_core.embedding_map.making import make_map
    from recexplainer_core.files.places import require_folder_place

    silence_libraries()
    console, begun = Console(), time.monotonic()
    bundle = Bundle.open(folder)
    map_path(bundle.root, name)  # a name that cannot be is refused before the work begins
    require_folder_place(bundle.root.resolve().parent, "BUNDLE")
    fetch_if_named(bundle.manifest.llm)
    parameters = MapParameters(neighbours, min_distance, metric, seed, users)
    with choose_display(console) as display:
        made = make_map(
            parameters,
            bundle.catalogue,
            bundle.histories,
            bundle.held_out,
            bundle.recommender,
            bundle.load_surrogate(),
            display.started("map"),
        )
        add_map(bundle.root, name, made)
        outcome = {f"trustworthiness, {key}": layout.trustworthiness for key, layout in made.layouts.items()}
        display.finished("map", outcome, time.monotonic() - begun)
    overlaps = {key: layout.overlap for key, layout in made.layouts.items() if layout.overlap is not None}
    console.print(f"Map {name!r} is in {folder}.", markup=False)
    console.print(f"Of ten nearest neighbours the target's space has too: {describe(overlaps)}", markup=False)
