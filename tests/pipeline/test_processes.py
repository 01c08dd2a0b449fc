"""Two processes at one build, on one machine without a GPU: as `accelerate launch` starts them on several GPUs."""

import json
import os
import subprocess
from pathlib import Path

import numpy as np
import pytest
from safetensors.torch import load_file

from tests.pipeline.test_build import ROOT, command


def build(ring: Path, out: Path, *launcher: str) -> Path:
    program, *rest = command(ring, out)
    run = [program, *launcher, *rest, "--keep-work"]
    environment = os.environ | {"OMP_NUM_THREADS": "1"}
    done = subprocess.run(
        run, cwd=ROOT, env=environment, check=False, capture_output=True, text=True, timeout=280
    )
    assert done.returncode == 0, done.stderr[-2000:]
    assert done.stdout.count("Open it") == 1
    return out


def losses(bundle: Path) -> list[float]:
    [state] = (bundle.with_name(bundle.name + ".build") / "align-hybrid" / "checkpoints").glob(
        "*/trainer_state.json"
    )
    log = json.loads(state.read_text())["log_history"]
    return [entry["loss"] for entry in log if "loss" in entry]


@pytest.mark.slow
def test_two_processes_take_the_steps_of_one(ring: Path, tmp_path: Path) -> None:
    alone = build(ring, tmp_path / "alone")
    launcher = ("-m", "torch.distributed.run", "--standalone", "--nproc_per_node", "2")
    together = build(ring, tmp_path / "together", *launcher)
    # Each loss is the mean over a process's own half of the batch, so the series agree but for that.
    assert len(losses(together)) == len(losses(alone))
    assert losses(together)[:10] == pytest.approx(losses(alone)[:10], rel=0.2)
    assert np.mean(losses(together)) == pytest.approx(np.mean(losses(alone)), rel=0.05)
    weights = [load_file(bundle / "llm" / "model.safetensors") for bundle in (alone, together)]
    one, two = (np.concatenate([w[n].float().numpy().ravel() for n in sorted(w)]) for w in weights)
    assert np.linalg.norm(one - two) < 0.02 * np.linalg.norm(one)
    reports = [json.loads((b / "report.json").read_text()) for b in (alone, together)]
    assert reports[0]["users"] == reports[1]["users"]
    assert reports[0]["modes"]["popularity"] == reports[1]["modes"]["popularity"]
