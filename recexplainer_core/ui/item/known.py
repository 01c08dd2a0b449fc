"""What is known of an item over all users; cached, for it never changes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import streamlit as st

from recexplainer_core.modes import AlignmentMode
from recexplainer_core.ui.shared.bundle_cache import cached, explainer_of

if TYPE_CHECKING:
    from recexplainer_core.bundle import Bundle
    from recexplainer_core.item_view.audience import Audience, Everybody
    from recexplainer_core.item_view.carriers import Carried


@cached(2, "Asking the recommender about every user…", st.cache_resource)
def everybody(bundle: Bundle) -> Everybody:
    """Return what the target makes of all users."""
    from recexplainer_core.item_view.audience import ask_everybody

    return ask_everybody(bundle.recommender, bundle.histories)


@cached(200, "Asking the recommender about every user…")
def audience(bundle: Bundle, item: int) -> Audience:
    """Return to whom the target recommends an item."""
    from recexplainer_core.item_view.audience import audience_of

    return audience_of(bundle.recommender, bundle.histories, everybody(bundle), item)


@cached(200, "Asking which titles of their histories speak for it…")
def carried(bundle: Bundle, item: int) -> Carried:
    """Return what carries an item for users who are recommended it, or for those who come closest to it."""
    from recexplainer_core.item_view.carriers import carried_by_histories, looked_at

    found = audience(bundle, item)
    users = looked_at(found.users if len(found.users) else found.closest, bundle.recommender.max_history)
    histories = [bundle.history(int(user)) for user in users]
    return carried_by_histories(bundle.recommender, bundle.catalogue, histories, item)


@cached(4)
def popularity(bundle: Bundle) -> list[int]:
    """Return by how many users each item was chosen."""
    users = np.arange(len(bundle.histories))
    return [int(one) for one in bundle.histories.popularity(len(bundle.catalogue), users)]


@cached(200, "The language model describes it…")
def described(bundle: Bundle, item: int, mode: AlignmentMode) -> str:
    """Return what the language model says when it is asked to describe an item."""
    from recexplainer_core.histories import History

    title = bundle.catalogue.titles[item]
    pieces = explainer_of(bundle).surrogate.answer(History.of((), 1), f"Describe {title}.", mode, item)
    return "".join(pieces).strip()
