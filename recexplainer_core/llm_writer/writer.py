"""Reasons worded by the small language model that was taught to, on this machine, for any catalogue."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from types import SimpleNamespace
from typing import cast

import torch

from recexplainer_core.decoding.citation_guard import CitationGuard
from recexplainer_core.decoding.citation_marks import Marks
from recexplainer_core.decoding.title_trie import TitleTrie
from recexplainer_core.histories import History
from recexplainer_core.llm_writer.asking import FORM, question
from recexplainer_core.llm_writer.held import HeldWriter
from recexplainer_core.lm.adapters import load_aligned
from recexplainer_core.lm.sources import known_llms
from recexplainer_core.locations import ASSETS
from recexplainer_core.recommenders.base import Recommender
from recexplainer_core.surrogate.generation import Generation

LLM = "smollm2"
"""The word for the language model that was taught."""
ADAPTER = ASSETS / "writer"
"""What it has learnt."""
_LONGEST = 160
_MAX_WAIT_S = 20.0
_NOBODY = History.of(())


class TaughtWriter(HeldWriter):
    """Let the taught model word reasons; it is fetched where this machine does not have it.

    Raises:
        ModelError: the model cannot be fetched or opened.
    """

    def __init__(self) -> None:
        lm = load_aligned(known_llms()[LLM].fetch(), {FORM: ADAPTER})
        # It is told everything in words: there is no target whose vectors it would be given.
        nobody = SimpleNamespace(
            user_vectors=lambda histories: torch.zeros(len(histories), 1), item_vectors=torch.zeros(0, 1)
        )
        self._generation = Generation(lm, cast(Recommender, nobody), _MAX_WAIT_S)

    @cached_property
    def _marks(self) -> Marks:
        return Marks.of(self._generation.lm.tokenizer)

    def continued(self, evidence: str, titles: Sequence[str], begun: str, temperature: float) -> str:
        """Return how a reason goes on."""
        encoder = self._generation.encoder
        asked = question(encoder, evidence)
        if begun:
            asked = asked.followed_by(encoder.begun(begun))
        trie = TitleTrie([encoder.content(title) for title in titles])
        guard = CitationGuard(trie, self._marks, once=False)
        return "".join(
            self._generation.stream(asked, _NOBODY, FORM, _LONGEST, (guard,), temperature=temperature)
        )
