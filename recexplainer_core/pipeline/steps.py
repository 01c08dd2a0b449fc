"""The stages of a build: what decides each, and what it does with the results of earlier ones."""

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
from recexplainer_core.bundle import Manifest, write_bundle
from recexplainer_core.bundle.agreement import REPORT, read_report
from recexplainer_core.bundle.files import write_json
from recexplainer_core.bundle.maps import DEFAULT_MAP
from recexplainer_core.datasets.readers import ReadOptions, data_parameters, load_dataset
from recexplainer_core.embedding_map.making import make_map
from recexplainer_core.embedding_map.parameters import MapParameters
from recexplainer_core.embedding_map.projection import FEWEST_ITEMS
from recexplainer_core.evaluation.measuring import measure
from recexplainer_core.fingerprints import file_fingerprint
from recexplainer_core.lm.sources import find_source
from recexplainer_core.modes import AlignmentMode
from recexplainer_core.pipeline.held_out import hold_out, require_measurable, sample_users
from recexplainer_core.pipeline.origin import git_commit, library_versions
from recexplainer_core.pipeline.results import Results, alignment_stage
from recexplainer_core.pipeline.settings import BuildOptions
from recexplainer_core.pipeline.stages import Outcome, Stage
from recexplainer_core.processes import processes
from recexplainer_core.progress import Progress
from recexplainer_core.recommenders.base import LONGEST_HISTORY, FoldsIn, ReadsMore
from recexplainer_core.recommenders.evaluation import evaluate_leave_one_out
from recexplainer_core.recommenders.probing import require_answers
from recexplainer_core.recommenders.registry import find_target, load_recommender
from recexplainer_core.surrogate.engine import Engine


