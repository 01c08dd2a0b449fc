"""Words on a terminal."""

import pytest

from recexplainer_core.cli.words import printable


@pytest.mark.parametrize("text", ["می\u200cخواهم", "क्\u200dष", "👩\u200d🚀 Orbit", "two\nlines"])
def test_what_belongs_to_a_word_is_printed(text: str) -> None:
    assert printable(text) == text


@pytest.mark.parametrize("text", ["\x1b[31mred", "a\rb", "\u202eevil", "\x07"])
def test_what_moves_the_cursor_is_not(text: str) -> None:
    assert "\ufffd" in printable(text) and not set(printable(text)) & set("\x1b\r\u202e\x07")
