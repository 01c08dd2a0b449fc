"""What an alignment task draws its examples from, and what an example is."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from recexplainer_core.alignment.answers import ScoredAnswer
from recexplainer_core.alignment.augmentation import HistorySampler
from recexplainer_core.catalogue import Catalogue
from recexplainer_core.lm.segments import Prompt
from recexplainer_core.modes import AlignmentMode
from recexplainer_core.prompting.questions import VARIANTS
from recexplainer_core.recommenders.base import Recommender

_BATCH = 2048

FORMS: Mapping[AlignmentMode, tuple[AlignmentMode, ...]] = {
    AlignmentMode.BEHAVIOUR: (AlignmentMode.BEHAVIOUR,),
    AlignmentMode.INTENTION: (AlignmentMode.INTENTION,),
    AlignmentMode.HYBRID: (*[AlignmentMode.HYBRID] * 6, AlignmentMode.BEHAVIOUR, AlignmentMode.INTENTION),
}
"""Mode -> forms in which its questions are asked, each as often as it stands there: hybrid learns from titles alone
and from vectors alone as well, as the paper says."""

Exchange = tuple[str, str]
"""A turn of a conversation and the reply to it."""


@dataclass(frozen=True, eq=False)
class UserContext:
    """Whom questions are about. All questions about the same object are learnt together.

    Args:
        history: oldest item first; its vector fills the user slot.
        form: how the user and the items are shown.
        later: the same user with a longer history that begins with this one.
    """

    history: tuple[int, ...]
    form: AlignmentMode
    later: UserContext | None = None


@dataclass(frozen=True)
class Example:
    """One question with its answer.

    Args:
        prompt: the question.
        answer: in words, or what makes it of the target's scores when the batch is made.
        user: whom it is about; None where it is about no user.
        goes_on: whether the prompt breaks off, and the answer goes on with it.
    """

    prompt: Prompt
    answer: Prompt | ScoredAnswer
    user: UserContext | None = None
    goes_on: bool = False

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
        forms: in which the user and the items are shown, one of them drawn for each user.
        rng: source of every choice.
        exchanges: of conversations about anything, none where there is no file of them.
        draws: titles that are drawn as answers to each question for the next item.
        prefixes: beginnings of each history for which the next item is asked as well.
        in_passing: whether it is also asked for behind each title of a history, where titles alone are shown.
        drawn: the users so far.
    """

    catalogue: Catalogue
    recommender: Recommender
    sampler: HistorySampler
    forms: tuple[AlignmentMode, ...]
    rng: random.Random
    exchanges: Sequence[Exchange] = ()
    draws: int = 1
    prefixes: int = 0
    in_passing: bool = False
    drawn: list[UserContext] = field(default_factory=list)

    def form(self) -> AlignmentMode:
        """Draw a form."""
        return self.rng.choice(self.forms)

    def variant(self) -> int:
        """Draw the number of a question's variant."""
        return self.rng.randrange(VARIANTS)

    def users(self, n: int) -> Iterator[list[UserContext]]:
        """Yield n different users in batches, those whom other tasks have drawn before among them.

        A user who has the whole catalogue leaves nothing to ask, and is passed over.
        """
        for _ in range(n - len(self.drawn)):
            history = self.sampler.draw()
            if len(history) < len(self.catalogue):
                self.drawn.append(UserContext(history, self.form()))
        chosen = self.rng.sample(self.drawn, min(n, len(self.drawn)))
        for start in range(0, len(chosen), _BATCH):
            yield chosen[start : start + _BATCH]
