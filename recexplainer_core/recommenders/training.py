"""Training SASRec: full cross-entropy, early stopping, and checkpoints that lose nothing."""

from __future__ import annotations

import copy
import hashlib
import json
import math
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
import torch

from recexplainer_core.errors import ModelError
from recexplainer_core.histories import Histories, IntArray
from recexplainer_core.progress import Progress, silent
from recexplainer_core.recommenders.cross_entropy import full_cross_entropy
from recexplainer_core.recommenders.evaluation import evaluate_leave_one_out
from recexplainer_core.recommenders.leave_one_out import evaluated_users
from recexplainer_core.recommenders.registry import RecommenderKind
from recexplainer_core.recommenders.sasrec import SASRec, SASRecConfig, SASRecNetwork
from recexplainer_core.recommenders.storage import Tensors, read_tensors, write_tensors
from recexplainer_core.recommenders.windows import Windows

CHECKPOINT = "checkpoint.safetensors"
VALIDATION_USERS = 10_000
"""More would cost time at every epoch and hardly move the mean."""
STEPS, FEWEST_EPOCHS, MOST_EPOCHS = 1_300, 10, 60
"""What `epochs=None` means: small and large data alike are learned in about as many steps, but never in a few
looks at each item."""
WARM_UP = 0.05
"""Fraction of all steps in which the learning rate rises to its peak."""


def train_sasrec(
    histories: Histories, n_items: int, config: SASRecConfig, folder: Path, progress: Progress = silent
) -> SASRec:
    """Train on every user's history but its last two items and return the best epoch's model.

    Goes on from the checkpoint in `folder` if there is one; the result is the one of an uninterrupted run.

    Args:
        histories: all users; the item before the last is for validation, the last is never looked at.
        n_items: size of the catalogue.
        config: architecture and training.
        folder: where the checkpoint is kept, one per training.
        progress: called after every step, with the best validation NDCG@10 so far.

    Raises:
        ModelError: the checkpoint is of another configuration or of other data.
    """
    windows = Windows.cut(histories, config.max_history)
    run = _Run.begin_or_resume(folder, config, n_items, _fingerprint(histories, n_items, config))
    users = _validation_users(histories, config.seed)
    steps = math.ceil(len(windows.first) / config.batch_windows)
    epochs = config.epochs or _fitting_epochs(steps)
    total = steps * epochs
    while run.epoch < epochs and run.epoch - run.best_epoch < config.patience:
        # Seeded by the epoch, so that a resumed run draws the same numbers without storing a generator.
        with torch.random.fork_rng(devices=[]):
            torch.manual_seed(config.seed * 100_003 + run.epoch)
            order = np.random.default_rng([config.seed, run.epoch])
            run.network.train()
            for step, batch in enumerate(windows.batches(config.batch_windows, order), run.epoch * steps):
                for group in run.optimizer.param_groups:
                    group["lr"] = config.learning_rate * _schedule(step / total)
                vectors = run.network(batch.items).flatten(0, 1).index_select(0, batch.positions)
                loss = full_cross_entropy(vectors, run.network.item_vectors(), batch.targets)
                run.optimizer.zero_grad()
                loss.backward()
                torch.nn.utils.clip_grad_norm_(run.network.parameters(), 1.0)
                run.optimizer.step()
                progress(step + 1, total, f"epoch {run.epoch + 1}, best NDCG@10 {run.best_score:.4f}")
        run.epoch += 1
        frozen = SASRec(copy.deepcopy(run.network))
        score = evaluate_leave_one_out(frozen, histories, "validation", users)["ndcg@10"]
        if score >= run.best_score:  # Where two epochs tie, the later one has seen more.
            run.best, run.best_score, run.best_epoch = frozen, score, run.epoch
        run.save(folder)
    progress(total, total, f"best NDCG@10 {run.best_score:.4f} in epoch {run.best_epoch}")
    return run.best or SASRec(run.network)


