"""Cues that titles are named to show what the user likes, not as reasons of their own."""

from __future__ import annotations

from recexplainer_core.rationale.extraction.cues import any_of, before, behind

SHOWN_BEFORE = before(
    r"\b(?:plain|clear|evident|visible|seen|see|shown|apparent|revealed|reflected|known|familiar|obvious"
    r"|witness(?:ed)?|illustrated"
    r"|evidenced|exemplified|suggested|shows|such as|including|e\.g\.|to judge|judging|going|runs"
    r"|evidence) ?(?:from|in|by|through)? ",
)
"""Words before titles that show a taste, whatever stands behind them."""
SHOWN_BEHIND = behind(
    r"{words}(?:shows?|suggests? (?:that|a|an|it)|suggests?,|tells? (?:us|of)|reveals?|indicates?"
    r"|points? to (?:it|a|an|this)\b|bears? (?:it )?out|speaks? of"
    r"|gives? (?:it )?away|makes? (?:it )?(?:clear|plain)|says? (?:so|it|as much)|proves?|prove it"
    r"|hints? at|betrays?|mark|display|demonstrate)"
)
"""Words behind titles that show a taste, in a sentence that tells of one."""
EVIDENCE_BEFORE = before(
    r"\b(?:after|following|having|with|because|since|as|if|next to|alongside|beside|to join|judging by"
    r"|to judge by|going by|given|through"
    r"|in the wake of|on the heels of|from|like|and|besides|in|by|of|witness|see"
    r"|from)(?: {user})?(?: {consumed})? {words}",
    r"(?:, as|as in) ",
)
"""Words before titles that are named only to show a taste, in a sentence that tells of one."""
SHOWS_A_TASTE = any_of(
    r"\b{user} {consumed} T",
    r"\b(?:evidence|proof|case in point|think of|look at|witness|attest|testify|(?:shows?|proves?"
    r"|says?) (?:it|this|as much|so))",
)
"""Cues of a sentence whose titles show a taste that the sentence beside it tells of."""
