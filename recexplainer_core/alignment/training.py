"""Align a language model to the target in one mode: an adapter and a connector learn, everything else is frozen."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path

import torch
from torch import Tensor

from recexplainer_core.alignment.augmentation import HistorySampler
from recexplainer_core.alignment.batches import Collate, TrainingModule, encode, grouped_by_user, longest
from recexplainer_core.alignment.context import FORMS, Example, TaskContext
from recexplainer_core.alignment.loop import train
from recexplainer_core.alignment.tasks.conversation import Exchange, conversation_examples
from recexplainer_core.alignment.tasks.item_tasks import description_examples, next_item_examples
from recexplainer_core.alignment.tasks.judgements import interest_examples, ranking_examples
from recexplainer_core.alignment.tasks.profiles import leaning_examples, recall_examples
from recexplainer_core.alignment.tasks.rationale import rationale_examples
from recexplainer_core.alignment.warm_start import initialise_title_lora, start_connector
from recexplainer_core.catalogue import Catalogue
from recexplainer_core.errors import ModelError
from recexplainer_core.histories import Histories, IntArray
from recexplainer_core.lm.base_llm import context_length
from recexplainer_core.lm.encoding import Encoder
from recexplainer_core.lm.model import AlignedLM
from recexplainer_core.modes import AlignmentMode
from recexplainer_core.processes import processes
from recexplainer_core.progress import Progress
from recexplainer_core.recommenders.base import Recommender

CHECKPOINTS = "checkpoints"
_SAMPLE = 512
"""Users whose scores set the temperature."""


@dataclass(frozen=True)
class AlignmentConfig:
    """What is taught, and how.

    Args:
        next_item_examples: questions of task 1, next-item retrieval.
        ranking_examples: of task 2, item ranking.
        interest_examples: of task 3, interest classification.
        descriptions_per_item: of task 4, item discrimination, about each item, and one about the item most like it.
        conversation_examples: of task 5, general conversation.
        recall_examples: of task 6, history reconstruction; only modes that see vectors learn it.
        leaning_examples: of task 6, preference summary.
        rationale_examples: of task 7, rationale.
        edited: share of the histories that are edited before the target labels them.
        first_share: probability of the target's first choice in the answers to task 1, in the mean over users; it
            sets the temperature of the target's softmax.
        wording: weight in the loss of a token that only the wording decides, relative to one that the target decides.
        rank: of the LoRA matrices; in the embeddings and the output layer at least the target's vector size.
        alpha: their scale.
        batch_size: users a step, each with all that is asked about them.
        learning_rate: peak.
        checkpoints: written over the run.
    """

    next_item_examples: int = 48_000
    ranking_examples: int = 8_000
    interest_examples: int = 10_000
    descriptions_per_item: int = 3
    conversation_examples: int = 2_000
    recall_examples: int = 4_000
    leaning_examples: int = 3_000
    rationale_examples: int = 20_000
    edited: float = 0.4
    first_share: float = 0.15
    wording: float = 0.2
    rank: int = 32
    alpha: int = 64
    batch_size: int = 16
    learning_rate: float = 1.5e-3
    checkpoints: int = 10

    def scaled_to(self, next_item_examples: int) -> AlignmentConfig:
        """Return the same lesson with so many questions of task 1, and the other tasks in proportion."""
        share = next_item_examples / self.next_item_examples
        counts = {
            name: max(1, round(share * count))
            for name, count in asdict(self).items()
            if name.endswith("_examples")
        }
        return replace(self, **counts)


def align(
    mode: AlignmentMode,
    llm: Path | str,
    catalogue: Catalogue,
    histories: Histories,
    training_users: IntArray,
    recommender: Recommender,
    config: AlignmentConfig,
    folder: Path,
    seed: int,
    progress: Progress,
    exchanges: Sequence[Exchange] = (),
    four_bit: bool = False,
) -> None:
    """Align one mode; leaves adapter and connector at `folder / "adapter"`.

    Args:
        mode: what the model sees of a user.
        llm: hub id or folder of the base model.
        catalogue: items.
        histories: everybody's histories.
        training_users: the users whose histories may be used.
        recommender: the target.
        config: what is taught, and how.
        folder: where checkpoints and the result go; an interrupted run goes on from there.
        seed: of examples, weights and order.
        progress: told of every step.
        exchanges: what task 5 is about; the catalogue where there are none.
        four_bit: round the base model's weights to four bits while its adapter learns.

    Raises:
        ModelError: the base model does not load, does not fit into memory, or takes too few tokens.
    """
    rng = random.Random(seed)
    sampler = HistorySampler(histories, training_users, recommender.max_history, config.edited, rng)
    context = TaskContext(catalogue, recommender, sampler, FORMS[mode], rng)
    examples = next_item_examples(context, config.next_item_examples)
    n_next = len(examples)
    examples += ranking_examples(context, config.ranking_examples)
    examples += interest_examples(context, config.interest_examples)
    examples += description_examples(context, config.descriptions_per_item)
    examples += conversation_examples(context, exchanges, config.conversation_examples)
    examples += recall_examples(context, config.recall_examples)
    examples += leaning_examples(context, config.leaning_examples)
    examples += rationale_examples(context, config.rationale_examples)
    torch.manual_seed(seed)
    lm = AlignedLM.for_training(
        llm, mode, recommender.item_vectors.shape[1], config.rank, config.alpha, four_bit
    )
    encoder = Encoder(lm.tokenizer)
    asked = examples[:n_next]
    asked_vectors = vectors_of(recommender, asked)
    sample = slice(min(_SAMPLE, n_next))
    collate = Collate(
        encoder, catalogue, recommender, config.first_share, asked[sample], asked_vectors[sample], seed
    )
    together = grouped_by_user(examples)
    user_vectors = vectors_of(recommender, [group[0] for group in together])
    encoded = [
        encode(encoder, group, vector, number)
        for number, (group, vector) in enumerate(zip(together, user_vectors, strict=True))
    ]
    _check_context(lm, llm, longest(encoded) + collate.longest_title)
    initialise_title_lora(lm, mode, catalogue, recommender.item_vectors)
    if mode.shows_vectors:
        start_connector(lm, mode, catalogue, recommender, asked_vectors, collate.temperature)
    train(
        TrainingModule(lm, mode, recommender.item_vectors, config.wording),
        encoded,
        collate,
        folder / CHECKPOINTS,
        batch_size=config.batch_size,
        epochs=1,
        learning_rate=config.learning_rate,
        checkpoints=config.checkpoints,
        seed=seed,
        progress=progress,
    )
    name = "llm" if Path(str(llm)).is_dir() else str(llm)
    if processes().is_main_process:
        lm.save_adapter(mode, folder / "adapter", name)


def vectors_of(recommender: Recommender, examples: Sequence[Example], batch: int = 4096) -> Tensor:
    """Return the user vectors [n, d] of the examples' histories."""
    with torch.inference_mode():
        parts = [
            recommender.user_vectors([e.history for e in examples[start : start + batch]])
            for start in range(0, len(examples), batch)
        ]
    return torch.cat(parts).clone()


def _check_context(lm: AlignedLM, llm: Path | str, most: int) -> None:
    room = context_length(lm.llm)
    if room is not None and most > room:
        raise ModelError(
            f"The longest question and answer may have {most} tokens, and {llm} takes {room}. "
            "Use a model with a longer context, or build with a smaller --max-history."
        )
