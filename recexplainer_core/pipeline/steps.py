"""What the stages do. Each reads what it needs from the folders of earlier ones, and nothing from memory."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from functools import cached_property, partial
from pathlib import Path
from typing import Any

import numpy as np

from recexplainer_core.alignment.loop import learning_curve
from recexplainer_core.alignment.tasks.conversation import read_conversations
from recexplainer_core.alignment.training import CHECKPOINTS, align
from recexplainer_core.bundle import HubModel, Manifest, write_bundle
from recexplainer_core.bundle.files import read_json, write_json
from recexplainer_core.bundle.hub import fetch_llm, pin_llm
from recexplainer_core.bundle.maps import DEFAULT_MAP
from recexplainer_core.catalogue import Catalogue
from recexplainer_core.datasets import Provenance, load_dataset
from recexplainer_core.embedding_map.making import make_map
from recexplainer_core.embedding_map.parameters import MapParameters
from recexplainer_core.embedding_map.projection import FEWEST_ITEMS
from recexplainer_core.errors import ModelError
from recexplainer_core.evaluation.faithfulness.report import measure_reasons
from recexplainer_core.evaluation.fidelity.distilled_copy import distil
from recexplainer_core.evaluation.report import measure, whom_to_measure
from recexplainer_core.histories import Histories, IntArray
from recexplainer_core.lm.model import AlignedLM
from recexplainer_core.modes import AlignmentMode
from recexplainer_core.pipeline.held_out import Mask, hold_out, sample_users
from recexplainer_core.pipeline.origin import (
    data_fingerprint,
    file_fingerprint,
    folder_fingerprint,
    git_commit,
    library_versions,
)
from recexplainer_core.pipeline.settings import POCKET, BuildOptions
from recexplainer_core.pipeline.stages import Outcome, Stage
from recexplainer_core.pocket.training import train_pocket_lm
from recexplainer_core.processes import processes
from recexplainer_core.progress import Progress
from recexplainer_core.recommenders.base import Recommender
from recexplainer_core.recommenders.registry import load_recommender
from recexplainer_core.recommenders.evaluation import evaluate_leave_one_out
from recexplainer_core.recommenders.matrix_factorization import train_matrix_factorization
from recexplainer_core.recommenders.training import train_sasrec
from recexplainer_core.surrogate.engine import Engine

HUB = "hub.json"
METRICS = "metrics.json"
REPORT = "report.json"


class Steps:
    """The stages of one build, and where each leaves its result."""

    def __init__(self, options: BuildOptions) -> None:
        self.options, self.effort = options, options.effort

    @cached_property
    def stages(self) -> list[Stage]:
        """All stages with a folder, in the order in which they run."""
        options, effort = self.options, self.effort
        target = asdict(effort.sasrec) if options.target == "sasrec" else asdict(effort.mf)
        seed = {"seed": options.seed}
        stages = [
            Stage("data", (), self._data_parameters(), self._data),
            Stage("split", ("data",), seed, self._split),
            Stage("target", ("data",), {"kind": options.target, **target}, self._target),
            Stage("llm", *self._llm_parameters(), self._llm, options.llm == POCKET),
        ]
        aligning = {"config": asdict(effort.alignment), **seed}
        if options.conversation:
            aligning["conversation_sha256"] = file_fingerprint(options.conversation)
        if options.four_bit:
            aligning["four_bit"] = True
        aligned = tuple(_aligning(mode) for mode in options.modes)
        for mode, name in zip(options.modes, aligned, strict=True):
            stages.append(Stage(name, ("split", "target", "llm"), aligning, partial(self._align, mode), True))
        mapping = asdict(MapParameters(seed=options.seed))
        stages.append(Stage("map", ("split", *aligned), mapping, self._map))
        measuring = {"users": effort.evaluation_users, **seed}
        stages.append(Stage("evaluate", aligned, measuring, self._evaluate, True))
        return stages

    @property
    def parameters(self) -> dict[str, Mapping[str, Any]]:
        """Stage -> parameters, as the manifest records them."""
        return {stage.name: stage.parameters for stage in self.stages}

    def write(self, created_by: str) -> Outcome:
        """Write the bundle from what all the stages left."""
        hub = None if self.options.copy_llm else self._hub()
        manifest = Manifest(
            name=self._provenance.name,
            provenance=self._provenance,
            llm=hub,
            seed=self.options.seed,
            stages=self.parameters,
            libraries=library_versions(),
            created_by=created_by,
            commit=git_commit(),
        )
        written = write_bundle(
            self.options.out,
            manifest,
            catalogue=self._catalogue,
            histories=self._histories,
            held_out=self._held_out,
            recommender=self._recommender,
            llm=None if hub else self._llm_folder(),
            adapters=self._adapters(),
            report=read_json(self._folder("evaluate") / REPORT),
            maps={path.stem: path for path in self._folder("map").glob("*.parquet")},
        )
        size = sum((self.options.out / path).stat().st_size for path in written.files)
        return {
            "folder": str(self.options.out),
            "files": len(written.files),
            "megabytes": round(size / 1e6, 1),
        }

    # Inputs and results of the stages.

    def _folder(self, stage: str) -> Path:
        return self.options.work / stage

    @cached_property
    def _catalogue(self) -> Catalogue:
        return Catalogue.load(self._folder("data") / "catalogue.parquet")

    @cached_property
    def _histories(self) -> Histories:
        return Histories.load(self._folder("data") / "histories")

    @cached_property
    def _provenance(self) -> Provenance:
        return Provenance(**read_json(self._folder("data") / "provenance.json"))

    @cached_property
    def _held_out(self) -> Mask:
        mask: Mask = np.load(self._folder("split") / "held_out.npy", allow_pickle=False)
        return mask

    @property
    def _training_users(self) -> IntArray:
        return np.flatnonzero(~self._held_out)

    @cached_property
    def _recommender(self) -> Recommender:
        return load_recommender(self._folder("target") / "model")

    def _hub(self) -> HubModel | None:
        path = self._folder("llm") / HUB
        return HubModel(**read_json(path)) if path.exists() else None

    def _llm_folder(self) -> Path:
        if hub := self._hub():
            return fetch_llm(hub)
        return self._folder("llm") / "model" if self.options.llm == POCKET else Path(self.options.llm)

    def _adapters(self) -> dict[AlignmentMode, Path]:
        return {mode: self._folder(_aligning(mode)) / "adapter" for mode in self.options.modes}

    # The stages.

    def _data_parameters(self) -> dict[str, Any]:
        options = self.options
        parameters: dict[str, Any] = {"spec": options.data, "sha256": data_fingerprint(options.data)}
        if options.data.startswith("movielens"):
            parameters["min_ratings"] = options.min_ratings
        if options.data == "demo":
            parameters["seed"] = options.seed
        return parameters

    def _data(self, folder: Path, progress: Progress) -> Outcome:
        options = self.options
        catalogue, histories, provenance = load_dataset(options.data, options.min_ratings, options.seed)
        catalogue.save(folder / "catalogue.parquet")
        histories.save(folder / "histories")
        write_json(folder / "provenance.json", asdict(provenance))
        words = catalogue.wording
        return {words.items: len(catalogue), words.users: len(histories), "choices": len(histories.items)}

    def _split(self, folder: Path, progress: Progress) -> Outcome:
        held_out = hold_out(self._histories, self.options.seed)
        np.save(folder / "held_out.npy", held_out, allow_pickle=False)
        return {"held out": int(held_out.sum()), "for training": int((~held_out).sum())}

    def _target(self, folder: Path, progress: Progress) -> Outcome:
        n_items = len(self._catalogue)
        recommender: Recommender
        if self.options.target == "sasrec":
            recommender = train_sasrec(self._histories, n_items, self.effort.sasrec, folder, progress)
        else:
            recommender = train_matrix_factorization(self._histories, n_items, self.effort.mf, progress)
        recommender.save(folder / "model")
        metrics = evaluate_leave_one_out(recommender, self._histories)
        write_json(folder / METRICS, metrics)
        return metrics

    def _llm_parameters(self) -> tuple[tuple[str, ...], dict[str, Any]]:
        """Return which stages the language model depends on, and its parameters."""
        llm = self.options.llm
        if llm == POCKET:
            config = asdict(self.effort.pocket)
            return ("data", "split"), {"llm": POCKET, "config": config, "seed": self.options.seed}
        if Path(llm).is_dir():
            return (), {"llm": Path(llm).resolve().name, "sha256": folder_fingerprint(Path(llm))}
        return (), {"llm": llm}

    def _llm(self, folder: Path, progress: Progress) -> Outcome:
        options = self.options
        if options.llm == POCKET:
            train_pocket_lm(
                self._catalogue,
                self._histories,
                self._training_users,
                self.effort.pocket,
                folder,
                options.seed,
                progress,
            )
            return {"trained": POCKET}
        if not Path(options.llm).is_dir():
            hub = pin_llm(options.llm)
            write_json(folder / HUB, hub.model_dump())
            return hub.model_dump()
        if not any(Path(options.llm).glob("*.safetensors")):
            raise ModelError(
                f"{options.llm} holds no safetensors weights. Convert the model "
                "(`save_pretrained(..., safe_serialization=True)`) or give another --llm."
            )
        return {"folder": options.llm}

    def _align(self, mode: AlignmentMode, folder: Path, progress: Progress) -> Outcome:
        align(
            mode,
            self._llm_folder(),
            self._catalogue,
            self._histories,
            self._training_users,
            self._recommender,
            self.effort.alignment,
            folder,
            self.options.seed,
            progress,
            read_conversations(self.options.conversation) if self.options.conversation else (),
            self.options.four_bit,
        )
        return {}

    def _map(self, folder: Path, progress: Progress) -> Outcome:
        if len(self._catalogue) < FEWEST_ITEMS:
            return {"left out": f"fewer than {FEWEST_ITEMS} items"}
        made = make_map(
            MapParameters(seed=self.options.seed),
            self._catalogue,
            self._histories,
            self._held_out,
            self._recommender,
            AlignedLM.load(self._llm_folder(), self._adapters()),
            progress,
        )
        made.save(folder / f"{DEFAULT_MAP}.parquet")
        return {f"trustworthiness, {key}": layout.trustworthiness for key, layout in made.layouts.items()}

    def _evaluate(self, folder: Path, progress: Progress) -> Outcome:
        seed = self.options.seed
        engine = Engine(
            AlignedLM.load(self._llm_folder(), self._adapters()), self._catalogue, self._recommender
        )
        users = sample_users(self._held_out, self.effort.evaluation_users, seed)
        copy = distil(
            self._recommender, self._histories, self._training_users, self.effort.alignment, seed, progress
        )
        report = measure(engine, self._histories, users, seed, progress, copy)
        target = read_json(self._folder("target") / METRICS)
        report["target"] = {name: target[name] for name in ("hr@10", "ndcg@10")}
        report["reasons"] = measure_reasons(
            engine,
            self._histories,
            *whom_to_measure(engine, self._histories, users),
            seed,
            progress,
            self._recommender.reinitialised(seed),
        )
        report["learning curves"] = {
            str(mode): learning_curve(self._folder(_aligning(mode)) / CHECKPOINTS)
            for mode in self.options.modes
        }
        if processes().is_main_process:
            write_json(folder / REPORT, report)
        return {f"{mode} acc@1": report["modes"][mode]["acc@1"]["value"] for mode in self.options.modes}


def _aligning(mode: AlignmentMode) -> str:
    return f"align-{mode}"
