"""How much of every task is taught, and how the model learns."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields, replace
from typing import Any

from recexplainer_core.alignment.tasks.base import NEXT_ITEM, TASKS
from recexplainer_core.lm.base_llm import Ends

_EARLIER_TASKS = {
    "next_item_examples": NEXT_ITEM,
    "ranking_examples": "ranking",
    "interest_examples": "interest",
    "descriptions_per_item": "item_discrimination",
    "conversation_examples": "conversation",
    "recall_examples": "history_reconstruction",
    "leaning_examples": "preference_summary",
    "rationale_examples": "rationale",
}
_EARLIER_FIELDS = {"first_share": "first_probability", "wording": "phrasing_weight"}
"""Keys in the manifests of bundles that were built before tasks were registered, and what they are called now."""


@dataclass(frozen=True)
class AlignmentConfig:
    """What is taught, and how.

    Args:
        examples: task -> number of questions. A task that is not named gets its own number, in proportion to the
            questions of next-item retrieval where it scales.
        edited: share of the histories that are edited before the target labels them.
        first_probability: of the target's first choice in the answers to next-item retrieval, in the mean over users;
            it sets the temperature of the target's softmax.
        phrasing_weight: weight in the loss of a token that only the phrasing decides, relative to one that the target
            decides.
        rank: of the LoRA matrices; in the embeddings and the output layer at least the target's vector size.
        alpha: their scale.
        batch_size: users a step, each with all questions about them.
        learning_rate: peak.
        checkpoints: written over the run.
        draws: titles drawn as answers to each question for the next item.
        prefixes: beginnings of each history for which the next item is asked as well.
        in_passing: whether the next item is also asked for behind each title of a history, in the middle of the
            question, where titles alone are shown: that costs no token.
        said_whole: share of the answers that are said to their end; the others stop where the first title is decided.
        ends: which ends of the model are adapted: both, along the target's item vectors at the start; or the output
            layer alone, along these vectors for good and for tokens of titles only.
    """

    examples: Mapping[str, int] = field(default_factory=dict)
    edited: float = 0.4
    first_probability: float = 0.15
    phrasing_weight: float = 0.2
    rank: int = 32
    alpha: int = 64
    batch_size: int = 16
    learning_rate: float = 1.5e-3
    checkpoints: int = 10
    draws: int = 1
    prefixes: int = 0
    in_passing: bool = False
    said_whole: float = 1.0
    ends: Ends = "both"

    def n_examples(self, name: str) -> int:
        """Return how many questions of a task are asked.

        Raises:
            UnknownNameError: there is no such task.
        """
        if name in self.examples:
            return self.examples[name]
        task, standard = TASKS.get(name), TASKS.get(NEXT_ITEM).n_examples
        if not task.scales:
            return task.n_examples
        factor = self.examples.get(NEXT_ITEM, standard) / standard
        return max(min(1, task.n_examples), round(task.n_examples * factor))

    def scaled_to(self, next_item_examples: int) -> AlignmentConfig:
        """Return the same with so many questions of next-item retrieval, and those of other tasks in proportion."""
        factor = next_item_examples / self.n_examples(NEXT_ITEM)
        usual = {name: self.n_examples(name) for name, task in TASKS.items() if task.scales}
        counts = {name: max(min(1, n), round(factor * n)) for name, n in usual.items()}
        return replace(self, examples={**self.examples, **counts})

    def record(self) -> dict[str, Any]:
        """Return what a manifest says of it: every field, with the number of questions of every task that is
        taught."""
        counts = {name: n for name in TASKS.names() if (n := self.n_examples(name)) or name in self.examples}
        return {**asdict(self), "examples": counts}

    @classmethod
    def from_record(cls, recorded: Mapping[str, Any]) -> AlignmentConfig:
        """Read what a manifest says, those of earlier versions included; unknown keys are left out."""
        examples = {_EARLIER_TASKS[key]: n for key, n in recorded.items() if key in _EARLIER_TASKS}
        named = {_EARLIER_FIELDS.get(key, key): value for key, value in recorded.items()}
        known = {one.name: named[one.name] for one in fields(cls) if one.name in named}
        return cls(**{"examples": examples, **known})


PRETRAINED = AlignmentConfig(
    examples={
        "next_item": 120_000,
        "ranking": 3_000,
        "interest": 10_000,
        "item_discrimination": 1,
        "conversation": 500,
        "history_reconstruction": 2_000,
        "preference_summary": 1_000,
        "rationale": 0,
        "evidence": 24_000,
    },
    rank=10,
    alpha=20,
    batch_size=4,
    learning_rate=1e-3,
    checkpoints=40,
    draws=3,
    prefixes=3,
    in_passing=True,
    said_whole=0.1,
    ends="output",
)
"""For a language model that was pretrained on the language, which says titles in pieces. What costs hardly a token is
asked more often; reasons in words are left to a writer, which is taught apart."""
