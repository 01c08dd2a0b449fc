"""Reasons held to the model's own short answer.

Asked in a word which items decide, an aligned model knows better than it says in a longer sentence: for the demo's
held-out users the first item of the short answer is the target's strongest reason 69 times in 100, that of the sentence
51 times. So it is asked the short question first, and the answer weighs what the sentence may cite and remark on.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping

from recexplainer_core.catalogue import Catalogue
from recexplainer_core.surrogate.no_reason import heads
from recexplainer_core.surrogate.shared_facts import support

SHARPNESS = 3.0
"""Power of its effect with which an item is taught to be the right one to name, and of its support with which a remark
is the right one to make: what is strongest should win clearly."""
COUNTS = 3.0
"""Power of the short answer's weights beside the sentence's own."""
_LIST_GOES_ON = re.compile(r"»(?: \((?:[^()]|\([^()]*\))*\))?(?:, | and )«$")

Answer = Mapping[int, float]
"""The log-probability with which each item of a history is the first to be named."""
Pair = tuple[str, str]


def title_weights(answer: Answer) -> dict[int, float]:
    """Return how much each item weighs as the next reason, at most 1."""
    likeliest = max(answer.values(), default=0.0)
    return {item: math.exp(COUNTS * (log - likeliest)) for item, log in answer.items()}


def remark_weights(
    catalogue: Catalogue, frequency: Mapping[Pair, int], item: int, answer: Answer
) -> dict[Pair, float]:
    """Return how much each (attribute, value) pair of an item weighs as something to remark on, at most 1.

    As in the teacher's plans, a value is supported by all items of the history that have it, as far as these speak
    for the explained one; how far that is, the model itself says.
    """
    likeliest = max(answer.values(), default=0.0)
    pulls = [(other, math.exp((log - likeliest) / SHARPNESS)) for other, log in answer.items()]
    supported = support(catalogue, frequency, item, pulls)
    best = max(supported.values(), default=0.0) or 1.0
    return {pair: (value / best) ** (COUNTS * SHARPNESS) for pair, value in supported.items()}


def gives_reason(catalogue: Catalogue, text: str, cites_another: bool) -> bool:
    """Say whether the citation that a text has just opened is that of a reason.

    The first one of the history is, unless nothing is said to speak for the item, and so is every further one of the
    same list.

    Args:
        catalogue: its wording.
        text: up to the opening mark.
        cites_another: whether it cites an item of the history before.
    """
    if cites_another:
        return _LIST_GOES_ON.search(text) is not None
    return not any(head in text.lower() for head in heads(catalogue))
