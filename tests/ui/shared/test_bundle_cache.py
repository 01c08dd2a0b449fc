"""Answers are cached by bundle, function and question, whoever asks."""

from pathlib import Path

import pytest
import streamlit as st

from recexplainer_core.histories import History
from recexplainer_core.ui.shared.bundle_cache import cached
from tests.fakes.bundle import FakeBundle, write_fake_bundle

ASKED: list[tuple[object, ...]] = []


@cached(10)
def first(bundle: FakeBundle, history: History, k: int) -> list[int]:
    ASKED.append(("first", history, k))
    return list(history.recent[:k])


@cached(10, cache=st.cache_resource)
def last(bundle: FakeBundle, history: History, k: int) -> list[int]:
    ASKED.append(("last", history, k))
    return list(history.recent[-k:])


@pytest.fixture
def bundle(tmp_path: Path) -> FakeBundle:
    st.cache_data.clear()
    st.cache_resource.clear()
    ASKED.clear()
    return write_fake_bundle(tmp_path / "fake")


def test_a_question_is_answered_once(bundle: FakeBundle) -> None:
    answers = [first(bundle, History.of([3, 1, 2], 2), 1) for _ in range(3)]
    assert answers == [[1]] * 3 and len(ASKED) == 1


def test_another_function_item_or_seen_item_is_another_question(bundle: FakeBundle) -> None:
    history = History.of([3, 1, 2])
    assert (first(bundle, history, 1), last(bundle, history, 1), first(bundle, history, k=2)) == (
        [3],
        [2],
        [3, 1],
    )
    first(bundle, History.of([3, 1, 2], seen={1, 2, 3, 4}), 1)
    first(bundle, History.of([3, 1]), 1)
    assert len(ASKED) == 5


def test_who_gets_a_copy_cannot_change_the_answer_of_others(bundle: FakeBundle) -> None:
    history = History.of([3, 1, 2])
    first(bundle, history, 2).append(7)
    assert first(bundle, history, 2) == [3, 1]
    assert last(bundle, history, 2) is last(bundle, history, 2)


def test_a_bundle_built_again_is_asked_anew(bundle: FakeBundle) -> None:
    first(bundle, History.of([3]), 1)
    manifest = bundle.root / "manifest.json"
    manifest.write_text(manifest.read_text().replace('"seed":0', '"seed":1'))
    first(bundle, History.of([3]), 1)
    assert len(ASKED) == 2
