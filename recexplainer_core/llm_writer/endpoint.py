"""Reasons worded by any language model behind an endpoint that speaks OpenAI's protocol; off unless configured."""

from __future__ import annotations

import os
from collections.abc import Sequence

from recexplainer_core.chat_endpoint import complete, connect
from recexplainer_core.errors import ModelError
from recexplainer_core.llm_writer.held import HeldWriter

URL, MODEL, KEY = "RECEXPLAINER_WRITER_URL", "RECEXPLAINER_WRITER_MODEL", "RECEXPLAINER_WRITER_KEY"
"""Environment variables that say which model writes, and where."""
_LONGEST = 300
_TASK = (
    "You word why a recommender suggests something. Say what the evidence says, all of it and nothing else, in good "
    "plain English, as a colleague would: no lists, no headings, one to four sentences. Put every title between « and "
    "» exactly as it is given, and name no other titles. {goes_on}"
)


class EndpointWriter(HeldWriter):
    """Let a model behind an endpoint word reasons.

    Raises:
        ModelError: no endpoint is configured, or the package that speaks its protocol is not installed.
    """

    def __init__(self) -> None:
        address, model = os.environ.get(URL), os.environ.get(MODEL)
        if not address or not model:
            raise ModelError(
                f"The writer `endpoint` needs a language model to ask: set {URL} to the address of an endpoint that "
                f"speaks OpenAI's protocol and {MODEL} to the model's name there ({KEY} to a key where it wants one)."
            )
        self.client, self.model = connect(address, os.environ.get(KEY, "none")), model

    def continued(self, evidence: str, titles: Sequence[str], begun: str, temperature: float) -> str:
        """Return how a reason goes on."""
        goes_on = f"It begins like this; write only what follows: {begun}" if begun else ""
        messages = [
            {"role": "system", "content": _TASK.format(goes_on=goes_on).strip()},
            {"role": "user", "content": evidence},
        ]
        return " ".join(complete(self.client, self.model, messages, temperature, _LONGEST).split())
