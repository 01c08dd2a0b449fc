"""Align a language model to the target in one mode: an adapter and a connector learn, everything else is frozen."""

from __future__ import annotations

import random
from collections.abc import Sequence
from pathlib import Path

import torch
from torch import Tensor

from recexplainer_core.alignment.answers import AnswerLabels
from recexplainer_core.alignment.augmentation import HistorySampler
from recexplainer_core.alignment.batches import Collate, TrainingModule, encode, grouped_by_user, longest
from recexplainer_core.alignment.config import AlignmentConfig
from recexplainer_core.alignment.context import FORMS, Example, Exchange, TaskContext
from recexplainer_core.alignment.loop import train
from recexplainer_core.alignment.soft_labels import temperature_for
from recexplainer_core.alignment.tasks.base import NEXT_ITEM, TASKS
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
from recexplainer_core.recommenders.base import Recommender, mask_seen

CHECKPOINTS = "checkpoints"
_SAMPLE = 512
"""Users whose scores set the temperature."""


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
    """Align one mode with every registered task; leaves adapter and connector at `folder / "adapter"`.

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
        progress: called at every step.
        exchanges: what general conversation is about; the catalogue where there are none.
        four_bit: round the base model's weights to four bits while its adapter learns.

    Raises:
        ModelError: the base model does not load, does not fit into memory, or takes too few tokens.
    """
    rng = random.Random(seed)
    sampler = HistorySampler(histories, training_users, recommender.max_history, config.edited, rng)
    context = TaskContext(catalogue, recommender, sampler, FORMS[mode], rng, exchanges)
    of_task = {name: task.examples(context, config.n_examples(name)) for name, task in TASKS.items()}
    torch.manual_seed(seed)
    lm = AlignedLM.for_training(
        llm, mode, recommender.item_vectors.shape[1], config.rank, config.alpha, four_bit
    )
    encoder = Encoder(lm.tokenizer)
    labels = AnswerLabels(encoder, catalogue)
    groups = grouped_by_user([example for examples in of_task.values() for example in examples])
    encoded = encode(encoder, groups, vectors_of(recommender, [group[0] for group in groups]))
    _check_context(lm, llm, longest(encoded) + labels.longest_title)
    next_item_vectors = vectors_of(recommender, of_task[NEXT_ITEM])
    temperature = temperature_of(recommender, of_task[NEXT_ITEM], next_item_vectors, config)
    initialise_title_lora(lm, mode, catalogue, recommender.item_vectors)
    if mode.shows_vectors:
        start_connector(lm, mode, catalogue, recommender, next_item_vectors, temperature)
    train(
        TrainingModule(lm, mode, recommender.item_vectors, config.phrasing_weight),
        encoded,
        Collate(labels, recommender, temperature, seed),
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


def temperature_of(
    recommender: Recommender, examples: Sequence[Example], user_vectors: Tensor, config: AlignmentConfig
) -> float:
    """Return the temperature of the target's softmax, from the first examples.

    Args:
        recommender: the target.
        examples: n, each about a user.
        user_vectors: [n, d], of their histories.
        config: says how probable the target's first choice is to be.
    """
    sample = slice(min(_SAMPLE, len(examples)))
    seen = [example.history for example in examples[sample]]
    scores = mask_seen(recommender.scores(user_vectors[sample]), seen)
    return temperature_for(config.first_probability, scores.numpy())


def _check_context(lm: AlignedLM, llm: Path | str, most: int) -> None:
    room = context_length(lm.llm)
    if room is not None and most > room:
        raise ModelError(
            f"The longest question and answer may have {most} tokens, and {llm} takes {room}. "
            "Use a model with a longer context, or build with a smaller --max-history."
        )
