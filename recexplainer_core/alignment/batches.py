"""From examples to batches with their answers, and to a loss."""

from __future__ import annotations

import random
from collections.abc import Sequence
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn

from recexplainer_core.alignment.asking import Example
from recexplainer_core.alignment.soft_labels import (
    FloatArray,
    TitleLabels,
    listed_titles,
    softmax,
    temperature_for,
)
from recexplainer_core.catalogue import Catalogue
from recexplainer_core.recommenders.base import Recommender, of_unseen
from recexplainer_core.surrogate.encoding import Answer, Encoded, Encoder
from recexplainer_core.surrogate.model import AlignedLM
from recexplainer_core.surrogate.modes import AlignmentMode
from recexplainer_core.surrogate.segments import NO, SEPARATOR


class Lesson(nn.Module):
    """An aligned language model as the loop wants it."""

    def __init__(self, lm: AlignedLM, mode: AlignmentMode, item_vectors: Tensor, wording: float) -> None:
        super().__init__()
        self.lm, self.mode, self.item_vectors, self.wording = lm, mode, item_vectors, wording

    def forward(
        self, prompts: Sequence[Encoded], answers: Sequence[Answer], user_vectors: Tensor
    ) -> dict[str, Tensor]:
        """Return {"loss": the weighted mean over the answers' tokens}."""
        loss = self.lm.answer_loss(prompts, answers, self.mode, user_vectors, self.item_vectors, self.wording)
        return {"loss": loss}


def encode(encoder: Encoder, example: Example, user_vector: Tensor, number: int) -> dict[str, Any]:
    """Encode an example for `Collate`; its number seeds the answer, where that is drawn."""
    prompt = encoder.prompt(example.prompt)
    answer = None if example.answer is None else encoder.weighed_answer(example.answer)
    whole = prompt.token_ids if answer is None else (*prompt.token_ids, *answer.token_ids)
    return {
        "prompt": prompt,
        "answer": answer,
        "user_vector": user_vector,
        "number": number,
        "example": example,
        "input_ids": whole,
    }


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
        scores = of_unseen(recommender.scores(user_vectors), [example.history for example in asked])
        self.temperature = temperature_for(first_share, scores.numpy())

    def __call__(self, batch: list[dict[str, Any]]) -> dict[str, Any]:
        """Return the arguments of `Lesson.forward`."""
        user_vectors = torch.stack([row["user_vector"] for row in batch])
        answers: list[Answer] = [row["answer"] for row in batch]
        open_rows = [place for place, answer in enumerate(answers) if answer is None]
        if open_rows:
            scores = self.recommender.scores(user_vectors[open_rows]).numpy()
            for place, shares in zip(open_rows, softmax(scores, self.temperature), strict=True):
                rng = random.Random(f"{self.seed}, {batch[place]['number']}")
                answers[place] = self._answer(batch[place]["example"], shares, rng)
        return {"prompts": [row["prompt"] for row in batch], "answers": answers, "user_vectors": user_vectors}

    def _answer(self, example: Example, shares: FloatArray, rng: random.Random) -> Answer:
        """Answer by the target's shares [n_items]."""
        if example.judged is not None:
            chances = np.array([example.yes, 1 - example.yes])
            return TitleLabels([self.labels.paths[example.judged], self.no]).answer(
                chances, (), rng, closed=True
            )
        if items := list(example.ordered or example.listed):
            paths = [self.labels.paths[item][:-1] for item in items]
            by_target = bool(example.ordered)
            weights = shares[items] if by_target else np.ones(len(items))
            return listed_titles(paths, weights, self.separator, self.end, closed=by_target)
        return self.labels.answer(shares, example.history, rng)
