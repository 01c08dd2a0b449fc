"""Where a question and its answer stand in the text that a language model was trained on."""

from __future__ import annotations

from dataclasses import dataclass

from jinja2 import TemplateError
from transformers import PreTrainedTokenizerBase

from recexplainer_core.errors import ModelError
from recexplainer_core.lm.text import token_ids

SYSTEM = "You speak for a recommender system."
"""What a chat model is told before every question, where its template has a place for it."""
_QUESTION, _ANSWER = "\u241fQUESTION\u241f", "\u241fANSWER\u241f"


@dataclass(frozen=True)
class Frame:
    """The text around a question and its answer.

    Args:
        before: stands in front of the question.
        after: stands behind it; the model goes on from there.
        lead: what the answer begins with, before its first word.
        end: id of the token that closes the answer.
    """

    before: str
    after: str
    lead: str
    end: int


def frame_of(tokenizer: PreTrainedTokenizerBase) -> Frame:
    """Return the frame that a tokenizer's chat template makes; a base model only continues a text.

    Raises:
        ModelError: there is no token that ends a text, or the template drops the question.
    """
    if tokenizer.eos_token_id is None:
        raise ModelError("The tokenizer has no end-of-text token; set `eos_token` in its configuration.")
    if not tokenizer.chat_template:
        return Frame(tokenizer.bos_token or "", "", " ", int(tokenizer.eos_token_id))
    asked = [{"role": "user", "content": _QUESTION}]
    answered = [*asked, {"role": "assistant", "content": _ANSWER}]
    system = [{"role": "system", "content": SYSTEM}]
    rendered = _render(tokenizer, [*system, *asked], True)
    if rendered is None or SYSTEM not in rendered or _QUESTION not in rendered:
        system, rendered = [], _render(tokenizer, asked, True) or ""
    before, found, after = rendered.partition(_QUESTION)
    if not found:
        raise ModelError("The tokenizer's chat template drops the user's message; use another template.")
    whole = _render(tokenizer, [*system, *answered], False) or ""
    begun, _, behind = whole.partition(_ANSWER)
    # A space in front of the answer is part of its first word, as it is in every other text.
    spaces = len(after) - len(after.rstrip(" "))
    lead = begun.removeprefix(rendered) if begun.startswith(rendered) else ""
    return Frame(
        before, after[: len(after) - spaces], after[len(after) - spaces :] + lead, _closing(tokenizer, behind)
    )


def _render(tokenizer: PreTrainedTokenizerBase, messages: list[dict[str, str]], asks: bool) -> str | None:
    """Return a conversation as text, None where the template refuses it."""
    try:
        text = tokenizer.apply_chat_template(messages, tokenize=False, add_generation_prompt=asks)
    except TemplateError:  # some take no system prompt, some no answer
        return None
    return str(text)


def _closing(tokenizer: PreTrainedTokenizerBase, behind: str) -> int:
    """Return the special token that stands right behind an answer: of some chat models not the end-of-text token."""
    ids = token_ids(tokenizer, behind.strip(), trusted=True) if behind.strip() else []
    special = {*tokenizer.all_special_ids, *tokenizer.added_tokens_decoder}
    return int(ids[0]) if ids and ids[0] in special else int(tokenizer.eos_token_id)
