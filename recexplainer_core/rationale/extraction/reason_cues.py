"""Cues of what speaks for the explained item, what against it, and what most."""

from __future__ import annotations

from recexplainer_core.rationale.extraction.cues import any_of, before, behind

SUBJECT_BEFORE = before(
    r"(?P<subject>[^;!?TV]*?)(?:,? (?:is|are|was|were|being)(?: (?:that {user} {consumed}|from|with|in"
    r"|found in|to be found in))?|:"
    r"| comes? from| came from| lies? (?:in|with)| rests? (?:[a-z]+ )?(?:on|with)| belongs? to"
    r"| goes (?:back )?to| falls to"
    r"| stands?| (?:starts|begins) (?:from|with)| there (?:is|are)),? ?"
)
"""What is said of a title in the form "the main reason is T": its subject says whether for, against or "
"most."""
STRONGEST_SUBJECT = any_of(
    r"\b(?:strongest|stronger of|biggest|main|largest|greatest|principal|primary|chief|most|key|foremost"
    r"|decisive|heaviest"
    r"|weightiest|loudest|best (?:support|reason|argument|case|backing|evidence)|above all|top reason"
    r"|number one reason|single)\b"
)
AGAINST_SUBJECT = any_of(
    r"\b(?:against(?! it being)|other side|debit|counterweight|downside|drawback|opposite|minus|contra"
    r"|cons?|argues? against)\b"
)
FOR_SUBJECT = any_of(
    r"\b(?:reasons?|support|backing|case|arguments?|favour|on its side|evidence|(?:speaks?|said|argues?"
    r"|arguing|speaking|counts?) for"
    r"|explanation|drivers?|factors?|causes?|credit|behind|root|path|trail|way here|(?:leading"
    r"|pointing) (?:here|this way|there)|why|backed|pros?|cited|made us think|brings? up|follows|goes with"
    r"|goes back|"
    r"brought|led us|leads|because|thanks|^for|weight)\b"
)

STRONGEST_BEFORE = before(
    r"(?:mostly|mainly|chiefly|primarily|principally|largely|above all|most of all|first and foremost"
    r"|predominantly"
    r"|especially|more than any(?:thing|one| other)?(?: [a-z]+)*?),? (?:(?:it is|it was|because of|due to"
    r"|thanks to|on|by|from"
    r"|down to|of|because {user} {consumed}|with) )?",
    r"\b(?:no|nothing|none)\b[^;!?TV]*\b(?:more|outweighs?|louder|stronger|better|harder|further"
    r"|as (?:much|strongly))\b[^;!?TV]*",
    r"(?:most (?:strongly|heavily)|primarily|mainly|largely|chiefly|principally|mostly) (?:influenced"
    r"|driven|shaped|supported"
    r"|prompted|explained|carried|informed) by |did the heavy lifting: ",
    r"(?:outweighed by|most (?:[a-z]+ )*(?:weight|pull|support|credit|score)[a-z ]* (?:with|to|from)) ",
)
STRONGEST_BEHIND = behind(
    r"{words}(?:weighs?|counts?|matters?|contributes?|does|do|speaks?|helps?|pulls?|carry|carries|drives?"
    r"|has|points?|argues?|accounts for)"
    r"(?: [a-z]+){0,4}? (?:most|loudest|strongest|hardest|best (?:support|reason|argument|case|backing"
    r"|evidence)|largest part|biggest part|greatest part|heaviest)\b",
    r"[^;:!?TV,]*\bmore (?:[a-z]+ )*than any",
    r"more than any",
    r"(?:comes?|came) first\b",
    r"outweighs? ",
    r"most\b",
    r"(?:mostly|mainly|above all|chiefly|primarily|most of all|first and foremost)\W*(?:$|speaks|counts"
    r"|because)",
    r"\(?(?:(?:is|was|being|provides|gives|as|offers|remains|has|makes|lends"
    r"|exerts) )?(?:by far )?(?:(?:the|its|our|your) )?(?:clear )?"
    r"(?:one that (?:matters|counts|weighs) most|(?:strongest|biggest|main|largest|principal|primary|chief"
    r"|greatest|heaviest|decisive"
    r"|most important)(?: single)? (?:reason|factor|driver|support|part|cause|influence|argument"
    r"|contributor|contribution|effect|pull"
    r"|weight|case|share|backing|link|signal))",
    r"carries it alone",
)

