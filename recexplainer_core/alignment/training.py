"""Align a language model to the target in one mode: an adapter and a connector learn, everything else is frozen."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path

import torch
from torch import Tensor

from recexplainer_core.alignment.answers import AnswerLabels
from recexplainer_core.alignment.augmentation import HistorySampler
from recexplainer_core.alignment.batches import (
    Collate,
    EncodedGroup,
    TrainingModule,
    encode,
    grouped_by_user,
    longest,
)
from recexplainer_core.alignment.config import AlignmentConfig
from recexplainer_core.alignment.context import FORMS, Example, Exchange, TaskContext
from recexplainer_core.alignment.loop import train
from recexplainer_core.alignment.soft_labels import temperature_for
from recexplainer_core.alignment.tasks.base import NEXT_ITEM, TASKS
from recexplainer_core.alignment.warm_start import (
    initialise_title_lora,
    lay_out_titles,
    start_connector,
)
from recexplainer_core.catalogue import Catalogue
from recexplainer_core.errors import ModelError
from recexplainer_core.histories import Histories, IntArray
from recexplainer_core.lm.adapters import load_for_training, save_adapter
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
    of_task = draw_examples(mode, catalogue, histories, training_users, recommender, config, seed, exchanges)
    torch.manual_seed(seed)
    lm = load_for_training(
        llm, mode, recommender.item_vectors.shape[1], config.rank, config.alpha, four_bit, config.ends
    )
    encoded, collate, next_item_vectors = prepare(of_task, lm, catalogue, recommender, config, seed)
    _check_context(lm, llm, longest(encoded) + collate.labels.longest_title)
    start_titles = initialise_title_lora if config.ends == "both" else lay_out_titles
    start_titles(lm, mode, catalogue, recommender.item_vectors)
    if mode.shows_vectors:
        start_connector(lm, mode, catalogue, recommender, next_item_vectors, collate.temperature)
    train(
        TrainingModule(lm, mode, recommender.item_vectors, config.phrasing_weight),
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
        save_adapter(lm, mode, folder / "adapter", name)


def draw_examples(
    mode: AlignmentMode,
    catalogue: Catalogue,
    histories: Histories,
    training_users: IntArray,
    recommender: Recommender,
    config: AlignmentConfig,
    seed: int,
    exchanges: Sequence[Exchange] = (),
    names: Sequence[str] | None = None,
) -> dict[str, list[Example]]:
    """Return task -> examples, of every registered task unless names are given; other arguments as in `align`."""
    rng = random.Random(seed)
    sampler = HistorySampler(histories, training_users, recommender.max_history, config.edited, rng)
    context = TaskContext(
        *(catalogue, recommender, sampler, FORMS[mode], rng, exchanges),
        *(config.draws, config.prefixes, config.in_passing),
    )
    return {
        name: TASKS.get(name).examples(context, config.n_examples(name)) for name in names or TASKS.names()
    }


def prepare(
    of_task: Mapping[str, Sequence[Example]],
    lm: AlignedLM,
    catalogue: Catalogue,
    recommender: Recommender,
    config: AlignmentConfig,
    seed: int,
) -> tuple[list[EncodedGroup], Collate, Tensor]:
    """Return the groups to train on, what makes batches of them, and the user vectors [n, d] of next-item retrieval.

    Args:
        of_task: task -> examples, those of next-item retrieval among them.
        lm: that learns.
        catalogue: items.
        recommender: the target.
        config: says how probable the target's first choice is to be.
        seed: of the answers that are drawn.
    """
    encoder = Encoder(lm.tokenizer)
    next_items = of_task[NEXT_ITEM]
    next_item_vectors = _vectors_of(recommender, next_items)
    sample = slice(min(_SAMPLE, len(next_items)))
    scores = mask_seen(
        recommender.scores(next_item_vectors[sample]), [example.history for example in next_items[sample]]
    )
    temperature = temperature_for(config.first_probability, scores.numpy())
    groups = grouped_by_user([example for examples in of_task.values() for example in examples])
    encoded = encode(encoder, groups, partial(_vectors_of, recommender))
    return (
        encoded,
        Collate(AnswerLabels(encoder, catalogue, config.said_whole), recommender, temperature, seed),
        next_item_vectors,
    )


def _vectors_of(recommender: Recommender, examples: Sequence[Example], batch: int = 4096) -> Tensor:
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
