"""The words by which claims are told: patterns over masked sentences, where X is the item, T titles, V a value.

A space in a pattern stands for itself; WORDS is a short stretch of plain words, which crosses no token or comma.
"""

from __future__ import annotations

import re

WORDS = r"(?:[a-z'-]+ ){0,5}?"
IT = (
    r"(?:X|it|this(?: (?:one|film|movie|book|novel|game|product|item|title|pick|choice|suggestion|recommendation))?"
    r"|the (?:item|film|book|game|product|suggestion|recommendation|case|idea|result)|them)"
)
USER = r"(?:you|they|he|she|i|we|(?:this|the|our) (?:user|viewer|reader|player|shopper|customer|listener|person))"
_HAVE = r"(?:have |had |has |did |do |also |already |once |really |clearly |so |just |recently )*"
CONSUMED = (
    _HAVE
    + r"(?:watched|seen|saw|read|played|bought|used|owned?|owns|liked?|likes|loved?|loves|enjoyed?|enjoys|rated|chose"
    r"|chosen|picked|finished|devoured|tore through|could not put down|adored?|got through|fell for|had fun with"
    r"|purchased|ordered|tried|listened to|spent (?:time|hours|evenings) with|took to)"
)
NEGATION = re.compile(
    r"\b(?:not|no|never|hardly|neither|nor|nothing|barely|without|no longer|scarcely|rather than|instead of|irrelevant)\b"
)
"""Words that turn a cue round where they stand before it in its clause."""
QUESTION = re.compile(r"\?\W*$")

STRONGEST_BEFORE = re.compile(
    rf"(?:(?:strongest|biggest|main|largest|principal|primary|chief|most important|single|key|foremost|decisive)"
    rf"(?: single)? (?:reason|factor|driver|support|part|cause|influence|argument|contributor|contribution|pull|weight"
    rf"|link|signal|evidence)?(?: (?:for|behind|of|in) {WORDS}{IT}?)?,? ?(?:is|was|:|comes from|lies with|being) ?(?:from |with )?"
    r"|(?:stronger|strongest|weightier) (?:of (?:the|these) (?:two|three|lot) )?is |what (?:matters|weighs|counts)(?: the)? most is "
    r"|(?:mostly|mainly|chiefly|primarily|principally|largely|above all|most of all|first and foremost|especially"
    rf"|predominantly|in particular),? (?:it is |because of |due to |thanks to |on |by |from |down to |because {USER} {CONSUMED} )?"
    r"|(?:weight|pull|support|credit|score)(?: of it)? (?:lies with|falls to|comes from|goes to|is due to) "
    r"|nothing [a-z ]*?(?:counts for more|weighs more|matters more|does more|speaks louder)[a-z ]* than "
    r"|no (?:other )?(?:title|film|book|game|product|item)[a-z ]* (?:counts for more|weighs more|matters more|does more)[a-z ]* than "
    r"|more than any(?:thing| other| other title)?(?: else)?,? it is |most to do with )$"
)
STRONGEST_AFTER = re.compile(
    r"^(?:,? (?:weighs|counts|matters|contributes|does|speaks|helps|pulls|carries|drives|has)(?: by far| clearly)?"
    r"(?: the)? (?:most|loudest|greatest weight|largest part|biggest part|most weight|heaviest)\b"
    r"|,? most\b|,? (?:mostly|mainly|above all|chiefly|primarily)\W*$"
    r"|,? ?\(?(?:is|was|being|provides|gives|as|its|offers|remains|has)? ?(?:by far )?(?:the |its |our )?(?:clear )?"
    r"(?:one that (?:matters|counts|weighs) most|(?:strongest|biggest|main|largest|principal|primary|chief|most important|decisive)"
    r"(?: single)? (?:reason|factor|driver|support|part|cause|influence|argument|contributor|contribution|effect|pull|weight))"
    r"|,? (?:counts|weighs|matters|does|speaks|stands)[a-z ]* more[a-z ]* than any"
    r"|,? more than any(?:thing| other)"
    r"|,? accounts for most\b|,? carries it alone| speaks loudest)"
)

