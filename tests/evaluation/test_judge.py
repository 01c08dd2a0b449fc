import pytest

from recexplainer_core.chat_endpoint import connect
from recexplainer_core.errors import ModelError
from recexplainer_core.evaluation.judge import Judge, question
from tests.fakes.judge_server import judge_server
from tests.fakes.tiny_lm import CATALOGUE

ASKED = [question(CATALOGUE, [0, 2], 7, text) for text in ("Because of «Alien».", "No reason.", "Hm.")]


def answer(body):
    text = body["messages"][0]["content"]
    return (
        "Fine.\nRating: 3"
        if "«Alien»" in text
        else "Poor. **Rating: 0**"
        if "No reason" in text
        else "Well..."
    )


def silent(done: int) -> None:
    pass


def test_levels_are_read_from_answers_and_what_holds_none_is_shown(tmp_path):
    with judge_server(answer) as server:
        ratings = Judge(connect(server.url, "key"), "m", tmp_path / "cache.jsonl").rate(ASKED, silent)
    assert [rating.level for rating in ratings] == [3, 0, None]
    assert ratings[2].answer == "Well..."
    assert all(request["temperature"] == 0 and request["model"] == "m" for request in server.requests)


def test_nothing_is_asked_twice_and_costs_are_told_before(tmp_path):
    with judge_server(answer) as server:
        first = Judge(connect(server.url, "key"), "m", tmp_path / "cache.jsonl")
        assert first.cost(ASKED).requests == 3
        assert first.cost(ASKED).tokens_in == pytest.approx(sum(map(len, ASKED)) / 4, abs=1)
        before = first.rate(ASKED, silent)
        again = Judge(connect(server.url, "key"), "m", tmp_path / "cache.jsonl")
        assert again.cost(ASKED).requests == 0 and again.cost(ASKED).price(1, 1) == 0
        after = again.rate(ASKED, silent)
        other = Judge(connect(server.url, "key"), "another", tmp_path / "cache.jsonl")
        assert other.cost(ASKED).requests == 3
    assert len(server.requests) == 3
    assert [r.level for r in after] == [r.level for r in before] and all(r.cached for r in after)


def test_a_failing_endpoint_is_tried_again(tmp_path):
    failures = iter([500, 429])
    with judge_server(lambda body: next(failures, answer(body))) as server:
        [rating] = Judge(connect(server.url, "key"), "m", tmp_path / "cache.jsonl").rate(ASKED[:1], silent)
    assert rating.level == 3 and len(server.requests) == 3


def test_who_is_refused_is_told_and_keeps_what_was_answered(tmp_path):
    with judge_server(lambda body: answer(body) if "«Alien»" in str(body) else 401) as server:
        rater = Judge(connect(server.url, "key"), "m", tmp_path / "cache.jsonl")
        with pytest.raises(ModelError, match="gave no answer"):
            rater.rate(ASKED, silent)
        assert Judge(connect(server.url, "key"), "m", tmp_path / "cache.jsonl").cost(ASKED).requests == 2


def test_a_file_of_something_else_is_no_cache(tmp_path):
    (tmp_path / "notes.txt").write_text("hello\n")
    with pytest.raises(ModelError, match="holds no answers of judges"):
        Judge(None, "m", tmp_path / "notes.txt")


def test_a_judge_sees_history_item_and_reason():
    assert "- Alien\n- Heat" in ASKED[0] and "'Solaris'" in ASKED[0] and "Because of «Alien»." in ASKED[0]
