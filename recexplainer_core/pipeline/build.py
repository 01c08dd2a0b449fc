"""A build from beginning to end: what is left to do of its stages, then the bundle."""

from __future__ import annotations

import json
import shutil
import time

from recexplainer_core.alignment.tasks.conversation import read_conversations
from recexplainer_core.bundle import check_replaceable, read_manifest
from recexplainer_core.errors import BundleError, UnknownNameError
from recexplainer_core.pipeline.beforehand import no_room_said, require_same_data, require_writable
from recexplainer_core.pipeline.origin import git_commit
from recexplainer_core.pipeline.settings import BuildOptions
from recexplainer_core.pipeline.stages import Display, Outcome, run_stages, work_folder
from recexplainer_core.pipeline.steps import Steps
from recexplainer_core.processes import processes

BUNDLE = "bundle"
"""The last step; its result is not in the work folder but at --out."""


def build(
    options: BuildOptions,
    display: Display,
    created_by: str,
    until: str | None = None,
    keep_work: bool = False,
    fresh: bool = False,
) -> dict[str, Outcome]:
    """Run every stage that is not finished yet and write the bundle.

    Args:
        options: what to build.
        display: whoever watches.
        created_by: the command line, for the manifest.
        until: stop after this stage, and keep the work folder.
        keep_work: keep the work folder although the bundle is written.
        fresh: forget what an earlier, unfinished build left, and replace a bundle of other data.

    Returns:
        What each stage found out.

    Raises:
        RecExplainerError: of any kind; what is finished stays in the work folder.
    """
    require_writable(options.work)
    check_replaceable(options.out)
    steps = Steps(options)
    names = [*(stage.name for stage in steps.stages), BUNDLE]
    if until is not None and until not in names:
        raise UnknownNameError(f"There is no stage {until!r}. The stages are {', '.join(names)}.")
    wanted = names[: names.index(until) + 1] if until is not None else names
    if BUNDLE in wanted and not fresh:
        require_same_data(options.out, steps.parameters["data"])
    if processes().is_main_process:
        if options.conversation:
            read_conversations(options.conversation)
        steps.source.check()
    with work_folder(options.work, keep=keep_work or wanted != names):
        if fresh:
            for name in names:
                shutil.rmtree(options.work / name, ignore_errors=True)
        with no_room_said(options.work):
            outcomes = run_stages(steps.stages[: len(wanted)], options.work, display)
            if BUNDLE in wanted and processes().is_main_process:
                begun = time.monotonic()
                display.started(BUNDLE)
                outcomes[BUNDLE] = steps.write(created_by)
                display.finished(BUNDLE, outcomes[BUNDLE], time.monotonic() - begun)
    return outcomes


def is_up_to_date(options: BuildOptions) -> bool:
    """Return whether `out` already holds what these options make, built by the very same code."""
    commit = git_commit()
    try:
        manifest = read_manifest(options.out)
    except BundleError:
        return False
    if commit is None or commit.endswith("-dirty") or manifest.commit != commit:
        return False
    # Through JSON, where a tuple of the configuration is a list.
    return bool(json.loads(json.dumps(Steps(options).parameters)) == manifest.stages)
