"""How well any text is read, on reasons labelled by hand. The figures are those of the documentation.

The labels were written before the reader. The figures of the even lines are not worth much: cues were chosen
on them. What fails in the odd lines was never looked at; yet one hand wrote both halves and the cues, so a
stranger's reasons are read less well.
"""

from collections import Counter
from dataclasses import replace

import pytest

from recexplainer_core.rationale.claims import Claim, Interest, Removal
from tests.rationale.extraction.labelled_reasons import labelled


def in_order(claim: Claim) -> Claim:
    if isinstance(claim, Interest | Removal):
        return replace(claim, items=tuple(sorted(claim.items)))
    return claim


@pytest.mark.parametrize(
    ("half", "precision", "recall"), [("developed on", 0.99, 0.99), ("measured on", 0.98, 0.90)]
)
def test_claims_are_found_with_this_precision_and_recall(half, precision, recall):
    told, found, right = Counter(), Counter(), Counter()
    for reason in labelled(half):
        read = reason.read()
        assert len(read) == len(reason.claims), reason.text
        for sentence, claims in zip(read, reason.claims, strict=True):
            ours = set(map(in_order, sentence.claims))
            told.update(type(claim).__name__ for claim in claims)
            found.update(type(claim).__name__ for claim in ours)
            right.update(type(claim).__name__ for claim in ours & claims)
    for kind in sorted(told):
        print(f"{kind}: {right[kind]} right of {found[kind]} found and {told[kind]} told")
    print(f"{half}: precision {right.total() / found.total():.3f}, recall {right.total() / told.total():.3f}")
    assert right.total() / found.total() >= precision
    assert right.total() / told.total() >= recall
