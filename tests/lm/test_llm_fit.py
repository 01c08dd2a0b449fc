"""A model's files are held against each other without being loaded."""

import json
from pathlib import Path

import pytest

from recexplainer_core.errors import ModelError
from recexplainer_core.lm.llm_fit import check_llm_folder
from tests.fakes.tiny_lm import write_llm


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_llm(tmp_path_factory.mktemp("llm"))


def copied(sound: Path, folder: Path, **changed: object) -> Path:
    folder.mkdir()
    for path in sound.iterdir():
        (folder / path.name).write_bytes(path.read_bytes())
    config = json.loads((folder / "config.json").read_text())
    (folder / "config.json").write_text(json.dumps(config | changed))
    return folder


def test_a_sound_model_passes(sound: Path) -> None:
    check_llm_folder(sound)


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"intermediate_size": 24}, "by it model.layers.0.mlp.* in the file it has"),
        ({"num_key_value_heads": 1}, "config.json is not that of the weights"),
        ({"model_type": "brandnew"}, "cannot be loaded as a causal language model"),
    ],
)
def test_a_configuration_of_another_model_is_told(
    sound: Path, tmp_path: Path, changed: dict[str, object], says: str
) -> None:
    with pytest.raises(ModelError, match=says.replace("*", ".*")):
        check_llm_folder(copied(sound, tmp_path / "other", **changed))


def test_a_missing_tokenizer_is_told(sound: Path, tmp_path: Path) -> None:
    folder = copied(sound, tmp_path / "mute")
    for path in folder.glob("tokenizer*"):
        path.unlink()
    with pytest.raises(ModelError, match="cannot be loaded as a causal language model with a tokenizer"):
        check_llm_folder(folder)
