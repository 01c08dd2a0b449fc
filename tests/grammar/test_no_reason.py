import pytest
import torch
from transformers import LogitsProcessor

from recexplainer_core.grammar.clauses import AGAINST, BECAUSE, CARRIED, JOINTS, VERDICTS, WITHOUT
from recexplainer_core.grammar.no_reason import HEADS, NO_REASON, TAILS, no_reason_guard, tail_guard
from recexplainer_core.lm.encoding import Encoder
from recexplainer_core.lm.segments import Template
from tests.fakes.tiny_lm import CATALOGUE, tiny_tokenizer

ENCODER = Encoder(tiny_tokenizer(900))
WORDS = {"item_word": CATALOGUE.wording.item, "consumed": CATALOGUE.wording.consumed}
NAMES = {"user": "viewer", "items": "films", "item": "Heat", "other": "Alien", "against": "Alien"}


def can_be_said(text: str, guard: LogitsProcessor | None = None) -> bool:
    guard = guard or no_reason_guard(CATALOGUE, ENCODER)
    tokens = ENCODER.answer((Template(text),))[:-1]
    scores = torch.zeros(1, len(ENCODER.tokenizer))
    return all(
        torch.isfinite(guard(torch.tensor([tokens[:place]], dtype=torch.long), scores.clone())[0, token])
        for place, token in enumerate(tokens)
    )


@pytest.mark.parametrize("joint", JOINTS["carried"])
@pytest.mark.parametrize("pattern", NO_REASON)
def test_no_clause_says_that_there_is_no_reason(pattern: str, joint: str):
    clause = pattern.format(**WORDS)
    clause = clause[0].upper() + clause[1:] if joint == ". " else clause
    assert not can_be_said(f"it is recommended{joint}{clause}")


def test_every_other_clause_can_still_be_said():
    tables = (VERDICTS, BECAUSE, CARRIED, WITHOUT)
    clauses = [clause for table in tables for clauses in table.values() for clause in clauses]
    for clause in [*clauses, *AGAINST]:
        filled = clause.format(
            **WORDS,
            user="viewer",
            items="films",
            item="Heat",
            other="Alien",
            reasons="«Heat»",
            them="that",
            against="Alien",
        )
        assert can_be_said(f"so, {filled}") and can_be_said(f"so. {filled[0].upper()}{filled[1:]}"), filled


@pytest.mark.parametrize("tail", TAILS)
@pytest.mark.parametrize("cited", ["«Heat»", "«Heat» (also drama)"])
def test_no_clause_ends_as_one_that_begins_with_what_it_cites(tail: str, cited: str):
    guard = tail_guard(ENCODER)
    assert not can_be_said(f"the pull comes from {cited} {tail}.", guard)
    assert can_be_said(f"the pull comes from {cited}, and without that it would drop out.", guard)
    assert can_be_said(f"{cited} counts against it", guard)


def test_every_such_clause_begins_with_a_head():
    assert all(pattern.startswith(HEADS) for pattern in NO_REASON)
