"""The words that the screens, the answers and the reports use, each with what it means in one plain sentence."""

from __future__ import annotations

from collections.abc import Mapping

SAID_NOTHING = "It said nothing."
"""What stands where a reason has no words."""

TERMS: Mapping[str, str] = {
    "target": "the recommender that is explained; it is trained first and never changed",
    "language model": "the LLM that was taught to predict what the target suggests, and to say why; also called the "
    "surrogate",
    "alignment": "teaching the language model to answer as the target would",
    "mode": "how the language model is told about a user: behaviour, intention, hybrid, or none",
    "behaviour": "a mode: the language model reads the titles of the history",
    "intention": "a mode: the language model gets the target's own vectors of the user and the items, and no titles of "
    "the history",
    "hybrid": "a mode: the language model reads the titles and gets the target's vectors, too",
    "none": "the language model before alignment, for comparison",
    "history": "what a user chose, oldest first; both models see only the last few of it",
    "claim": "one statement of a reason that can be tested, such as which title speaks for the suggestion",
    "verified": "the target has tested every claim before it is shown; what was wrong is corrected or left out",
    "as said": "the language model alone speaks, and claims that fail are marked",
    "score": "an item's share of all that the target gives to the whole catalogue",
    "Shapley value": "how much of the score an item of the history carries, averaged over all subsets of the history",
    "held-out": "a user whom the language model has never seen in any form",
    "Acc@1": "how often the language model's first title is the target's first choice",
    "HR@5": "how often the target's first choice is among the language model's first five",
    "rank-biased overlap": "how alike two lists are, the first places counting most: 1 is the same list, 0 nothing in "
    "common",
    "order": "Kendall's tau over the titles that both lists have: +1 is the same order, -1 the reverse",
    "necessity": "the share of equally many other items whose removal would cost the suggestion less than that of "
    "the cited ones; .5 is chance",
    "connector": "the small network through which a vector of the target enters the language model",
    "vector": "the list of numbers by which the target knows a user or an item; near vectors mean alike",
    "what if": "an edited history, and what both models make of it",
    "bundle": "the folder that holds one explained dataset with its models",
}
"""Term -> what it is. Whoever adds a term to a screen adds it here."""


def definition(term: str) -> str:
    """Return the sentence that defines a term.

    Raises:
        KeyError: it is not one of `TERMS`.
    """
    return f"{term[:1].upper()}{term[1:]}: {TERMS[term]}."


def find_term(words: str) -> str | None:
    """Return the longest term that occurs in some words, whatever its case; None where there is none."""
    text = f" {words.lower().replace('-', ' ')} "
    found = [term for term in TERMS if f" {term.lower().replace('-', ' ')}" in text]
    return max(found, key=len, default=None)
