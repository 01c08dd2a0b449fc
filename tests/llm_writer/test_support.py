import pytest

from recexplainer_core.llm_writer.support import supported
from recexplainer_core.rationale.claims import Cites, Interest, Prefers, Rank, Removal, Shares, Strongest

CRIME = Interest("genre", "crime", (1, 2))


@pytest.mark.parametrize(
    ("said", "given", "follows"),
    [
        (Rank(9, "first"), [Rank(9, "first")], True),
        (Rank(9, "recommended"), [Rank(9, "first")], True),
        (Rank(9, "first"), [Rank(9, "recommended")], False),
        (Rank(9, "recommended"), [Removal((1,), "needed")], True),
        (Rank(9, "near"), [Rank(9, "far")], False),
        (Cites(1), [CRIME], True),
        (Cites(3), [CRIME], False),
        (Cites(1, "against"), [Cites(1)], False),
        (Interest("genre", "crime", (2,)), [CRIME], True),
        (Interest("genre", "crime", (2, 3)), [CRIME], False),
        (Interest("genre", "war", ()), [CRIME], False),
        (Shares(1, "genre", "crime"), [CRIME], True),
        (Shares(3, "genre", "crime"), [CRIME], False),
        (Strongest(1), [Cites(1)], False),
        (Cites(1), [Strongest(1)], True),
        (Removal((2, 1), "needed"), [Removal((1, 2), "needed")], True),
        (Removal((1, 2), "robust"), [Removal((1, 2), "needed")], False),
        (Removal((1,), "needed"), [Removal((1, 2), "needed")], False),
        (Prefers(1, 2), [Prefers(2, 1)], False),
    ],
)
def test_what_follows_from_the_evidence(said, given, follows):
    assert supported(said, given) is follows
