"""Explanations as one HTML file that needs nothing else."""

from __future__ import annotations

import html
from collections.abc import Iterable, Sequence

from recexplainer_core.catalogue import Catalogue, Wording
from recexplainer_core.rationale.reading import Citation
from recexplainer_core.ui.shared.marking import with_marks
from recexplainer_core.ui.user_explorer.record import ExplanationRecord, Row

_STYLE = """
:root { color-scheme: light dark; }
body { font: 16px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem;
  color: light-dark(#22282f, #e6e3da); background: light-dark(#fcfbf8, #14191d); }
h1, h2 { font-family: Georgia, serif; line-height: 1.25; }
h2 { margin-top: 2.2rem; font-size: 1.25rem; }
blockquote { margin: 1rem 0; padding: .6rem 1rem; border-left: 4px solid #14827a;
  background: light-dark(#f2efe8, #1e252a); }
mark { color: inherit; background: light-dark(#fae3b4, #5a4315); padding: 0 .2em; border-radius: .2em; }
.wide { overflow-x: auto; }
table { border-collapse: collapse; font-size: .88rem; font-variant-numeric: tabular-nums; width: 100%; }
th, td { text-align: left; vertical-align: top; padding: .3rem .7rem .3rem 0;
  border-bottom: 1px solid light-dark(#ddd8cc, #333c43); }
th { font-weight: 600; color: light-dark(#666c73, #a0a7ad); }
td.n { text-align: right; }
"""


_ORIGIN = {
    "verified": "What the LLM holds, verified by the target",
    "as said": "What the LLM alone says, which may be untrue",
}


def as_html(explanation: ExplanationRecord, catalogue: Catalogue, cited: Iterable[Citation]) -> str:
    """Return the page, with what the reason cites marked.

    Every title and every word of the language model is escaped.
    """
    words, title = catalogue.wording, heading(explanation, catalogue.wording)
    one = explanation
    return page(
        title,
        [
            f"<h1>{text_of(title)}</h1>",
            *reason_parts(explanation, catalogue, cited),
            "<h2>Target's list</h2>",
            _table(one.target_list, "Nothing is left to recommend."),
            "<h2>LLM's list</h2>",
            _table(one.llm_list, "Nothing is left to predict."),
            f"<h2>{text_of(words.items.capitalize())} {text_of(words.consumed)}, oldest to newest</h2>",
            _table(one.history, "Nothing yet."),
            f"<h2>{text_of(words.item.capitalize())}, {text_of(words.user)}, agreement</h2>",
            *(pairs(rows) for rows in (one.item, one.user, one.agreement)),
            "<h2>How this was made</h2>",
            pairs(one.made_with),
        ],
    )


def heading(explanation: ExplanationRecord, words: Wording) -> str:
    """Return what an explanation is about, in a line."""
    one = explanation
    return (
        f"Why {one.item['title']}? {words.user.capitalize()} {one.user['id']}, {one.made_with['mode']} mode"
    )


def reason_parts(
    explanation: ExplanationRecord, catalogue: Catalogue, cited: Iterable[Citation]
) -> list[str]:
    """Return the reason, its checks and the attribution, each as HTML."""
    words, one = catalogue.wording, explanation
    history_ids = {row["id"] for row in one.history}

    def mark(citation: Citation) -> str:
        inside = citation.item is not None and catalogue.item_ids[citation.item] in history_ids
        tag = "mark" if inside else "strong"
        return f"<{tag}>{text_of(citation.title)}</{tag}>"

    reason = with_marks(str(one.reason["text"]), cited, text_of, mark) or "No reason was written."
    cut = "" if one.reason["complete"] else "; stopped before its end"
    return [
        f"<p>{text_of(_ORIGIN[str(one.made_with['reason'])])}{cut}:</p>",
        f"<blockquote>{reason}</blockquote>",
        "<h2>Claims, checked against the target</h2>",
        _table(one.claims, "No claim of this text could be tested."),
        f"<h2>What the target makes of each {text_of(words.item)}</h2>",
        "<p>Shapley values of the target's softmax score; nothing here comes from the language model.</p>",
        _table(one.attribution, "The history is empty."),
    ]


def page(title: str, parts: Sequence[str]) -> str:
    """Return a whole page of parts in HTML."""
    return (
        f'<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{text_of(title)}</title><style>{_STYLE}</style></head><body>\n"
        + "\n".join(parts)
        + "\n</body></html>\n"
    )


def _table(rows: Sequence[Row], otherwise: str) -> str:
    if not rows:
        return f"<p>{text_of(otherwise)}</p>"
    head = "".join(f'<th scope="col">{text_of(name)}</th>' for name in rows[0])
    body = "".join("<tr>" + "".join(map(_cell, row.values())) + "</tr>" for row in rows)
    return f'<div class="wide"><table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>'


def pairs(row: Row) -> str:
    """Return a table of names and values."""
    body = "".join(
        f'<tr><th scope="row">{text_of(name)}</th>{_cell(value)}</tr>' for name, value in row.items()
    )
    return f'<div class="wide"><table><tbody>{body}</tbody></table></div>'


def _cell(value: object) -> str:
    if isinstance(value, bool):
        return f"<td>{'yes' if value else 'no'}</td>"
    if isinstance(value, float):
        return f'<td class="n">{value:.4g}</td>'
    return f"<td>{text_of('–' if value is None else str(value))}</td>"


def text_of(text: str) -> str:
    """Return text that is text in HTML, whatever it holds."""
    return html.escape(text)
