"""Tokenizers of every kind that pretrained models have, trained here on a few sentences."""

import sys
import threading

import pytest
from tokenizers import Regex, Tokenizer, decoders, models, normalizers, pre_tokenizers, trainers
from transformers import PreTrainedTokenizerFast

from recexplainer_core.decoding.title_trie import TitleTrie
from recexplainer_core.lm.choices import until_unique
from recexplainer_core.lm.encoding import Encoder
from recexplainer_core.lm.segments import Content, ItemSlot, Template, UserSlot
from recexplainer_core.lm.text import TextTokenizer, token_ids
from recexplainer_core.modes import AlignmentMode
from recexplainer_core.prompting import prompts
from tests.fakes.tiny_lm import CATALOGUE, TITLES, tiny_tokenizer

LLAMA_3 = (
    r"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}"
    r"| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+"
)
HARD = [
    *(
        "Alien",
        "Alien 3",
        "Alien³",
        "Aliens",
        "The Thing",
        "Thing, The",
        "(500) Days",
        "8½",
        "1984",
        "2001: A Space Odyssey",
    ),
    *(
        "Mamma Mia!",
        "Mamma Mia",
        "Who; What",
        "«Hiroshima»",
        "東京物語",
        "Amélie",
        "M*A*S*H",
        "<|stop|>",
        "No",
        "  spaced  out",
    ),
]
TURNS = (
    "{% for m in messages %}<|start|>{{ m['role'] }}\n{{ m['content'] }}<|stop|>\n{% endfor %}"
    "{% if add_generation_prompt %}<|start|>assistant\n{% endif %}"
)
CORPUS = [
    *(t for t in HARD if "|" not in t),
    *TITLES,
    "Viewer watched: Alien; The Thing; Heat.\nNext film:\nuser system assistant",
] * 20
SPECIAL = ["<|end|>", "<|start|>", "<|stop|>"]


def byte_level(pattern: str | None, ignore_merges: bool) -> Tokenizer:
    tokenizer = Tokenizer(models.BPE(ignore_merges=ignore_merges))
    level = pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=pattern is None)
    split = [pre_tokenizers.Split(Regex(pattern), "isolated")] if pattern else []
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence([*split, level])
    tokenizer.decoder = decoders.ByteLevel()
    alphabet = pre_tokenizers.ByteLevel.alphabet()
    tokenizer.train_from_iterator(
        CORPUS, trainers.BpeTrainer(vocab_size=420, initial_alphabet=alphabet, special_tokens=SPECIAL)
    )
    return tokenizer


def sentencepiece_bpe(scheme: str) -> Tokenizer:
    tokenizer = Tokenizer(models.BPE(unk_token="<unk>"))
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace(
        prepend_scheme="always" if scheme == "normalized" else scheme
    )
    tokenizer.decoder = decoders.Metaspace()
    tokenizer.train_from_iterator(
        CORPUS, trainers.BpeTrainer(vocab_size=400, special_tokens=[*SPECIAL, "<unk>"])
    )
    if scheme == "normalized":  # as Llama 2 has it: words are not cut before they are merged
        tokenizer.normalizer = normalizers.Sequence([normalizers.Prepend("▁"), normalizers.Replace(" ", "▁")])
        tokenizer.pre_tokenizer = pre_tokenizers.Sequence([])
    return tokenizer


def unigram() -> Tokenizer:
    tokenizer = Tokenizer(models.Unigram())
    tokenizer.normalizer = normalizers.NFKC()
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace(prepend_scheme="always")
    tokenizer.decoder = decoders.Metaspace()
    tokenizer.train_from_iterator(
        CORPUS, trainers.UnigramTrainer(vocab_size=300, special_tokens=[*SPECIAL, "<unk>"], unk_token="<unk>")
    )
    return tokenizer


KINDS = {
    "gpt-2": lambda: byte_level(None, False),
    "llama-3": lambda: byte_level(LLAMA_3, True),
    "llama-2": lambda: sentencepiece_bpe("normalized"),
    "mistral": lambda: sentencepiece_bpe("first"),
    "gemma": lambda: sentencepiece_bpe("never"),
    "t5": unigram,
}


@pytest.fixture(scope="module", params=[(kind, chats) for kind in KINDS for chats in (True, False)], ids=str)
def encoder(request):
    kind, chats = request.param
    backend = KINDS[kind]()
    unknown = "<unk>" if "<unk>" in backend.get_vocab() else None
    tokenizer = PreTrainedTokenizerFast(
        tokenizer_object=backend, eos_token="<|end|>", pad_token="<|end|>", unk_token=unknown
    )
    tokenizer.add_special_tokens({"extra_special_tokens": SPECIAL[1:]})
    if chats:
        tokenizer.chat_template = TURNS
    return Encoder(tokenizer)


