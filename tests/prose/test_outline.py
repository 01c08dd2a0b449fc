import pytest

from recexplainer_core.prose.outline import outline
from recexplainer_core.rationale.claims import Cites, Interest, Prefers, Rank, Removal, Shares, Strongest

ITEM = 9
CRIME = Interest("genres", "crime", (1, 2))


@pytest.mark.parametrize(
    ("claims", "kinds"),
    [
        ((Rank(ITEM, "first"), CRIME), ["first_interest"]),
        ((Rank(ITEM, "first"), Interest("genres", "crime", (1,))), ["first_interest_one"]),
        ((Rank(ITEM, "recommended"), Cites(1)), ["recommended_cite"]),
        ((Rank(ITEM, "recommended"), Cites(1), Cites(2)), ["recommended_cites"]),
        ((CRIME,), ["plain_interest"]),
        ((Cites(1),), ["plain_cite"]),
        ((Rank(ITEM, "near"), Cites(1), Cites(2)), ["near_cites"]),
        ((Rank(ITEM, "far"),), ["far_nothing"]),
        ((Rank(ITEM, "near"),), ["near_nothing"]),
        ((Rank(ITEM, "first"),), ["first_nothing"]),
        ((), ["plain_nothing"]),
        ((CRIME, Cites(3)), ["plain_interest", "also_cite"]),
        ((CRIME, Cites(3), Cites(4)), ["plain_interest", "also_cites"]),
        ((Cites(1), Shares(1, "genres", "crime"), Strongest(1)), ["plain_cite"]),
        ((Cites(1), Cites(2), Shares(1, "genres", "crime")), ["plain_cites", "shares"]),
        ((Cites(1), Cites(2), Strongest(1)), ["plain_cites", "strongest"]),
        ((Cites(1), Removal((1,), "needed")), ["plain_cite", "needed_it"]),
        ((Cites(1), Cites(2), Removal((1, 2), "robust")), ["plain_cites", "robust_them"]),
        ((CRIME, Cites(3), Removal((1, 2, 3), "robust")), ["plain_interest", "also_cite", "robust_them"]),
        ((Cites(1), Strongest(1), Removal((1,), "needed")), ["plain_cite", "strongest_needed_it"]),
        ((Cites(1), Strongest(1), Removal((1,), "robust")), ["plain_cite", "strongest_robust_it"]),
        (
            (Cites(1), Cites(2), Strongest(1), Removal((1, 2), "needed")),
            ["plain_cites", "needed_them", "strongest"],
        ),
        ((Cites(1), Cites(2, "against")), ["plain_cite", "against"]),
        ((Prefers(ITEM, 5), Cites(1)), ["prefers_cite"]),
        ((Prefers(ITEM, 5),), ["prefers"]),
    ],
)
def test_in_full_everything_is_said(claims, kinds):
    parts = outline(claims, "analyst")
    assert [part.kind for part in parts] == kinds
    assert {claim for part in parts for claim in part.claims} == set(claims)


@pytest.mark.parametrize(
    ("claims", "kind", "said"),
    [
        ((Rank(ITEM, "first"), CRIME, Cites(3), Strongest(1)), "interest", (CRIME,)),
        ((Cites(1), Cites(2), Removal((1, 2), "needed")), "cites", (Cites(1), Cites(2), Removal((1, 2), "needed"))),
        ((Cites(1), Removal((1,), "robust")), "cite", (Cites(1), Removal((1,), "robust"))),
        ((Cites(1), Shares(1, "genres", "crime")), "cite", (Cites(1), Shares(1, "genres", "crime"))),
        ((Rank(ITEM, "first"), Cites(1), Cites(2)), "cites", (Cites(1), Cites(2))),
        ((Prefers(ITEM, 5), Cites(1)), "prefers_cite", (Prefers(ITEM, 5), Cites(1))),
        ((Prefers(ITEM, 5),), "prefers", (Prefers(ITEM, 5),)),
        ((Cites(1, "against"),), "against", (Cites(1, "against"),)),
        ((Rank(ITEM, "far"),), "nothing", ()),
    ],
)  # fmt: skip
def test_in_a_line_one_thing_is_said(claims, kind, said):
    [part] = outline(claims, "brief")
    assert (part.kind, part.claims) == (kind, said)
