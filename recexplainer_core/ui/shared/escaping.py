"""Titles and model text as plain characters: the one way from data to anything that reads markup."""

from __future__ import annotations

import html
import re

_SPECIAL = re.compile(r"[\\`*_{}\[\]()<>#+\-!|~$&:@^=/.]")
_JOINER = "\u2060"
"""Word joiner: invisible, no width, forbids a line break."""

# Streamlit replaces these after Markdown is parsed, when an entity is a plain character again: shortcodes
# such as :tada: and :material/home:, arrows such as -> between spaces, and addresses that become links.
_REPLACED_LATER = re.compile(r"(?<=:)(?=\S)|(?<=[<>~-])(?=[>=-])|(?<=www)(?=\.)|(?<=@)", re.IGNORECASE)


def markdown_text(text: str) -> str:
    """Return Markdown that shows `text` character by character, for labels, bodies, captions and tooltips.

    White space is reduced to single spaces, so that no indent or line break can start a block.
    """
    joined = _REPLACED_LATER.sub(_JOINER, " ".join(text.split()))
    return _SPECIAL.sub(lambda match: f"&#{ord(match.group())};", joined)


def figure_text(text: str) -> str:
    """Return text that a plotly figure shows character by character: no tags, no TeX."""
    return html.escape(" ".join(text.split()), quote=False).replace("$", "&#36;")
