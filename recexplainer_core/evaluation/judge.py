"""Another language model rates reasons, on the paper's four levels, through any endpoint that speaks OpenAI's protocol.

A judge sees what a person would see: the history, the item and the reason. It does not see the target, so its rating
says how a reason reads, not whether it is true.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from recexplainer_core.catalogue import Catalogue
from recexplainer_core.chat_endpoint import complete
from recexplainer_core.errors import DataError, ModelError
from recexplainer_core.files.plain import read_bytes

LEVELS = {
    0: "it is not about the item, says nothing, or is wrong on its face",
    1: "it is about the item, but gives no reason that has to do with this history",
    2: "it gives a reason from the history, which is vague, partly unfitting or hard to follow",
    3: "it gives a clear and fitting reason from the history",
}
"""The four levels, for judges and people alike."""
_RATING = re.compile(r"rating\W*([0-3])\b", re.IGNORECASE)
_ENTRY = re.compile(r'\{"key": "[0-9a-f]{64}", "answer": ')
_ANSWER_TOKENS = 200
_CHARACTERS_A_TOKEN = 4


@dataclass(frozen=True)
class Rating:
    """What a judge says of one reason.

    Args:
        level: 0 to 3; None where no level could be read from the answer.
        answer: as the judge gave it.
        cached: whether it had been asked before.
    """

    level: int | None
    answer: str
    cached: bool


@dataclass(frozen=True)
class Cost:
    """What asking will take, estimated: four characters count as one token."""

    requests: int
    tokens_in: int
    tokens_out: int

    def price(self, per_million_in: float, per_million_out: float) -> float:
        """Return what it costs at these prices for a million tokens."""
        return (self.tokens_in * per_million_in + self.tokens_out * per_million_out) / 1e6


def question(catalogue: Catalogue, history: Sequence[int], item: int, reason: str) -> str:
    """Return what a judge is asked about one reason."""
    words = catalogue.wording
    titles = "\n".join(f"- {catalogue.titles[i]}" for i in history)
    levels = "\n".join(f"{level}: {meaning}" for level, meaning in LEVELS.items())
    return (
        f"{words.a_user.capitalize()} has {words.consumed} these {words.items}, oldest first:\n{titles}\n\n"
        f"A system was asked about the {words.item} {catalogue.titles[item]!r} and wrote:\n{reason}\n\n"
        f"How good a reason is this? Levels:\n{levels}\n\n"
        "Think in one or two sentences, then end with a line of the form: Rating: 2"
    )


class Judge:
    """Ask one model; every answer is kept in a file, so that nothing is paid for twice.

    Args:
        client: from `chat_endpoint.connect`.
        model: its name at the endpoint.
        cache: a file of JSON lines, made where it is missing.

    Raises:
        ModelError: the file is no such cache.
    """

    def __init__(self, client: Any, model: str, cache: Path) -> None:
        self.client, self.model, self.cache = client, model, cache
        self._known = read_answers(cache) if cache.exists() else {}

    def cost(self, questions: Iterable[str]) -> Cost:
        """Estimate what asking takes; what is known costs nothing."""
        new = [text for text in dict.fromkeys(questions) if self._key(text) not in self._known]
        length = sum(len(text) for text in new)
        return Cost(len(new), length // _CHARACTERS_A_TOKEN, len(new) * _ANSWER_TOKENS)

    def rate(self, questions: Sequence[str], on_progress: Callable[[int], None]) -> list[Rating]:
        """Return a rating for each question; `on_progress` gets the number of those done after every one.

        Raises:
            ModelError: the endpoint does not answer, or refuses.
        """
        ratings = []
        for number, text in enumerate(questions, start=1):
            key = self._key(text)
            cached = key in self._known
            if not cached:
                self._known[key] = self._ask(text)
                self._keep(key)
            answer = self._known[key]
            found = _RATING.findall(answer)
            ratings.append(Rating(int(found[-1]) if found else None, answer, cached))
            on_progress(number)
        return ratings

    def _ask(self, text: str) -> str:
        asked = [{"role": "user", "content": text}]
        try:
            return complete(self.client, self.model, asked, 0.0, _ANSWER_TOKENS)
        except ModelError as fault:
            raise ModelError(
                f"The judge {fault} What it has said is kept in {self.cache}; the same command goes on from there."
            ) from fault

    def _keep(self, key: str) -> None:
        line = json.dumps({"key": key, "answer": self._known[key]}) + "\n"
        self.cache.parent.mkdir(parents=True, exist_ok=True)
        with self.cache.open("ab+") as file:
            file.seek(0, os.SEEK_END)
            if file.tell():
                file.seek(-1, os.SEEK_END)
                if file.read(1) != b"\n":  # the line before was cut off
                    line = "\n" + line
            file.write(line.encode())

    def _key(self, text: str) -> str:
        return hashlib.sha256(json.dumps([self.model, text]).encode()).hexdigest()


def read_answers(path: Path) -> dict[str, str]:
    """Return what a file of answers holds, by the keys of the questions; a line that was cut off is passed over.

    Raises:
        ModelError: the file cannot be read, or not one of its lines is an answer.
    """
    try:
        lines = [line for line in read_bytes(path, "Name another file.").split(b"\n") if line.strip()]
    except DataError as fault:
        raise ModelError(f"{path} holds no answers of judges ({fault}).") from fault
    found = dict(entry for line in lines for entry in _entries(line))
    if lines and not found:
        raise ModelError(f"{path} holds no answers of judges: none of its lines is one. Name another file.")
    return found


def _entries(line: bytes) -> Iterator[tuple[str, str]]:
    """Yield the answers in a line: one, none where it was cut off, or what was written behind a cut one."""
    text = line.decode("utf-8", "replace")
    for start in [match.start() for match in _ENTRY.finditer(text)]:
        try:
            entry, _ = json.JSONDecoder().raw_decode(text, start)
        except (ValueError, RecursionError):
            continue
        if (
            isinstance(entry, dict)
            and isinstance(entry.get("key"), str)
            and isinstance(entry.get("answer"), str)
        ):
            yield entry["key"], entry["answer"]
            if start == 0:
                return  # whatever stands in the answer itself is no entry