class Steps:
    """The stages of one build."""

    def __init__(self, options: BuildOptions) -> None:
        self.options, self.effort = options, options.effort
        self.target_name, self.target, self.target_file = find_target(options.target)
        self.target_config = self.target.settings(options.quick, options.max_history, options.seed)
        self.source = find_source(options.llm, options.quick, options.seed)
        self.results = Results(options.work, self.source, options.modes)

    @cached_property
    def stages(self) -> list[Stage]:
        """All stages with a folder, in the order in which they run."""
        options, effort = self.options, self.effort
        reading = data_parameters(options.data, ReadOptions(options.min_ratings, options.seed))
        training = {"kind": self.target_name, **asdict(self.target_config)}
        if self.target_file is not None:
            training["sha256"] = file_fingerprint(self.target_file)
            if beside := {one.name: file_fingerprint(one) for one in self.target.beside(self.target_file)}:
                training["beside"] = beside
        seed = {"seed": options.seed}
        llm_needs = ("data", "split") if self.source.trained else ()
        stages = [
            Stage("data", (), reading, self._data),
            Stage("split", ("data",), seed, self._split),
            Stage("target", ("data",), training, self._target),
            Stage("llm", llm_needs, self.source.parameters, self._llm, self.source.trained),
        ]
        aligning = {"config": effort.alignment.record(), **seed}
        if options.conversation:
            aligning["conversation_sha256"] = file_fingerprint(options.conversation)
        if options.four_bit:
            aligning["four_bit"] = True
        aligned = tuple(alignment_stage(mode) for mode in options.modes)
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
        pinned = None if self.options.copy_llm else self.results.pinned_llm
        manifest = Manifest(
            name=self.results.provenance.name,
            provenance=self.results.provenance,
            llm=pinned,
            seed=self.options.seed,
            stages=self.parameters,
            libraries=library_versions(),
            created_by=created_by,
            commit=git_commit(),
        )
        written = write_bundle(
            self.options.out,
            manifest,
            catalogue=self.results.catalogue,
            histories=self.results.histories,
            held_out=self.results.held_out,
            recommender=self.results.recommender,
            llm=None if pinned else self.results.llm_folder(),
            adapters=self.results.adapters,
            report=read_report(self.results.folder("evaluate") / REPORT),
            maps={path.stem: path for path in self.results.folder("map").glob("*.parquet")},
        )
        size = sum((self.options.out / path).stat().st_size for path in written.files)
        return {
            "folder": str(self.options.out),
            "files": len(written.files),
            "megabytes": round(size / 1e6, 1),
        }

    def _data(self, folder: Path, progress: Progress) -> Outcome:
        options = self.options
        catalogue, histories, provenance = load_dataset(options.data, options.min_ratings, options.seed)
        catalogue.save(folder / "catalogue.parquet")
        histories.save(folder / "histories")
        write_json(folder / "provenance.json", asdict(provenance))
        words = catalogue.wording
        found: Outcome = {
            words.items: len(catalogue),
            words.users: len(histories),
            "choices": len(histories.items),
        }
        return {**found, "changed": "; ".join(provenance.notes)} if provenance.notes else found

    def _split(self, folder: Path, progress: Progress) -> Outcome:
        held_out = hold_out(self.results.histories, self.options.seed)
        require_measurable(self.results.histories, held_out, len(self.results.catalogue))
        np.save(folder / "held_out.npy", held_out, allow_pickle=False)
        return {"held out": int(held_out.sum()), "for training": int((~held_out).sum())}

    def _target(self, folder: Path, progress: Progress) -> Outcome:
        results = self.results
        n_items = len(results.catalogue)
        if self.target_file is not None and self.target.read is not None:
            ids = results.catalogue.item_ids
            recommender = self.target.read(self.target_file, ids, results.histories, self.target_config)
        else:
            recommender = self.target.train(results.histories, n_items, self.target_config, folder, progress)
        # What cannot be asked, or not be opened again, is found out before hours of training.
        require_answers(recommender, n_items, results.histories)
        recommender.save(folder / "model")
        load_recommender(folder / "model")
        found: dict[str, Any] = dict(evaluate_leave_one_out(recommender, results.histories))
        if isinstance(recommender, FoldsIn) and recommender.reproduced is not None:
            found["first ten kept by folding in"] = recommender.reproduced
        if isinstance(recommender, ReadsMore) and (recommender.made_for or 0) > recommender.max_history:
            found["note"] = (
                f"it was made to read up to {recommender.made_for} items and is asked with {recommender.max_history}; "
                f"--max-history {min(recommender.made_for or 0, LONGEST_HISTORY)} explains it as it is"
            )
        return found

    def _llm(self, folder: Path, progress: Progress) -> Outcome:
        return self.source.prepare(folder, self.results, progress)

    def _align(self, mode: AlignmentMode, folder: Path, progress: Progress) -> Outcome:
        align(
            mode,
            self.results.llm_folder(),
            self.results.catalogue,
            self.results.histories,
            self.results.training_users,
            self.results.recommender,
            self.effort.alignment,
            folder,
            self.options.seed,
            progress,
            read_conversations(self.options.conversation) if self.options.conversation else (),
            self.options.four_bit,
        )
        return {}

    def _map(self, folder: Path, progress: Progress) -> Outcome:
        if len(self.results.catalogue) < FEWEST_ITEMS:
            return {"left out": f"fewer than {FEWEST_ITEMS} items"}
        made = make_map(
            MapParameters(seed=self.options.seed),
            self.results.catalogue,
            self.results.histories,
            self.results.held_out,
            self.results.recommender,
            self.results.load_surrogate(),
            progress,
        )
        made.save(folder / f"{DEFAULT_MAP}.parquet")
        return {f"trustworthiness, {key}": layout.trustworthiness for key, layout in made.layouts.items()}

    def _evaluate(self, folder: Path, progress: Progress) -> Outcome:
        results, seed = self.results, self.options.seed
        report = measure(
            Engine(results.load_surrogate(), results.catalogue, results.recommender),
            results.histories,
            results.training_users,
            sample_users(results.held_out, self.effort.evaluation_users, seed),
            self.effort.alignment,
            seed,
            lambda part: progress,
        )
        report.learning_curves = {
            str(mode): learning_curve(results.alignment_folder(mode) / CHECKPOINTS)
            for mode in self.options.modes
        }
        if processes().is_main_process:
            write_json(folder / REPORT, report.to_json())
        return {f"{mode} acc@1": report.modes[mode]["acc@1"].value for mode in self.options.modes}
