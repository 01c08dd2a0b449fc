"""Task 5, general conversation, so that alignment does not unlearn everything else.

Real conversations are given as a file in ShareGPT's form. Without one, and for the pocket LM, which knows nothing but
the catalogue, the talk is about the catalogue.
"""

from __future__ import annotations

import json
from pathlib import Path

from recexplainer_core.alignment.context import Example, Exchange, TaskContext
from recexplainer_core.alignment.tasks.base import AlignmentTask
from recexplainer_core.errors import DataError
from recexplainer_core.lm.segments import Content
from recexplainer_core.prompting.descriptions import question_and_answer

_ASKERS, _ANSWERERS = ("human", "user"), ("gpt", "assistant", "chatgpt")
_REMEDY = (
    "Give one conversation a line, in ShareGPT's form: "
    '{"conversations": [{"from": "human", "value": "..."}, {"from": "gpt", "value": "..."}]}'
)


def read_conversations(path: Path) -> list[Exchange]:
    """Read the first exchange of every conversation in a JSONL file of ShareGPT's form.

    Raises:
        DataError: the file cannot be read, a line has another form, or no line holds an exchange.
    """
    exchanges: list[Exchange] = []
    try:
        # Not splitlines(): JSON texts may hold other characters that end lines, such as U+2028.
        lines = path.read_text(encoding="utf-8-sig").split("\n")
    except (OSError, UnicodeDecodeError) as fault:
        raise DataError(path, f"cannot be read ({fault}).", _REMEDY) from fault
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            turns = [(turn["from"], turn["value"]) for turn in json.loads(line)["conversations"]]
        except (ValueError, KeyError, TypeError) as fault:
            raise DataError(path, f"has another form: {line[:60]!r}.", _REMEDY, number) from fault
        if odd := [one for turn in turns for one in turn if not isinstance(one, str)]:
            raise DataError(path, f"{json.dumps(odd[0])[:60]} stands where a text should.", _REMEDY, number)
        for (speaker, turn), (other, reply) in zip(turns, turns[1:], strict=False):
            if speaker in _ASKERS and other in _ANSWERERS and turn.strip() and reply.strip():
                exchanges.append((turn, reply))
                break
    if not exchanges:
        raise DataError(path, "holds no conversation in which somebody asks and is answered.", _REMEDY)
    return exchanges


def conversation_examples(context: TaskContext, n: int) -> list[Example]:
    """Ask n questions of the exchanges in the context, or of the catalogue where there are none."""
    if exchanges := context.exchanges:
        drawn = [exchanges[context.rng.randrange(len(exchanges))] for _ in range(n)]
        return [Example((Content(turn),), (Content(reply),)) for turn, reply in drawn]
    examples: list[Example] = []
    for _ in range(n):
        item = context.rng.randrange(len(context.catalogue))
        exchange = question_and_answer(context.catalogue, item, context.rng)
        if exchange is not None:
            examples.append(Example(*exchange))
    return examples


TASK = AlignmentTask("general conversation", 2_000, conversation_examples)
