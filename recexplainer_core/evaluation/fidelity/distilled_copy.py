"""A small recommender trained to imitate the target: what imitation without language reaches, as in the paper.

It learns from the same kind of histories as the language model does, of the same users, with the same answers.
"""

from __future__ import annotations

import random

import numpy as np
import torch

from recexplainer_core.alignment.augmentation import HistorySampler
from recexplainer_core.alignment.config import AlignmentConfig
from recexplainer_core.alignment.soft_labels import temperature_for
from recexplainer_core.alignment.tasks.base import NEXT_ITEM
from recexplainer_core.histories import Histories, IntArray
from recexplainer_core.progress import Progress
from recexplainer_core.recommenders.base import Recommender, mask_seen
from recexplainer_core.recommenders.padding import pad
from recexplainer_core.recommenders.sasrec import SASRec, SASRecConfig, SASRecNetwork

BATCH, PEAK, SAMPLE = 256, 2e-3, 512


def distil(
    recommender: Recommender,
    histories: Histories,
    training_users: IntArray,
    config: AlignmentConfig,
    seed: int,
    progress: Progress,
) -> SASRec:
    """Train a SASRec from random weights on the target's distribution over the unseen items.

    Args:
        recommender: the target.
        histories: everybody's histories.
        training_users: those whose histories may be used.
        config: how many histories, how many of them edited, how sharp the target's distribution.
        seed: of histories and weights.
        progress: called at every step.
    """
    rng = random.Random(seed)
    sampler = HistorySampler(histories, training_users, recommender.max_history, config.edited, rng)
    n_items = len(recommender.item_vectors)
    draws = (sampler.draw() for _ in range(config.n_examples(NEXT_ITEM)))
    drawn = [history for history in draws if len(history) < n_items]
    sample = drawn[:SAMPLE]
    scores = mask_seen(recommender.scores(recommender.user_vectors(sample)), sample)
    temperature = temperature_for(config.first_probability, scores.numpy())
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(seed)
        sizes = SASRecConfig(max_history=recommender.max_history, dropout=0.0)
        network = SASRecNetwork(sizes, n_items)
        optimizer = torch.optim.AdamW(network.parameters(), lr=PEAK)
        starts = np.arange(0, len(drawn), BATCH)
        schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, PEAK, total_steps=len(starts))
        for step, start in enumerate(starts, 1):
            batch = drawn[start : start + BATCH]
            wanted = recommender.scores(recommender.user_vectors(batch)) / temperature
            wanted = mask_seen(wanted, batch).softmax(1)
            items, lengths = pad(batch, filler=network.start)
            vectors = network(items)[torch.arange(len(items)), lengths]
            predicted = mask_seen(vectors @ network.item_vectors().T, batch).log_softmax(1)
            loss = -(wanted * predicted.nan_to_num(neginf=0.0)).sum(1).mean()
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            schedule.step()
            progress(step, len(starts), "distilled copy")
    return SASRec(network)
