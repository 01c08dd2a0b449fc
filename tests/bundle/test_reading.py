import json
import os
import pickle
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from recexplainer_core.bundle import Bundle
from recexplainer_core.bundle.files import hash_files
from recexplainer_core.errors import BundleError, UnknownNameError
from recexplainer_core.evaluation.report import Report
from recexplainer_core.histories import Histories
from recexplainer_core.modes import AlignmentMode
from tests.bundle.tiny import TITLES, VECTOR_SIZE, parts, write_tiny


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return write_tiny(tmp_path / "five")


def edit_manifest(root: Path, **changes: object) -> None:
    path = root / "manifest.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | changes))


def rehash(root: Path) -> None:
    """Make the manifest agree with the files, as a careless or hostile author could."""
    listed = json.loads((root / "manifest.json").read_text())["files"]
    edit_manifest(root, files=hash_files(root, [p for p in listed if (root / p).exists()]))


def test_what_was_written_is_read_again(root: Path) -> None:
    bundle = Bundle.open(root)
    assert list(bundle.catalogue.titles) == TITLES
    assert bundle.catalogue.wording.consumed == "watched"
    assert bundle.histories[bundle.histories.find("u3")].tolist() == [2, 4, 0]
    assert bundle.held_out.tolist() == [False, True, False]
    assert bundle.recommender.item_vectors.shape == (5, VECTOR_SIZE)
    assert bundle.modes == (AlignmentMode.BEHAVIOUR, AlignmentMode.HYBRID)
    assert bundle.report == Report(users=1)
    assert bundle.manifest.provenance.simulated
    assert bundle.manifest.created_by.startswith("python -m")


def test_a_mode_that_was_not_built_is_named_with_those_that_were(root: Path) -> None:
    bundle = Bundle.open(root)
    assert bundle.require_mode("hybrid") is AlignmentMode.HYBRID
    assert bundle.require_mode("none") is AlignmentMode.NONE
    with pytest.raises(UnknownNameError, match="'intention', only none, behaviour, hybrid"):
        bundle.require_mode("intention")


@pytest.mark.parametrize(
    ("llm", "fault"),
    [
        ({"hub_id": "someone/model", "revision": "main"}, "llm: .*revision: String should match"),
        ({"hub_id": "someone/model"}, "llm: .*names a language model in a way"),
        ("someone/model", "llm: .*names a language model in a way"),
    ],
)
def test_a_language_model_that_is_not_pinned_is_no_name_for_one(root: Path, llm: object, fault: str) -> None:
    edit_manifest(root, llm=llm)
    with pytest.raises(BundleError, match=f"malformed at {fault}"):
        Bundle.open(root)


@pytest.mark.parametrize("kind", ["missing", "empty", "file"])
def test_what_is_no_bundle_is_said_to_be_none(tmp_path: Path, kind: str) -> None:
    root = tmp_path / "x"
    if kind == "empty":
        root.mkdir()
    if kind == "file":
        root.write_text("x")
    with pytest.raises(BundleError, match=r"x (has no manifest|is not a folder).*build DATA --out"):
        Bundle.open(root)


def test_another_format_version_is_named_beside_ours(root: Path) -> None:
    edit_manifest(root, format_version=99)
    with pytest.raises(BundleError, match="version 99, this program reads version 1"):
        Bundle.open(root)


@pytest.mark.parametrize("content", ["", "{", "[]", '"text"', "\x00\x01"])
def test_a_manifest_that_is_no_json_object(root: Path, content: str) -> None:
    (root / "manifest.json").write_text(content)
    with pytest.raises(BundleError, match=r"manifest\.json"):
        Bundle.open(root)


def test_a_malformed_manifest_says_where(root: Path) -> None:
    edit_manifest(root, seed="seven")
    with pytest.raises(BundleError, match="malformed at seed"):
        Bundle.open(root)


def test_a_changed_byte_is_noticed_in_every_file(root: Path) -> None:
    for path in json.loads((root / "manifest.json").read_text())["files"]:
        original = (root / path).read_bytes()
        (root / path).write_bytes(original[:-1] + bytes([original[-1] ^ 1]))
        with pytest.raises(BundleError, match="not the file that was written") as fault:
            Bundle.open(root)
        assert str(root / path) in str(fault.value)
        (root / path).write_bytes(original)
    Bundle.open(root)


def test_without_verification_only_the_hashes_are_skipped(root: Path) -> None:
    (root / "report.json").write_text('{"users": 2}')
    assert Bundle.open(root, verify=False).report == Report(users=2)
    (root / "report.json").unlink()
    with pytest.raises(BundleError, match=r"lacks 1 of the \d+ files in its manifest, report\.json"):
        Bundle.open(root, verify=False)


def test_a_report_that_does_not_fit_is_named_with_the_field(tmp_path: Path) -> None:
    root = write_tiny(tmp_path / "five")
    (root / "report.json").write_text('{"users": 2, "modes": {"hybrid": {"acc@1": {"low": 0.1}}}}')
    with pytest.raises(BundleError, match=r"report\.json is malformed at modes\.hybrid\.acc@1\.value"):
        Bundle.open(root, verify=False)


