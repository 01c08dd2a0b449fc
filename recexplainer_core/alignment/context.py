"""What every alignment task needs to ask its questions."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from recexplainer_core.alignment.augmentation import HistorySampler
from recexplainer_core.catalogue import Catalogue
from recexplainer_core.lm.segments import Prompt
from recexplainer_core.modes import AlignmentMode
from recexplainer_core.prompting.questions import WORDINGS
from recexplainer_core.recommenders.base import Recommender

_BATCH = 2048

FORMS: Mapping[AlignmentMode, tuple[AlignmentMode, ...]] = {
    AlignmentMode.BEHAVIOUR: (AlignmentMode.BEHAVIOUR,),
    AlignmentMode.INTENTION: (AlignmentMode.INTENTION,),
    AlignmentMode.HYBRID: (*[AlignmentMode.HYBRID] * 6, AlignmentMode.BEHAVIOUR, AlignmentMode.INTENTION),
}
"""Mode -> forms in which its questions are asked, each as often as it stands there: hybrid learns from titles alone
and from vectors alone as well, as the paper says."""


@dataclass(frozen=True, eq=False)
class UserContext:
    """Whom questions are about. All that are asked about one subject are learnt together.

    Args:
        history: oldest item first; its vector fills the user slot.
        form: how the user and the items are shown.
    """

    history: tuple[int, ...]
    form: AlignmentMode


@dataclass(frozen=True)
class Example:
    """One question.

    Args:
        prompt: the question.
        answer: what is said; None where the target's scores decide.
        user: whom it is about; None where it is about no user.
        ordered: items that the answer lists in the target's order.
        listed: items that the answer lists, in whatever order.
        judged: the item that the answer names, or refuses.
        yes: how likely naming it is right.
    """

    prompt: Prompt
    answer: Prompt | None
    user: UserContext | None = None
    ordered: tuple[int, ...] = ()
    listed: tuple[int, ...] = ()
    judged: int | None = None
    yes: float = 0.0

    @property
    def history(self) -> tuple[int, ...]:
        """The history it is about, an empty one where there is none."""
        return self.user.history if self.user else ()


@dataclass(frozen=True)
class TaskContext:
    """The source of questions for one mode.

    Args:
        catalogue: items.
        recommender: the target, which has the answers.
        sampler: of histories.
        forms: in which the user and the items are shown, one of them drawn for each subject.
        rng: source of every choice.
        drawn: the subjects so far.
    """

    catalogue: Catalogue
    recommender: Recommender
    sampler: HistorySampler
    forms: tuple[AlignmentMode, ...]
    rng: random.Random
    drawn: list[UserContext] = field(default_factory=list)

    def form(self) -> AlignmentMode:
        """Draw a form."""
        return self.rng.choice(self.forms)

    def wording(self) -> int:
        """Draw a wording."""
        return self.rng.randrange(WORDINGS)

    def users(self, n: int) -> Iterator[list[UserContext]]:
        """Yield n different subjects in batches, those that other tasks have been given before them among them; one
        who has the whole catalogue leaves nothing to ask, and is passed over."""
        for _ in range(n - len(self.drawn)):
            history = self.sampler.draw()
            if len(history) < len(self.catalogue):
                self.drawn.append(UserContext(history, self.form()))
        chosen = self.rng.sample(self.drawn, min(n, len(self.drawn)))
        for start in range(0, len(chosen), _BATCH):
            yield chosen[start : start + _BATCH]
