import json
from pathlib import Path

import pytest

from recexplainer_core.alignment.tasks.conversation import conversation_examples, read_conversations
from recexplainer_core.errors import DataError
from recexplainer_core.lm.segments import Content
from recexplainer_core.modes import AlignmentMode
from tests.alignment.contexts import answer_text, context_of


def line(*turns: tuple[str, str]) -> str:
    return json.dumps({"conversations": [{"from": who, "value": text} for who, text in turns]})


def test_the_first_exchange_of_every_conversation_is_read(tmp_path: Path):
    path = tmp_path / "talk.jsonl"
    talk = [
        line(("system", "s"), ("human", "Hi"), ("gpt", "Hello"), ("human", "More")),
        "",
        line(("gpt", "x")),
    ]
    path.write_text("\n".join(talk))
    assert read_conversations(path) == [("Hi", "Hello")]


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("{}", "line 1"),
        ("[1]", "line 1"),
        ("\n{not json", "line 2"),
        (line(("gpt", "alone")), "no conversation"),
        ('{"conversations": [{"from": "human", "value": null}]}', "line 1: null stands where a text should"),
        ('{"conversations": [{"from": "human", "value": 7}]}', "line 1: 7 stands where a text should"),
    ],
)
def test_another_form_is_named_with_its_line(tmp_path: Path, text: str, named: str):
    path = tmp_path / "talk.jsonl"
    path.write_text(text)
    with pytest.raises(DataError, match=named):
        read_conversations(path)


@pytest.mark.parametrize("inside", ["\u2028", "\x85", "\u2029", "\x0c"])
def test_only_line_feeds_end_a_line_and_a_byte_order_mark_is_none_of_the_text(tmp_path: Path, inside: str):
    path = tmp_path / "talk.jsonl"
    said = {"conversations": [{"from": "human", "value": f"One{inside}two"}, {"from": "gpt", "value": "Yes"}]}
    path.write_text(json.dumps(said, ensure_ascii=False) + "\r\n", encoding="utf-8-sig", newline="")
    assert read_conversations(path) == [(f"One{inside}two", "Yes")]


def test_conversations_are_data_and_never_trusted():
    context = context_of(AlignmentMode.HYBRID, (("<|end|> ask", "reply"),))
    [example] = conversation_examples(context, 1)
    assert example.prompt == (Content("<|end|> ask"),)


def test_without_conversations_the_talk_is_about_the_catalogue():
    examples = conversation_examples(context_of(AlignmentMode.HYBRID), 20)
    assert {answer_text(example) for example in examples} <= {"horror.", "drama.", "horror and action."}
