"""Rating explanations blind: one text after another, then what the ratings say of the modes and the raters."""

import streamlit as st

from recexplainer_core.ui.rate_explanations.rating_desk import draw_desk
from recexplainer_core.ui.rate_explanations.rating_levels import keep_pending
from recexplainer_core.ui.rate_explanations.rating_results import draw_results
from recexplainer_core.ui.rate_explanations.rating_round import (
    draw_new_round,
    draw_no_round,
    draw_unfinished_round,
    draw_who_and_what,
)
from recexplainer_core.ui.shared.address import draw_notices
from recexplainer_core.ui.shared.bundle_cache import current_bundle
from recexplainer_core.ui.shared.messages import shown_errors
from recexplainer_core.ui.shared.rating_state import RESULTS, current_rating, ratings_file

with shown_errors():
    bundle = current_bundle()
    st.title("Rate explanations", anchor=False)
    file = ratings_file(bundle)
    keep_pending()
    rounds = file.rounds(bundle.manifest_hash)
    state = current_rating(rounds)
    draw_notices(state.notices)

    if state.round is None:
        draw_no_round(bundle, file)
        st.stop()
    draw_who_and_what(file, rounds, state)
    if not state.round.complete:
        draw_unfinished_round(bundle, file, state.round)
    elif state.view == RESULTS:
        draw_results(bundle, file, state)
    elif not state.rater:
        st.info("Say who rates: a name or initials, above.", icon=":material/person:")
    else:
        draw_desk(bundle, file, state)

    panel = st.expander(
        "Write another round", icon=":material/edit_note:", key="another_round", on_change="rerun"
    )
    if panel.open:
        with panel:
            draw_new_round(bundle, file)