AGAINST_BEFORE = before(
    r"against(?: {it})?(?::| is| are| stands?| speaks?)? ?",
    r"[−✘✗] ?",
    r"(?:pulled|dragged|held|weighed|weakened|lowered|hurt|hampered)(?: down| back)? by ",
)
AGAINST_BEHIND = behind(
    r"{words}(?:speaks?|counts?|argues?|weighs?|works?|tells?|pulls?|goes|go|pleads?|counting|speaking"
    r"|spoke|counted|stands?) (?:[a-z]+ )?against\b",
    r"{words}(?:is|are|was) (?:[a-z]+ )?against {it}",
    r"against {it}\b",
    r"{words}(?:drags?|dragged|pulls?|pulled|pushes|pushed|weighs?|weighed|brings?|holds?|held|keeps?|kept"
    r"|sets?) {it} (?:one )?(?:down|back"
    r"|lower)\b",
    r"{words}(?:pulls?|points?|pushes|goes|leans?|speaks?|leads?|pulling|pointing) (?:it )?(?:in )?"
    r"(?:the (?:other|opposite) (?:way|direction)|elsewhere|away|another way|in another direction)",
    r"{words}(?:lower(?:s|ed)?|reduced?s?|reduces|weaken(?:s|ed)?|hurts?|harm(?:s|ed)?|dampen(?:s|ed)?"
    r"|diminishe[sd]|undermine[sd]?"
    r"|damages) (?:the (?:score|case|chances?)|its (?:score|chances?|case|place)|{it})",
    r"{words}(?:has|had|have) the opposite effect",
    r"{words}stands? in (?:its|the) way",
    r"{words}did the opposite",
    r"{words}(?:has|had|have|having) (?:a |an )?(?:[a-z]+ )?negative (?:influence|effect|impact"
    r"|contribution|weight)",
    r"negative\b",
    r"hurts\b",
)