def test_a_file_that_the_manifest_does_not_list_is_refused(root: Path) -> None:
    (root / "llm" / "pytorch_model.bin").write_bytes(pickle.dumps("x"))
    with pytest.raises(BundleError, match=r"does not list, llm/pytorch_model\.bin"):
        Bundle.open(root)


def test_a_file_managers_hidden_file_is_no_fault(root: Path) -> None:
    (root / ".DS_Store").write_text("x")
    Bundle.open(root)


@pytest.mark.parametrize(
    "path",
    [
        "../secret.json",
        "llm/../../secret.json",
        "/etc/secret.json",
        "llm//config.json",
        "./report.json",
        "..\\secret.json",
        "C:secret.json",
        "llm/\x00.json",
        "",
        "llm/model.py",
        "llm/pytorch_model.bin",
        "adapters/hybrid/training_args.pt",
        "llm",
    ],
)
def test_a_path_that_leads_out_or_to_code_is_refused(root: Path, path: str) -> None:
    (root.parent / "secret.json").write_text("{}")
    files = json.loads((root / "manifest.json").read_text())["files"]
    edit_manifest(root, files=files | {path: "0" * 64})
    with pytest.raises(BundleError, match="malformed at files"):
        Bundle.open(root)


@pytest.mark.parametrize("name", ["report.json", "llm", "adapters/hybrid"])
def test_links_are_refused(root: Path, name: str) -> None:
    elsewhere = root.parent / "elsewhere"
    shutil.move(root / name, elsewhere)
    (root / name).symlink_to(elsewhere)
    with pytest.raises(BundleError, match="is a link"):
        Bundle.open(root)


def test_catalogue_and_recommender_that_disagree_are_named_with_both_numbers(tmp_path: Path) -> None:
    root = write_tiny(tmp_path / "five", **parts(tmp_path / "other", n_items=7))
    with pytest.raises(BundleError, match="knows 7 items, the catalogue has 5"):
        Bundle.open(root)


@pytest.mark.parametrize(
    ("sizes", "message"),
    [
        ({"vector_size": 6}, "takes vectors of width 6, the recommender's have 4"),
        ({"embedding_size": 12}, "gives embeddings of width 12, the language model's have 8"),
    ],
)
def test_a_connector_that_does_not_fit_is_named_with_both_widths(
    tmp_path: Path, sizes: dict, message: str
) -> None:
    root = write_tiny(tmp_path / "five", **parts(tmp_path / "other", **sizes))
    with pytest.raises(BundleError, match=message):
        Bundle.open(root)


def test_histories_with_items_beyond_the_catalogue(tmp_path: Path) -> None:
    histories = Histories.from_lists([[0, 5], [1], [2]])
    root = write_tiny(tmp_path / "five", histories=histories)
    with pytest.raises(BundleError, match="items reach from 0 to 5, the catalogue from 0 to 4"):
        Bundle.open(root)


def test_users_that_are_not_those_of_the_histories(root: Path) -> None:
    pq.write_table(pa.table({"user_id": ["u1"], "held_out": [True]}), root / "users.parquet")
    rehash(root)
    with pytest.raises(BundleError, match="has 1 users, the histories 3"):
        Bundle.open(root)
    pq.write_table(pa.table({"user_id": ["u1", "u3", "u2"], "held_out": [True] * 3}), root / "users.parquet")
    rehash(root)
    with pytest.raises(BundleError, match="name different users"):
        Bundle.open(root)


@pytest.mark.parametrize(
    "path",
    [
        "catalogue.parquet",
        "users.parquet",
        "report.json",
        "recommender/config.json",
        "recommender/model.safetensors",
        "histories/items.npy",
        "histories/names.json",
        "llm/config.json",
        "adapters/hybrid/adapter_config.json",
        "adapters/hybrid/connector.safetensors",
    ],
)
def test_rubbish_with_a_true_hash_is_still_a_message(root: Path, path: str) -> None:
    (root / path).write_bytes(b"rubbish")
    rehash(root)
    with pytest.raises(BundleError):
        Bundle.open(root)


@pytest.mark.parametrize(
    "path", ["adapters/hybrid/connector.safetensors", "adapters/behaviour/adapter_model.safetensors"]
)
def test_an_adapter_with_a_part_missing(root: Path, path: str) -> None:
    (root / path).unlink()
    rehash(root)
    with pytest.raises(BundleError, match="adapters"):
        Bundle.open(root)


def test_an_array_of_objects_is_never_unpickled(root: Path, tmp_path: Path) -> None:
    class Trap:
        def __reduce__(self) -> tuple:
            return os.mkdir, (str(tmp_path / "sprung"),)

    np.save(root / "histories" / "items.npy", np.array([Trap()], dtype=object), allow_pickle=True)
    rehash(root)
    with pytest.raises(BundleError, match="damaged"):
        Bundle.open(root)
    assert not (tmp_path / "sprung").exists()


def test_neither_a_bundle_nor_its_report_waits_for_the_language_model() -> None:
    script = (
        "import sys, recexplainer_core.bundle, recexplainer_core.ui.alignment_report.html; "
        "print([name for name in ('transformers', 'peft', 'sklearn') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