AGAINST_BEFORE = re.compile(
    rf"(?:against(?: (?:it|X))?(?: is| are|:| stands?| speaks?)? ?|speaks against {IT} is |counterweight is |[−✘✗] ?"
    rf"|(?:pulled|dragged|held|weighed|weakened|lowered)(?: down| back)? by )$"
)
AGAINST_AFTER = re.compile(
    rf"^,? ?(?:{WORDS}(?:speaks?|counts?|argues?|weighs?|works?|tells?|pulls?|goes|pleads?) (?:[a-z]+ )?against\b"
    rf"|{WORDS}(?:is|are|was)(?: [a-z]+)? against (?:{IT})|against {IT}\b"
    rf"|{WORDS}(?:drags?|pulls?|pushes|weighs?|brings?|holds?|holding|keeps?) (?:{IT} )(?:one )?(?:down|back|lower)\b"
    rf"|{WORDS}(?:pulls?|points?|pushes|goes|lean?s|speaks?) (?:it )?(?:in )?(?:the (?:other|opposite) (?:way|direction)|elsewhere|away)"
    rf"|{WORDS}(?:lowers?|reduces?|weakens?|hurts?|harms?|dampens?|diminishes|undermines?) (?:the (?:score|case|chances?)|its (?:score|chances?|case)|{IT})"
    rf"|{WORDS}(?:has|had|have) the opposite effect|{WORDS}stands? in (?:its|the) way|{WORDS}did the opposite|negative\b"
    rf"|{WORDS}hurts\b)"
)

FOR_BEFORE = re.compile(
    rf"(?:(?:because of|thanks to|owing to|due to|on account of|based on|by virtue of|down to|courtesy of"
    rf"|on the (?:basis|strength|back|grounds|evidence) of|in the wake of|in view of|on the heels of|in light of) {WORDS}"
    rf"|(?:rests?|relies|builds?|draws?|resting|drawing|building) (?:[a-z]+ )?(?:on|from) {WORDS}"
    rf"|(?:comes?|stems?|follows?|flows?|results?|arises?) from {WORDS}|follows (?:on )?(?:from )?|pairs (?:well )?with |goes with "
    rf"|(?:backed|carried|supported|driven|prompted|suggested|led(?: to)?|brought up|pulled up|lifted|helped|explained|caused|triggered|inspired|earned) (?:mainly )?by {WORDS}"
    rf"|behind {IT}(?:, which [^,]*,)? (?:is|are|stands?) |(?:speaks?|argues?|counts?) for {IT} (?:is|are) "
    rf"|(?:speak|argue) for {IT}: |(?:it is|it was) |\breasons?(?: (?:for|behind) {WORDS}{IT}?)?(?: is| are|:) |(?:case|support|backing) (?:for {IT}[^.]*? )?(?:is|are|of|lies in) "
    rf"|^(?:cause|causes|for|cited|reasons?|because|why|pro|also|plus|and|reason)s?:? |^[+✔✓] ?|^[+✔✓] {USER} {CONSUMED} "
    rf"|(?:because|since|as|given that|now that|seeing that|it helps that|considering) {USER} {CONSUMED} {WORDS}"
    rf"|(?:having|after) (?:[a-z]+ (?:to|through|with) )?(?:[a-z]+ing |watched |read |played |bought |seen |used |enjoyed |loved )?{WORDS}"
    rf"|(?:if|when) {USER} {CONSUMED} {WORDS}|^{CONSUMED} |(?:in its favour|in favour of {IT}) (?:is|are|:) ?|credit (?:to|goes to) "
    rf"|(?:the pull|the influence|the support) of )$"
)
FOR_AFTER = re.compile(
    rf"^,? ?(?:{WORDS}(?:speaks?|argues?|pleads?|spoke|speaking|arguing|vouch(?:es)?|votes?) (?:[a-z]+ )?(?:for|in favour of) {IT}"
    rf"|for (?:{IT})\b|{WORDS}counts? (?:for {IT}|in its favour)|{WORDS}in its favour"
    rf"|{WORDS}(?:supports?|supported|supporting|backs?|favours?|suggests?|drives?|explains?|prompts?|justif(?:y|ies)|boosts?|strengthens?) (?:{IT}|the (?:recommendation|suggestion|case|score)|its (?:place|score))"
    rf"|{WORDS}(?:leads?|led|points?|pointed|brings?|brought|pulls?|steers?|guides?|takes?|push(?:es)?) (?:{USER} |us |the (?:model|target|system) )?(?:strongly )?(?:to|toward|towards) (?:{IT})\b"
    rf"|{WORDS}(?:leads?|points?) (?:there|that way|the same way|here|in (?:the same|this|that) direction)|{WORDS}(?:points?|pulls?|pushes?) (?:in )?the same (?:way|direction)"
    rf"|{WORDS}(?:made|makes?) (?:us|the model) think of {IT}|{WORDS}(?:account|accounts|accounted) for {IT}"
    rf"|{WORDS}(?:is|are|was|were|being) (?:behind (?:{IT})|(?:a |the |our |one |both |also |among |key |good |further |another )*(?:reasons?|why|causes?)\b|what (?:tips|decides|made|brings|led|puts))"
    rf"|{WORDS}(?:tips?|tipped) the balance|{WORDS}(?:makes?|made) (?:all )?the difference|{WORDS}decides? it"
    rf"|{WORDS}(?:pulls?|pushes|push|lifts?|brings?|carry|carries|helps?|moves?|raises?|brought|pulled|pushed) (?:{IT} )(?:back |right |further )?(?:up\b|along|onto|higher|here)"
    rf"|{WORDS}(?:contributes?|contributed|helps|help|helped|did (?:its|their) (?:bit|part)|does (?:its|their) (?:bit|part)|plays? (?:a|its|their) (?:part|role))\b"
    rf"|that (?:led|brought|made|leads?|brings?|speaks?|suggests?|puts?) (?:[a-z]+ )*(?:to |of |for |up )?(?:{IT})?"
    rf"|a (?:bit|little)\b"
    rf"|,? so (?:of course |we |here |{WORDS})X|behind (?:you|them), (?:[a-z ]*) to X)"
)
LIKE_BEFORE = r"(?:like|just like|same as|shares? [^.;]* with|in common with|link to|unlike|such as|another [^,]*,? after)"

