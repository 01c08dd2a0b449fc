import torch

from recexplainer_core.decoding.citation_marks import Marks
from recexplainer_core.grammar.reason_guard import reason_guards
from recexplainer_core.grammar.remarks import remarks
from recexplainer_core.lm.encoding import Encoder
from recexplainer_core.rationale.evidence import Evidence
from tests.fakes.tiny_lm import CATALOGUE, TITLES, tiny_tokenizer


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
            Evidence.of(CATALOGUE, ran, {aliens: -9.0, **answer}),
        )
        written = [*encoder.content("it follows from "), marks.opening[0]]
        while written[-1] not in marks.closing:
            scores = torch.zeros(1, len(tokenizer))
            scores[0, encoder.content("Ran")[0]] = -2.0  # the sentence does not mean the item itself
            for guard in guards:
                scores = guard(torch.tensor([written]), scores)
            written.append(int(scores.argmax()))
        assert f"«{expected}»" in tokenizer.decode(written)


def test_a_reason_begins_with_the_item_that_is_asked_about():
    tokenizer = tiny_tokenizer(900)
    encoder, marks = Encoder(tokenizer), Marks.of(tokenizer)
    heat, ran = (TITLES.index(title) for title in ("Heat", "Ran"))
    own = Evidence.of(CATALOGUE, ran, {heat: -0.1})
    guards = reason_guards(CATALOGUE, encoder, marks, [heat], ran, own)
    written = [marks.opening[0]]
    while written[-1] not in marks.closing:
        scores = torch.zeros(1, len(tokenizer))
        scores[0, encoder.content("Heat")[0]] = 20.0
        for guard in guards:
            scores = guard(torch.tensor([written]), scores)
        written.append(int(scores.argmax()))
    assert tokenizer.decode(written) == "«Ran»"


def test_words_drawn_at_random_remark_on_nothing_false():
    tokenizer = tiny_tokenizer(900)
    encoder, marks = Encoder(tokenizer), Marks.of(tokenizer)
    alien, aliens, heat = (TITLES.index(title) for title in ("Alien", "Aliens", "Heat"))
    own = Evidence.of(CATALOGUE, alien, {aliens: -0.7, heat: -0.7})
    guards = reason_guards(CATALOGUE, encoder, marks, [aliens, heat], alien, own)
    true = {"".join(s.text for s in remark) for remark in remarks("genres", "horror")}
    remarked = set()
    for cited in (aliens, heat):
        citation = [marks.opening[0], *encoder.content(TITLES[cited]), marks.closing[0]]
        for seed in range(40):
            draw = torch.Generator().manual_seed(seed)
            written = list(citation)
            for _ in range(16):
                scores = torch.randn(1, len(tokenizer), generator=draw)
                scores[0, [*marks.brackets, *marks.ends, *encoder.content(" ")]] += 4.0
                for guard in guards:
                    scores = guard(torch.tensor([written]), scores)
                written.append(int(scores.argmax()))
            text = tokenizer.decode(written[len(citation) :])
            if text.startswith(" ("):
                assert text.partition(")")[0] in true
                remarked.add(cited)
            assert text.strip()[:1] != "(" or cited == aliens
    assert remarked == {aliens}
