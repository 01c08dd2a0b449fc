"""Both models asked about a group of users, and a reason for the first choice of each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from recexplainer_core.histories import History
from recexplainer_core.modes import AlignmentMode
from recexplainer_core.progress import Progress, silent
from recexplainer_core.rationale.claims import Interest
from recexplainer_core.rationale.explainer import Explainer
from recexplainer_core.rationale.reasons import Reason, Reasoner
from recexplainer_core.rationale.request import RationaleRequest
from recexplainer_core.rationale.verdict import LISTED
from recexplainer_core.rationale.voices import Voice
from recexplainer_core.recommenders.base import top_items

_BATCH = 8


@dataclass(frozen=True)
class Explained:
    """What is said of one user of a group.

    Args:
        user: index.
        target: the target's list, best first.
        predicted: the language model's, best first.
        said: its reason for the target's first choice, alone and in full, as reports measure it; None where nothing is
            recommended.
        verified: the same, verified by the target, in the voice that is wanted.
    """

    user: int
    target: tuple[int, ...]
    predicted: tuple[int, ...]
    said: Reason | None
    verified: Reason | None

    @property
    def agrees(self) -> bool:
        """Whether both lists begin with the same item."""
        return bool(self.target) and self.target[:1] == self.predicted[:1]


def explain_group(
    explainer: Explainer,
    users: Sequence[int],
    histories: Sequence[History],
    mode: AlignmentMode,
    voice: Voice,
    progress: Progress = silent,
) -> list[Explained]:
    """Ask both models about n users, and give a reason for each.

    Args:
        explainer: of the bundle.
        users: n indices.
        histories: n, theirs.
        mode: in which the language model is asked.
        voice: for whom the verified reasons are worded.
        progress: called after every batch.
    """
    surrogate = explainer.surrogate
    reasoner = explainer.reasoner() or Reasoner(surrogate)
    found: list[Explained] = []
    for begin in range(0, len(users), _BATCH):
        own = histories[begin : begin + _BATCH]
        targets = top_items(
            surrogate.recommender, [one.recent for one in own], LISTED, [one.seen for one in own]
        )
        listed = [[one.item for one in row] for row in surrogate.predict(own, [mode] * len(own), LISTED)]
        rows = [row for row, ranked in enumerate(targets) if ranked]
        requests = [RationaleRequest(own[row], targets[row][0].item, mode, verified=False) for row in rows]
        said = dict(zip(rows, reasoner.reasons(requests, [listed[row] for row in rows]), strict=True))
        worded = [replace(said[row], request=replace(said[row].request, voice=voice)) for row in rows]
        true = dict(zip(rows, reasoner.corrected(worded), strict=True))
        for row, user in enumerate(users[begin : begin + _BATCH]):
            target = tuple(one.item for one in targets[row])
            found.append(Explained(user, target, tuple(listed[row]), said.get(row), true.get(row)))
        progress(len(found), len(users), "reasons")
    return found


def recommended(group: Sequence[Explained]) -> tuple[Counter[int], Counter[int]]:
    """Return for how many users each item is in the target's list, and in the language model's."""
    return (
        Counter(item for one in group for item in one.target),
        Counter(item for one in group for item in one.predicted),
    )


def named(group: Sequence[Explained]) -> tuple[Counter[tuple[str, str]], Counter[int]]:
    """Return for how many users a verified reason names each interest, and each history item."""
    reasons = [one.verified for one in group if one.verified is not None]
    interests = Counter(
        pair
        for reason in reasons
        for pair in {(c.attribute, c.value) for c in reason.claims if isinstance(c, Interest)}
    )
    return interests, Counter(item for reason in reasons for item in set(reason.reasons))
