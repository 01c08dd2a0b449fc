from pathlib import Path

import pytest

from recexplainer_core.surrogate.engine import Engine
from recexplainer_core.surrogate.model import AlignedLM
from tests.surrogate.tiny_lm import CATALOGUE, target, write_adapters, write_llm


@pytest.fixture(scope="session")
def llm_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_llm(tmp_path_factory.mktemp("llm"))


@pytest.fixture(scope="session")
def lm(llm_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> AlignedLM:
    return AlignedLM.load(llm_folder, write_adapters(llm_folder, tmp_path_factory.mktemp("adapters")))


@pytest.fixture(scope="session")
def engine(lm: AlignedLM) -> Engine:
    return Engine(lm, CATALOGUE, target(), max_wait_s=5)
