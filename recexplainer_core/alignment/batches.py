"""From examples to batches with their answers, and to a loss."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Any

import torch
from torch import Tensor, nn

from recexplainer_core.alignment.answers import AnswerLabels, ScoredAnswer
from recexplainer_core.alignment.context import Example, UserContext
from recexplainer_core.alignment.soft_labels import softmax
from recexplainer_core.lm.encoding import Answer, Encoded, Encoder
from recexplainer_core.lm.model import AlignedLM
from recexplainer_core.modes import AlignmentMode
from recexplainer_core.recommenders.base import Recommender


class TrainingModule(nn.Module):
    """An aligned language model as `loop.train` takes it.

    Args:
        lm: whose adapter and connector of the mode learn.
        mode: that learns.
        item_vectors: [n_items, d], the target's.
        phrasing_weight: weight in the loss of a token that only the phrasing decides.
    """

    def __init__(
        self, lm: AlignedLM, mode: AlignmentMode, item_vectors: Tensor, phrasing_weight: float
    ) -> None:
        super().__init__()
        self.lm, self.mode, self.item_vectors = lm, mode, item_vectors
        self.phrasing_weight = phrasing_weight

    def forward(
        self,
        prompts: Sequence[Encoded],
        answers: Sequence[Answer],
        user_vectors: Tensor,
        about: Sequence[int],
        together: Sequence[int],
    ) -> dict[str, Tensor]:
        """Return {"loss": the mean over the answers, a scalar}.

        Args:
            prompts: n questions.
            answers: n.
            user_vectors: [n, d], of the user whom each question is about.
            about: n numbers of these vectors.
            together: n numbers; questions with the same one are read in one sequence.
        """
        loss = self.lm.answer_loss(
            prompts,
            answers,
            self.mode,
            user_vectors,
            self.item_vectors,
            self.phrasing_weight,
            about,
            together,
        )
        return {"loss": loss}


@dataclass(frozen=True, eq=False)
class EncodedGroup:
    """All questions about one user, encoded.

    Args:
        questions: each with its answer, or what makes it of the target's scores, and the row of the user's vector.
        user_vectors: [n, d], of the user's history and of beginnings of it.
        number: seeds the answers that are drawn.
    """

    questions: Sequence[tuple[Encoded, Answer | ScoredAnswer, int]]
    user_vectors: Tensor
    number: int


def grouped_by_user(examples: Sequence[Example]) -> list[list[Example]]:
    """Put together the examples about the same user; an example about no user is a group of its own."""
    found: dict[UserContext | int, list[Example]] = {}
    for number, example in enumerate(examples):
        user = example.user
        found.setdefault(number if user is None else user.later or user, []).append(example)
    return list(found.values())


def encode(
    encoder: Encoder, groups: Sequence[Sequence[Example]], user_vectors: Callable[[Sequence[Example]], Tensor]
) -> list[EncodedGroup]:
    """Encode questions, and answers in words.

    Args:
        encoder: of the language model.
        groups: n groups of examples, each about one user.
        user_vectors: m examples -> [m, d], of their histories.
    """
    of_history: list[list[Example]] = []
    rows: list[list[int]] = []
    for group in groups:
        first = {example.history: example for example in reversed(group)}
        numbers = {history: row for row, history in enumerate(first)}
        of_history.append([*first.values()])
        rows.append([numbers[example.history] for example in group])
    vectors = user_vectors([example for histories in of_history for example in histories])
    own = vectors.split([len(histories) for histories in of_history])
    return [
        EncodedGroup(
            [
                (
                    encoder.beginning(example.prompt) if example.goes_on else encoder.prompt(example.prompt),
                    encoder.weighed_answer(example.answer)
                    if isinstance(example.answer, tuple)
                    else example.answer,
                    row,
                )
                for example, row in zip(group, rows[number], strict=True)
            ],
            own[number],
            number,
        )
        for number, group in enumerate(groups)
    ]


def longest(groups: Sequence[EncodedGroup]) -> int:
    """Return the largest number of tokens of a question, together with its answer where that is in words."""
    return max(
        len(prompt.token_ids) + (len(answer.token_ids) if isinstance(answer, Answer) else 0)
        for group in groups
        for prompt, answer, _ in group.questions
    )


class Collate:
    """Make a batch of some groups; answers that the target's scores decide are made here.

    Args:
        labels: titles as tokens.
        recommender: the target.
        temperature: of the softmax over its scores.
        seed: of the answers that are drawn, together with a group's number.
    """

    def __init__(self, labels: AnswerLabels, recommender: Recommender, temperature: float, seed: int) -> None:
        self.labels, self.recommender = labels, recommender
        self.temperature, self.seed = temperature, seed

    def __call__(self, batch: Sequence[EncodedGroup]) -> dict[str, Any]:
        """Return the arguments of `TrainingModule.forward`, for all questions of the groups in order."""
        user_vectors = torch.cat([group.user_vectors for group in batch])
        starts = accumulate((len(group.user_vectors) for group in batch), initial=0)
        probabilities = softmax(self.recommender.scores(user_vectors).numpy(), self.temperature)
        prompts, answers, about, together = [], [], [], []
        for number, (group, start) in enumerate(zip(batch, starts, strict=False)):
            rng = random.Random(f"{self.seed}, {group.number}")
            for prompt, answer, row in group.questions:
                if not isinstance(answer, Answer):
                    answer = answer.encode(self.labels, probabilities[start + row], rng)
                prompts.append(prompt)
                answers.append(answer)
                about.append(start + row)
                together.append(number)
        return {
            "prompts": prompts,
            "answers": answers,
            "user_vectors": user_vectors[about],
            "about": about,
            "together": together,
        }
