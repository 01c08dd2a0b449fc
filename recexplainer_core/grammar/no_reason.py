"""How a reason says that there is none, and guards that keep it from saying so, or from ending another clause."""

from __future__ import annotations

from transformers import LogitsProcessor, NoBadWordsLogitsProcessor

from recexplainer_core.catalogue import Catalogue
from recexplainer_core.lm.encoding import Encoder
from recexplainer_core.lm.segments import Template

HEADS = ("nothing", "no {item_word} of", "the history")
"""What such a clause begins with, and no other clause of a reason."""
NO_REASON = (
    f"{HEADS[0]} {{consumed}} points to it",
    f"{HEADS[1]} the history speaks for it",
    f"{HEADS[2]} gives no reason for it",
    f"{HEADS[0]} in the history leads there",
)
TAILS = ("count together", "bring it about jointly")
"""How a clause ends that begins with what it cites; behind a clause that has begun otherwise nobody could read it."""
_CITED = ("x»", "x)")
_BEFORE = ("x,", "x;", "x:", "x, and", "x.")
"""What such a clause stands behind; a vocabulary may have tokens that reach across the space."""


def heads(catalogue: Catalogue) -> list[str]:
    """Return the heads in a catalogue's words."""
    return [head.format(item_word=catalogue.wording.item) for head in HEADS]


def no_reason_guard(catalogue: Catalogue, encoder: Encoder) -> LogitsProcessor:
    """Return the guard under which no clause says that the history holds no reason."""
    begun = [(before, head) for before in _BEFORE for head in heads(catalogue)]
    begun = [(before, head.capitalize() if before.endswith(".") else head) for before, head in begun]
    forbidden = {_tokens_behind(encoder, before, head) for before, head in begun}
    return NoBadWordsLogitsProcessor([list(tokens) for tokens in sorted(forbidden)])


def tail_guard(encoder: Encoder) -> LogitsProcessor:
    """Return the guard under which no clause ends in one of `TAILS`; the short answer never asks for one."""
    forbidden = set()
    for before in _CITED:
        mark = encoder.tokens((Template(before),))[-1]
        for tail in TAILS:
            tokens = _tokens_behind(encoder, before, tail)
            # Where the first token holds no letter it tells nothing: then the tail cannot be finished.
            begun = any(c.isalpha() for c in str(encoder.tokenizer.decode([tokens[0]])))
            forbidden.add((mark, tokens[0]) if begun else tokens)
    return NoBadWordsLogitsProcessor([list(tokens) for tokens in sorted(forbidden)])


def _tokens_behind(encoder: Encoder, before: str, head: str) -> tuple[int, ...]:
    """Return the tokens of words in the middle of a text."""
    begun = encoder.tokens((Template(before),))
    whole = encoder.tokens((Template(f"{before} {head}"),))
    same = next((place for place, (a, b) in enumerate(zip(begun, whole, strict=False)) if a != b), len(begun))
    return whole[same:]
