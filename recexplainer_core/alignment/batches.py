"""From examples to batches with their answers, and to a loss."""

from __future__ import annotations

import random
from collections.abc import Sequence
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn

from recexplainer_core.alignment.asking import Example
from recexplainer_core.alignment.soft_labels import TitleLabels, softmax, temperature_for
from recexplainer_core.catalogue import Catalogue
from recexplainer_core.recommenders.base import Recommender, of_unseen
from recexplainer_core.surrogate import prompts
from recexplainer_core.surrogate.encoding import Answer, Encoded, Encoder
from recexplainer_core.surrogate.model import AlignedLM
from recexplainer_core.surrogate.modes import AlignmentMode


class Lesson(nn.Module):
    """An aligned language model as the loop wants it."""

    def __init__(self, lm: AlignedLM, mode: AlignmentMode, item_vectors: Tensor) -> None:
        super().__init__()
        self.lm, self.mode, self.item_vectors = lm, mode, item_vectors

    def forward(
        self, prompts: Sequence[Encoded], answers: Sequence[Answer], user_vectors: Tensor
    ) -> dict[str, Tensor]:
        """Return {"loss": the mean over the answers' tokens}."""
        return {"loss": self.lm.answer_loss(prompts, answers, self.mode, user_vectors, self.item_vectors)}


def encode(encoder: Encoder, example: Example, user_vector: Tensor, number: int) -> dict[str, Any]:
    """Encode an example for `Collate`; its number seeds the answer, where that is drawn."""
    prompt = encoder.prompt(example.prompt)
    answer = None if example.answer is None else Answer.plain(encoder.answer(example.answer))
    whole = prompt.token_ids if answer is None else (*prompt.token_ids, *answer.token_ids)
    return {
        "prompt": prompt,
        "answer": answer,
        "user_vector": user_vector,
        "number": number,
        "history": example.history,
        "yes": example.yes,
        "input_ids": whole,
    }


class Collate:
    """Make a batch; the next item is answered here, by the target: its whole distribution over the unseen items."""

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
        self.yes_or_no = TitleLabels([encoder.answer((word,)) for word in (prompts.YES, prompts.NO)])
        self.longest_title = max(map(len, self.labels.paths))
        self.recommender, self.seed = recommender, seed
        scores = of_unseen(recommender.scores(user_vectors), [example.history for example in asked])
        self.temperature = temperature_for(first_share, scores.numpy())

    def __call__(self, batch: list[dict[str, Any]]) -> dict[str, Any]:
        """Return the arguments of `Lesson.forward`."""
        user_vectors = torch.stack([example["user_vector"] for example in batch])
        answers: list[Answer] = [example["answer"] for example in batch]
        asked_next: list[int] = []
        for row, example in enumerate(batch):
            if example["yes"] is not None:
                chances = np.array([example["yes"], 1 - example["yes"]])
                answers[row] = self.yes_or_no.answer(chances, (), self._rng(example))
            elif example["answer"] is None:
                asked_next.append(row)
        if asked_next:
            scores = self.recommender.scores(user_vectors[asked_next]).numpy()
            for row, probabilities in zip(asked_next, softmax(scores, self.temperature), strict=True):
                example = batch[row]
                answers[row] = self.labels.answer(probabilities, example["history"], self._rng(example))
        return {
            "prompts": [example["prompt"] for example in batch],
            "answers": answers,
            "user_vectors": user_vectors,
        }

    def _rng(self, example: dict[str, Any]) -> random.Random:
        return random.Random(f"{self.seed}, {example['number']}")