def test_pretrained_tokenizers_read_text_as_one_string_and_the_pocket_lms_each_title(encoder):
    assert not TextTokenizer(encoder.tokenizer).apart
    assert TextTokenizer(tiny_tokenizer()).apart


def test_question_and_answer_are_tokenized_as_the_whole_conversation_is(encoder):
    frame = encoder.frame
    question = prompts.next_item(CATALOGUE, [0, 2, 3], AlignmentMode.BEHAVIOUR)
    text = "".join(segment.text for segment in question)
    for title in ("Alien", "The Thing", "Heat"):
        said = (*encoder.prompt(question).token_ids, *encoder.answer((Content(title),))[:-1])
        whole = frame.before + text + frame.after + frame.lead + title
        assert list(said) == encoder.tokenizer(whole, add_special_tokens=False)["input_ids"]


def test_a_list_goes_on_as_the_whole_list_is_tokenized(encoder):
    begun = prompts.history_to_continue(CATALOGUE, [0, 2])
    text = "".join(segment.text for segment in begun)
    said = (*encoder.text_to_continue(begun).token_ids, *encoder.listed("The Thing"))
    assert list(said) == encoder.tokenizer(text + "The Thing;", add_special_tokens=False)["input_ids"]


def test_a_history_that_breaks_off_begins_with_the_same_tokens_as_the_whole_question(encoder):
    history = [0, 2, 3, 1]
    whole = encoder.prompt(prompts.next_item(CATALOGUE, history, AlignmentMode.BEHAVIOUR)).token_ids
    for length in range(1, len(history)):
        begun = prompts.history_so_far(CATALOGUE, history[:length], AlignmentMode.BEHAVIOUR)
        ids = encoder.beginning(begun).token_ids
        assert whole[: len(ids)] == ids
        next_title = encoder.listed(CATALOGUE.titles[history[length]])[:-1]
        assert whole[len(ids) : len(ids) + len(next_title)] == next_title


def test_titles_are_told_apart_wherever_they_stand(encoder):
    for paths in ([encoder.answer((Content(t),)) for t in HARD], [encoder.listed(t) for t in HARD]):
        trie = TitleTrie(paths)
        for title, path in enumerate(paths):
            alike = [other for other, tokens in enumerate(paths) if tokens == path]
            assert trie.titles_decided_at(trie.walk(until_unique(paths)[title])) == alike
            # Only a tokenizer that changes what it reads, as NFKC makes ³ a 3, writes two titles alike.
            assert len(alike) == 1 or encoder.tokenizer.backend_tokenizer.normalizer is not None


def test_no_title_becomes_a_special_token_or_moves_a_slot(encoder):
    for title in HARD:
        asked = encoder.prompt(
            (Template("Viewer"), UserSlot(), Template(" watched: "), Content(title), ItemSlot(3))
        )
        plain = encoder.prompt(
            (Template("Viewer"), UserSlot(), Template(" watched: "), Content("Heat"), ItemSlot(3))
        )
        stops = [
            ids.count(encoder.tokenizer.convert_tokens_to_ids("<|stop|>"))
            for ids in (asked.token_ids, plain.token_ids)
        ]
        assert stops[0] == stops[1]
        assert asked.user_slots == plain.user_slots
        [(place, item)] = asked.item_slots
        assert item == 3 and asked.token_ids[place] == encoder.placeholder
        assert encoder.end not in encoder.answer((Content(title),))[:-1]


def test_what_stands_behind_a_slot_is_read_as_behind_a_word(encoder):
    asked = encoder.prompt(
        (Template("Viewer"), UserSlot(), Template(" watched: "), Content("Heat"), Template("."))
    )
    [place] = asked.user_slots
    behind = encoder.tokenizer.decode(asked.token_ids[place + 1 :])
    assert behind.startswith(" watched: Heat.") or behind.startswith("watched: Heat.")


def test_two_threads_do_not_read_each_others_special_tokens():
    tokenizer = tiny_tokenizer()
    end = tokenizer.eos_token
    usual = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    done = threading.Event()

    def distrust() -> None:
        while not done.is_set():
            token_ids(tokenizer, end, trusted=False)

    others = [threading.Thread(target=distrust) for _ in range(2)]
    try:
        for other in others:
            other.start()
        found = {tuple(token_ids(tokenizer, end, trusted=True)) for _ in range(2000)}
    finally:
        done.set()
        for other in others:
            other.join()
        sys.setswitchinterval(usual)
    assert found == {(tokenizer.eos_token_id,)}
