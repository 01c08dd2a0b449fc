"""How a map was made, how to keep it, and how to make another."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import streamlit as st

from recexplainer_core.embedding_map.parameters import TARGET
from recexplainer_core.ui.embedding_map.charts import Charts
from recexplainer_core.ui.embedding_map.table import item_table, stamped_csv
from recexplainer_core.ui.shared.descriptions import in_percent
from recexplainer_core.ui.shared.downloads import draw_download
from recexplainer_core.ui.shared.escaping import figure_text

if TYPE_CHECKING:
    import plotly.graph_objects as go

    from recexplainer_core.bundle import Bundle

COMMAND = "python -m recexplainer_core map BUNDLE --name NAME"


def draw_no_map(bundle: Bundle) -> None:
    """Say that there is no map yet, and which command makes one."""
    st.info(
        "This bundle has no embedding map. A build makes one; for a bundle that exists, this command adds it "
        "in about a minute:",
        icon=":material/scatter_plot:",
    )
    st.code("python -m recexplainer_core map BUNDLE --name default", language="bash")


def draw_no_agreement() -> None:
    """Say why the colours are not those of agreement."""
    st.info(
        "This bundle's report does not say for which users the LLM agrees in this mode, so the colours are the "
        "clusters'. `python -m recexplainer_core build` makes a report that does.",
        icon=":material/straighten:",
    )


def draw_about(charts: Charts, figures: Mapping[str, go.Figure]) -> None:
    """Offer the map as files, its parameters, and the command for another."""
    made, view = charts.made, charts.view
    with st.container(horizontal=True):
        draw_download(
            "Save all points (CSV)",
            lambda: stamped_csv(charts.bundle, made, view.name, all_points(charts)),
            f"map_{view.name}.csv",
            "map_save_points",
        )
        draw_download(
            "Save the maps (HTML)",
            lambda: as_html(charts, figures),
            f"map_{view.name}.html",
            "map_save_html",
        )
    panel = st.expander("How this map was made, and how to make another", key="map_about", on_change="rerun")
    if not panel.open:
        return
    settings = made.parameters
    with panel:
        st.markdown(
            f"UMAP with {settings.neighbours} neighbours, a least distance of {settings.min_distance:g}, the "
            f"{settings.metric} metric and seed {settings.seed}, each space on its own. {len(made.users):,} "
            f"{charts.bundle.catalogue.wording.users} were placed in the target's by UMAP's transform, held-out ones "
            "first."
        )
        if made.placement is not None:
            st.markdown(
                f"Who was not placed then stands at the median of the ten nearest items: against UMAP's own places "
                f"an error of {in_percent(made.placement['median'])} of the map's diagonal (median), "
                f"{in_percent(made.placement['p90'])} (90th percentile)."
            )
        st.markdown("Other settings make another map, which is then offered above:")
        st.code(f"{COMMAND} --neighbours 50 --min-distance 0.3 --metric euclidean --seed 1", language="bash")
        st.json({"map": view.name, **made.stamp}, expanded=1)


def all_points(charts: Charts) -> pd.DataFrame:
    """Return every item with its place in every space."""
    made = charts.made
    frame = item_table(charts.bundle, made, range(len(charts.bundle.catalogue)))
    for key, layout in made.layouts.items():
        frame[f"{key} x"], frame[f"{key} y"] = np.round(layout.coordinates, 4).T
    return frame


def as_html(charts: Charts, figures: Mapping[str, go.Figure]) -> str:
    """Return a page of its own with the charts as they are, and what made them."""
    made, bundle = charts.made, charts.bundle
    parts = [
        f"<h2>{'The target' if space == TARGET else space}</h2>"
        + figure.to_html(full_html=False, include_plotlyjs=number == 0)
        for number, (space, figure) in enumerate(figures.items())
    ]
    note = f"{bundle.manifest.name}: map {charts.view.name}, coloured by {charts.colours.title}"
    return (
        f"<!doctype html><html lang='en'><meta charset='utf-8'><title>{figure_text(note)}</title>"
        f"<h1>{figure_text(note)}</h1>{''.join(parts)}<pre>{figure_text(json.dumps(made.stamp))}</pre></html>"
    )
