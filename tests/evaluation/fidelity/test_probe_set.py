import numpy as np
import torch

from recexplainer_core.evaluation.fidelity.probe_set import EDITS, VERDICT, examine
from recexplainer_core.histories import Histories
from recexplainer_core.recommenders.base import top_items
from tests.fakes.tiny_lm import CATALOGUE, target

HISTORIES = Histories.from_lists([[0, 1, 3], [2, 3, 4], [5, 6], [1, 7, 8], [2]])


def test_probe_sets_hold_the_targets_own_answers():
    recommender = target()
    for probe_set in examine(CATALOGUE, recommender, HISTORIES, np.arange(5), 0):
        history = probe_set.history
        ranked = [r.item for r in top_items(recommender, [history.recent], 10, [history.items])[0]]
        assert list(probe_set.target) == ranked
        assert list(probe_set.wanted) == [item for item in ranked if item in probe_set.shown]
        assert sorted(probe_set.wanted) == sorted(probe_set.shown)
        assert probe_set.truth[0] == 1 and probe_set.truth[2] == 0 and 0 <= probe_set.truth[1] <= 1
        assert not {*probe_set.shown, *probe_set.judged, probe_set.doubtful} & history.seen


def test_edits_are_labelled_by_the_target():
    recommender = target()
    for probe_set in examine(CATALOGUE, recommender, HISTORIES, np.arange(5), 0):
        assert len(probe_set.edits) == EDITS
        for edit in probe_set.edits:
            vectors = recommender.user_vectors([probe_set.history.recent, edit.history.recent])
            before, after = recommender.scores(vectors).double().log_softmax(1)[:, probe_set.target[0]]
            assert abs(edit.change - float(after - before)) < 1e-5
            unseen = [i for i in range(10) if i not in probe_set.history.seen]
            shares = recommender.scores(vectors)[:, unseen]
            own = recommender.scores(vectors)[:, probe_set.doubtful]
            verdicts = ((shares > own[:, None]).float().mean(1) <= VERDICT).tolist()
            assert edit.flips == (verdicts[0] != verdicts[1])
            assert not {probe_set.target[0], probe_set.doubtful} & set(edit.history.items)


def test_a_users_probe_set_does_not_depend_on_the_others():
    together = examine(CATALOGUE, target(), HISTORIES, np.arange(5), 0)
    assert examine(CATALOGUE, target(), HISTORIES, np.array([3]), 0) == [together[3]]
    assert examine(CATALOGUE, target(), HISTORIES, np.array([3]), 1) != [together[3]]


def test_a_one_item_history_can_be_edited():
    [probe_set] = examine(CATALOGUE, target(), HISTORIES, np.array([4]), 0)
    assert all(len(edit.history.recent) == 1 for edit in probe_set.edits)
    assert torch.isfinite(torch.tensor([edit.change for edit in probe_set.edits])).all()
