import random

import pytest

from recexplainer_core.evaluation.faithfulness.coherence import coherence, stripped
from recexplainer_core.evaluation.faithfulness.generated import BandRationale
from recexplainer_core.evaluation.faithfulness.verdicts import verdict_figures
from recexplainer_core.grammar.reading import read
from tests.rationale.test_plan import CATALOGUE

FOR = "«Moon» is recommended because of «Alien» (also space). Without that it would drop out of the top ten."
AGAINST = "«Moon» is not a likely choice in spite of «Alien» (also space); «Heat» speaks against it."
NEUTRAL = "«Moon» is recommended because of «Alien»."


def banded(text: str, number: int, liked: bool) -> BandRationale:
    place = 0.1 if liked else 0.8
    return BandRationale(number, 0 if liked else 2, liked, place, read(text, CATALOGUE))


def test_verdict_consequence_and_titles_are_taken_out():
    assert stripped(banded(FOR, 0, True)) == "reasons because of «» (also space)"
    assert "likely" not in stripped(banded(AGAINST, 0, False))
    assert "against «» speaks against it" in stripped(banded(AGAINST, 0, False))


def test_reasons_that_differ_tell_what_the_target_likes_and_equal_ones_do_not():
    rng = random.Random(0)
    telling, mute = [], []
    for number in range(60):
        liked = rng.random() < 0.5
        telling.append(banded(FOR if liked else AGAINST, number, liked))
        mute.append(banded(NEUTRAL if rng.random() < 0.5 else FOR, number, liked))
    assert coherence(telling, 0)["distinction_auc"].value == pytest.approx(1.0)
    assert coherence(telling, 0)["coherence"].value > 0.95
    assert 0.3 < coherence(mute, 0)["distinction_auc"].value < 0.7


def test_too_little_to_learn_from_gives_no_figure():
    assert coherence([banded(FOR, 0, True)] * 3, 0) == {}


def test_verdicts_are_right_when_text_and_target_agree():
    bands = [banded(FOR, 0, True), banded(AGAINST, 0, False), banded(FOR, 1, True), banded(FOR, 1, False)]
    middle = BandRationale(0, 1, True, 0.3, read(FOR, CATALOGUE))
    figures = verdict_figures([*bands, middle], 0)
    assert figures["verdict_top"].value == figures["verdict_middle"].value == 1.0
    assert figures["verdict_bottom"].value == 0.5
    assert figures["verdict_balanced"].value == pytest.approx((1.0 + 0.5) / 2)
