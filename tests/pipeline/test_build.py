"""A whole build with tiny models: what it leaves, and that an interrupt changes nothing."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from recexplainer_core.bundle import Bundle
from recexplainer_core.errors import BundleError, DataError, ModelError, UnknownNameError
from recexplainer_core.modes import ALIGNED, AlignmentMode
from recexplainer_core.pipeline import build as build_module
from recexplainer_core.pipeline import steps as steps_module
from recexplainer_core.pipeline.build import build, is_up_to_date
from recexplainer_core.pipeline.settings import BuildOptions
from recexplainer_core.pipeline.stages import Outcome
from recexplainer_core.progress import Progress
from tests.pipeline.tiny_data import LENGTH, N_BOOKS, N_READERS, TITLES

ROOT = Path(__file__).parent.parent.parent
HYBRID = (AlignmentMode.HYBRID,)
SMALL = {"modes": HYBRID, "quick": True, "alignment_examples": 160, "evaluation_users": 4}


class Watcher:
    """Note what runs, and interrupt a stage at one of its reports, as Ctrl-C would."""

    def __init__(self, interrupt: tuple[str, int] | None = None) -> None:
        self.ran: list[str] = []
        self.interrupt = interrupt
        self.done: dict[str, list[int]] = {}

    def started(self, stage: str) -> Progress:
        self.ran.append(stage)
        done = self.done.setdefault(stage, [])

        def report(now: int, total: int, note: str) -> None:
            done.append(now)
            if self.interrupt == (stage, len(done)):
                raise KeyboardInterrupt

        return report

    def finished(self, stage: str, outcome: Outcome, seconds: float | None) -> None:
        pass


def what_was_learnt(bundle: Path) -> dict[str, bytes]:
    files = [*bundle.rglob("*.safetensors"), *bundle.rglob("*.parquet"), bundle / "report.json"]
    return {str(path.relative_to(bundle)): path.read_bytes() for path in files}


def test_the_bundle_holds_what_was_asked_for(quick_bundle: Path) -> None:
    bundle = Bundle.open(quick_bundle)
    assert (list(bundle.catalogue.titles), len(bundle.histories)) == (TITLES, N_READERS)
    assert bundle.catalogue.wording.user == "reader"
    assert bundle.modes == ALIGNED
    assert bundle.held_out.sum() == N_READERS // 2
    assert bundle.recommender.item_vectors.shape[0] == N_BOOKS
    report = bundle.report
    assert report is not None
    assert set(report.modes) == {*AlignmentMode, "distilled copy", "popularity", "random"}
    assert set(report.learning_curves) == set(ALIGNED)
    assert report.target is not None and set(report.target.to_json()) == {"hr@10", "ndcg@10"}
    manifest = bundle.manifest
    assert list(manifest.stages) == [
        *("data", "split", "target", "llm"),
        *("align-behaviour", "align-intention", "align-hybrid"),
        *("map", "evaluate"),
    ]
    assert manifest.stages["target"]["kind"] == "sasrec"
    assert {"python", "torch", "transformers"} <= set(manifest.libraries)
    assert manifest.created_by.startswith("python -m recexplainer_core")
    for mode in ALIGNED:
        assert "next-item retrieval" in (quick_bundle / "adapters" / mode / "README.md").read_text()
    assert not quick_bundle.with_name("ring.build").exists()


def test_the_surrogate_of_a_bundle_answers_in_every_mode(quick_bundle: Path) -> None:
    from recexplainer_core.surrogate.engine import Engine

    bundle = Bundle.open(quick_bundle)
    engine = Engine(bundle.load_surrogate(), bundle.catalogue, bundle.recommender)
    assert engine.modes == (AlignmentMode.NONE, *ALIGNED)
    history = bundle.history(0)
    for row in engine.predict([history] * 4, engine.modes, k=5):
        assert len(row) == 5
        assert not {p.item for p in row} & set(bundle.histories[0].tolist())


def test_nothing_in_a_bundle_tells_where_it_was_built(quick_bundle: Path) -> None:
    for path in quick_bundle.rglob("*.json"):
        if path.name != "manifest.json":  # there the command line is kept as it was typed
            assert str(quick_bundle.parent) not in path.read_text(), path


@pytest.mark.slow
def test_the_same_seed_makes_the_same_bundle_however_often_it_is_interrupted(
    ring: Path, tmp_path: Path
) -> None:
    whole, broken = (BuildOptions(f"sequences:{ring}", tmp_path / n, **SMALL) for n in ("whole", "broken"))
    build(whole, Watcher(), "test")
    for stage, report in (
        ("target", 3),
        ("llm", 2),
        ("align-hybrid", 7),
        ("align-hybrid", 1),
        ("evaluate", 1),
    ):
        with pytest.raises(KeyboardInterrupt):
            build(broken, Watcher((stage, report)), "test")
        assert not broken.out.exists()
    last = Watcher()
    build(broken, last, "test")
    assert last.ran == ["evaluate", "bundle"]
    assert what_was_learnt(broken.out) == what_was_learnt(whole.out)


def test_training_goes_on_from_its_last_checkpoint(ring: Path, tmp_path: Path) -> None:
    options = BuildOptions(f"sequences:{ring}", tmp_path / "out", **SMALL)
    first, second = Watcher(("align-hybrid", 9)), Watcher()
    with pytest.raises(KeyboardInterrupt):
        build(options, first, "test")
    build(options, second, "test", until="align-hybrid")
    assert first.done["align-hybrid"][0] == 1
    assert 1 < second.done["align-hybrid"][0] <= 9


def test_a_stage_can_be_the_last_one_and_matrix_factorisation_the_target(ring: Path, tmp_path: Path) -> None:
    options = BuildOptions(f"sequences:{ring}", tmp_path / "out", target="mf", quick=True)
    watcher = Watcher()
    outcomes = build(options, watcher, "test", until="target")
    assert watcher.ran == ["data", "split", "target"]
    assert outcomes["data"] == {"books": N_BOOKS, "readers": N_READERS, "choices": N_READERS * LENGTH}
    assert 0 <= outcomes["target"]["ndcg@10"] <= outcomes["target"]["hr@10"] <= 1
    assert outcomes["target"]["users"] == N_READERS
    assert (options.work / "target" / "model" / "config.json").exists()


def test_another_seed_keeps_the_data_and_redoes_the_rest(ring: Path, tmp_path: Path) -> None:
    for seed, expected in ((0, ["data", "split", "target"]), (1, ["split", "target"])):
        watcher = Watcher()
        options = BuildOptions(f"sequences:{ring}", tmp_path / "out", seed=seed, quick=True)
        build(options, watcher, "test", until="target")
        assert watcher.ran == expected


def test_a_changed_data_file_is_noticed(ring: Path, tmp_path: Path) -> None:
    data = tmp_path / "data"
    data.mkdir()
    for path in ring.iterdir():
        (data / path.name).write_bytes(path.read_bytes())
    options = BuildOptions(f"sequences:{data}", tmp_path / "out", quick=True)
    build(options, Watcher(), "test", until="data")
    with (data / "sequences.txt").open("a") as file:
        file.write("late b0 b1 b2 b3 b4\n")
    assert build(options, Watcher(), "test", until="data")["data"]["readers"] == N_READERS + 1


def test_fresh_forgets_unfinished_work(ring: Path, tmp_path: Path) -> None:
    options = BuildOptions(f"sequences:{ring}", tmp_path / "out", quick=True)
    build(options, Watcher(), "test", until="split")
    watcher = Watcher()
    build(options, watcher, "test", until="split", fresh=True)
    assert watcher.ran == ["data", "split"]


def test_what_cannot_be_built_is_said_before_the_work_begins(ring: Path, tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("x")
    with pytest.raises(BundleError, match="would be lost"):
        build(BuildOptions(f"sequences:{ring}", tmp_path), Watcher(), "test")
    with pytest.raises(UnknownNameError, match="no stage 'lunch'.*data, split, target"):
        build(BuildOptions(f"sequences:{ring}", tmp_path / "out"), Watcher(), "test", until="lunch")
    with pytest.raises(ModelError, match="modes to teach"):
        BuildOptions("demo", tmp_path / "out", modes=())
    with pytest.raises(UnknownNameError, match="no kind of recommender 'oracle'. The choices are sasrec, mf"):
        build(BuildOptions(f"sequences:{ring}", tmp_path / "out", target="oracle"), Watcher(), "test")
    with pytest.raises(DataError, match="'netflix': no such kind of data"):
        build(BuildOptions("netflix", tmp_path / "out"), Watcher(), "test")
    assert not (tmp_path / "out.build").exists()


def test_a_folder_without_safetensors_is_no_language_model(ring: Path, tmp_path: Path) -> None:
    (tmp_path / "llm").mkdir()
    (tmp_path / "llm" / "config.json").write_text("{}")
    options = BuildOptions(f"sequences:{ring}", tmp_path / "out", llm=str(tmp_path / "llm"), quick=True)
    with pytest.raises(ModelError, match="holds no safetensors weights"):
        build(options, Watcher(), "test", until="llm")


def test_a_bundle_is_up_to_date_only_with_the_same_options_and_code(
    ring: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    commit = "c" * 40
    for module in (build_module, steps_module):
        monkeypatch.setattr(module, "git_commit", lambda: commit)
    options = BuildOptions(f"sequences:{ring}", tmp_path / "out", **SMALL)
    assert not is_up_to_date(options)
    build(options, Watcher(), "test")
    assert is_up_to_date(options)
    assert not is_up_to_date(BuildOptions(f"sequences:{ring}", tmp_path / "out", **SMALL | {"seed": 1}))
    commit = "d" * 40
    assert not is_up_to_date(options)
    commit = None
    assert not is_up_to_date(options)


def command(ring: Path, out: Path) -> Sequence[str]:
    options = ["--quick", "--modes", "hybrid", "--alignment-examples", "1600", "--evaluation-users", "4"]
    return [
        sys.executable,
        "-m",
        "recexplainer_core",
        "build",
        f"sequences:{ring}",
        "--out",
        str(out),
        *options,
    ]


@pytest.mark.slow
def test_a_killed_build_resumes_to_the_same_weights(ring: Path, tmp_path: Path) -> None:
    environment = os.environ | {"OMP_NUM_THREADS": "1"}
    whole, killed = tmp_path / "whole", tmp_path / "killed"
    subprocess.run(command(ring, whole), cwd=ROOT, env=environment, check=True, capture_output=True)
    checkpoints = killed.with_name("killed.build") / "align-hybrid" / "checkpoints"
    with subprocess.Popen(
        command(ring, killed), cwd=ROOT, env=environment, stdout=subprocess.DEVNULL
    ) as process:
        while not list(checkpoints.glob("*/trainer_state.json")):
            assert process.poll() is None, "the build ended before its first checkpoint"
        process.send_signal(signal.SIGKILL)
    assert process.returncode == -signal.SIGKILL
    assert not killed.exists()
    done = subprocess.run(
        command(ring, killed), cwd=ROOT, env=environment, check=True, capture_output=True, text=True
    )
    assert "llm: finished before" in done.stdout
    assert what_was_learnt(killed) == what_was_learnt(whole)
    assert json.loads((killed / "manifest.json").read_text())["stages"]
