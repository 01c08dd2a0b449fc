"""A conversation about one user of a bundle."""

from __future__ import annotations

import numpy as np

from recexplainer_core.bundle.reading import Bundle
from recexplainer_core.dialogue.context import Context
from recexplainer_core.dialogue.talk import Talk
from recexplainer_core.histories import History
from recexplainer_core.modes import AlignmentMode
from recexplainer_core.rationale.explainer import Explainer


def open_talk(bundle: Bundle, explainer: Explainer, history: History, item: int, mode: AlignmentMode) -> Talk:
    """Return a conversation that nobody has said anything in.

    Args:
        bundle: knows the catalogue, who has what, and what was measured.
        explainer: of this bundle.
        history: the user's.
        item: the explained item.
        mode: in which the language model is asked.
    """
    report, everybody = bundle.report, np.arange(len(bundle.histories.user_ids))
    agreement = report.modes.get(str(mode), {}) if report is not None else {}
    reasons = report.reasons.modes.get(str(mode), {}) if report is not None else {}
    return Talk(
        Context(
            explainer,
            history,
            item,
            mode,
            bundle.histories.popularity(len(bundle.catalogue), everybody).tolist(),
            {name: one.value for name, one in {**agreement, **reasons}.items()},
            str(bundle.manifest.stages.get("target", {}).get("kind", "")),
            len(bundle.histories),
        )
    )
