import numpy as np
import pytest
import torch

from recexplainer_core.lm.encoding import Answer
from recexplainer_core.lm.loss import answer_cross_entropy

LOGITS = torch.tensor([[0.0, 1.0, 2.0], [3.0, 0.0, 0.5]])
DECIDED_THEN_WORDED = Answer.weighed(
    (1, 0), [(np.array([1, 2]), np.array([1.0, 3.0])), (np.array([0]), np.array([1.0]))]
)


def test_what_is_decided_weighs_more_than_its_wording():
    decided, worded = LOGITS.log_softmax(1)
    losses = -0.25 * decided[1] - 0.75 * decided[2], -worded[0]
    for phrasing_weight in (1.0, 0.2, 0.0):
        found = answer_cross_entropy(LOGITS, [DECIDED_THEN_WORDED], phrasing_weight)
        wanted = (losses[0] + phrasing_weight * losses[1]) / (1 + phrasing_weight)
        assert float(found) == pytest.approx(float(wanted), rel=1e-5)


def test_a_batch_of_nothing_but_wording_still_has_its_loss():
    words = Answer.weighed((0,), [(np.array([0]), np.array([1.0]))])
    found = answer_cross_entropy(LOGITS[1:], [words], 0.2)
    assert float(found) == pytest.approx(float(-LOGITS[1].log_softmax(0)[0]), rel=1e-5)
