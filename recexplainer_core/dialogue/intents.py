"""What a question means: patterns of its words, each with who answers; the first that fits is asked."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from recexplainer_core.dialogue import interests, items, models, tastes, whys
from recexplainer_core.dialogue.answer import Answer
from recexplainer_core.dialogue.context import Context
from recexplainer_core.dialogue.question import Question

Answerer = Callable[[Question, Context], Answer | None]
"""Answers a question; None where it was not meant."""


@dataclass(frozen=True)
class Intent:
    """Something that can be asked.

    Args:
        pattern: that the words of such a question hold.
        answer: who answers it.
        items: how many titles it has to name, at least.
        values: how many values.
        most_items: and at most.
    """

    pattern: re.Pattern[str]
    answer: Answerer
    items: int = 0
    values: int = 0
    most_items: int = 99

    def fits(self, question: Question) -> bool:
        """Return whether a question may mean this."""
        return (
            self.items <= len(question.items) <= self.most_items
            and len(question.values) >= self.values
            and self.pattern.search(question.words) is not None
        )


def _of(pattern: str, answer: Answerer, **needs: int) -> Intent:
    return Intent(re.compile(pattern), answer, **needs)


_USER = r"(?:they|them|he|she|him|her|his|their|this \w+|the (?:viewer|user|shopper|reader|player|customer|listener)|i|you|who)"
_LIKE = r"(?:like|love|enjoy|want|watch|see|buy|read|play|appreciate|go for|be into|suit|fit)"

INTENTS: tuple[Intent, ...] = (
    # The model, and trust.
    _of(r"\bwhat (?:does|do|is|are|exactly)\b.*\b(?:mean|means|meaning|stands? for)\b|\bdefine\b|\bmeaning of\b|\bwhat(?:'s| is| are) (?:an? |the )?(?:[\w@-]+ ?){1,3}\??$", models.term, most_items=0),
    _of(r"\bhow many (?!.*\b(?:they|them|he|she|history)\b).*\b(?:are there|in (?:the|this)|do you|altogether|in total|have you)\b|\bhow (?:big|large) is\b", models.size, most_items=0),
    _of(r"\border\b.*\b(?:matter|count|important|difference|play)|\b(?:matter|difference|change)\b.*\border\b", models.order_matters, most_items=0),
    _of(r"\bguess(?:es|ed|ing)?\b|\bmak(?:e|es|ing) (?:it|this|that|things) up\b|\bhallucinat", models.guessing),
    _of(r"\bhow (?:does|do|is) (?:this|the|your|it|you)\b.*\b(?:work|recommend|decide|made|model)|what (?:kind of )?(?:model|recommender|algorithm)\b", models.how_it_works),
    _of(r"\bhow (?:often|accurate|good|reliable)\b.*\b(?:you|it|right|wrong|correct|agree|llm|model|recommender|this)\b|\baccuracy\b|\berror rate\b", models.how_often_right),
    _of(r"\b(?:trust\w*|believe|rely|reliable)\b", models.trust),
    _of(r"(?:\bnot|n't) (?:you |they )?(?:know|see|consider)\b|\blimit(?:s|ations?)?\b|\bdo you know\b.*\babout\b|\bwhat (?:are|is) missing\b", models.limits),
    # Of a reason.
    _of(r"\b(?:isn't|is not|not|n't)\b.*\b(?:list|recommended|suggested)\b|\bT (?:isn't|is not)\b", interests.would_like, items=1, most_items=1),
    _of(r"\b(?:actually |really )?(?:true|correct|verified|right|accurate|wrong)\b", whys.is_true, most_items=0),
    _of(r"\bin common\b|\bshare\b|\bhave to do with each other\b", tastes.in_common, items=2),
    _of(r"\b(?:rather|prefer|better|or)\b.*\bT\b.*\bor\b|\bT or T\b|\bcompare\b|\bT (?:and|vs\.?|versus) T\b.*\b(?:first|higher|better|prefer)|\bwhich\b.*\bT\b.*\bT\b", interests.rather, items=2),
    _of(r"\bwhy not\b|\binstead\b|\band not T\b|\brather than\b|\b(?:above|before|ahead of|over|higher than|below|behind|lower than)\b.*\b(?:second|first|third|T)\b|\bwhy (?:is|isn't|was) T not\b|\bwhy isn't\b", whys.compared),
    _of(r"\bbecause of (?:the|its|his|her|V)\b|^(?:is it |so |and )*(?:just |only )?because (?:it|it's|they|he|she|the)\b|\bis it (?:the|because)\b|\bdue to\b|\bdoes the \w+ matter\b", whys.because_of, most_items=1),
    _of(r"\b(?:what|which)\b.*\b(?:matters?|counts?|weighs?|decides?|behind|responsible|leads?|causes?|drives?|drove|reasons? for)\b|\b(?:main|biggest|strongest|single) (?:reason|cause|factor)\b", whys.deciding, most_items=1),
    _of(r"^(?:but |and |so |please )*why\b|\bexplain\b|\breasons?\b|\bhow come\b|\bwhat (?:makes|made|led)\b|\bjustify\b|\bcome up with\b|\bhow did (?:you|it)\b", whys.reason),
    # What might suit.
    _of(r"\bhow (?:sure|certain|confident)\b|\bconfidence\b", interests.how_sure),
    _of(r"\bare there other\b|\bother \w+ (?:by|from|with) the same\b|\bmore (?:by|from) the same\b|\bby the same\b|\bwhat else\b.*\b(?:make|made|direct|write|wrote)|\bsame (?:director|author|brand|country)\b", items.others_with),
    _of(
        rf"\b(?:would|will|do|does|could|might|should|can)\b.*\b{_LIKE}\b.*\bT\b", interests.would_like, items=1
    ),
    _of(r"\b(?:most |more )?(?:like|similar to|close to|near(?:est)? to|closest to|neighbou?rs? of|resembles?)\b(?: [a-z]+){0,2} T\b|\bsimilar\b.*\bT\b|\bT\b.*\bsimilar\b|\bneighbou?rs\b|\bsimilar (?:ones|titles|films|items)\b", items.nearest),
    _of(r"\b(?:common|in common)\b", tastes.in_common, items=2),
    _of(r"\bhow (?:popular|well[- ]known|many (?:people|users|viewers))\b|\bpopular(?:ity)?\b", items.popularity),
    _of(r"\bin (?:the|this|your) (?:catalog(?:ue)?|data|list of|shop|store|database)\b|\bdo you (?:have|know|sell) T\b|\bis there (?:a film called )?T\b", items.is_there),
    _of(r"\bany(?:thing|thing else)?\b.*\bV\b|\b(?:suggest|recommend|show|give|find|what)\b.*\bV\b.*\b(?:for|to)\b|\b(?:suggest|recommend|give|find)\b.*\bV\b", interests.suggest, values=1, most_items=0),
    _of(rf"\b{_LIKE}(?:s|d)?\b.*\bT\b|\bT\b.*\b(?:recommended|suggested|good|right for|pick|good fit|fit|match|suit|on the list|appeal)|\b(?:show|recommend|suggest|offer|give)\b.*\bT\b|\bgood\b.*\bT\b|\bwhat about T\b|\bhow about T\b|^(?:and )?T\??$", interests.would_like, items=1),
    _of(r"\b(?:this|the) (?!viewer|user|shopper|reader|player|customer)\w+\??$|\b(?:it|its)\b", items.fact, most_items=0),
    # What is liked.
    _of(r"\bV\b.*\b(?:or|vs|versus|than)\b.*\bV\b", tastes.which_of, values=2, most_items=0),
    _of(r"\bchang(?:e|ed|ing)\b|\bshift(?:ed)?\b|\bdifferent (?:now|lately|from before)\b|\bevol", tastes.has_changed, most_items=0),
    _of(r"\b(?:seen|watched|read|played|bought|into|like|likes|love|loves|fan of|enjoy|enjoys|watch|interested in|keen on|care for|prefer)\b.*\bV\b|\bV (?:fan|lover|person)\b|^(?:and )?V\??$", tastes.is_into, values=1, most_items=0),
    _of(rf"\b{_USER}\b.*\b(?:most|often|keep coming|lately|recently|favorite|prefer|mood|usually|ever)\b|\bfavorite\b|\bold or new\b|\bmost (?:often|watched)\b|\b(?:old|new)er\b|\bdecades?\b.*\b{_USER}\b|\bmood are\b", tastes.of_attribute, most_items=0),
    _of(rf"\bwhat (?:has|have|did) {_USER}\b|\bhow many\b.*\b{_USER}\b|\b{_USER}\b.*\bhistory\b|\bhistory\b", tastes.history, most_items=0),
    # Facts.
    _of(r"\b(?:describe|tell me (?:more )?about|details?|facts?)\b", items.described, items=1),
    _of(r"\bwho\b|\bwhen\b|\bwhere\b|\bwhat year\b|\babout\b|\bgenre|\bdirect|\bcountry\b|\b(?:release|come out)|\bwhich\b|\bwhat\b", items.fact, items=1),
    _of(r"\b(?:describe|tell me (?:more )?about|what is|what's|who is|details?|facts?)\b", items.described, items=1),
    _of(r"\b(?:tastes?|summar(?:y|i[sz]e)|profile|describe|kinds?|sorts?|types?|sum up|what do (?:they|you know)|tell me about|who is)\b|\bwhat does (?:this|the) \w+ (?:like|watch|enjoy)|\bwhat (?:do|does) \w+ like\b", tastes.summary, most_items=0),
    _of(r"\b(?:suggest|recommend|next|more|else|another|others|should (?:they|i|we)|top|first|list|best|safe(?:st)?|bets?)\b", interests.suggest, most_items=0),
    _of(r"\b(?:who|when|where|what year|about|its|it)\b", items.fact, most_items=0),
)  # fmt: skip
"""In the order in which they are tried."""
