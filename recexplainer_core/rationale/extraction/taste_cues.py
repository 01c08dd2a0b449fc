"""Cues that a value is something the user likes."""

from __future__ import annotations

from recexplainer_core.rationale.extraction.cues import any_of, before

_WORDS = r"(?:[a-z“”\"'-]+ ){0,6}?[“\"]?"
_LIKES = (
    r"(?:likes?|liked|enjoys?|enjoyed|loves?|loved|go for|goes for|going for|went for|drawn to"
    r"|interested in|fond of|keen on|into|big on|crazy about"
    r"|addicted to|keeps? (?:coming back|returning|going back|turning) to|(?:returns?|returning"
    r"|comes? back|turns?) to"
    r"|looks? for|fans? of|lovers? of|friends? of|prefers?|cares? (?:a lot )?about|can not get enough of"
    r"|trusts?"
    r"|gravitates? (?:to|towards)|appreciates?|adores?|seeks? out|leans? towards?)"
)
_TASTE = (
    r"(?:taste|liking|love|fondness|interest|preference|weakness|soft spot|passion|appetite|affinity"
    r"|penchant|enthusiasm|thing|eye"
    r"|inclination|leaning|appreciation|predilection|tendency) (?:for|in|of|towards?|to)"
)
PLAIN_BEFORE = before(
    rf"\b{_LIKES} {_WORDS}", rf"\b{_TASTE} {_WORDS}", r"^(?:taste|interest|theme|preference)s?: "
)
"""Words before a value that say it is liked."""
MORE_BEFORE = before(
    rf"(?:^|: |, )(?:some |a little |a good deal |yet |still )?(?:more|further) {_WORDS}",
    rf"\b(?:thread|pattern|explanation|reason)[a-z X]*(?:T\d+)?(?: is|:) {_WORDS}",
    r"^it is (?:all about )?(?:the )?",
    r"^it comes down to ",
    rf"^(?:already |always )?(?:liked|enjoyed|loved)(?: so far| before| already)?: {_WORDS}",
)
"""Words before a value that call it a reason or a pattern: it is liked."""
MANY_BEFORE = before(
    r"\b(?:several|many|lots of|plenty of|a lot of|a number of|a run of|so many|quite a few) (?:[a-z]+ )?"
)
"""The same where titles follow as examples."""
BEHIND = any_of(
    r"^[”\"]? (?:fan|lover|buff|habit|streak|kick|binge|thing|enthusiast|devotee|addict|phase|marathon"
    r"|side|taste|leanings?)s?\b",
    rf"^ {_WORDS}(?:is|are) {_WORDS}(?:what|something|things?) {{user}} {_WORDS}{_LIKES}",
    rf"^ {_WORDS}(?:is|are) (?:[a-z]+ )?(?:your thing|a (?:weakness|favourite|passion|thread)"
    rf"|the (?:reason|thread|pattern|link)\b(?! to))",
    rf"^[a-z ]*,? (?:the (?:sort|kind)|which|that) {{user}} (?:is |are )?{_LIKES}",
    r"^ ?(?:[a-z]+ )?,? ?(?:again|once more|as before),? (?:after|following|next to|in the wake of"
    r"|alongside)",
    r"^ ?(?:[a-z]+ )?,? as (?:seen )?in T",
    r"^: T\d+ already owned",
    r"^,? (?:[a-z]+ )?(?:explains it|is why|is the reason)",
    r"^ runs through",
)
"""Words behind a value that say it is liked."""
OF_OTHERS = any_of(
    r"\b(?:critics|people|many|everyone|everybody|audiences|others|those|nobody|anyone|some"
    r"|most [a-z]+)(?: who)? (?:[a-z]+ )?"
    r"(?:likes?|loves?|enjoys?|adores?|appreciates?|prefers?)\b"
)
"""Words before a value that say that somebody else likes it."""
CARRIED_ON = any_of(
    r"^,? and(?: in particular| especially| above all)?(?: for| in| of| to)? $",
    r"^(?: or |, | |/|-)$",
    r"^ (?:[a-z]+ )?(?:about|by|from|of|with|set in|starring) (?:the )?$",
)
"""Words between a value that is liked and another one that is, too."""
COMES_TO_NOTHING = any_of(
    r"^[^,;]*\b(?:does|do|did|has|have|is|are) not (?:lead|count|matter|explain|play|help|speak)"
)
"""Words behind a liking of which is said that it is no reason."""
