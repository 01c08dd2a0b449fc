"""An alignment task is one file and one line: it is taught, measured, and its figure is in the report."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import torch

from recexplainer_core.alignment.answers import AnswerLabels
from recexplainer_core.alignment.config import AlignmentConfig
from recexplainer_core.alignment.tasks.base import NEXT_ITEM, TASKS
from recexplainer_core.alignment.training import align
from recexplainer_core.evaluation.fidelity.figures import defined
from recexplainer_core.evaluation.fidelity.probe_set import examine
from recexplainer_core.evaluation.fidelity.report import measure_fidelity
from recexplainer_core.histories import Histories
from recexplainer_core.lm.adapters import load_aligned
from recexplainer_core.lm.encoding import Encoder
from recexplainer_core.lm.segments import Template
from recexplainer_core.modes import AlignmentMode
from recexplainer_core.progress import silent
from recexplainer_core.surrogate.engine import Engine
from tests.alignment.contexts import context_of
from tests.extending.new_task import TASK, EitherTitle
from tests.fakes.tiny_lm import CATALOGUE, Additive, tiny_tokenizer

draw = np.random.default_rng(0)
HISTORIES = Histories.from_lists([list(draw.permutation(10)[:4]) for _ in range(80)])
USERS = np.arange(40, 80)
MODE = AlignmentMode.BEHAVIOUR


@pytest.fixture(scope="module", autouse=True)
def registered(register: Callable) -> None:
    register(TASKS, "pair_choice", "tests.extending.new_task:TASK")


def test_every_question_names_two_unseen_items_and_one_of_them_is_right() -> None:
    labels = AnswerLabels(Encoder(tiny_tokenizer()), CATALOGUE)
    probabilities = np.arange(10) / 45
    examples = TASK.examples(context_of(MODE), 30)
    assert len(examples) == 30
    for example in examples:
        assert isinstance(example.answer, EitherTitle)
        assert not {*example.answer.items} & {*example.history}
        answer = example.answer.encode(labels, probabilities, context_of(MODE).rng)
        assert answer.token_ids in [labels.titles.paths[item] for item in example.answer.items]


def test_its_examples_keep_their_proportion_to_those_of_the_other_tasks() -> None:
    assert AlignmentConfig().n_examples("pair_choice") == 8_000
    assert AlignmentConfig({NEXT_ITEM: 480}).n_examples("pair_choice") == 80
    assert AlignmentConfig().scaled_to(24_000).record()["examples"]["pair_choice"] == 4_000


def test_its_questions_do_not_change_those_of_the_others(monkeypatch: pytest.MonkeyPatch) -> None:
    target = Additive(torch.eye(10))
    with_task = examine(CATALOGUE, target, HISTORIES, USERS, 0)
    monkeypatch.setattr(
        TASKS, "_components", {n: c for n, c in TASKS._components.items() if n != "pair_choice"}
    )
    for one, other in zip(with_task, examine(CATALOGUE, target, HISTORIES, USERS, 0), strict=True):
        assert one.of_tasks.keys() == {"pair_choice"} and not other.of_tasks
        assert (one.shown, one.judged, one.edits) == (other.shown, other.judged, other.edits)


def test_who_answers_as_the_target_does_has_the_best_figure() -> None:
    target = Additive(torch.randn(10, 10, generator=torch.Generator().manual_seed(0)))
    probe_sets = examine(CATALOGUE, target, HISTORIES, USERS, 0)
    histories = [one.history for one in probe_sets]
    pairs = [one.of_tasks["pair_choice"] for one in probe_sets]
    scores = target.scores(target.user_vectors([history.recent for history in histories])).tolist()

    class AsTheTarget:
        catalogue, form = CATALOGUE, MODE

        def scores_of(self, questions, histories, items) -> list[list[float]]:
            assert all(question[-1] == Template("?") for question in questions)
            return [[row[item] for item in pair] for row, pair in zip(scores, items, strict=True)]

    assert set(TASK.probe.replies(AsTheTarget(), histories, pairs)) == {True}


def test_it_is_taught_and_its_figure_is_in_the_report(llm_folder: Path, tmp_path: Path) -> None:
    target = Additive(torch.eye(10))
    counts = {**dict.fromkeys(TASKS.names(), 0), NEXT_ITEM: 1, "pair_choice": 24}
    config = AlignmentConfig(counts, rank=10, batch_size=8)
    steps = []

    def progress(done: int, total: int, note: str) -> None:
        steps.append((done, total))

    align(MODE, llm_folder, CATALOGUE, HISTORIES, np.arange(40), target, config, tmp_path, 0, progress)
    assert steps[-1] == (3, 3)
    engine = Engine(load_aligned(llm_folder, {MODE: tmp_path / "adapter"}), CATALOGUE, target)
    report = measure_fidelity(engine, HISTORIES, USERS[:8], np.arange(10), 0, silent)
    assert all(0 <= report.modes[mode]["pair_accuracy"].value <= 1 for mode in ("none", str(MODE)))
    assert "pair_accuracy" not in report.modes["popularity"]
    definition = defined(report.modes["none"])["pair_accuracy"]
    assert (definition.part, definition.chance) == ("choice between two items", 0.5)
