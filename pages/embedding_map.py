"""The items as the target arranges them, and beside it as the language model does."""

import streamlit as st

from recexplainer_core.bundle.maps import map_names
from recexplainer_core.embedding_map.parameters import TARGET
from recexplainer_core.ui.embedding_map.about import draw_about, draw_no_agreement, draw_no_map
from recexplainer_core.ui.embedding_map.charts import Charts, draw_charts
from recexplainer_core.ui.embedding_map.colours import colouring
from recexplainer_core.ui.embedding_map.controls import draw_controls
from recexplainer_core.ui.embedding_map.facts import agreement_of, map_of
from recexplainer_core.ui.embedding_map.item import draw_item
from recexplainer_core.ui.embedding_map.selected import begin, picked
from recexplainer_core.ui.embedding_map.table import draw_caught
from recexplainer_core.ui.embedding_map.view import AGREEMENT, CHOSEN, asked_view, put_view, resolve_view
from recexplainer_core.ui.shared.address import draw_notices
from recexplainer_core.ui.shared.bundle_cache import current_bundle
from recexplainer_core.ui.shared.messages import shown_errors
from recexplainer_core.ui.shared.picker import draw_picker
from recexplainer_core.ui.shared.selection import current_selection
from recexplainer_core.ui.shared.user_filter import current_filter

with shown_errors():
    bundle = current_bundle()
    selection = current_selection(bundle)
    words = bundle.catalogue.wording

    st.title("Embedding map", anchor=False)
    names = map_names(bundle.root)
    if not names:
        draw_no_map(bundle)
        st.stop()
    asked = asked_view(bundle)
    made = map_of(bundle, asked["map"] if asked.get("map") in names else names[0])
    spaces = [space for space in made.layouts if space != TARGET]
    view = resolve_view(asked, bundle, names, spaces)
    put_view(bundle, map=view.name, colour=view.colour, beside=view.beside, layers=",".join(view.layers))

    begin(bundle, selection.item)

    st.markdown(
        f"Which {words.items} does the recommender hold alike, and does the language model hold the same ones alike?"
    )
    draw_notices(view.notices)
    draw_controls(bundle, view, names, spaces)
    if CHOSEN in view.layers:
        draw_picker(bundle, selection.user, current_filter(bundle), selection.mode)
    if view.colour == AGREEMENT and agreement_of(bundle, selection.mode) is None:
        draw_no_agreement()

    charts = Charts(bundle, made, view, selection, colouring(bundle, made, view.colour, selection.mode))
    figures = draw_charts(charts)

    state = picked(bundle)
    draw_caught(bundle, made, view.name, state["items"], state["users"])
    draw_item(bundle, made, selection, view.beside)
    draw_about(charts, figures)
