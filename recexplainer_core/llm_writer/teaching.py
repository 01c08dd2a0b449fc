"""The writer is taught once, for every bundle: an adapter that words evidence, on a base model that stays as it is."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import torch

from recexplainer_core.alignment.batches import TrainingModule
from recexplainer_core.alignment.loop import train
from recexplainer_core.llm_writer.asking import FORM, question
from recexplainer_core.llm_writer.lesson import Lesson, lessons
from recexplainer_core.lm.adapters import load_for_training, save_adapter
from recexplainer_core.lm.encoding import Answer, Encoded, Encoder
from recexplainer_core.lm.segments import Content
from recexplainer_core.progress import Progress

_RANK, _ALPHA, _BATCH, _RATE, _CHECKPOINTS = 16, 32, 8, 1e-3, 20


def teach(llm: Path | str, folder: Path, count: int, seed: int, progress: Progress) -> None:
    """Teach a base model to word evidence; leaves the adapter at `folder / "adapter"`.

    Args:
        llm: hub id or folder of the base model.
        folder: where checkpoints and the result go; an interrupted run goes on from there.
        count: of reasons that are worded.
        seed: of the reasons, weights and order.
        progress: called at every step.

    Raises:
        ModelError: the base model does not load, or does not fit into memory.
    """
    torch.manual_seed(seed)
    lm = load_for_training(llm, FORM, 1, _RANK, _ALPHA, ends="none")
    encoder = Encoder(lm.tokenizer)
    examples = [encoded(encoder, lesson) for lesson in lessons(count, seed)]
    train(
        TrainingModule(lm, FORM, torch.zeros(0, 1), phrasing_weight=1.0),
        examples,
        _together,
        folder / "checkpoints",
        batch_size=_BATCH,
        epochs=1,
        learning_rate=_RATE,
        checkpoints=_CHECKPOINTS,
        seed=seed,
        progress=progress,
    )
    save_adapter(lm, FORM, folder / "adapter", Path(llm).name)


def encoded(encoder: Encoder, lesson: Lesson) -> tuple[Encoded, Answer]:
    """Return what the writer reads, and what it is to write."""
    return question(encoder, lesson.evidence), encoder.weighed_answer((Content(lesson.text),))


def _together(examples: list[tuple[Encoded, Answer]]) -> dict[str, Any]:
    numbers = range(len(examples))
    return {
        "prompts": [prompt for prompt, _ in examples],
        "answers": [answer for _, answer in examples],
        "user_vectors": torch.zeros(len(examples), 1),
        "about": numbers,
        "together": numbers,
    }
