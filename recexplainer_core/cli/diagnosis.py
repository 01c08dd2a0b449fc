"""Whether this machine can run the program, and whether a bundle is whole and answers."""

from __future__ import annotations

import os
import platform
import shlex
import shutil
import time
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

import psutil
import torch

from recexplainer_core.bundle import Bundle
from recexplainer_core.cli.words import PROGRAM
from recexplainer_core.errors import RecExplainerError
from recexplainer_core.lm.sources import PinnedLLM, known_llms
from recexplainer_core.modes import AlignmentMode
from recexplainer_core.pipeline.origin import git_commit, library_versions

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
COMFORTABLE_GB = 4.0
"""Free memory below which a build may be stopped by the system."""


class State(StrEnum):
    """How a check came out."""

    GOOD = "ok"
    NOTE = "note"
    FAULT = "fault"


@dataclass(frozen=True)
class Check:
    """One line of the diagnosis."""

    name: str
    state: State
    detail: str


def examine_machine() -> Iterator[Check]:
    """Yield what is installed and what there is to compute with."""
    versions = library_versions()
    missing = [name for name, version in versions.items() if version == "not installed"]
    listed = ", ".join(f"{name} {version}" for name, version in versions.items() if name not in missing)
    yield Check("versions", State.GOOD, listed)
    if missing:
        remedy = "pip install -r requirements.txt"
        yield Check("libraries", State.FAULT, f"not installed: {', '.join(missing)}. Run {remedy}.")
    yield Check("code", State.GOOD, git_commit() or "not in a git repository")
    yield Check(
        "processor",
        State.GOOD,
        f"{platform.machine()}, {os.cpu_count()} cores, {torch.get_num_threads()} threads for PyTorch",
    )
    memory = psutil.virtual_memory()
    free, total = memory.available / 1e9, memory.total / 1e9
    enough = free >= COMFORTABLE_GB
    advice = "" if enough else f"; a build wants {COMFORTABLE_GB:.0f} GB"
    yield Check("memory", State.GOOD if enough else State.NOTE, f"{free:.1f} of {total:.1f} GB free{advice}")
    if torch.cuda.is_available():
        names = [torch.cuda.get_device_name(i) for i in range(torch.cuda.device_count())]
        yield Check("GPU", State.GOOD, ", ".join(names))
    else:
        yield Check("GPU", State.NOTE, "none; everything runs on the processor")
    missing_llms = [word for word, llm in known_llms().items() if llm.find() is None]
    listed = "; ".join(
        f"{word} not fetched: `{PROGRAM} fetch {word}` fetches it"
        if word in missing_llms
        else f"{word} in the cache"
        for word in known_llms()
    )
    yield Check("language models", State.NOTE if missing_llms else State.GOOD, listed)
    browser = next(filter(None, map(shutil.which, BROWSERS)), None)
    if browser:
        yield Check("browser", State.GOOD, browser)
    else:
        remedy = "needed for the browser tests only (apt-get install chromium)"
        yield Check("browser", State.NOTE, f"no Chromium found; {remedy}")


def examine_bundle(root: Path) -> Iterator[Check]:
    """Yield whether a bundle is whole, and one live prediction of the target and of every mode."""
    begun = time.perf_counter()
    try:
        bundle = Bundle.open(root)
    except RecExplainerError as fault:
        yield Check("bundle", State.FAULT, str(fault))
        return
    words, manifest = bundle.catalogue.wording, bundle.manifest
    simulated = "simulated " if manifest.provenance.simulated else ""
    size = f"{len(bundle.catalogue)} {words.items}, {len(bundle.histories)} {simulated}{words.users}"
    files = f"{len(manifest.files)} files as they were written"
    yield Check("bundle", State.GOOD, f"{manifest.name}: {size}; {files}; opened in {_since(begun)}")
    if manifest.llm is not None and manifest.llm.find() is None:
        remedy = f"`{PROGRAM} fetch {shlex.quote(str(root))}` fetches it"
        yield Check(
            "language model", State.FAULT, f"{_full_name(manifest.llm)} is not on this machine: {remedy}."
        )
        return
    try:
        yield from _examine_answers(bundle)
    except RecExplainerError as fault:
        yield Check("language model", State.FAULT, str(fault))


def _examine_answers(bundle: Bundle) -> Iterator[Check]:
    from recexplainer_core.recommenders.base import top_items
    from recexplainer_core.surrogate.engine import Engine

    begun = time.perf_counter()
    engine = Engine(bundle.load_surrogate(), bundle.catalogue, bundle.recommender)
    llm = bundle.manifest.llm
    which = _full_name(llm) if llm else "the bundle's own"
    yield Check("language model", State.GOOD, f"{which}, loaded in {_since(begun)}")
    user = int(bundle.held_out.argmax())
    history = bundle.history(user)
    titles = bundle.catalogue.titles
    begun = time.perf_counter()
    best = [titles[r.item] for r in top_items(bundle.recommender, [history.recent], 1, [history.seen])[0]]
    answer = repr(best[0]) if best else "nothing is left to recommend"
    yield Check("target", State.GOOD, f"{answer} for user {_name(bundle, user)}, in {_since(begun)}")
    for mode in engine.modes:
        begun = time.perf_counter()
        predicted = engine.predict([history], [mode], k=1)[0]
        answer = f"{titles[predicted[0].item]!r}" if predicted else "nothing"
        state = State.GOOD if predicted else State.FAULT
        yield Check(f"mode {mode}", state, f"{answer}, in {_since(begun)}")
    if missing := [mode for mode in AlignmentMode if mode not in engine.modes]:
        yield Check("modes", State.NOTE, f"built without {', '.join(missing)}")


def _name(bundle: Bundle, user: int) -> str:
    return repr(bundle.histories.user_ids[user])


def _full_name(llm: PinnedLLM) -> str:
    return f"{llm.name} ({llm.version})"


def _since(begun: float) -> str:
    return f"{time.perf_counter() - begun:.2f} s"
