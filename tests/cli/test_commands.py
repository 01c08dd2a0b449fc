"""What a person sees of the commands, up to the point where a trained model is needed."""

import io
import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from rich.console import Console

from recexplainer_core.alignment.config import AlignmentConfig
from recexplainer_core.alignment.tasks.base import NEXT_ITEM
from recexplainer_core.bundle import Bundle
from recexplainer_core.cli import main
from recexplainer_core.cli.build import parse_modes
from recexplainer_core.cli.evaluate import report_table, taught
from recexplainer_core.cli.explain import top_table
from recexplainer_core.errors import BundleError, UnknownNameError
from recexplainer_core.evaluation.report import Report
from recexplainer_core.histories import Histories
from recexplainer_core.modes import ALIGNED, AlignmentMode
from tests.bundle.tiny import write_tiny

ROOT = Path(__file__).parent.parent.parent


def run(*arguments: object) -> int:
    with pytest.raises(SystemExit) as stop:
        main([str(a) for a in arguments])
    return int(stop.value.code or 0)


def shown(table: object) -> str:
    out = io.StringIO()
    Console(file=out, width=160).print(table)
    return out.getvalue()


@pytest.mark.parametrize("command", ["build", "evaluate", "explain", "doctor", "map"])
def test_every_command_explains_itself_and_its_options(
    command: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(command, "--help") == 0
    text = capsys.readouterr().out
    assert "Usage: python -m recexplainer_core " + command in text


def test_help_does_not_wait_for_the_libraries() -> None:
    script = (
        "import sys; from recexplainer_core.cli import app; "
        "print([m for m in ('torch', 'transformers', 'sklearn') if m in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, cwd=ROOT, check=True
    )
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize(
    "arguments", [["evaluate", "nowhere"], ["explain", "nowhere", "--user", "u"], ["doctor", "nowhere"]]
)
def test_a_missing_bundle_is_one_message_and_no_traceback(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(*arguments) == 2
    shown_text = capsys.readouterr()
    text = shown_text.out + shown_text.err
    assert "nowhere is not a folder" in text
    assert "Traceback" not in text


def test_messages_go_to_standard_error(capsys: pytest.CaptureFixture[str]) -> None:
    run("evaluate", "nowhere")
    shown_text = capsys.readouterr()
    assert shown_text.out == ""
    assert shown_text.err.startswith("Error: nowhere")


def test_an_unknown_user_item_or_mode_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = write_tiny(tmp_path / "five")
    for arguments, message in (
        (["--user", "zoe"], "No user 'zoe' among the 3"),
        (["--user", "u1", "--item", "Jaws"], "No film called 'Jaws' among 5 films"),
        (["--user", "u1", "--mode", "intention"], "no mode 'intention'"),
    ):
        assert run("explain", root, *arguments) == 2
        assert message in capsys.readouterr().err


def test_a_user_who_has_everything(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    histories = Histories.from_lists([[0, 1, 2, 3, 4], [1], [2]], ["u1", "u2", "u3"])
    root = write_tiny(tmp_path / "five", histories=histories)
    assert run("explain", root, "--user", "u1", "--mode", "none") == 2
    assert "Nothing is left to recommend to 'u1', who has all 5 films" in capsys.readouterr().err


def test_doctor_looks_at_the_machine_and_at_a_damaged_bundle(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("doctor") == 0
    text = capsys.readouterr().out
    for name in ("versions", "torch", "processor", "memory", "GPU", "browser"):
        assert name in text
    root = write_tiny(tmp_path / "five")
    (root / "report.json").write_text("{}")
    assert run("doctor", root) == 2
    assert "fault bundle: " in capsys.readouterr().out


def test_modes_are_a_list_in_any_order() -> None:
    assert parse_modes("hybrid, behaviour") == (AlignmentMode.BEHAVIOUR, AlignmentMode.HYBRID)
    assert parse_modes(",".join(ALIGNED)) == ALIGNED
    for text, message in (("hybrid,none", "'none' to teach"), ("telepathy", "'telepathy'"), (" ,", "empty")):
        with pytest.raises(UnknownNameError, match=message):
            parse_modes(text)


def test_the_two_lists_stand_side_by_side_with_the_targets_rank() -> None:
    titles = ["Alien", "Heat", "[red]Moon[/red]", "Stalker"]
    text = shown(top_table(titles, [0, 1, 2], [2, 3, 0], AlignmentMode.HYBRID))
    rows = [line for line in text.splitlines() if line.startswith("│")]
    assert [[cell.strip() for cell in row.strip("│").split("│")] for row in rows] == [
        ["1", "Alien", "[red]Moon[/red]", "3"],
        ["2", "Heat", "Stalker", "-"],
        ["3", "[red]Moon[/red]", "Alien", "1"],
    ]
    assert "2 of 3 shared" in text


def test_a_report_is_a_row_for_each_mode_and_baseline() -> None:
    figure = {"value": 0.5, "low": 0.4, "high": 0.625}
    report = {
        "users": 20,
        "modes": {"hybrid": {"acc@1": figure, "hr@5": figure}, "random": {"acc@1": figure}},
    }
    text = shown(report_table(Report.model_validate(report)))
    assert "20 held-out users" in text
    assert "0.500" in text and "0.40-0.62" in text
    assert "random" in text


def test_explain_shows_history_both_lists_and_a_reason(
    quick_bundle: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("explain", quick_bundle, "--user", "r0", "--item", "b12", "--mode", "intention") == 0
    text = capsys.readouterr().out
    assert "Reader r0 read 8 books:" in text
    assert "1  The Red River" in text
    assert "target recommends" in text
    assert "(intention)" in text
    assert "Why The Green Moon?" in text
    assert "Verified" in text


def test_explain_speaks_in_a_voice_and_as_said(
    quick_bundle: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("explain", quick_bundle, "--user", "r0", "--voice", "brief", "--as-said") == 0
    text = capsys.readouterr().out
    assert "As the language model alone says it." in text
    assert "Verified" not in text


def test_a_reason_that_somebody_else_wrote_is_tested(
    quick_bundle: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    about = ("check", quick_bundle, "--user", "r0", "--item", "b12")
    said = "Lovely! The Green Moon is recommended because of The Red River and The Blue River."
    assert run(*about, said) == 0
    text = capsys.readouterr().out
    assert "Lovely!\n  not checkable" in text
    assert "«The Red River» speaks for it" in text and "claims hold" in text
    (tmp_path / "reason.txt").write_text("It is what it is.", encoding="utf-8")
    assert run(*about, "--file", tmp_path / "reason.txt") == 0
    assert "Nothing in it can be checked." in capsys.readouterr().out
    assert run(*about, " ") != 0
    assert "there is no text" in capsys.readouterr().err
    assert run(*about, "--file", tmp_path / "missing.txt") != 0
    assert "cannot be read (" in capsys.readouterr().err


@pytest.mark.parametrize("command", [("explain",), ("check", "It is recommended because of The Red River.")])
def test_what_a_user_has_already_is_not_explained(
    quick_bundle: Path, capsys: pytest.CaptureFixture[str], command: tuple[str, ...]
) -> None:
    name, *text = command
    assert run(name, quick_bundle, *text, "--user", "r0", "--item", "b1") != 0
    assert "'r0' has read 'The Blue River', so it is not recommended." in capsys.readouterr().err


def test_an_unknown_voice_is_refused_before_anything_is_opened(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("explain", "no such folder", "--user", "r0", "--voice", "poet") != 0
    assert "The voices are analyst, viewer, brief." in capsys.readouterr().err


def test_the_distilled_copy_learns_as_much_as_the_bundles_language_model_did() -> None:
    stages = {
        "llm": {"config": {}},
        "align-hybrid": {"config": {"next_item_examples": 7, "gone": 1}, "seed": 0},
    }
    assert taught(stages).n_examples(NEXT_ITEM) == 7
    assert taught({}) == AlignmentConfig()
    with pytest.raises(BundleError, match="malformed at align-hybrid.rank"):
        taught({"align-hybrid": {"config": {"rank": "many"}}})


def test_evaluate_prints_a_table_and_writes_the_figures(
    quick_bundle: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "figures" / "report.json"
    assert run("evaluate", quick_bundle, "--users", 3, "--json", file) == 0
    text = capsys.readouterr().out
    assert "3 held-out users" in text
    report = json.loads(file.read_text())
    assert report["users"] == 3
    assert set(report["modes"]["hybrid"]["acc@1"]) == {"value", "low", "high"}
    assert set(report["target"]) == {"hr@10", "ndcg@10"}


def test_evaluate_puts_the_figures_into_the_bundle_and_keeps_its_learning_curves(
    quick_bundle: Path, tmp_path: Path
) -> None:
    root = tmp_path / "measured"
    shutil.copytree(quick_bundle, root)
    before = Bundle.open(root).report
    assert run("evaluate", root, "--users", 3, "--into-bundle") == 0
    after = Bundle.open(root).report
    assert before is not None and after is not None
    assert after.users == 3 and len(after.agreement.user) == 3
    assert after.learning_curves == before.learning_curves
    assert "commit" in after.origin.to_json()


def test_map_adds_a_named_map_to_a_bundle(
    quick_bundle: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    from recexplainer_core.bundle import Bundle, load_map, map_names

    root = tmp_path / "ring"
    shutil.copytree(quick_bundle, root)
    assert map_names(root) == ("default",)
    assert run("map", root, "--name", "Wide") == 2
    assert "cannot name a map" in capsys.readouterr().err
    options = ["--neighbours", 5, "--min-distance", 0.4, "--metric", "euclidean", "--seed", 3, "--users", 12]
    assert run("map", root, "--name", "wide", *options) == 0
    assert "trustworthiness, hidden" in capsys.readouterr().out
    bundle = Bundle.open(root)
    made = load_map(root, "wide", len(bundle.catalogue), len(bundle.histories))
    assert made.stamp["parameters"] == {
        "neighbours": 5, "min_distance": 0.4, "metric": "euclidean", "seed": 3, "users": 12,
    }  # fmt: skip
    assert len(made.users) == 12 and bundle.held_out[made.users].all()


def test_doctor_asks_a_bundle_in_every_mode(quick_bundle: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("doctor", quick_bundle) == 0
    text = capsys.readouterr().out
    for line in ("20 books, 40 readers", "target: 'The", "mode none", "mode hybrid"):
        assert line in text
    assert "fault" not in text


def test_ctrl_c_says_how_to_go_on(
    ring: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def interrupted(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("recexplainer_core.pipeline.build.build", interrupted)
    assert run("build", f"sequences:{ring}", "--out", tmp_path / "out") == 130
    assert "The same command goes on where this one stopped" in capsys.readouterr().err


@pytest.mark.parametrize("place", ["file/x.json", "folder"])
def test_figures_that_cannot_be_written_are_not_measured(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, place: str
) -> None:
    (tmp_path / "file").write_text("x")
    (tmp_path / "folder").mkdir()
    monkeypatch.setattr(Bundle, "open", None)
    assert run("evaluate", tmp_path / "bundle", "--json", tmp_path / place) == 2
    assert "--json" in capsys.readouterr().err


def test_a_fault_of_the_system_is_no_traceback(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(root: Path) -> None:
        raise OSError(28, "No space left on device", str(root))

    monkeypatch.setattr(Bundle, "open", full)
    assert run("map", tmp_path, "--name", "x") == 2
    assert "No space left on device. The disk is full: make room" in capsys.readouterr().err
