import io
import time

from rich.console import Console

from recexplainer_core.cli.displays import Estimate, Lines, LiveBars, choose_display


def console(terminal: bool = False) -> tuple[Console, io.StringIO]:
    text = io.StringIO()
    return Console(file=text, force_terminal=terminal, width=100, no_color=True), text


def test_a_log_gets_few_plain_lines() -> None:
    out, text = console()
    with choose_display(out) as display:
        assert isinstance(display, Lines)
        report = display.started("target")
        for step in range(1000):
            report(step, 1000, "loss 1.0")
        display.finished("target", {"hr@10": 0.08411, "users": 22363, "kind": "sasrec"}, 61.0)
        display.finished("llm", {}, None)
    assert text.getvalue().splitlines() == [
        "target: started",
        "target: done in 61 s: hr@10 0.08411, users 22,363, kind sasrec",
        "llm: finished before",
    ]


def test_a_log_line_tells_how_far_and_how_long() -> None:
    out, text = console()
    display = Lines(out, seconds_between=0.0)
    report = display.started("llm")
    report(100, 1000, "")
    report(500, 1000, "loss 2.5")
    first, second = text.getvalue().splitlines()[1:]
    assert first == "llm: 100 of 1,000"
    assert second == "llm: 500 of 1,000, about 0 s left, loss 2.5"


def test_a_terminal_gets_a_bar_and_then_a_line_that_stays() -> None:
    out, text = console(terminal=True)
    with choose_display(out) as display:
        assert isinstance(display, LiveBars)
        report = display.started("target")
        report(5, 10, "best [bold]NDCG")
        display.bars.refresh()
        assert "50%" in text.getvalue()
        assert "best [bold]NDCG" in text.getvalue()
        display.finished("target", {"hr@10": 0.5}, 3.0)
    assert "target: done in 3 s: hr@10 0.5" in text.getvalue()


def test_work_that_was_found_done_does_not_count_as_speed() -> None:
    estimate = Estimate()
    assert estimate.left(500, 1000) is None
    begun = time.monotonic()
    while time.monotonic() - begun < 0.05:
        pass
    left = estimate.left(501, 1000)
    assert left is not None
    assert left > 499 * 0.05


def test_a_new_unit_of_counting_starts_a_new_estimate() -> None:
    estimate = Estimate()
    estimate.left(0, 10)
    estimate.left(10, 10)
    assert estimate.left(0, 5000) is None


def test_data_cannot_steer_the_terminal() -> None:
    out, text = console()
    Lines(out).finished("data", {"name": "\x1b[2J\x1b]0;title\x07[red]film"}, 1.0)
    assert "\x1b" not in text.getvalue()
    assert "[red]film" in text.getvalue()
