"""A base language model from the Hugging Face hub, pinned to one commit."""

from __future__ import annotations

from pathlib import Path

from recexplainer_core.bundle.manifest import ALLOWED_SUFFIXES, HubModel
from recexplainer_core.errors import ModelError


def pin_llm(hub_id: str) -> HubModel:
    """Return the model's newest commit; its files are in the local cache afterwards.

    Raises:
        ModelError: no such model, or no network and nothing in the cache.
    """
    return HubModel(hub_id=hub_id, revision=_fetch(hub_id, None).name)


def fetch_llm(model: HubModel) -> Path:
    """Return the local folder of a pinned model, from the cache or else from the hub.

    Raises:
        ModelError: it is neither in the cache nor to be had from the hub.
    """
    return _fetch(model.hub_id, model.revision)


def _fetch(hub_id: str, revision: str | None) -> Path:
    from huggingface_hub import snapshot_download

    files = [f"*{suffix}" for suffix in sorted(ALLOWED_SUFFIXES)]
    try:
        return Path(snapshot_download(hub_id, revision=revision, allow_patterns=files))
    except (OSError, ValueError) as fault:  # the hub's errors, no network and a malformed id are all of these
        raise ModelError(
            f"The language model {hub_id!r} is neither on this machine nor to be had from the "
            f"Hugging Face hub ({fault}). Check the name and the network, or give a folder: --llm PATH."
        ) from fault
