import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from recexplainer_core.catalogue import FILMS, Catalogue
from recexplainer_core.lm.segments import Template
from recexplainer_core.pocket.tokenizer import train_tokenizer
from tests.fakes.tiny_lm import CATALOGUE, TITLES

CORPUS = [(Template("Films watched by one viewer, in order: nothing at all."),)] * 5


def tokenizer(size: int):
    return train_tokenizer(CATALOGUE, np.arange(len(TITLES))[::-1], CORPUS, size)


LARGE = tokenizer(800)


def test_titles_are_single_tokens_while_the_vocabulary_lasts():
    assert {length(LARGE, title) for title in TITLES if "«" not in title} == {1}
    small = tokenizer(262)
    assert len(small) <= 262
    assert length(small, "Alien") == 1 < length(small, "The Third Man")


def length(of, title: str) -> int:
    return len(of(title, add_special_tokens=False)["input_ids"])


@given(st.text(max_size=80))
def test_any_text_comes_back_as_it_was(text):
    ids = LARGE(text, add_special_tokens=False, split_special_tokens=True)["input_ids"]
    assert LARGE.decode(ids) == text


def test_words_are_not_cut_along_the_seams_of_titles():
    pieces = LARGE.convert_ids_to_tokens(
        LARGE("Films watched by one viewer", add_special_tokens=False)["input_ids"]
    )
    assert pieces == ["Films", "Ġwatched", "Ġby", "Ġone", "Ġviewer"]


def test_citation_marks_are_never_inside_a_token():
    for token in range(len(LARGE)):
        text = LARGE.decode([token])
        assert text in ("«", "»") or not {"«", "»"} & set(text)


def test_a_title_that_reads_like_the_end_does_not_become_it():
    titles = ["Alien", "<|end|>"]
    catalogue = Catalogue(["a", "b"], titles, {}, FILMS)
    made = train_tokenizer(catalogue, np.ones(2, dtype=np.int64), CORPUS, 800)
    ids = made("<|end|>", add_special_tokens=False, split_special_tokens=True)["input_ids"]
    assert made.eos_token_id not in ids
