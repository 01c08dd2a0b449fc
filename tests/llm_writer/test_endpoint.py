import pytest

from recexplainer_core.errors import ModelError
from recexplainer_core.llm_writer.endpoint import KEY, MODEL, URL, EndpointWriter
from tests.fakes.judge_server import judge_server
from tests.llm_writer.test_held import CLAIMS, LEAD, REMOVED, WRONG, written


def test_a_model_behind_an_endpoint_words_the_evidence(monkeypatch):
    with judge_server(lambda body: f"{LEAD}\n{REMOVED}") as server:
        for name, value in ((URL, server.url), (MODEL, "m"), (KEY, "k")):
            monkeypatch.setenv(name, value)
        assert written(EndpointWriter()) == [LEAD, REMOVED]
    [asked] = server.requests
    assert asked["model"] == "m" and asked["temperature"] == 0
    assert "Without «Film 0»: no longer recommended." in asked["messages"][-1]["content"]


def test_it_is_held_to_the_evidence_as_any_writer_is(monkeypatch):
    def answer(body):
        return REMOVED if LEAD in body["messages"][0]["content"] else f"{LEAD} {WRONG}"

    with judge_server(answer) as server:
        monkeypatch.setenv(URL, server.url)
        monkeypatch.setenv(MODEL, "m")
        assert written(EndpointWriter(), CLAIMS) == [LEAD, REMOVED]


def test_unconfigured_it_says_what_it_needs(monkeypatch):
    monkeypatch.delenv(URL, raising=False)
    with pytest.raises(ModelError, match=f"set {URL} to the address"):
        EndpointWriter()


def test_an_endpoint_that_refuses_is_named(monkeypatch):
    with judge_server(lambda body: 400) as server:
        monkeypatch.setenv(URL, server.url)
        monkeypatch.setenv(MODEL, "m")
        with pytest.raises(ModelError, match="m at .* gave no answer"):
            written(EndpointWriter())
