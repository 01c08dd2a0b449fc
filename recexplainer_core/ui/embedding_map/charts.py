"""The target's map and, beside it, the language model's, with the figures that say how far to trust them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import streamlit as st

from recexplainer_core.embedding_map.parameters import TARGET
from recexplainer_core.ui.embedding_map.colours import Colouring
from recexplainer_core.ui.embedding_map.controls import SPACE_LABELS
from recexplainer_core.ui.embedding_map.facts import place_of
from recexplainer_core.ui.embedding_map.map_figure import MOST_POINTS, map_figure, sampled
from recexplainer_core.ui.embedding_map.map_marks import Marks
from recexplainer_core.ui.embedding_map.selected import CHARTS, on_pick, picked
from recexplainer_core.ui.embedding_map.view import CHOSEN, EVERYBODY, NOTHING, MapView
from recexplainer_core.ui.shared.descriptions import in_percent, user_label
from recexplainer_core.ui.shared.escaping import markdown_text
from recexplainer_core.ui.shared.selection import Selection
from recexplainer_core.ui.shared.target_answers import target_list

if TYPE_CHECKING:
    import plotly.graph_objects as go

    from recexplainer_core.bundle import Bundle
    from recexplainer_core.embedding_map.artefact import EmbeddingMap


@dataclass(frozen=True, eq=False)
class Charts:
    """Everything that decides what both charts show."""

    bundle: Bundle
    made: EmbeddingMap
    view: MapView
    selection: Selection
    colours: Colouring

    @property
    def spaces(self) -> list[str]:
        """The spaces drawn: the target's, then the one beside it."""
        return [TARGET] if self.view.beside == NOTHING else [TARGET, self.view.beside]

    @property
    def drawn(self) -> int:
        """How many items each chart draws: a page has at most 100,000 points."""
        return min(len(self.bundle.catalogue), MOST_POINTS // len(self.spaces))


def draw_charts(charts: Charts) -> dict[str, go.Figure]:
    """Draw one or two maps with their figures, and what the colours mean; return the maps, by their space."""
    columns = st.columns(len(charts.spaces), gap="medium")
    figures: dict[str, go.Figure] = {}
    for column, space, key in zip(columns, charts.spaces, CHARTS, strict=False):
        figures[space] = figure_of(charts, space, key)
        with column:
            _draw_chart(charts, figures[space], space, key)
    with columns[-1]:
        _draw_notes(charts)
    return figures


def _draw_notes(charts: Charts) -> None:
    words, n_items = charts.bundle.catalogue.wording, len(charts.bundle.catalogue)
    sample = (
        f" Drawn are {charts.drawn:,} of {n_items:,} {words.items}, chosen at random, and always the same ones."
        if charts.drawn < n_items
        else ""
    )
    hover = " Click a point to see its title." if charts.drawn > 2000 else ""
    st.caption(
        f"**{markdown_text(charts.colours.title)}.** {markdown_text(charts.colours.note)} Near means alike; the "
        f"axes and the distance between far groups mean nothing.{sample}{hover}"
    )
    if CHOSEN in charts.view.layers:
        st.caption(_where_the_user_lies(charts))


def figure_of(charts: Charts, space: str, key: str) -> go.Figure:
    """Return the figure of one chart."""
    bundle, made, view = charts.bundle, charts.made, charts.view
    state = picked(bundle)["charts"][key]
    history: tuple[int, ...] = ()
    recommended: tuple[int, ...] = ()
    place = None
    if CHOSEN in view.layers:
        whole = bundle.history(charts.selection.user)
        history = whole.recent
        recommended = tuple(item for item, _ in target_list(bundle, whole))
        if space == TARGET:
            lies, _ = place_of(bundle, made, charts.selection.user)
            place = (user_label(bundle, charts.selection.user), lies)
    users = None
    if EVERYBODY in view.layers and space == TARGET and len(made.users):
        users = (made.users, made.user_coordinates, bundle.catalogue.wording.users)
    return map_figure(
        made.layouts[space].coordinates,
        charts.colours,
        sampled(len(bundle.catalogue), charts.drawn),
        bundle.catalogue.titles,
        users,
        Marks(state["named"], state["near"], tuple(state["ringed"]), history, recommended, place),
        legend=space == TARGET,
    )


def _draw_chart(charts: Charts, figure: go.Figure, space: str, key: str) -> None:
    bundle, layout = charts.bundle, charts.made.layouts[space]
    words = bundle.catalogue.wording
    title = "The target's space" if space == TARGET else SPACE_LABELS[space]
    mode = f" :small[:gray[{layout.mode} mode]]" if layout.mode is not None else ""
    st.markdown(f":{'blue' if space == TARGET else 'green'}[**{title}**]{mode}")
    with st.container(horizontal=True, gap="medium"):
        st.metric(
            "Neighbours kept on the map", f"{layout.trustworthiness:.2f}", width="content",
            help="How far neighbours on this map are neighbours in the space itself (k = 10, on "
            f"{charts.made.checked:,} {words.items}): 1 is always, 0.5 is by chance.",
        )  # fmt: skip
        if layout.overlap is not None:
            k = layout.neighbours.shape[1]
            st.metric(
                "Neighbours shared with the target", in_percent(layout.overlap), width="content",
                help=f"Of {words.an_item}'s {k} nearest in this space, the share that is among its {k} nearest in the "
                f"target's, averaged over all {words.items}. By chance: {in_percent(k / (len(bundle.catalogue) - 1))}.",
            )  # fmt: skip
    st.plotly_chart(
        figure,
        key=key,
        on_select=lambda: on_pick(bundle, key),
        selection_mode=("points", "box", "lasso"),
        config={
            "scrollZoom": True,
            "displayModeBar": True,
            "displaylogo": False,
            "modeBarButtonsToRemove": ["autoScale2d", "toImage"],
        },
        alt=f"{title}: {charts.drawn:,} {words.items} as points, coloured by {charts.colours.title.lower()}. "
        "What is on it can also be found by search and in the tables below.",
    )


def _where_the_user_lies(charts: Charts) -> str:
    bundle, made = charts.bundle, charts.made
    words = bundle.catalogue.wording
    _, exact = place_of(bundle, made, charts.selection.user)
    who = markdown_text(user_label(bundle, charts.selection.user))
    whole = int(bundle.histories.lengths[charts.selection.user])
    shown = (
        f"the last {bundle.recommender.max_history} of {whole}"
        if whole > bundle.recommender.max_history
        else "all"
    )
    if exact:
        where = f"{who} was placed by UMAP when the map was made, without changing it"
    else:
        where = f"{who} was not placed when the map was made, and stands at the median of the ten nearest {words.items}"
        if made.placement is not None:
            where += (
                f"; for the {len(made.users):,} {words.users} that UMAP has placed, that is off by "
                f"{in_percent(made.placement['median'])} of the map's diagonal in half of the cases, and by more than "
                f"{in_percent(made.placement['p90'])} in a tenth"
            )
    return (
        f":material/star: {where}. Amber, in order: {shown} {words.items} {words.consumed}. "
        "Blue: the target's top ten."
    )
