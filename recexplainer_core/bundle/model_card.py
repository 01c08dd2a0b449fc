"""A model card for each adapter, in the hub's form: what it was taught, how well it learnt, what it cannot do."""

from __future__ import annotations

import json
import re

from recexplainer_core.bundle.manifest import Manifest
from recexplainer_core.evaluation.report import Report
from recexplainer_core.lm.hub import HubModel
from recexplainer_core.modes import AlignmentMode

_SEES = {
    AlignmentMode.BEHAVIOUR: "the titles of a history (behaviour alignment)",
    AlignmentMode.INTENTION: "the target's user and item vectors, without titles (intention alignment)",
    AlignmentMode.HYBRID: "the titles of a history and the target's vectors (hybrid alignment)",
}
_BESIDE = ("none", "distilled copy", "popularity", "random")
_MARKUP = re.compile(r"([\\`*_\[\]<>#|$])")


def model_card(manifest: Manifest, report: Report | None, mode: AlignmentMode) -> str:
    """Return the card of one mode's adapter, as Markdown with the hub's header.

    Args:
        manifest: of the bundle that holds the adapter.
        report: the measured figures, if there are any.
        mode: the adapter's.
    """
    header = ["---", "library_name: peft", "pipeline_tag: text-generation"]
    if isinstance(manifest.llm, HubModel):  # the hub takes this for one of its own ids
        header.append(f"base_model: {json.dumps(manifest.llm.hub_id)}")
    header += ["tags:", "- recommender-explanation", "- lora", f"- {mode}", "---"]
    data, target = manifest.provenance, manifest.stages.get("target", {})
    invented = " The users are simulated." if data.simulated else ""
    sections = [
        f"# RecExplainer adapter, {mode} mode",
        f"A LoRA adapter{' and connector' if mode.shows_vectors else ''} that let a language model speak for one "
        f"recommender. It sees {_SEES[mode]}. Base model: {_plain(_base_model(manifest))}.",
        "## Data\n\n"
        f"{_plain(data.name)}. {_plain(data.description)}{invented} Source: {_plain(data.source)}. "
        f"Licence of the data: {_plain(data.licence)}.",
        f"## Target\n\nA frozen {_plain(str(target.get('kind', 'recommender')))} model; {_target_figures(report)}",
        "## Tasks\n\nAll answers come from the target, none from what users did next.\n\n"
        + _task_table(manifest, mode),
        f"## Figures\n\n{_figure_table(report, mode)}",
        "## Limits\n\n"
        "It speaks for this target and this catalogue alone. Its predictions agree with the target's as often as the "
        "figures say, no more. Its reasons are learnt from the target's attributions; that a given reason is true "
        "must be checked by changing the history. It reads the history's last "
        f"{target.get('max_history', 'few')} items.",
        "## Use\n\nOpen the bundle that this folder lies in with RecExplainer Explorer: "
        "`streamlit run app.py -- --bundle DIR`.\n\n"
        f"Built by `{manifest.created_by.replace('`', '')}`, commit {manifest.commit or 'unknown'}, "
        f"seed {manifest.seed}.",
    ]
    return "\n".join(header) + "\n\n" + "\n\n".join(sections) + "\n"


def _base_model(manifest: Manifest) -> str:
    if manifest.llm:
        return f"{manifest.llm.name} ({manifest.llm.version})"
    stage = manifest.stages.get("llm", {})
    name, sha256 = str(stage.get("llm", "not recorded")), stage.get("sha256")
    if "config" in stage:
        return f"{name} LM, trained from scratch on these data"
    return f"{name}, sha256 {sha256}" if sha256 else name


def _target_figures(report: Report | None) -> str:
    if report is None or report.target is None:
        return "its own accuracy was not measured."
    named = ", ".join(f"{name.upper()} {value:.4f}" for name, value in report.target.to_json().items())
    return f"leave-one-out over all users with full ranking: {named}."


def _task_table(manifest: Manifest, mode: AlignmentMode) -> str:
    # Imported here: transformers takes seconds, and whoever opens a bundle does without it.
    from recexplainer_core.alignment.config import AlignmentConfig
    from recexplainer_core.alignment.tasks.base import TASKS

    config = manifest.stages.get(f"align-{mode}", {}).get("config", {})
    known, rows = dict(TASKS.items()), []
    for name, n_examples in AlignmentConfig.from_record(config).examples.items():
        task = known.get(name)
        if task is None or mode.shows_vectors or not task.needs_vectors:
            rows.append(f"| {task.title if task else _plain(name)} | {n_examples:,} |")
    if not rows:
        return "What was taught is not recorded."
    return "\n".join(["| task | questions |", "|---|---|", *rows])


def _figure_table(report: Report | None, mode: AlignmentMode) -> str:
    if report is None or not report.modes.get(mode):
        return "Not measured."
    modes = report.modes
    beside = [name for name in _BESIDE if name in modes]
    rows = []
    for figure, value in modes[mode].items():
        cells = [f"{modes[name][figure].value:.3f}" if figure in modes[name] else "" for name in beside]
        interval = f"{value.value:.3f} ({value.low:.3f} to {value.high:.3f})"
        rows.append(f"| {figure} | {interval} | {' | '.join(cells)} |")
    head = [f"| | {mode} | {' | '.join(beside)} |", "|---" * (len(beside) + 2) + "|"]
    return (
        f"Agreement with the target on {report.users:,} users held out from all training of the language model, with "
        "95% bootstrap intervals.\n\n" + "\n".join([*head, *rows])
    )


def _plain(text: str) -> str:
    """Return data's text so that Markdown shows it and nothing else."""
    return _MARKUP.sub(r"\\\1", " ".join(text.split()))
