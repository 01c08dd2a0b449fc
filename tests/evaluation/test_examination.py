import numpy as np
import torch

from recexplainer_core.evaluation.examination import EDITS, VERDICT, examine
from recexplainer_core.histories import Histories
from recexplainer_core.recommenders.base import top_items
from tests.surrogate.tiny_lm import target

HISTORIES = Histories.from_lists([[0, 1, 3], [2, 3, 4], [5, 6], [1, 7, 8], [2]])


def test_sheets_hold_the_targets_own_answers():
    recommender = target()
    for sheet in examine(recommender, HISTORIES, np.arange(5), 0):
        ranked = [r.item for r in top_items(recommender, [sheet.recent], 10, [sheet.history])[0]]
        assert list(sheet.target) == ranked
        assert list(sheet.wanted) == [item for item in ranked if item in sheet.shown]
        assert sorted(sheet.wanted) == sorted(sheet.shown)
        assert sheet.truth[0] == 1 and sheet.truth[2] == 0 and 0 <= sheet.truth[1] <= 1
        assert not {*sheet.shown, *sheet.judged, sheet.doubtful} & set(sheet.history)


def test_edits_are_labelled_by_the_target():
    recommender = target()
    for sheet in examine(recommender, HISTORIES, np.arange(5), 0):
        assert len(sheet.edits) == EDITS
        for edit in sheet.edits:
            vectors = recommender.user_vectors([sheet.recent, edit.history])
            before, after = recommender.scores(vectors).double().log_softmax(1)[:, sheet.target[0]]
            assert abs(edit.change - float(after - before)) < 1e-5
            unseen = [i for i in range(10) if i not in sheet.history]
            shares = recommender.scores(vectors)[:, unseen]
            own = recommender.scores(vectors)[:, sheet.doubtful]
            verdicts = ((shares > own[:, None]).float().mean(1) <= VERDICT).tolist()
            assert edit.flips == (verdicts[0] != verdicts[1])
            assert not {sheet.target[0], sheet.doubtful} & set(edit.history)


def test_a_users_sheet_does_not_depend_on_the_others():
    together = examine(target(), HISTORIES, np.arange(5), 0)
    assert examine(target(), HISTORIES, np.array([3]), 0) == [together[3]]
    assert examine(target(), HISTORIES, np.array([3]), 1) != [together[3]]


def test_a_one_item_history_can_be_edited():
    [sheet] = examine(target(), HISTORIES, np.array([4]), 0)
    assert all(len(edit.history) == 1 for edit in sheet.edits)
    assert torch.isfinite(torch.tensor([edit.change for edit in sheet.edits])).all()
