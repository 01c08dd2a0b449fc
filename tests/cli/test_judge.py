from pathlib import Path

import pytest

from tests.cli.test_commands import run
from tests.fakes.judge_server import judge_server


def test_a_judge_rates_the_reasons_of_every_mode(
    quick_bundle: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    options = ("--model", "m", "--users", 2, "--cache", tmp_path / "cache.jsonl", "--yes")
    with judge_server(lambda body: "Rating: 2") as server:
        assert run("judge", quick_bundle, "--base-url", server.url, *options) == 0
        first = capsys.readouterr().out
        assert run("judge", quick_bundle, "--base-url", server.url, *options) == 0
    assert len(server.requests) <= 6
    assert f"{len(server.requests)} requests to m" in first
    assert "hybrid" in first and "2.00" in first
    assert "0 requests to m" in capsys.readouterr().out


def test_without_an_endpoint_no_judge_is_asked(quick_bundle: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("OPENAI_BASE_URL", raising=False)
    assert run("judge", quick_bundle, "--model", "m") != 0
