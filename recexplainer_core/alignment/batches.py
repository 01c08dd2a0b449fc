"""From examples to batches with their answers, and to a loss."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
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
    ) -> dict[str, Tensor]:
        """Return {"loss": the mean over the answers, a scalar}.

        Args:
            prompts: n questions.
            answers: n.
            user_vectors: [n, d], of the user whom each question is about.
            about: n numbers of these users; questions with the same number are read behind one history.
        """
        loss = self.lm.answer_loss(
            prompts, answers, self.mode, user_vectors, self.item_vectors, self.phrasing_weight, about
        )
        return {"loss": loss}


@dataclass(frozen=True, eq=False)
class EncodedGroup:
    """All questions about one user, encoded.

    Args:
        questions: each with its answer, or what makes it of the target's scores.
        user_vector: [d], of the user's history.
        number: seeds the answers that are drawn.
    """

    questions: Sequence[tuple[Encoded, Answer | ScoredAnswer]]
    user_vector: Tensor
    number: int


def grouped_by_user(examples: Sequence[Example]) -> list[list[Example]]:
    """Put together the examples about the same user; an example about no user is a group of its own."""
    found: dict[UserContext | int, list[Example]] = {}
    for number, example in enumerate(examples):
        found.setdefault(example.user or number, []).append(example)
    return list(found.values())


def encode(encoder: Encoder, groups: Sequence[Sequence[Example]], user_vectors: Tensor) -> list[EncodedGroup]:
    """Encode questions, and answers in words.

    Args:
        encoder: of the language model.
        groups: n groups of examples, each about one user.
        user_vectors: [n, d], of the groups' histories.
    """
    return [
        EncodedGroup(
            [
                (
                    encoder.prompt(example.prompt),
                    encoder.weighed_answer(example.answer)
                    if isinstance(example.answer, tuple)
                    else example.answer,
                )
                for example in group
            ],
            vector,
            number,
        )
        for number, (group, vector) in enumerate(zip(groups, user_vectors, strict=True))
    ]


def longest(groups: Sequence[EncodedGroup]) -> int:
    """Return the largest number of tokens of a question, together with its answer where that is in words."""
    return max(
        len(prompt.token_ids) + (len(answer.token_ids) if isinstance(answer, Answer) else 0)
        for group in groups
        for prompt, answer in group.questions
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
        asked = [(row, *question) for row, group in enumerate(batch) for question in group.questions]
        about = [row for row, *_ in asked]
        user_vectors = torch.stack([group.user_vector for group in batch])
        probabilities = softmax(self.recommender.scores(user_vectors).numpy(), self.temperature)
        draws = [random.Random(f"{self.seed}, {group.number}") for group in batch]
        return {
            "prompts": [prompt for _, prompt, _ in asked],
            "answers": [
                answer
                if isinstance(answer, Answer)
                else answer.encode(self.labels, probabilities[row], draws[row])
                for row, _, answer in asked
            ],
            "user_vectors": user_vectors[about],
            "about": about,
        }
