"""How fast alignment learns here, and what each choice brings: the same steps with one choice undone at a time."""

from __future__ import annotations

import random
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from pathlib import Path

import torch
from torch import Tensor

from recexplainer_core.alignment.batches import Collate, EncodedGroup, TrainingModule
from recexplainer_core.alignment.config import AlignmentConfig
from recexplainer_core.alignment.tasks.base import TASKS
from recexplainer_core.alignment.training import draw_examples, prepare
from recexplainer_core.catalogue import Catalogue
from recexplainer_core.histories import Histories, IntArray
from recexplainer_core.lm.adapters import load_for_training
from recexplainer_core.lm.base_llm import fast_bfloat16
from recexplainer_core.lm.model import AlignedLM
from recexplainer_core.lm.packing import CAPACITY
from recexplainer_core.modes import AlignmentMode
from recexplainer_core.recommenders.base import Recommender

AS_BUILT, NOTHING_SHARED, AS_THE_ORIGINAL = "as built", "nothing shared", "as the original"
"""The last is how the paper's code trains: every question in a sequence of its own, the whole answer read, logits for
all tokens; padded to the longest question of the batch, where that code pads to 1,024 tokens."""
CHOICES = (
    AS_BUILT,
    "without bfloat16",
    "other attention",
    "logits everywhere",
    NOTHING_SHARED,
    "batches twice as large",
    AS_THE_ORIGINAL,
)


@dataclass(frozen=True)
class Speed:
    """What one way of training gets through in a second."""

    choice: str
    examples: float
    tokens: float


def alignment_speeds(
    llm: Path,
    mode: AlignmentMode,
    catalogue: Catalogue,
    histories: Histories,
    users: IntArray,
    recommender: Recommender,
    config: AlignmentConfig,
    steps: int,
) -> Iterator[Speed]:
    """Train some steps on what a build teaches, in its proportions, in each of `CHOICES`.

    Args:
        llm: folder of the base model.
        mode: the mode that learns.
        catalogue: items.
        histories: everybody's histories.
        users: whose histories are used.
        recommender: the target.
        config: what is taught, and how.
        steps: that are timed, after two that are not.
    """
    groups = (steps + 2) * config.batch_size * 2
    config = config.scaled_to(groups * config.draws * (1 + config.prefixes))
    names = [name for name, task in TASKS.items() if task.scales]
    of_task = draw_examples(mode, catalogue, histories, users, recommender, config, 0, names=names)
    torch.manual_seed(0)
    lm = load_for_training(
        llm, mode, recommender.item_vectors.shape[1], config.rank, config.alpha, ends=config.ends
    )
    module = TrainingModule(lm, mode, recommender.item_vectors, config.phrasing_weight)
    encoded, collate, _ = prepare(of_task, lm, catalogue, recommender, config, 0)
    usual, other = ("sdpa", "eager") if torch.cuda.is_available() else ("eager", "sdpa")
    for choice in CHOICES:
        lm.llm.set_attn_implementation(other if choice == "other attention" else usual)
        size = config.batch_size * (2 if choice == "batches twice as large" else 1)
        batches = _batches(encoded, size, steps + 2)
        original = choice == AS_THE_ORIGINAL
        lm.capacity = 0 if original or choice == NOTHING_SHARED else CAPACITY
        collate.labels.said_whole = 1.0 if original else config.said_whole
        with _logits_everywhere(lm) if original or choice == "logits everywhere" else nullcontext():
            bfloat16 = fast_bfloat16() and choice != "without bfloat16"
            yield _timed(choice, module, collate, batches, bfloat16)


def _batches(encoded: Sequence[EncodedGroup], size: int, n: int) -> list[list[EncodedGroup]]:
    order = random.Random(1).sample(list(encoded), len(encoded))
    return [order[start : start + size] for start in range(0, len(order) - size + 1, size)][:n]


def _timed(
    choice: str,
    module: TrainingModule,
    collate: Collate,
    batches: Sequence[list[EncodedGroup]],
    bfloat16: bool,
) -> Speed:
    device = module.lm.device
    module.to(device).train()
    optimizer = torch.optim.AdamW([p for p in module.parameters() if p.requires_grad], lr=1e-4)
    begun, examples, tokens = 0.0, 0, 0
    for number, batch in enumerate(batches):
        if number == 2:
            begun = time.monotonic()
        inputs = collate(batch)
        with torch.autocast(device.type, torch.bfloat16, enabled=bfloat16):
            loss = module(**inputs)["loss"]
        loss.backward()
        optimizer.step()
        optimizer.zero_grad()
        float(loss.detach())
        if number >= 2:
            examples += len(inputs["prompts"])
            tokens += sum(
                len(prompt.token_ids) + len(answer.token_ids)
                for prompt, answer in zip(inputs["prompts"], inputs["answers"], strict=True)
            )
    seconds = time.monotonic() - begun
    return Speed(choice, examples / seconds, tokens / seconds)


@contextmanager
def _logits_everywhere(lm: AlignedLM) -> Iterator[None]:
    def at(inputs: Mapping[str, Tensor], places: Sequence[tuple[int, int]]) -> Tensor:
        rows, columns = torch.tensor(places, device=lm.device).T
        logits: Tensor = lm.llm(**inputs, use_cache=False).logits
        return logits[rows, columns].float()

    lm.logits_at = at  # type: ignore[method-assign]
    try:
        yield
    finally:
        del lm.logits_at
