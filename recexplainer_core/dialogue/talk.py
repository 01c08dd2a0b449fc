"""A conversation about one user: each question is answered from what is known, and may go on from the last one."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from recexplainer_core.dialogue import whys
from recexplainer_core.dialogue.answer import Answer
from recexplainer_core.dialogue.context import Context
from recexplainer_core.dialogue.intents import INTENTS
from recexplainer_core.dialogue.interests import would_like
from recexplainer_core.dialogue.items import not_there
from recexplainer_core.dialogue.question import Question, read_question

LONGEST = 200
"""Characters of a question that are read."""
_FOLLOWS = re.compile(
    r"^(?:and |but |ok |so |then )*(?:shorter|shorter please|in short|briefly|(?:make it )?short(?:er)?)\W*$"
)
_NTH = re.compile(r"\b(?:the |no\.? ?|number )(first|second|third|fourth|fifth|\d+|last(?= one))(?: one)?\b")
_LAST_SEEN = re.compile(
    r"\b(?:the|their|his|her|its) (?:very )?(?:last|latest|newest|most recent) (?!(?:one|on the list)\b)\w+"
)
_PLACES = {"first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5}
_WITHOUT = re.compile(
    r"\bwithout\b|\bwhat if\b|\bhad(?:n't| not| never)\b|\bif .*(?:not|never|n't)\b|\btake away\b|\bleave out\b"
    r"|\bremov(?:e|ed|ing)\b|\bstill be\b"
)
_TALK = re.compile(
    r"\bweather\b|\bpoem\b|\bjoke\b|\bstory\b|\bsong\b|\bignore\b.*\b(?:instructions?|rules)\b|\bprompts?\b|\bpassword\b"
    r"|\bnews\b|\bcook\b|\btranslate\b|\bcapital of\b|\bcode\b|\bpython\b|\bmath\b|\byour name\b"
    r"|\bwho are you\b|\bpresident\b"
)
_ABOUT_ITEMS = re.compile(
    r"\b(?:like|watch|see|recommended|fit|show|catalog(?:ue)?|about|directed|instead|not|describe|popular|enjoy|or|than"
    r"|common|come out|read|buy|play)\b"
)
_CHANGE = re.compile(
    r"^(?:please )?(?:delete|erase|drop|ban|block|rename|retrain|update|add|change|reset|buy|order)\b"
)


@dataclass(frozen=True)
class Turn:
    """A question and its answer, for the next one to go on from."""

    question: Question
    answer: Answer


class Talk:
    """Answer one question after another about a user and an item.

    Args:
        context: who and what it is about.
    """

    def __init__(self, context: Context) -> None:
        self.context = context
        self.turns: list[Turn] = []

    def ask(self, text: str) -> Answer:
        """Return the answer to a question.

        Raises:
            BusyError: others are being answered.
        """
        context = self.context
        scope = [context.item, *context.order[:20], *context.history.recent]
        typed = " ".join(text.split())[:LONGEST]
        question = self._nth(replace(read_question(typed, context.catalogue, scope), typed=typed))
        if not question.items and _WITHOUT.search(question.words) and _LAST_SEEN.search(question.words):
            question = replace(question, items=context.history.recent[-1:])
        answer = self._answer(question)
        self.turns.append(Turn(question, answer))
        return answer

    def _answer(self, question: Question) -> Answer:
        last = self.turns[-1] if self.turns else None
        context = self.context
        if not question.words.strip(" ?!."):
            return self._declined("Ask something.")
        if last is not None and _FOLLOWS.match(question.words):
            about = next(
                (item for item in last.answer.items if item not in context.history.seen), context.item
            )
            if last.answer.kind == "why":
                shorter = replace(last.question, words="in one line", items=(about,))
                return whys.reason(shorter, context)
            first, *_ = re.split(r"(?<=[.!?]) (?=[A-Z«])", last.answer.text)
            return replace(last.answer, text=first)
        if last is not None and last.answer.kind in ("interest", "item", "why") and not question.items:
            question, context = self._going_on(question, last, context)
        if _CHANGE.search(question.words):
            return Answer("outside", "I cannot change or delete anything: I only answer questions about "
                          f"{self._scope()}.", declined=True)  # fmt: skip
        if _TALK.search(question.words):
            return self._declined("I cannot answer that.")
        if _WITHOUT.search(question.words) and not re.search(r"\bwhy\b", question.words):
            before = () if question.items else self._named_before(question)
            about = next((item for item in before if item not in context.history.seen), context.item)
            return whys.without(question, replace(context, item=about), before)
        names_two = re.search(r"\b(?:or|and|than|vs)\b", question.words)
        if question.unknown and (names_two or not question.items) and _ABOUT_ITEMS.search(question.words):
            missing = not_there(question, context)
            if not question.items:
                return missing
            found = would_like(question, context)
            return replace(found, text=f"{missing.text} {found.text}")
        answers = (intent.answer(question, context) for intent in INTENTS if intent.fits(question))
        understood = next((one for one in answers if one is not None), None)
        if understood is not None:
            return understood
        return self._declined("I did not understand that.")

    def _nth(self, question: Question) -> Question:
        """Put the item of the surrogate's list in place of "the second one"."""
        found = _NTH.search(question.words)
        if (
            found is None
            or question.items
            or re.search(r"\b(?:above|before|below|suggestion)\b", question.words)
        ):
            return question
        listed = self.context.listed
        place = len(listed) if found[1] == "last" else _PLACES.get(found[1]) or int(found[1])
        if not 1 <= place <= len(listed) or re.search(r"\bcomes first\b", question.words):
            return question
        words = question.words[: found.start()] + "T" + question.words[found.end() :]
        return replace(question, words=words, items=(listed[place - 1],))

    def _named_before(self, question: Question) -> tuple[int, ...]:
        """Return what the last answer named, or, where several are spoken of, the last one that named several."""
        several = re.search(r"\b(?:two|both|them|these|those|all)\b", question.words)
        for turn in reversed(self.turns if several else self.turns[-1:]):
            if turn.answer.kind not in ("why", "interest"):
                continue
            named = [item for item in turn.answer.items if item in self.context.history.recent]
            if len(named) > 1 or not several:
                return tuple(turn.answer.items)
        return ()

    def _going_on(self, question: Question, last: Turn, context: Context) -> tuple[Question, Context]:
        """Let a question without a title go on about the item of the last answer, if that was another one."""
        about = next((item for item in last.answer.items if item not in context.history.seen), None)
        if about is None or about == context.item:
            return question, context
        if re.search(r"\b(?:it|its|that|this|why|he|she)\b", question.words):
            return question, replace(context, item=about)
        return question, context

    def _declined(self, begins: str) -> Answer:
        words = self.context.catalogue.wording
        return Answer(
            "outside",
            f"{begins} I know about {self._scope()}. Ask, for instance, “Why is this recommended?”, “What does this "
            f"{words.user} like?”, “Would they like …?” with a title, or “And without …?”.",
            declined=True,
        )

    def _scope(self) -> str:
        words = self.context.catalogue.wording
        return (
            f"this {words.user}, what is recommended and why, the {words.items} of the catalogue, and how far all this "
            "can be trusted"
        )
