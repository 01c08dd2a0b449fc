import itertools
import random
import re

import pytest
import torch

from recexplainer_core.catalogue import FILMS, PRODUCTS, Catalogue
from recexplainer_core.histories import History
from recexplainer_core.prose import phrases
from recexplainer_core.prose.filling import expanded
from recexplainer_core.prose.writer import FRAMES, TemplateWriter
from recexplainer_core.rationale.claim_checks import Subject
from recexplainer_core.rationale.claims import (
    Cites,
    Interest,
    Prefers,
    Rank,
    Removal,
    Shares,
    Strongest,
)
from recexplainer_core.rationale.removals import Removals
from recexplainer_core.rationale.voices import VOICES
from tests.fakes.tiny_lm import Additive

SLOTS = {
    *("item", "film", "films", "other", "taste", "kind"),
    *("user", "users", "item_word", "items_word", "consumed"),
}
FRAMES_OF = [(voice, kind, frame) for voice in VOICES for kind, fs in FRAMES[voice].items() for frame in fs]
TITLES = [f"Film {i}" for i in range(20)]
CATALOGUE = Catalogue([str(i) for i in range(20)], TITLES, {"genres": [("crime",)] * 20}, FILMS)
INTEREST = Interest("genres", "crime", (0, 1))
CITED = ((Cites(0),), (Cites(0), Cites(1)), ())
EVERYTHING = (
    [(Rank(9, band), INTEREST, Cites(2)) for band in ("first", "recommended")]
    + [(Rank(9, band), *cites) for band in ("first", "recommended", "near", "far") for cites in CITED]
    + [(INTEREST, Cites(2), Cites(3), Strongest(0), Removal((0, 1), "needed"))]
    + [(Interest("genres", "crime", (0,)), Removal((0,), "robust"))]
    + [(Cites(0), Shares(0, "genres", "crime"), Removal((0,), "needed")), (Cites(0), Removal((0,), "robust"))]
    + [(Cites(0), Cites(1), Removal((0, 1), "robust")), (Cites(0, "against"),), ()]
    + [(Prefers(9, 5), Cites(0)), (Prefers(9, 5), Cites(0), Cites(1)), (Prefers(9, 5),)]
)  # fmt: skip


USUAL = (
    (Rank(9, "first"), INTEREST, Strongest(0)),
    (Rank(9, "recommended"), INTEREST, Cites(2), Removal((0, 1, 2), "needed")),
    (Rank(9, "first"), Cites(0), Cites(1), Shares(0, "genres", "crime"), Removal((0, 1), "robust")),
    (Rank(9, "recommended"), Cites(0), Shares(0, "genres", "crime"), Strongest(0)),
)


def subject(catalogue: Catalogue = CATALOGUE) -> Subject:
    return Subject(catalogue, Removals(Additive(torch.zeros(20, 20)), History.of((0, 1, 2, 3)), 9))


@pytest.mark.parametrize("voice", VOICES)
@pytest.mark.parametrize("claims", EVERYTHING)
def test_whatever_is_claimed_can_be_worded(voice, claims):
    for variant in range(5):
        sentences = TemplateWriter().write(claims, subject(), voice, variant)
        assert sentences
        assert {claim for one in sentences for claim in one.claims} <= set(claims)
        for one in sentences:
            named = {int(title) for title in re.findall(r"«Film (\d+)»", one.text)}
            meant = {i for claim in one.claims for i in getattr(claim, "items", (getattr(claim, "item", 9),))}
            by_pronoun = bool(re.search(r"\b(them|they|these)\b", one.text)) and not named - {9, 5}
            assert named - {9, 5} == meant - {9, 5} or by_pronoun
            assert not re.search(r"[{}\[\]|]|  | [.,;]", one.text), one.text
            assert one.text[0].isupper() or one.text[0] == "«"


def test_every_frame_is_well_formed():
    for frame in (frame for *_, frame in FRAMES_OF):
        assert set(re.findall(r"\{(\w*)\}", frame)) <= SLOTS, frame
        assert frame.count("[") == frame.count("]"), frame
        assert "|" not in re.sub(r"\[[^\[\]]*\]", "", frame), frame
        assert frame.endswith((".", ".]")), frame
        # The same frames serve films, books and products.
        words = re.sub(r"\{\w+\}", "", frame)
        assert not re.search(r"\b(films?|watch\w*|viewers?|movies?)\b", words, re.IGNORECASE), frame


@pytest.mark.parametrize("voice", ["viewer", "brief"])
def test_only_the_analyst_hears_of_ranks(voice):
    text = " ".join(frame for v, _, frame in FRAMES_OF if v == voice)
    assert not re.search(r"\b(top ten|rank\w*|no\. \d|first ten)\b", text, re.IGNORECASE)


@pytest.mark.parametrize(("voice", "distinct"), [("analyst", 800), ("viewer", 800), ("brief", 230)])
def test_a_thousand_reasons_are_worded_in_many_ways(voice, distinct):
    """Distinct skeletons of sentences, titles left out. A line has fewer than a paragraph."""
    skeletons = {
        re.sub(r"«[^»]*»", "«»", one.text)
        for variant, claims in zip(range(1000), itertools.cycle(USUAL))
        for one in TemplateWriter().write(claims, subject(), voice, variant)
    }
    assert len(skeletons) >= distinct


def test_the_same_claims_get_the_same_words_and_another_variant_others():
    claims = EVERYTHING[0]
    texts = [TemplateWriter().write(claims, subject(), "viewer", variant) for variant in (0, 0, 1)]
    assert texts[0] == texts[1] != texts[2]


def test_a_title_may_hold_anything():
    titles = ["A [b|c] {item} «»", *TITLES[1:]]
    catalogue = Catalogue(CATALOGUE.item_ids, titles, CATALOGUE.attributes, PRODUCTS)
    [sentence, *_] = TemplateWriter().write((Cites(0),), subject(catalogue), "analyst", 0)
    assert "«A [b|c] {item} «»»" in sentence.text


def test_every_attribute_can_be_spoken_of():
    for name in (*phrases.TASTES, "something else", "title"):
        attribute = {name: [("odd value",)] * 20} if name != "title" else {}
        about = subject(Catalogue(CATALOGUE.item_ids, TITLES, attribute, PRODUCTS))
        for variant, claims in itertools.product(
            range(2), [(Interest(name, "odd value", (0, 1)),), (Cites(0), Shares(0, name, "odd value"))]
        ):
            text = " ".join(one.text for one in TemplateWriter().write(claims, about, "analyst", variant))
            assert "odd value" in text


def test_alternatives_do_not_nest():
    assert not [frame for *_, frame in FRAMES_OF if re.search(r"[\[\]]", expanded(frame, random.Random(0)))]
