"""The training loop of both stages: `transformers.Trainer`, set up to resume, to report, and to use what there is."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, TypeVar

import torch
from safetensors.torch import load_file, save_file
from torch import nn
from torch.utils.data import Dataset
from transformers import (
    PrinterCallback,
    Trainer,
    TrainerCallback,
    TrainerControl,
    TrainerState,
    TrainingArguments,
)
from transformers.trainer import TRAINER_STATE_NAME
from transformers.utils import logging

from recexplainer_core.lm.base_llm import fast_bfloat16
from recexplainer_core.progress import Progress

TRAINED = "trained.safetensors"
_WORKERS = 2
Example = TypeVar("Example")


class ListDataset(Dataset[Any]):
    """Examples that are already in memory."""

    def __init__(self, examples: Sequence[Any]) -> None:
        self.examples = examples

    def __len__(self) -> int:
        return len(self.examples)

    def __getitem__(self, index: int) -> Any:
        return self.examples[index]


class _Report(TrainerCallback):
    def __init__(self, progress: Progress) -> None:
        self.progress, self.loss = progress, ""

    def on_log(self, args: Any, state: TrainerState, control: TrainerControl, **kwargs: Any) -> None:
        self.loss = f"loss {kwargs['logs']['loss']:.3f}" if "loss" in kwargs["logs"] else self.loss

    def on_step_end(self, args: Any, state: TrainerState, control: TrainerControl, **kwargs: Any) -> None:
        self.progress(state.global_step, state.max_steps, self.loss)


class _WeightsThatLearn(Trainer):
    """Checkpoint only what is trained: a frozen base model of any size is never copied."""

    def _save(self, output_dir: str | None = None, state_dict: Any = None) -> None:
        assert self.model is not None
        folder = Path(output_dir or str(self.args.output_dir))
        folder.mkdir(parents=True, exist_ok=True)
        trained = {n: p.detach().contiguous() for n, p in self.model.named_parameters() if p.requires_grad}
        save_file(trained, folder / TRAINED)

    def _load_from_checkpoint(self, resume_from_checkpoint: str, model: nn.Module | None = None) -> None:
        target = model if model is not None else self.model
        assert target is not None
        target.load_state_dict(load_file(Path(resume_from_checkpoint) / TRAINED), strict=False)


def train(
    model: nn.Module,
    examples: Sequence[Example],
    collate: Callable[[list[Example]], dict[str, Any]],
    folder: Path,
    *,
    batch_size: int,
    epochs: float,
    learning_rate: float,
    checkpoints: int,
    seed: int,
    progress: Progress,
) -> None:
    """Train in place; goes on from the newest checkpoint in `folder` if there is one.

    Args:
        model: its `forward(**batch)` returns {"loss": scalar}.
        examples: what batches are made of, drawn in random order.
        collate: examples -> keyword arguments of `forward`.
        folder: where checkpoints are kept.
        batch_size: examples a step.
        epochs: passes over the examples.
        learning_rate: peak; warmed up over a twentieth of the steps, then falling on a cosine to 0.
        checkpoints: how many are written over the whole run; the newest is kept.
        seed: of order and dropout.
        progress: called at every step.
    """
    logging.set_verbosity_error()
    logging.disable_progress_bar()
    steps = max(1, int(len(examples) * epochs / batch_size))
    arguments = TrainingArguments(
        output_dir=str(folder),
        per_device_train_batch_size=batch_size,
        num_train_epochs=epochs,
        learning_rate=learning_rate,
        lr_scheduler_type="cosine",
        warmup_steps=max(1, steps // 20),
        weight_decay=0.01,
        max_grad_norm=1.0,
        adam_beta2=0.98,
        bf16=fast_bfloat16(),
        remove_unused_columns=False,
        save_strategy="steps",
        save_steps=max(1, steps // checkpoints),
        save_total_limit=1,
        logging_steps=max(1, steps // 200),
        report_to=[],
        disable_tqdm=True,
        # A GPU would wait for the next batch to be made.
        dataloader_num_workers=_WORKERS if torch.cuda.is_available() else 0,
        seed=seed,
        use_cpu=not torch.cuda.is_available(),
        # Several processes share each batch, so that they take the steps that one would take.
        accelerator_config={"split_batches": True},
        ddp_find_unused_parameters=True,
    )
    trainer = _WeightsThatLearn(
        model=model,
        args=arguments,
        train_dataset=ListDataset(examples),
        data_collator=collate,
        callbacks=[_Report(progress)],
    )
    trainer.remove_callback(PrinterCallback)
    trainer.train(resume_from_checkpoint=_newest_checkpoint(folder))


def learning_curve(folder: Path, points: int = 50) -> list[tuple[int, float]]:
    """Return (examples seen, mean loss since the last point) of a training, from the checkpoints in its folder.

    With one pass over the examples, each loss is of examples not seen before.
    """
    newest = _newest_checkpoint(folder)
    if newest is None:
        return []
    state = json.loads((Path(newest) / TRAINER_STATE_NAME).read_text(encoding="utf-8"))
    log = [(entry["step"], entry["loss"]) for entry in state["log_history"] if "loss" in entry]
    size = max(1, -(-len(log) // points))
    parts = [log[start : start + size] for start in range(0, len(log), size)]
    examples = int(state["train_batch_size"])
    return [(part[-1][0] * examples, sum(loss for _, loss in part) / len(part)) for part in parts]


def _newest_checkpoint(folder: Path) -> str | None:
    """Return the newest whole checkpoint; one that was cut off while it was written is removed."""
    found = sorted(folder.glob("checkpoint-*"), key=lambda path: int(path.name.split("-")[1]), reverse=True)
    for checkpoint in found:
        try:
            json.loads((checkpoint / TRAINER_STATE_NAME).read_text(encoding="utf-8"))
        except (OSError, ValueError):  # the trainer writes its state last
            shutil.rmtree(checkpoint)
        else:
            return str(checkpoint)
    return None
