"""Text with some of its stretches marked: the titles that a rationale cites, or that an answer names."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from typing import TypeVar

import streamlit as st

from recexplainer_core.prompting.mentions import Mention
from recexplainer_core.rationale.reading import Citation
from recexplainer_core.ui.shared.escaping import markdown_text

Stretch = TypeVar("Stretch", Citation, Mention)


def with_marks(
    text: str,
    stretches: Iterable[Stretch],
    plain: Callable[[str], str],
    mark: Callable[[Stretch], str],
) -> str:
    """Return a text with some stretches, in order, written by `mark`, and all between them by `plain`."""
    parts: list[str] = []
    end = 0
    for one in stretches:
        parts += [plain(text[end : one.start]), mark(one)]
        end = one.end
    return "".join([*parts, plain(text[end:])])


def marked(text: str, cited: Iterable[Citation], history: Collection[int]) -> str:
    """Return Markdown of a rationale: citations of the history highlighted, others bold, no other markup."""
    return with_marks(text, cited, plain, lambda one: title_mark(one.title, one.item in history))


def title_mark(title: str, highlighted: bool) -> str:
    """Return Markdown of a title within a text."""
    shown = markdown_text(title)
    return f":orange-background[{shown}]" if highlighted else f"**{shown}**"


def draw_legend(before: str, sample: str, after: str) -> None:
    """Draw a small line that says what the highlighting means.

    A caption would fade its own sample of it beyond reading.

    Args:
        before: in front of the sample.
        sample: is highlighted.
        after: behind it.
    """
    st.markdown(f":small[:gray[{before}] :orange-background[{sample}] :gray[{after}]]")


def plain(text: str) -> str:
    """Escape, but keep the spaces at either end, which part words from marked titles."""
    before = " " if text[:1].isspace() else ""
    after = " " if text[-1:].isspace() and text.strip() else ""
    return before + markdown_text(text) + after