FOR_BEFORE = before(
    r"(?:because of|thanks to|owing to|due to|on account of|based on|by virtue of|down to|courtesy of"
    r"|by way of"
    r"|on the (?:basis|strength|back|grounds|evidence|heels) of|in (?:the wake|view|light) of|going by"
    r"|judging by|to judge by) {words}",
    r"(?:rests?|relies|builds?|draws?|resting|drawing|building|hinges) (?:[a-z]+ ){0,3}(?:on|from) {words}",
    r"(?:comes?|stems?|follows?|flows?|results?|arises?|grows?) (?:out of|from) {words}",
    r"^follows (?:on )?(?:from )?",
    r"(?:pairs|goes) (?:well )?with ",
    r"(?:backed|carried|supported|driven|prompted|suggested|led(?: to)?|brought up|pulled up|lifted|helped"
    r"|explained|caused"
    r"|triggered|inspired|earned|favoured|influenced|shaped|informed|followed) (?:mainly )?by {words}",
    r"behind {it}(?:, which [^,]*,)? (?:is|are|stands?) ",
    r"(?:speak|speaks|argue|argues) for {it}: ",
    r"for which ",
    r"^[+✔✓] ?(?:{user} {consumed} )?",
    r"^(?:for|also|plus|and so (?:do|does|did)|so (?:do|does|did)):? ",
    r"(?:because|since|as|given that|now that|seeing that|it helps that|considering(?: that)?"
    r"|noticed that) {user} {consumed} {words}",
    r"(?:having|after|with|from|through|given|following) (?:[a-z]+ (?:to|through|with) )?"
    r"(?:[a-z]+ing |watched |read |played |bought |seen |used |enjoyed |loved )?{words}",
    r"(?:if|when) {user} {consumed} {words}",
    r"^(?:loved|liked|enjoyed|fell for|adored|devoured) ",
    r"credit (?:to|goes to) ",
    r"looking (?:back )?at {words}",
    r"(?:owed|connects|tied|linked back) to ",
    r"ties in with ",
    r"in the footsteps of |on the trail of ",
    r"goes back to ",
    r"{it} is (?:also )?(?:strengthened|helped|supported) by ",
    r"(?:support|backing|reasons?|case) (?:in|from) {words}",
    r"rather than O, {words}",
    r"the (?:pull|influence|support) of ",
)
WEAK_FOR_BEFORE = before(
    r"(?:having|after|with|from|through|given|following) (?:[a-z]+ (?:to|through|with) )?(?:[a-z]+ing "
    r"|watched |read |played |bought |seen |used |enjoyed |loved )?{words}"
)
"""Words before a title that make it a reason only where the explained item follows from it."""
FOR_BEHIND = behind(
    r"{words}(?:speaks?|argues?|pleads?|spoke|speaking|arguing|vouch(?:es)?|votes?|counts?|tells?"
    r"|makes? (?:a|the|its|their) (?:[a-z]+ )?case)"
    r"(?: [a-z]+)? (?:for|in favour of|in support of) {it}",
    r"{words}(?:speaks?|argues?|pleads?) for\b(?! (?:a|an) )",
    r"speaks?,",
    r"(?:as well|besides|too),? (?:which|and that|that) (?:speaks?|counts?|argues?|points?)",
    r"(?:and )?(?:so|hence|therefore|that is why|this is why) (?:we |here |{words})X",
    r"{words}lends? (?:it |[a-z]+ )*(?:case|support|weight|backing)",
    r"for {it}\b",
    r"{words}in its favour",
    r"{words}(?:supports?|supported|supporting|backs?|backing|favours?|suggests?|drives?|explains?"
    r"|prompts?|justif(?:y|ies)|boosts?|strengthens?)"
    r" (?:{it}|(?:this|the) (?:recommendation|suggestion|case|score)|its (?:place|score))",
    r"{words}(?:leads?|led|points?|pointed|brings?|brought|pulls?|steers?|guides?|takes?|took|push(?:es)?"
    r"|nudges?|draws?) (?:(?:{user}|us|the (?:model|target|system)) )?"
    r"(?:[a-z]+ )?(?:to|toward|towards|on to) {it}\b",
    r"{words}(?:leads?|points?|goes|lead|pulls?|pushes|push) (?:there|that way|this way|the same way|here"
    r"|(?:in )?(?:the same|this|that) (?:way|direction))",
    r"{words}(?:made|makes?) (?:us|the model) think of {it}",
    r"{words}(?:account|accounts|accounted) for {it}",
    r"{words}adds? (?:[a-z]+ ){0,5}(?:weight|support|case|something)",
    r"{words}(?:is|are|was|were|being) (?:behind {it}|(?:(?:part of|a|the|our|one|both|also|among|key|good"
    r"|further|another) )*(?:reasons?|why|causes?)\b"
    r"|what (?:tips|decides|made|brings|led|puts)|on its side)",
    r"{words}(?:tips?|tipped) the balance",
    r"{words}(?:makes?|made) (?:all )?the difference",
    r"{words}decides? it",
    r"{words}(?:pulls?|pushes|push|lifts?|brings?|carry|carries|helps?|moves?|raises?|brought|pulled"
    r"|pushed|puts?) {it} (?:back |right |further )?(?:up\b|along|onto|higher|here|on)",
    r"{words}(?:contributes?|contributed|helps?|helped|(?:did|does|do) (?:its|their) (?:bit|part)"
    r"|plays? (?:a|its|their) (?:part|role))\b",
    r"{words}(?:did|does|do) (?:as well|too|so too|the same|likewise)\b",
    r"(?:led|brought|made|leads?|brings?|suggests?|puts?) (?:[a-z]+ )*(?:to |of |for |up )?{it}?",
    r"{words}(?:brings?|brought) up {it}",
    r"a (?:bit|little)\b",
    r"behind (?:you|them), (?:[a-z ]*) to X",
    r"{words}(?:lifts?|puts?|places?|raises?|moves?) X (?:[a-z]+ )*(?:above|before|ahead of|over) O",
    r"calls? it up",
    r"{words}(?:has|had|have|having) (?:a |an )?(?:[a-z]+ )?positive (?:influence|effect|impact"
    r"|contribution|weight)",
    r"{words}(?:nudged?s?|chips? in|chipped in)\b",
    r"{words}(?:has|have) something to do with it",
)
