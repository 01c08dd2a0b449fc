from pathlib import Path

import numpy as np

from recexplainer_core.alignment.benchmark import CHOICES, alignment_speeds
from recexplainer_core.alignment.config import AlignmentConfig
from recexplainer_core.histories import Histories
from recexplainer_core.modes import AlignmentMode
from tests.fakes.tiny_lm import CATALOGUE, target, write_llm

CONFIG = AlignmentConfig(draws=2, prefixes=1, said_whole=0.5, batch_size=4, rank=4, alpha=8)
HISTORIES = Histories.from_lists([[n % 10, (n + 3) % 10, (n + 5) % 10] for n in range(20)])


def test_every_choice_is_timed_on_the_same_work(tmp_path: Path):
    llm = write_llm(tmp_path)
    found = list(
        alignment_speeds(
            llm, AlignmentMode.HYBRID, CATALOGUE, HISTORIES, np.arange(20), target(), CONFIG, steps=1
        )
    )
    assert tuple(speed.choice for speed in found) == CHOICES
    assert all(speed.tokens > speed.examples > 0 for speed in found)
