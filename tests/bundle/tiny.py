"""A bundle of five films whose every file is real but its language model, which is only described."""

import json
from pathlib import Path

import numpy as np
import torch
from safetensors.torch import save_file

from recexplainer_core.bundle import Manifest, write_bundle
from recexplainer_core.catalogue import FILMS, Catalogue
from recexplainer_core.datasets import Provenance
from recexplainer_core.evaluation.report import Report
from recexplainer_core.histories import Histories
from recexplainer_core.lm.connector import Connector
from recexplainer_core.modes import AlignmentMode
from recexplainer_core.recommenders.matrix_factorization import MatrixFactorization, MatrixFactorizationConfig

VECTOR_SIZE, EMBEDDING_SIZE = 4, 8
TITLES = ["Alien", "Heat", "Solaris", "Moon", "Stalker"]


def parts(
    folder: Path,
    n_items: int = 5,
    vector_size: int = VECTOR_SIZE,
    embedding_size: int = EMBEDDING_SIZE,
    modes: tuple[AlignmentMode, ...] = (AlignmentMode.BEHAVIOUR, AlignmentMode.HYBRID),
) -> dict:
    """Return the arguments of `write_bundle`; sizes of one's own make parts that disagree."""
    llm = folder / "llm"
    llm.mkdir(parents=True, exist_ok=True)
    (llm / "config.json").write_text(json.dumps({"hidden_size": EMBEDDING_SIZE}))
    adapters = {}
    for mode in modes:
        adapters[mode] = folder / mode
        adapters[mode].mkdir(exist_ok=True)
        (adapters[mode] / "adapter_config.json").write_text(json.dumps({"peft_type": "LORA"}))
        save_file({"weight": torch.zeros(2)}, adapters[mode] / "adapter_model.safetensors")
        if mode.shows_vectors:
            torch.manual_seed(0)
            Connector(vector_size, embedding_size).save(adapters[mode] / "connector.safetensors")
    vectors = torch.arange(n_items * VECTOR_SIZE).float().view(n_items, VECTOR_SIZE)
    return {
        "catalogue": Catalogue([f"i{i}" for i in range(5)], TITLES, {}, FILMS),
        "histories": Histories.from_lists([[0, 1, 2], [3, 4], [2, 4, 0]], ["u1", "u2", "u3"]),
        "held_out": np.array([False, True, False]),
        "recommender": MatrixFactorization(vectors, MatrixFactorizationConfig(dimension=VECTOR_SIZE)),
        "llm": llm,
        "adapters": adapters,
        "report": Report(users=1),
    }


def manifest(**changes: object) -> Manifest:
    provenance = Provenance("Five films", "Made for a test.", "this file", "Apache-2.0", simulated=True)
    given = {
        "name": "Five films",
        "provenance": provenance,
        "seed": 3,
        "stages": {"data": {"spec": "demo"}},
        "libraries": {"torch": "2.13.0"},
        "created_by": "python -m recexplainer_core build demo --out five",
    }
    return Manifest(**given | changes)


def write_tiny(root: Path, **changes: object) -> Path:
    """Write the bundle, with changed parts, and return its folder."""
    write_bundle(root, manifest(), **parts(root.parent / "parts") | changes)
    return root
