"""What tests of several folders share: one small, real build a session, and which tests run in one process.

PyTorch and what needs it are imported by the fixtures: the process that only hands out tests does without.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings
from xdist.remote import Producer
from xdist.scheduler import LoadFileScheduling

from tests.pipeline.tiny_data import write_ring

if TYPE_CHECKING:
    from recexplainer_core.lm.model import AlignedLM
    from recexplainer_core.surrogate.engine import Engine

# How long one example takes says nothing while another process works beside it.
settings.register_profile("parallel", deadline=None)
settings.load_profile("parallel")
BUILDS = {
    f"tests/{file}"
    for file in (
        "cli/test_commands.py",
        "cli/test_judge.py",
        "embedding_map/test_projection.py",
        "pages/test_real_bundle.py",
        "pipeline/test_build.py",
    )
}


class BySharedCost(LoadFileScheduling):
    """Keep in one process what shares something costly: a file's fixtures, the browser, the one small build.

    numba compiles for half a minute in every process that draws a map, so who does is with the build.
    """

    def _split_scope(self, nodeid: str) -> str:
        file = nodeid.partition("::")[0]
        return "build" if file in BUILDS else "browser" if file.startswith("tests/browser/") else file


def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> LoadFileScheduling:
    """Hand the tests out to the processes."""
    return BySharedCost(config, log)


@pytest.fixture(scope="session", autouse=True)
def one_thread() -> Iterator[None]:
    """Compute in one thread, here and in processes that tests start: with models this small, threads wait for each
    other longer than they work, and there is a process for each core already.
    """
    import torch

    os.environ.setdefault("OMP_NUM_THREADS", "1")
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(before)


@pytest.fixture(scope="session")
def ring(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder for `sequences:DIR`."""
    return write_ring(tmp_path_factory.mktemp("data") / "ring")


@pytest.fixture(scope="session")
def quick_bundle(ring: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A bundle with all modes, every part of it trained, none of it well. Not to be changed."""
    from recexplainer_core.cli import main

    out = tmp_path_factory.mktemp("built") / "ring"
    with pytest.raises(SystemExit) as stop:
        main(["build", f"sequences:{ring}", "--out", str(out), "--quick"])
    assert not stop.value.code
    return out


@pytest.fixture(scope="session")
def llm_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A tiny language model that has learnt nothing."""
    from tests.fakes.tiny_lm import write_llm

    return write_llm(tmp_path_factory.mktemp("llm"))


@pytest.fixture(scope="session")
def lm(llm_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> AlignedLM:
    from recexplainer_core.lm.adapters import load_aligned
    from tests.fakes.tiny_lm import write_adapters

    return load_aligned(llm_folder, write_adapters(llm_folder, tmp_path_factory.mktemp("adapters")))


@pytest.fixture(scope="session")
def engine(lm: AlignedLM) -> Engine:
    from recexplainer_core.surrogate.engine import Engine
    from tests.fakes.tiny_lm import CATALOGUE, target

    return Engine(lm, CATALOGUE, target(), max_wait_s=5)
