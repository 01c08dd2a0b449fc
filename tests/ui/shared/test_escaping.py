import html
import re

from hypothesis import given
from hypothesis import strategies as st

from recexplainer_core.ui.shared.escaping import figure_text, markdown_text

NASTY = "**x** <b> $y$ [a](b) :red[z]"


def read_back(escaped: str) -> str:
    return html.unescape(escaped).replace("\u2060", "")


@given(st.text())
def test_escaping_changes_no_character_but_white_space(text: str) -> None:
    text = text.replace("\u2060", "")
    assert read_back(markdown_text(text)) == " ".join(text.split())


@given(st.text(alphabet="*_`<>[](){}#+-.!|~$&:@\\^=/ a1"))
def test_no_character_that_markdown_could_read_is_left(text: str) -> None:
    left = re.sub(r"&#\d+;", "", markdown_text(text))
    assert not set(left) & set("\\`*_{}[]()<>#+-!|~$&:@^=/.")


def test_a_nasty_title_keeps_its_characters_and_loses_its_power() -> None:
    assert read_back(markdown_text(NASTY)) == NASTY
    assert not set("*<$[:") & set(re.sub(r"&#\d+;", "", markdown_text(NASTY)))


def test_what_streamlit_replaces_after_parsing_is_broken_up() -> None:
    plain = html.unescape(
        markdown_text(":tada: :material/home: a -> b www.example.org x@y.org https://z.org")
    )
    for pattern in (":tada:", ":material/", " -> ", "www.example", "x@y", "https://"):
        assert pattern not in plain


def test_a_title_with_a_colon_is_left_alone() -> None:
    assert html.unescape(markdown_text("2001: A Space Odyssey")) == "2001: A Space Odyssey"


def test_a_figure_reads_no_tags_and_no_tex() -> None:
    assert figure_text("<b>x</b> $y$ & z") == "&lt;b&gt;x&lt;/b&gt; &#36;y&#36; &amp; z"
