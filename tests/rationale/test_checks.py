import pytest
import torch

from recexplainer_core.catalogue import FILMS, Catalogue
from recexplainer_core.grammar.reading import read
from recexplainer_core.histories import History
from recexplainer_core.rationale.checks import check
from tests.fakes.tiny_lm import Additive

CATALOGUE = Catalogue(
    [str(i) for i in range(20)],
    [f"Film {i}" for i in range(20)],
    {"genres": [("crime",), ("drama",), ("crime",), *[("crime",)] * 17]},
    FILMS,
)
HISTORY = History.of((0, 1, 2, 3))


def target() -> Additive:
    """Film 0 speaks strongly for film 10, film 1 a little, film 2 against it; film 3 leads to all others."""
    weights = torch.zeros(20, 20)
    weights[0, 10], weights[1, 10], weights[2, 10] = 3.0, 0.5, -0.5
    weights[3, 11:] = 1.0
    weights[3, 4:10] = 1.0
    return Additive(weights)


def findings(text: str, item: int = 10):
    return check(read(text, CATALOGUE), CATALOGUE, target(), HISTORY, item)


def verdicts(text: str) -> dict[str, bool | None]:
    return {one.kind: one.holds for one in findings(text)}


def test_a_true_rationale_holds_in_every_claim():
    text = (
        "«Film 10» is a clear choice, mostly because of «Film 0» (crime as well); without that it would drop out of "
        "the top ten. «Film 2» speaks against it."
    )
    found = findings(text)
    assert [one.kind for one in found] == ["verdict", "cited", "remark", "weight", "without", "against"]
    assert all(one.holds for one in found)
    assert found[1].finding.startswith("without it: no. 1 → 16, score -")
    assert found[0].finding == "the target has it at no. 1"


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("«Film 10» is recommended.", "verdict"),
        ("«Film 10» is a clear choice because of «Film 2».", "cited"),
        ("«Film 10» is a clear choice because of «Film 7».", "cited"),
        ("«Film 10» is a clear choice because of «No Film».", "cited"),
        ("«Film 10» is a clear choice because of «Film 1» (also drama).", "remark"),
        ("«Film 10» is a clear choice because of «Film 1» and «Film 0».", "order"),
        ("«Film 10» is a clear choice. No single film decides this, but most weight has «Film 0».", "weight"),
        ("«Film 10» is recommended because of «Film 0»; it would stay in the top ten without that.", "without"),
        ("«Film 10» is a clear choice, mostly because of «Film 0»; «Film 1» weakens the case.", "against"),
        ("«Film 10» is a clear choice, but nothing watched points to it.", "weight"),
    ],
)  # fmt: skip
def test_what_is_false_is_found_out(text, kind):
    assert verdicts(text)[kind] is False


def test_what_cannot_be_read_is_neither_true_nor_false():
    found = findings("«Film 10» is a clear choice because the moon is full.")
    assert [(one.kind, one.holds, one.claim) for one in found if one.kind == "unread"] == [
        ("unread", None, "because the moon is full")
    ]
