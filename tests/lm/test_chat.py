import pytest
from transformers import AutoTokenizer

from recexplainer_core.errors import ModelError
from recexplainer_core.lm.chat import SYSTEM, frame_of

TURNS = (
    "{% for m in messages %}<{{ m['role'] }}>{{ m['content'] }}<|stop|>\n{% endfor %}"
    "{% if add_generation_prompt %}<assistant>{% endif %}"
)
NO_SYSTEM = (
    "{% if messages[0]['role'] == 'system' %}{{ raise_exception('no system prompt') }}{% endif %}" + TURNS
)
INSTRUCTED = (
    "{% for m in messages %}{% if m['role'] == 'user' %}[INST] {{ m['content'] }} [/INST]"
    "{% elif m['role'] == 'assistant' %} {{ m['content'] }}<|end|>{% endif %}{% endfor %}"
)


@pytest.fixture
def tokenizer(llm_folder):
    return AutoTokenizer.from_pretrained(str(llm_folder))


def test_a_chat_model_is_told_what_it_is_and_stops_where_its_turn_ends(tokenizer):
    tokenizer.add_special_tokens({"extra_special_tokens": ["<|stop|>"]})
    tokenizer.chat_template = TURNS
    frame = frame_of(tokenizer)
    assert frame.before == f"<system>{SYSTEM}<|stop|>\n<user>"
    assert (frame.after, frame.lead) == ("<|stop|>\n<assistant>", "")
    assert frame.end == tokenizer.convert_tokens_to_ids("<|stop|>") != tokenizer.eos_token_id


@pytest.mark.parametrize("template", [NO_SYSTEM, INSTRUCTED])
def test_a_template_without_a_place_for_a_system_prompt_gets_none(tokenizer, template):
    tokenizer.chat_template = template
    frame = frame_of(tokenizer)
    assert SYSTEM not in frame.before and frame.end == tokenizer.eos_token_id


def test_what_stands_before_an_answer_belongs_to_it(tokenizer):
    tokenizer.chat_template = INSTRUCTED
    assert frame_of(tokenizer).lead == " "
    tokenizer.chat_template = "{{ messages[-1]['content'] }} Answer: "
    assert (frame_of(tokenizer).after, frame_of(tokenizer).lead) == (" Answer:", " ")


def test_a_base_model_goes_on_with_a_word(tokenizer):
    frame = frame_of(tokenizer)
    assert (frame.before, frame.after, frame.lead) == (tokenizer.bos_token, "", " ")


def test_a_template_that_drops_the_question_or_no_end_is_refused(tokenizer):
    tokenizer.chat_template = "Hello."
    with pytest.raises(ModelError, match="drops the user's message"):
        frame_of(tokenizer)
    tokenizer.eos_token = None
    with pytest.raises(ModelError, match="end-of-text"):
        frame_of(tokenizer)
