"""How far reasons are to be trusted, in sentences, from what was measured of them."""

from __future__ import annotations

from collections.abc import Mapping

from recexplainer_core.catalogue import Wording

CLAIMS = {
    "rank_right": "where it stands on the list",
    "cited_right": "which {items} speak for it",
    "strongest_right": "which of them weighs most",
    "removal_right": "what becomes of it without them",
    "interest_true": "the taste behind it",
}
"""Figure of how often a kind of claim is right as said -> what such a claim is about."""


def reasons_verdict(figures: Mapping[str, float], words: Wording) -> str:
    """Say how many reasons are true in every claim, and what they are most often wrong and right about.

    Args:
        figures: of one mode, by name; see the metrics of faithfulness.
        words: of the catalogue.

    Returns:
        Two sentences; nothing where reasons were not measured.
    """
    said, verified = figures.get("wholly_true"), figures.get("wholly_true, verified")
    if said is None or verified is None:
        return ""
    text = (
        f"{_percent(said)} of the reasons for the target's first choice are true in every claim as the LLM alone says "
        f"them, and {_percent(verified)} when the target verifies them first, which is how they are shown."
    )
    known = {name: figures[name] for name in CLAIMS if name in figures}
    if len(known) > 1:
        worst, best = min(known, key=known.__getitem__), max(known, key=known.__getitem__)
        text += (
            f" Left alone, the LLM is most often wrong about {_about(worst, words)} ({_percent(known[worst])} right), "
            f"and seldom about {_about(best, words)} ({_percent(known[best])})."
        )
    return text


def lists_verdict(figures: Mapping[str, float], words: Wording) -> str:
    """Say how often both lists agree for users whom the model was not taught with; nothing if that was not measured."""
    first, five = figures.get("acc@1"), figures.get("hr@5")
    if first is None or five is None:
        return ""
    return (
        f"For {words.users} it was not taught with, the LLM's first title is the target's first choice in "
        f"{_percent(first)} of cases, and among its first five the target's first choice is found in {_percent(five)}."
    )


def _about(name: str, words: Wording) -> str:
    return CLAIMS[name].format(items=words.items)


def _percent(share: float) -> str:
    return f"{100 * share:.0f}%"
