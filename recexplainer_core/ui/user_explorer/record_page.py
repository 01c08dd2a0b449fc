"""An explanation as one HTML file that needs nothing else."""

from __future__ import annotations

import html
from collections.abc import Iterable, Sequence

from recexplainer_core.catalogue import Catalogue
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
    words, one = catalogue.wording, explanation
    title = (
        f"Why {one.item['title']}? {words.user.capitalize()} {one.user['id']}, {one.made_with['mode']} mode"
    )
    history_ids = {row["id"] for row in one.history}

    def mark(citation: Citation) -> str:
        inside = citation.item is not None and catalogue.item_ids[citation.item] in history_ids
        tag = "mark" if inside else "strong"
        return f"<{tag}>{_text(citation.title)}</{tag}>"

    reason = with_marks(str(one.reason["text"]), cited, _text, mark) or "No reason was written."
    cut = "" if one.reason["complete"] else "; stopped before its end"
    parts = [
        f"<h1>{_text(title)}</h1>",
        f"<p>{_text(_ORIGIN[str(one.made_with['reason'])])}{cut}:</p>",
        f"<blockquote>{reason}</blockquote>",
        "<h2>Claims, checked against the target</h2>",
        _table(one.claims, "No claim of this text could be tested."),
        f"<h2>What the target makes of each {_text(words.item)}</h2>",
        "<p>Shapley values of the target's softmax score; nothing here comes from the language model.</p>",
        _table(one.attribution, "The history is empty."),
        "<h2>Target's list</h2>",
        _table(one.target_list, "Nothing is left to recommend."),
        "<h2>LLM's list</h2>",
        _table(one.llm_list, "Nothing is left to predict."),
        f"<h2>{_text(words.items.capitalize())} {_text(words.consumed)}, oldest to newest</h2>",
        _table(one.history, "Nothing yet."),
        f"<h2>{_text(words.item.capitalize())}, {_text(words.user)}, agreement</h2>",
        *(_pairs(rows) for rows in (one.item, one.user, one.agreement)),
        "<h2>How this was made</h2>",
        _pairs(one.made_with),
    ]
    return (
        f'<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{_text(title)}</title><style>{_STYLE}</style></head><body>\n"
        + "\n".join(parts)
        + "\n</body></html>\n"
    )


def _table(rows: Sequence[Row], otherwise: str) -> str:
    if not rows:
        return f"<p>{_text(otherwise)}</p>"
    head = "".join(f'<th scope="col">{_text(name)}</th>' for name in rows[0])
    body = "".join("<tr>" + "".join(map(_cell, row.values())) + "</tr>" for row in rows)
    return f'<div class="wide"><table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>'


def _pairs(row: Row) -> str:
    body = "".join(
        f'<tr><th scope="row">{_text(name)}</th>{_cell(value)}</tr>' for name, value in row.items()
    )
    return f'<div class="wide"><table><tbody>{body}</tbody></table></div>'


def _cell(value: object) -> str:
    if isinstance(value, bool):
        return f"<td>{'yes' if value else 'no'}</td>"
    if isinstance(value, float):
        return f'<td class="n">{value:.4g}</td>'
    return f"<td>{_text('–' if value is None else str(value))}</td>"


def _text(text: str) -> str:
    return html.escape(text)
