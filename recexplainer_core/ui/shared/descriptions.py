"""Short descriptions of items, models and data, in the words of the bundle."""

from __future__ import annotations

import json
import math
from pathlib import Path
from typing import TYPE_CHECKING

from recexplainer_core.catalogue import Catalogue
from recexplainer_core.evaluation.judge import LEVELS
from recexplainer_core.modes import AlignmentMode
from recexplainer_core.recommenders.registry import RECOMMENDERS
from recexplainer_core.ui.shared.escaping import markdown_text

if TYPE_CHECKING:
    from recexplainer_core.bundle import Bundle

POCKET = "pocket"
"""What the build's stage "llm" calls the language model that it trains itself."""

BYLINE = ("year", "director", "brand", "genres")
"""Attributes that tell a person most about an item, where the catalogue has them."""

MODE_SEES = {
    AlignmentMode.NONE: "The LLM before alignment: it reads the titles, but was never taught to mimic.",
    AlignmentMode.BEHAVIOUR: "The LLM reads the titles of the history, and nothing of the target.",
    AlignmentMode.INTENTION: "The LLM sees the target's own vectors, and no titles.",
    AlignmentMode.HYBRID: "The LLM reads the titles and sees the target's own vectors.",
}

HISTORY_SEEN = {
    AlignmentMode.NONE: "what both models see",
    AlignmentMode.BEHAVIOUR: "what both models see",
    AlignmentMode.INTENTION: "the target sees them, the LLM only the target's vector of them",
    AlignmentMode.HYBRID: "what both models see",
}


def user_label(bundle: Bundle, user: int) -> str:
    """Return what a user is called: "User 17", or the id alone where it says as much ("viewer-0017")."""
    user_id, word = bundle.histories.user_ids[user], bundle.catalogue.wording.user
    return user_id if user_id.casefold().startswith(word.casefold()) else f"{word.capitalize()} {user_id}"


def byline(catalogue: Catalogue, item: int, attributes: tuple[str, ...] = BYLINE) -> str:
    """Return the item's attributes on one line: "1979 · Ridley Scott · horror, science fiction"."""
    return " · ".join(", ".join(values) for name in attributes if (values := catalogue.values(item, name)))


def target_name(bundle: Bundle) -> str:
    """Return the name of the target's kind."""
    kind = json.loads((bundle.root / "recommender" / "config.json").read_text(encoding="utf-8"))["kind"]
    return RECOMMENDERS.get(kind).label


def parameter_count(folder: Path) -> int:
    """Return the number of weights in a folder's safetensors files, read from their headers alone."""
    total = 0
    for path in sorted(folder.glob("*.safetensors")):
        with path.open("rb") as file:
            header = json.loads(file.read(int.from_bytes(file.read(8), "little")))
        total += sum(math.prod(tensor["shape"]) for name, tensor in header.items() if name != "__metadata__")
    return total


def level_label(level: int) -> str:
    """Return Markdown of a level of ratings and what it means."""
    meaning = LEVELS[level]
    return f"**{level}** · {meaning[0].upper()}{meaning[1:]}"


def in_percent(value: float) -> str:
    """Return a share between 0 and 1 in per cent: small ones with a decimal."""
    return f"{value:.0%}" if value >= 0.1 else f"{value:.1%}"


def rounded(count: int) -> str:
    """Return a count as people say it: 950, 41k, 5.2M, 8B."""
    for size, letter in ((10**9, "B"), (10**6, "M"), (10**3, "k")):
        if count >= size:
            return f"{count / size:.2g}{letter}" if count < 100 * size else f"{count // size}{letter}"
    return str(count)


def model_description(bundle: Bundle) -> str:
    """Return Markdown that says which language model speaks, and how large it is."""
    if bundle.manifest.llm is not None:
        return f"**{markdown_text(bundle.manifest.llm.name)}**, with one small adapter per mode."
    size = rounded(parameter_count(bundle.root / "llm"))
    if bundle.manifest.stages.get("llm", {}).get("llm") == POCKET:
        return (
            f"The **pocket LM**, a {size}-parameter Llama trained from scratch on text made from the "
            f"catalogue and from histories of {bundle.catalogue.wording.users} in training. It has read nothing else."
        )
    return f"A causal language model of **{size}** parameters, with one small adapter per mode."
