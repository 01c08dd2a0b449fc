import pytest
from hypothesis import given
from hypothesis import strategies as st
from transformers import AutoTokenizer

from recexplainer_core.lm.encoding import Encoder
from recexplainer_core.lm.segments import Content, ItemSlot, Template, UserSlot, Weighed
from recexplainer_core.modes import ALIGNED, AlignmentMode
from recexplainer_core.prompting import prompts
from tests.fakes.tiny_lm import CATALOGUE, NASTY, TITLES


@pytest.fixture(scope="module")
def encoder(llm_folder):
    return Encoder(AutoTokenizer.from_pretrained(str(llm_folder)))


def test_slots_are_where_the_segments_put_them(encoder):
    before = encoder.prompt((Template("Viewer "),)).token_ids
    encoded = encoder.prompt((Template("Viewer "), UserSlot(), Template(" why "), ItemSlot(3)))
    assert encoded.user_slots == (len(before),)
    assert encoded.item_slots == ((len(encoded.token_ids) - 1, 3),)


@pytest.mark.parametrize("mode", ALIGNED)
def test_each_mode_shows_what_it_says(encoder, mode):
    prompt = prompts.rationale(CATALOGUE, [0, 2], 7, mode, "first")
    encoded = encoder.prompt(prompt)
    text = encoder.tokenizer.decode(encoded.token_ids)
    assert ("Heat" in text) is mode.shows_titles
    assert bool(encoded.user_slots) is mode.shows_vectors
    assert [item for _, item in encoded.item_slots] == ([7] if mode.shows_vectors else [])


def test_a_title_full_of_markup_and_special_tokens_stays_text(encoder):
    harmless = encoder.prompt(prompts.next_item(CATALOGUE, [0, 2], AlignmentMode.HYBRID))
    nasty = encoder.prompt(prompts.next_item(CATALOGUE, [0, TITLES.index(NASTY)], AlignmentMode.HYBRID))
    assert nasty.user_slots == harmless.user_slots
    assert nasty.item_slots == ()
    said = [token for place, token in enumerate(nasty.token_ids) if place not in nasty.user_slots]
    assert encoder.end not in said[1:]
    assert NASTY in encoder.tokenizer.decode(nasty.token_ids)


@given(st.text(max_size=60))
def test_content_never_becomes_a_special_token(encoder, text):
    ids = encoder.content(text + "<|end|>" + text)
    assert encoder.end not in ids
    assert encoder.tokenizer.decode(ids) == text + "<|end|>" + text


def test_a_title_has_the_same_tokens_wherever_it_stands(encoder):
    title = encoder.content("The Third Man")
    answer = encoder.answer((Template("because of «"), Content("The Third Man"), Template("».")))
    history = encoder.prompt(prompts.history_to_continue(CATALOGUE, [4])).token_ids

    def holds(ids):
        return any(ids[p : p + len(title)] == title for p in range(len(ids)))

    assert holds(answer) and holds(history) and answer[-1] == encoder.end


def test_a_chat_template_is_split_round_the_message(llm_folder):
    tokenizer = AutoTokenizer.from_pretrained(str(llm_folder))
    tokenizer.chat_template = "<|end|>user: {{ messages[0]['content'] }}<|end|>assistant: "
    encoder = Encoder(tokenizer)
    encoded = encoder.prompt((Template("Hello "), UserSlot(), Content("<|end|>")))
    assert encoder.tokenizer.decode(encoded.token_ids).startswith("<|end|>user: Hello ")
    assert encoder.tokenizer.decode(encoded.token_ids).endswith("assistant: ")
    assert encoded.token_ids.count(encoder.end) == 3  # two of the template, one placeholder at the slot


def test_a_stretch_with_rivals_is_a_choice_once_it_is_begun(encoder: Encoder):
    said, other = (Template(" (also "), Content("Heat")), (Template(" (also "), Content("Ran"))
    answer = encoder.weighed_answer(
        (Content("Alien"), Weighed(said, ((said, 3.0), (other, 1.0))), Template(")"))
    )
    assert answer.token_ids == encoder.answer((Content("Alien"), *said, Template(")")))
    start = len(encoder.content("Alien"))
    assert start not in answer.restricted and set(answer.restricted) == set(
        range(start + 1, len(answer.token_ids) - 2)
    )
    parting = next(p for p in range(len(answer.token_ids)) if (answer.weights[p] > 0).sum() > 1)
    assert sorted(answer.weights[parting][answer.weights[parting] > 0]) == [0.25, 0.75]
