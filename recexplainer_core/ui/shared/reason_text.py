"""A reason on screen: a claim that fails is marked in the sentence where it stands."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from recexplainer_core.rationale.reading import citations
from recexplainer_core.terms import SAID_NOTHING
from recexplainer_core.ui.shared.escaping import markdown_text
from recexplainer_core.ui.shared.marking import marked

if TYPE_CHECKING:
    from recexplainer_core.catalogue import Catalogue
    from recexplainer_core.rationale.explainer import Rationale
    from recexplainer_core.rationale.reasons import Reason

_NOTHING = f":gray[{SAID_NOTHING}]"


def rationale_markdown(rationale: Rationale, catalogue: Catalogue) -> str:
    """Return Markdown of a rationale, with the claims that fail marked where the claims of a sentence are known."""
    if rationale.reason is None:
        text = marked(rationale.text, rationale.citations, rationale.request.history.items)
        return text if text.strip() else _NOTHING
    return reason_markdown(rationale.reason, catalogue, rationale.request.history.items)


def reason_markdown(reason: Reason, catalogue: Catalogue, history: Collection[int]) -> str:
    """Return Markdown of a reason, sentence by sentence."""
    parts = []
    for sentence, checks in zip(reason.sentences, reason.checks, strict=True):
        parts.append(marked(sentence.text, citations(sentence.text, catalogue), history))
        parts += [
            f":red[:material/cancel: :small[({markdown_text(f'{one.claim}? {one.finding}')})]]"
            for one in checks
            if not one.holds
        ]
    return " ".join(parts) or _NOTHING
