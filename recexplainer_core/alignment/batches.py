"""From examples to batches with their answers, and to a loss."""

from __future__ import annotations

import random
from collections.abc import Sequence
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn

from recexplainer_core.alignment.context import Example, UserContext
from recexplainer_core.alignment.soft_labels import (
    FloatArray,
    TitleLabels,
    listed_titles,
    softmax,
    temperature_for,
)
from recexplainer_core.catalogue import Catalogue
from recexplainer_core.lm.encoding import Answer, Encoded, Encoder
from recexplainer_core.lm.model import AlignedLM
from recexplainer_core.lm.segments import NO, SEPARATOR
from recexplainer_core.modes import AlignmentMode
from recexplainer_core.recommenders.base import Recommender, mask_seen


class TrainingModule(nn.Module):
    """An aligned language model as the loop wants it."""

    def __init__(self, lm: AlignedLM, mode: AlignmentMode, item_vectors: Tensor, wording: float) -> None:
        super().__init__()
        self.lm, self.mode, self.item_vectors, self.wording = lm, mode, item_vectors, wording

    def forward(
        self,
        prompts: Sequence[Encoded],
        answers: Sequence[Answer],
        user_vectors: Tensor,
        about: Sequence[int],
    ) -> dict[str, Tensor]:
        """Return {"loss": the mean over the answers}."""
        loss = self.lm.answer_loss(
            prompts, answers, self.mode, user_vectors, self.item_vectors, self.wording, about
        )
        return {"loss": loss}


def grouped_by_user(examples: Sequence[Example]) -> list[list[Example]]:
    """Put together what is asked about the same subject; what is about nobody stands alone."""
    found: dict[UserContext | int, list[Example]] = {}
    for number, example in enumerate(examples):
        found.setdefault(example.user or number, []).append(example)
    return list(found.values())


def encode(encoder: Encoder, group: Sequence[Example], user_vector: Tensor, number: int) -> dict[str, Any]:
    """Encode a sitting for `Collate`; its number seeds the answers, where these are drawn."""
    return {
        "questions": [
            (
                encoder.prompt(example.prompt),
                None if example.answer is None else encoder.weighed_answer(example.answer),
                example,
            )
            for example in group
        ],
        "user_vector": user_vector,
        "number": number,
    }


def longest(encoded: Sequence[dict[str, Any]]) -> int:
    """Return how many tokens the longest question has, with its answer where that is known."""
    return max(
        len(prompt.token_ids) + (len(answer.token_ids) if answer else 0)
        for group in encoded
        for prompt, answer, _ in group["questions"]
    )


class Collate:
    """Make a batch; what the target's scores decide is answered here.

    The next item: its whole distribution over the unseen items. An order of some items: the same distribution over
    those that are left.
    """

    def __init__(
        self,
        encoder: Encoder,
        catalogue: Catalogue,
        recommender: Recommender,
        first_share: float,
        asked: Sequence[Example],
        user_vectors: Tensor,
        seed: int,
    ) -> None:
        self.labels = TitleLabels([(*encoder.content(title), encoder.end) for title in catalogue.titles])
        self.separator, self.end = encoder.answer((SEPARATOR,))[:-1], encoder.end
        self.no = encoder.answer((NO,))
        self.longest_title = max(map(len, self.labels.paths))
        self.recommender, self.seed = recommender, seed
        scores = mask_seen(recommender.scores(user_vectors), [example.history for example in asked])
        self.temperature = temperature_for(first_share, scores.numpy())

    def __call__(self, batch: list[dict[str, Any]]) -> dict[str, Any]:
        """Return the arguments of `Lesson.forward`."""
        asked = [(row, *question) for row, group in enumerate(batch) for question in group["questions"]]
        about = [row for row, *_ in asked]
        user_vectors = torch.stack([group["user_vector"] for group in batch])
        probabilities = softmax(self.recommender.scores(user_vectors).numpy(), self.temperature)
        draws = [random.Random(f"{self.seed}, {group['number']}") for group in batch]
        return {
            "prompts": [prompt for _, prompt, _, _ in asked],
            "answers": [
                self._answer(example, probabilities[row], draws[row]) if answer is None else answer
                for row, _, answer, example in asked
            ],
            "user_vectors": user_vectors[about],
            "about": about,
        }

    def _answer(self, example: Example, probabilities: FloatArray, rng: random.Random) -> Answer:
        """Answer by the target's shares [n_items]."""
        if example.judged is not None:
            chances = np.array([example.yes, 1 - example.yes])
            return TitleLabels([self.labels.paths[example.judged], self.no]).answer(
                chances, (), rng, restricted=True
            )
        if items := list(example.ordered or example.listed):
            paths = [self.labels.paths[item][:-1] for item in items]
            by_target = bool(example.ordered)
            weights = probabilities[items] if by_target else np.ones(len(items))
            return listed_titles(paths, weights, self.separator, self.end, restricted=by_target)
        return self.labels.answer(probabilities, example.history, rng)
