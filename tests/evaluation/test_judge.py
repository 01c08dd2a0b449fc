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


def kept(tmp_path, answers):
    """Return a cache of answers, and the judge's keys in it."""
    rater = Judge(None, "m", tmp_path / "cache.jsonl")
    for number, text in enumerate(answers):
        key = rater._key(ASKED[number])
        rater._known[key] = text
        rater._keep(key)
    return tmp_path / "cache.jsonl"


def test_a_line_separator_in_an_answer_separates_nothing(tmp_path):
    answers = ["one\u2028two\u0085three\x0b.\nRating: 3", 'x {"key": "y", "answer": "z"} Rating: 1']
    cache = kept(tmp_path, answers)
    assert list(Judge(None, "m", cache)._known.values()) == answers
    raw = cache.read_text().encode().replace(b"\\u2028", "\u2028".encode())  # as it was written before
    cache.write_bytes(raw)
    assert list(Judge(None, "m", cache)._known.values()) == answers


@pytest.mark.parametrize("cut", [1, 2, 40, 100])
def test_an_answer_that_was_cut_off_is_asked_again_and_the_others_are_kept(tmp_path, cut):
    cache = kept(tmp_path, ["a Rating: 1", "b Rating: 2"])
    whole = cache.read_bytes()
    cache.write_bytes(whole[:-cut])
    rater = Judge(None, "m", cache)
    assert rater.cost(ASKED).requests == (1 if cut == 1 else 2)
    key = rater._key(ASKED[2])
    rater._known[key] = "c Rating: 3"
    rater._keep(key)
    assert "c Rating: 3" in Judge(None, "m", cache)._known.values()
    assert "a Rating: 1" in Judge(None, "m", cache)._known.values()


def test_what_was_written_behind_a_cut_line_is_found(tmp_path):
    cache = kept(tmp_path, ["a Rating: 1", "b Rating: 2"])
    first, second, _ = cache.read_bytes().split(b"\n")
    cache.write_bytes(first[:90] + second + b"\n")
    assert list(Judge(None, "m", cache)._known.values()) == ["b Rating: 2"]


def test_a_pipe_is_no_cache(tmp_path):
    import os

    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(ModelError, match="named pipe"):
        Judge(None, "m", tmp_path / "pipe")
