"""What every alignment task needs to ask its questions."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from recexplainer_core.alignment.augmentation import HistorySampler
from recexplainer_core.catalogue import Catalogue
from recexplainer_core.recommenders.base import Recommender
from recexplainer_core.surrogate.modes import AlignmentMode
from recexplainer_core.surrogate.questions import WORDINGS
from recexplainer_core.surrogate.segments import Prompt

_BATCH = 2048

FORMS: Mapping[AlignmentMode, tuple[AlignmentMode, ...]] = {
    AlignmentMode.BEHAVIOUR: (AlignmentMode.BEHAVIOUR,),
    AlignmentMode.INTENTION: (AlignmentMode.INTENTION,),
    AlignmentMode.HYBRID: (*[AlignmentMode.HYBRID] * 6, AlignmentMode.BEHAVIOUR, AlignmentMode.INTENTION),
}
"""Mode -> forms in which its questions are asked, each as often as it stands there: hybrid learns from titles alone
and from vectors alone as well, as the paper says."""


@dataclass(frozen=True)
class Example:
    """One question, and the history whose vector fills the user slot.

    Args:
        prompt: the question.
        answer: what is said; None where the target's scores decide.
        history: oldest item first.
        ordered: items that the answer lists in the target's order.
        listed: items that the answer lists, in whatever order.
        judged: the item that the answer names, or refuses.
        yes: how likely naming it is right.
    """

    prompt: Prompt
    answer: Prompt | None
    history: tuple[int, ...]
    ordered: tuple[int, ...] = ()
    listed: tuple[int, ...] = ()
    judged: int | None = None
    yes: float = 0.0


@dataclass(frozen=True)
class Asker:
    """The source of questions for one mode.

    Args:
        catalogue: items.
        recommender: the target, which has the answers.
        sampler: of histories.
        forms: in which the user and the items are shown, one of them drawn for each question.
        rng: source of every choice.
    """

    catalogue: Catalogue
    recommender: Recommender
    sampler: HistorySampler
    forms: tuple[AlignmentMode, ...]
    rng: random.Random

    def form(self) -> AlignmentMode:
        """Draw a form."""
        return self.rng.choice(self.forms)

    def wording(self) -> int:
        """Draw a wording."""
        return self.rng.randrange(WORDINGS)

    def histories(self, n: int) -> Iterator[list[tuple[int, ...]]]:
        """Yield n drawn histories in batches; one that holds the whole catalogue leaves nothing to ask, and is
        passed over."""
        for start in range(0, n, _BATCH):
            drawn = [self.sampler.draw() for _ in range(min(_BATCH, n - start))]
            yield [history for history in drawn if len(history) < len(self.catalogue)]