SASREC = RecommenderKind(
    label="SASRec",
    config=SASRecConfig(),
    quick=SASRecConfig(dimension=16, layers=1, heads=1, epochs=3),
    train=train_sasrec,
    from_files=SASRec.from_files,
)


def _fitting_epochs(steps: int) -> int:
    """Return how many epochs of so many steps suit the data."""
    return min(MOST_EPOCHS, max(FEWEST_EPOCHS, math.ceil(STEPS / max(1, steps))))


def _schedule(done: float) -> float:
    """Return the factor of the learning rate after this fraction of all steps: a linear rise, then half a cosine."""
    if done < WARM_UP:
        return done / WARM_UP
    return 0.5 * (1 + math.cos(math.pi * (done - WARM_UP) / (1 - WARM_UP)))


def _validation_users(histories: Histories, seed: int) -> IntArray:
    users = evaluated_users(histories)
    if len(users) <= VALIDATION_USERS:
        return users
    return np.sort(np.random.default_rng(seed).choice(users, VALIDATION_USERS, replace=False))


def _fingerprint(histories: Histories, n_items: int, config: SASRecConfig) -> str:
    digest = hashlib.sha256(json.dumps([n_items, asdict(config)]).encode())
    digest.update(np.ascontiguousarray(histories.offsets, dtype=np.int64).tobytes())
    digest.update(np.ascontiguousarray(histories.items, dtype=np.int64).tobytes())
    return digest.hexdigest()


@dataclass
class _Run:
    """Where a training stands after whole epochs."""

    network: SASRecNetwork
    optimizer: torch.optim.AdamW
    fingerprint: str
    epoch: int = 0
    best: SASRec | None = None
    best_score: float = 0.0
    best_epoch: int = 0

    @classmethod
    def begin_or_resume(cls, folder: Path, config: SASRecConfig, n_items: int, fingerprint: str) -> _Run:
        with torch.random.fork_rng(devices=[]):
            torch.manual_seed(config.seed)
            network = SASRecNetwork(config, n_items)
        matrices = [p for p in network.parameters() if p.ndim > 1]
        others = [p for p in network.parameters() if p.ndim == 1]
        optimizer = torch.optim.AdamW(
            [
                {"params": matrices, "weight_decay": config.weight_decay},
                {"params": others, "weight_decay": 0.0},
            ],
            lr=config.learning_rate,
            betas=(0.9, 0.98),
        )
        run = cls(network, optimizer, fingerprint)
        if (folder / CHECKPOINT).exists():
            run._restore(folder / CHECKPOINT)
        return run

    def save(self, folder: Path) -> None:
        tensors = {f"network.{name}": t for name, t in self.network.state_dict().items()}
        if self.best is not None:
            tensors |= {f"best.{name}": t for name, t in self.best.state_dict().items()}
        for name, parameter in self.network.named_parameters():
            tensors |= {f"adam.{name}.{key}": t for key, t in self.optimizer.state[parameter].items()}
        standing = {"epoch": self.epoch, "best_score": self.best_score, "best_epoch": self.best_epoch}
        metadata = {"standing": json.dumps(standing), "fingerprint": self.fingerprint}
        write_tensors(folder / CHECKPOINT, tensors, metadata)

    def _restore(self, path: Path) -> None:
        tensors, metadata = read_tensors(path)
        if metadata.get("fingerprint") != self.fingerprint:
            raise ModelError(
                f"{path}: is of a training with other data or settings. Delete it to train from the "
                "beginning, or choose another folder."
            )

        def part(prefix: str) -> Tensors:
            return {n.removeprefix(prefix): t for n, t in tensors.items() if n.startswith(prefix)}

        self.network.load_state_dict(part("network."))
        best = copy.deepcopy(self.network)
        best.load_state_dict(part("best."))
        self.best = SASRec(best)
        for name, parameter in self.network.named_parameters():
            self.optimizer.state[parameter] = part(f"adam.{name}.")
        standing = json.loads(metadata["standing"])
        self.epoch, self.best_epoch = standing["epoch"], standing["best_epoch"]
        self.best_score = standing["best_score"]
