"""Bundles damaged at random, the manifest's hashes made true again: each is refused in words or opens as what it says.

`RECEXPLAINER_DAMAGE=2000` tries so many; the same number tries the same ones.
"""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from types import FrameType

import numpy as np
import pytest
import torch

from recexplainer_core.bundle import Bundle, load_map, map_names, write_bundle
from recexplainer_core.bundle.files import hash_files
from recexplainer_core.errors import RecExplainerError
from recexplainer_core.histories import Histories
from recexplainer_core.recommenders.matrix_factorization import MatrixFactorization, MatrixFactorizationConfig
from tests.bundle.damage import kinds_of_damage
from tests.bundle.tiny import manifest
from tests.fakes.embedding_map import fake_map
from tests.fakes.report import fake_report
from tests.fakes.tiny_lm import CATALOGUE, write_adapters

CASES = int(os.environ.get("RECEXPLAINER_DAMAGE", "200"))
SECONDS = 10
USERS = 60


@pytest.fixture(scope="session")
def sound(llm_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A whole bundle, language model and map included."""
    folder = tmp_path_factory.mktemp("sound")
    rng = np.random.default_rng(0)
    lists = [rng.permutation(len(CATALOGUE))[: int(rng.integers(3, 8))].tolist() for _ in range(USERS)]
    plain = Histories.from_lists(lists, [f"v{user:03d}" for user in range(USERS)])
    times, causes = np.arange(len(plain.items)), np.arange(len(plain.items), dtype=np.int16) % 3 - 1
    histories = Histories(plain.user_ids, plain.offsets, plain.items, times, causes, ("genre", "mood"))
    vectors = torch.randn(len(CATALOGUE), len(CATALOGUE), generator=torch.Generator().manual_seed(0))
    made, placed = fake_map(len(CATALOGUE)), len(CATALOGUE)
    made = replace(made, users=made.users[:placed], user_coordinates=made.user_coordinates[:placed])
    made.save(folder / "default.parquet")
    write_bundle(
        folder / "sound",
        manifest(),
        catalogue=CATALOGUE,
        histories=histories,
        held_out=np.arange(USERS) % 5 == 2,
        recommender=MatrixFactorization(vectors, MatrixFactorizationConfig(dimension=len(CATALOGUE))),
        llm=llm_folder,
        adapters=write_adapters(llm_folder, folder / "adapters"),
        report=fake_report(histories),
        maps={"default": folder / "default.parquet"},
    )
    return folder / "sound"


def damage(sound: Path, root: Path, seed: int) -> str:
    """Copy the bundle, damage one file of it and make the hashes true; return what was done."""
    chance = random.Random(seed)
    shutil.rmtree(root, ignore_errors=True)
    shutil.copytree(sound, root)
    path = chance.choice(sorted(path for path in root.rglob("*") if path.is_file()))
    name = chance.choice(sorted(kinds := kinds_of_damage(path)))
    kinds[name](path, chance)
    rehash(root)
    return f"case {seed}: {name} of {path.relative_to(root)}"


def rehash(root: Path) -> None:
    """Make the manifest agree with the files, as a careless or hostile author could."""
    try:
        content = json.loads((root / "manifest.json").read_text(encoding="utf-8"))
        present = [
            path for path in content["files"] if not (root / path).is_symlink() and (root / path).is_file()
        ]
        content["files"] |= hash_files(root, present)
        (root / "manifest.json").write_text(json.dumps(content), encoding="utf-8")
    except (OSError, ValueError, TypeError, KeyError, RecursionError):
        return  # the manifest itself is what was damaged


@contextmanager
def no_longer_than(seconds: int) -> Iterator[None]:
    def hangs(number: int, frame: FrameType | None) -> None:
        raise TimeoutError(f"more than {seconds} s")

    before = signal.signal(signal.SIGALRM, hangs)
    signal.alarm(seconds)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


def use(root: Path, damaged: str = "") -> list[float]:
    """Open what a bundle holds and use it, the language model where its files were damaged; return some figures."""
    bundle = Bundle.open(root)
    bundle = replace(bundle, modes=tuple(mode for mode in bundle.modes if f"adapters/{mode}/" in damaged))
    everybody = np.arange(len(bundle.histories))
    found = [
        float(bundle.histories.popularity(len(bundle.catalogue), everybody).sum()),
        float(bundle.held_out.sum()),
    ]
    for user in (0, USERS - 1):
        history = bundle.history(user)
        bundle.histories.causes_of(user)
        vectors = bundle.recommender.user_vectors([history.recent])
        found.append(float(bundle.recommender.scores(vectors).sum()))
    assert np.isfinite(found).all(), "scores that are no numbers"
    for name in map_names(root):
        made = load_map(root, name, len(bundle.catalogue), len(bundle.histories))
        assert made.stamp
    if bundle.report:
        bundle.report.to_json()
    if bundle.modes or "llm/" in damaged:
        for seed in (1, 2):
            torch.manual_seed(seed)
            lm = bundle.load_surrogate()
            sums = torch.stack([tensor.double().abs().sum() for tensor in lm.state_dict().values()])
            assert torch.isfinite(sums).all(), "weights that are no numbers"
            found.append(float(sums.sum()))
            lm.tokenizer(CATALOGUE.titles[0])
        assert found[-1] == found[-2], "weights are drawn at random"
    return found


def test_the_sound_bundle_opens(sound: Path) -> None:
    assert use(sound, "of llm/, adapters/hybrid/, adapters/intention/ and adapters/behaviour/")


def test_damage_is_refused_in_words_or_does_not_matter(sound: Path, tmp_path: Path) -> None:
    faults, refused = [], 0
    for seed in range(CASES):
        done = damage(sound, tmp_path / "damaged", seed)
        try:
            with no_longer_than(SECONDS):
                use(tmp_path / "damaged", done)
        except RecExplainerError as fault:
            refused += 1
            assert len(str(fault)) > 20
        except BaseException as fault:
            faults.append(f"{done}: {type(fault).__name__}: {str(fault)[:120]}")
    print(
        f"{CASES} cases: {refused} refused in words, {CASES - refused - len(faults)} open, {len(faults)} faults"
    )
    assert not faults, f"{len(faults)} of {CASES}:\n" + "\n".join(faults)
