"""Language models that run elsewhere, behind any endpoint that speaks OpenAI's protocol."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from recexplainer_core.errors import ModelError

RETRIES, TIMEOUT_S = 4, 60.0


def connect(base_url: str, api_key: str) -> Any:
    """Return an `openai.OpenAI`, which tries again where that may help.

    Raises:
        ModelError: the address is none of the web, or the package that speaks the protocol is not installed.
    """
    if not re.match(r"https?://[^/\s]", base_url):
        raise ModelError(
            f"The address of the endpoint is {base_url!r}. It has to begin with http:// or https://, such as "
            "http://localhost:8000/v1."
        )
    try:
        from openai import OpenAI
    except ImportError as fault:
        raise ModelError("A model behind an endpoint needs one more package: pip install openai") from fault
    return OpenAI(base_url=base_url, api_key=api_key, max_retries=RETRIES, timeout=TIMEOUT_S)


def complete(
    client: Any, model: str, messages: Sequence[dict[str, str]], temperature: float, max_tokens: int
) -> str:
    """Return what a model answers to a conversation, empty where it says nothing.

    Args:
        client: from `connect`.
        model: its name at the endpoint.
        messages: each with its role and content.
        temperature: 0 for the most probable words.
        max_tokens: where the answer is cut off.

    Raises:
        ModelError: the endpoint does not answer, or refuses.
    """
    from openai import OpenAIError

    try:
        reply = client.chat.completions.create(
            model=model, messages=[*messages], temperature=temperature, max_tokens=max_tokens
        )
    except OpenAIError as fault:
        raise ModelError(f"{model} at {client.base_url} gave no answer ({fault}).") from fault
    return str(reply.choices[0].message.content or "") if reply.choices else ""
