"""What is known of an item over all users; cached, for it never changes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from recexplainer_core.modes import AlignmentMode
from recexplainer_core.ui.shared.bundle_cache import cached, explainer_of

if TYPE_CHECKING:
    from recexplainer_core.bundle import Bundle
    from recexplainer_core.item_view.audience import Audience
    from recexplainer_core.item_view.carriers import Carried


@cached(200, "Asking the recommender about every user…")
def audience(bundle: Bundle, item: int) -> Audience:
    """Return to whom the target recommends an item."""
    from recexplainer_core.item_view.audience import audience_of

    return audience_of(bundle.recommender, bundle.histories, item)


@cached(200, "Taking their histories apart…")
def carried(bundle: Bundle, item: int) -> Carried:
    """Return what carries an item for the users who have it highest."""
    from recexplainer_core.item_view.carriers import USERS, carried_by_histories

    users = audience(bundle, item).users[:USERS]
    histories = [bundle.history(int(user)) for user in users]
    return carried_by_histories(bundle.recommender, bundle.catalogue, histories, item)


@cached(4)
def popularity(bundle: Bundle) -> list[int]:
    """Return by how many users each item was chosen."""
    everybody = np.arange(len(bundle.histories))
    return [int(one) for one in bundle.histories.popularity(len(bundle.catalogue), everybody)]


@cached(200, "The language model describes it…")
def described(bundle: Bundle, item: int, mode: AlignmentMode) -> str:
    """Return what the language model says when it is asked to describe an item."""
    from recexplainer_core.histories import History

    title = bundle.catalogue.titles[item]
    pieces = explainer_of(bundle).surrogate.answer(History.of((), 1), f"Describe {title}.", mode, item)
    return "".join(pieces).strip()
