import pytest
import torch

from recexplainer_core.errors import ModelError
from recexplainer_core.surrogate.encoding import Encoder
from recexplainer_core.surrogate.own_answer import OwnAnswer
from recexplainer_core.surrogate.path_weights import PathWeights
from recexplainer_core.surrogate.reason_guard import CitationGuard, Marks, RemarkGuard, reason_guards
from recexplainer_core.surrogate.shared_facts import frequencies, remarks
from recexplainer_core.surrogate.title_trie import TitleTrie
from tests.surrogate.tiny_lm import CATALOGUE, TITLES, tiny_tokenizer

BLANK, BRACKET, OPENING, CLOSING, END = 5, 6, 7, 8, 0
MARKS = Marks([OPENING], [CLOSING], [9], [BRACKET], [END], [BLANK])
ANYTHING = list(range(10))


def allowed(guard, said: list[int]) -> list[int]:
    scores = guard(torch.tensor([said]), torch.zeros(1, 10))
    return torch.isfinite(scores[0]).nonzero().flatten().tolist()


@pytest.mark.parametrize(
    ("said", "next_tokens"),
    [
        ([0], [t for t in ANYTHING if t != 9]),
        ([0, OPENING], [1]),
        ([0, OPENING, 1], [2, CLOSING]),
        ([0, OPENING, 1, 2], [CLOSING]),
        ([0, OPENING, 1, CLOSING], [t for t in ANYTHING if t != 9]),
        ([0, OPENING, 1, CLOSING, OPENING], [1]),
        ([0, OPENING, 1, CLOSING, OPENING, 1], [2]),
        ([0, OPENING, 1, 2, CLOSING, OPENING, 1], [CLOSING]),
        ([OPENING, 1, 2, CLOSING, OPENING, 1, CLOSING], [t for t in ANYTHING if t not in (9, OPENING)]),
    ],
)
def test_a_citation_can_only_be_one_of_the_titles_and_each_once(said, next_tokens):
    assert allowed(CitationGuard(TitleTrie([[1], [1, 2]]), MARKS), said) == next_tokens


@pytest.mark.parametrize(
    ("said", "next_tokens"),
    [
        ([0], ANYTHING),
        ([OPENING, 1, CLOSING], [t for t in ANYTHING if t != BLANK]),
        ([OPENING, 1, CLOSING, BRACKET], [3]),
        ([OPENING, 1, CLOSING, BRACKET, 3], [2, 4]),
        ([OPENING, 1, CLOSING, BRACKET, 3, 4], [END]),
        ([OPENING, 1, CLOSING, BRACKET, 3, 2], [END, 4]),
        ([OPENING, 1, CLOSING, BRACKET, 3, 4, END], ANYTHING),
        ([OPENING, 1, CLOSING, 4, BRACKET], ANYTHING),
        ([OPENING, 2, CLOSING], [t for t in ANYTHING if t not in (BRACKET, BLANK)]),
        ([OPENING, 2, CLOSING, BLANK], [t for t in ANYTHING if t not in (BRACKET, BLANK)]),
        ([OPENING, 1, CLOSING, 0, OPENING, 2, CLOSING], [t for t in ANYTHING if t not in (BRACKET, BLANK)]),
    ],
)
def test_a_remark_can_only_be_one_that_is_true_of_the_cited_title(said, next_tokens):
    guard = RemarkGuard(
        TitleTrie([[1], [2]]),
        {0: dict.fromkeys([(BRACKET, 3, 4), (BRACKET, 3, 2), (BRACKET, 3, 2, 4)], 1.0), 1: {}},
        MARKS,
    )
    assert allowed(guard, said) == next_tokens


def test_a_reasons_title_is_weighed_and_the_others_are_left_to_the_model():
    titles = TitleTrie([[1], [2, 3], [2, 4]])
    first_only = CitationGuard(
        titles, MARKS, PathWeights(titles, [0.1, 0.5, 1.0]), lambda said, cited: not cited
    )

    def preferred(said: list[int]) -> int:
        scores = torch.zeros(1, 10)
        scores[0, [1, 3]] = 0.5  # what the model itself prefers, a little
        return int(first_only(torch.tensor([said]), scores).argmax())

    assert [preferred([OPENING]), preferred([OPENING, 2])] == [2, 4]
    behind = [OPENING, 2, 4, CLOSING, OPENING]
    assert [preferred(behind), preferred([*behind, 2])] == [1, 3]


def test_what_decides_by_the_models_own_answer_is_cited_first():
    tokenizer = tiny_tokenizer(900)
    encoder, marks = Encoder(tokenizer), Marks.of(tokenizer)
    alien, aliens, heat, ran = (TITLES.index(title) for title in ("Alien", "Aliens", "Heat", "Ran"))
    for answer, expected in (({heat: -0.1, alien: -4.0}, "Heat"), ({heat: -4.0, alien: -0.1}, "Alien")):
        guards = reason_guards(
            CATALOGUE,
            encoder,
            marks,
            [aliens, heat, alien],
            ran,
            OwnAnswer.of(CATALOGUE, frequencies(CATALOGUE), ran, {aliens: -9.0, **answer}),
        )
        written = [*encoder.content("it follows from "), marks.opening[0]]
        while written[-1] not in marks.closing:
            scores = torch.zeros(1, len(tokenizer))
            scores[0, encoder.content("Ran")[0]] = -2.0  # the sentence does not mean the item itself
            for guard in guards:
                scores = guard(torch.tensor([written]), scores)
            written.append(int(scores.argmax()))
        assert f"«{expected}»" in tokenizer.decode(written)


def test_words_drawn_at_random_remark_on_nothing_false():
    tokenizer = tiny_tokenizer(900)
    encoder, marks = Encoder(tokenizer), Marks.of(tokenizer)
    alien, aliens, heat = (TITLES.index(title) for title in ("Alien", "Aliens", "Heat"))
    guards = reason_guards(CATALOGUE, encoder, marks, [aliens, heat], alien)
    true = {"".join(s.text for s in remark) for remark in remarks("genres", "horror")}
    remarked = set()
    for cited in (aliens, heat):
        said = [marks.opening[0], *encoder.content(TITLES[cited]), marks.closing[0]]
        for seed in range(40):
            draw = torch.Generator().manual_seed(seed)
            written = list(said)
            for _ in range(16):
                scores = torch.randn(1, len(tokenizer), generator=draw)
                scores[0, [*marks.brackets, *marks.ends, *encoder.content(" ")]] += 4.0
                for guard in guards:
                    scores = guard(torch.tensor([written]), scores)
                written.append(int(scores.argmax()))
            text = tokenizer.decode(written[len(said) :])
            if text.startswith(" ("):
                assert text.partition(")")[0] in true
                remarked.add(cited)
            assert text.strip()[:1] != "(" or cited == aliens
    assert remarked == {aliens}


def test_a_vocabulary_without_the_marks_is_refused():
    with pytest.raises(ModelError, match="no token for «"):
        Marks.of(tiny_tokenizer(257))
