"""A page: the items that most users chose, beside the place that the target gives them for nobody in particular."""

import numpy as np
import streamlit as st

from recexplainer_core.recommenders.base import top_items
from recexplainer_core.ui.shared.bundle_cache import current_bundle
from recexplainer_core.ui.shared.messages import shown_errors

with shown_errors():
    bundle = current_bundle()
    words = bundle.catalogue.wording

    st.title(f"Most {words.consumed}", anchor=False)
    chosen = np.bincount(bundle.histories.items, minlength=len(bundle.catalogue))
    popular = np.argsort(-chosen, kind="stable")[:10]
    [answer] = top_items(bundle.recommender, [[]], k=len(bundle.catalogue))
    places = {one.item: place for place, one in enumerate(answer, 1)}
    st.dataframe(
        {
            words.item.capitalize(): [bundle.catalogue.titles[item] for item in popular],
            words.users.capitalize(): chosen[popular],
            "Place for an empty history": [places[item] for item in popular],
        },
        hide_index=True,
    )