REMOVAL_BEFORE = re.compile(
    rf"(?:without|(?:take|leave|strip|cut|rule)(?: away| out)|remove|drop|lose|delete|ignore|discount|forget|set aside|disregard"
    rf"|take|removal of|absence of|removing|dropping|had (?:{USER} )?(?:not|never) {WORDS}|(?:if|though) {USER} (?:had |have )?(?:not|never) {WORDS}"
    rf"|if {USER} {WORDS}(?:neither|none of) ?|were|should|if|had|needs?|requires?|(?:hangs?|depends?|hinges?|relies entirely|stands and falls)(?: entirely| on)* (?:on|with)"
    rf"|only (?:as long as|because of|while)|as long as) $"
)
REMOVED_AFTER = re.compile(
    r"^(?:,? (?:were|was|is|are|be|to be|not|been|had|left|absent|missing|gone|taken|removed|disregarded|ignored|out|away|counts?|part|never))"
)
NEEDED = re.compile(
    r"\b(?:(?:would|will|does|is|could|may|might|are|can) (?:probably |likely |then |simply )?(?:not|no longer)\b|no longer|drops?\b|falls?\b|fell|vanish|gone\b"
    r"|los(?:e|es) its|disappear|slips?\b|not (?:be |have been )?(?:recommended|suggested)|no (?:suggestion|recommendation)|goes\b|off the list|would go\b|(?:we|i) would not)"
)
ROBUST = re.compile(
    r"\b(?:still|stays?|remains?|keeps?|would stand|holds?|survives?|all the same|nothing changes|(?:not|never) (?:change|affect|hang|depend|hinge|matter)"
    r"|unchanged|either way|anyway|regardless|hangs on)\b|\beven (?:without|if)\b"
)
