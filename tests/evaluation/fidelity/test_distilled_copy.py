import numpy as np
import torch

from recexplainer_core.alignment.config import AlignmentConfig
from recexplainer_core.evaluation.fidelity.distilled_copy import distil
from recexplainer_core.histories import Histories
from recexplainer_core.progress import silent
from recexplainer_core.recommenders.base import top_items
from tests.fakes.tiny_lm import Additive

rng = np.random.default_rng(0)
HISTORIES = Histories.from_lists([list(rng.permutation(10)[:4]) for _ in range(80)])


def test_the_copy_recommends_as_its_model_does_to_users_it_has_not_seen():
    model = Additive(torch.roll(torch.diag(torch.arange(1.0, 11.0)), 1, dims=1))
    config = AlignmentConfig({"next_item": 20_000}, first_probability=0.7)
    copy = distil(model, HISTORIES, np.arange(40), config, 0, silent)
    unseen = [tuple(int(i) for i in HISTORIES[u]) for u in range(40, 80)]
    wanted, given = (top_items(recommender, unseen, 1) for recommender in (model, copy))
    assert np.mean([w[0].item == g[0].item for w, g in zip(wanted, given, strict=True)]) > 0.8
