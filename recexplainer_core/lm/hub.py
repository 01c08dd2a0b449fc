"""A base language model of the Hugging Face hub, pinned to one commit."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

from pydantic import StringConstraints

from recexplainer_core.errors import ModelError
from recexplainer_core.lm.sources import LLM_SUFFIXES, LLMSource, PinnedLLM, TrainingData
from recexplainer_core.progress import Progress, silent

_PINNED = "hub.json"


class HubModel(PinnedLLM):
    """A hub id and one of its commits."""

    hub_id: str
    revision: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{40}$")]

    @classmethod
    def newest(cls, hub_id: str) -> HubModel:
        """Return the model's newest commit; its files are in the local cache afterwards.

        Raises:
            ModelError: no such model, or no network and nothing in the cache.
        """
        return cls(hub_id=hub_id, revision=_fetch(hub_id, None).name)

    @property
    def name(self) -> str:
        """The hub id."""
        return self.hub_id

    @property
    def version(self) -> str:
        """The commit."""
        return f"revision {self.revision}"

    def find(self) -> Path | None:
        """Return the local folder, None where the hub's cache has no such commit."""
        from huggingface_hub import snapshot_download
        from huggingface_hub.errors import LocalEntryNotFoundError

        try:
            return Path(snapshot_download(self.hub_id, revision=self.revision, local_files_only=True))
        except (LocalEntryNotFoundError, ValueError):  # the second: an id that the hub could not have
            return None

    def fetch(self, progress: Progress = silent) -> Path:
        """Return the local folder, from the cache or else from the hub, whose own bars say how far it is."""
        return _fetch(self.hub_id, self.revision)


class HubSource(LLMSource):
    """The newest commit at the time of the build; the bundle names it."""

    pinned_as = HubModel

    @staticmethod
    def recognises(spec: str) -> bool:
        """Take whatever nobody else takes: the hub says best what is no id of its own."""
        return True

    @property
    def parameters(self) -> dict[str, Any]:
        """The id alone: an unfinished build keeps the commit it began with."""
        return {"llm": self.spec}

    def prepare(self, folder: Path, data: TrainingData, progress: Progress) -> dict[str, Any]:
        """Pin the newest commit."""
        model = HubModel.newest(self.spec)
        (folder / _PINNED).write_text(model.model_dump_json(indent=2), encoding="utf-8")
        return model.model_dump()

    def llm_folder(self, folder: Path) -> Path:
        """Return the pinned commit's folder."""
        return self.pinned(folder).fetch()

    def pinned(self, folder: Path) -> HubModel:
        """Return the commit that `prepare` found."""
        return HubModel.model_validate_json((folder / _PINNED).read_bytes())


def _fetch(hub_id: str, revision: str | None) -> Path:
    from huggingface_hub import snapshot_download

    files = [f"*{suffix}" for suffix in sorted(LLM_SUFFIXES)]
    try:
        return Path(snapshot_download(hub_id, revision=revision, allow_patterns=files))
    except (OSError, ValueError) as fault:  # the hub's errors, no network and a malformed id are all of these
        raise ModelError(
            f"The language model {hub_id!r} is neither on this machine nor to be had from the "
            f"Hugging Face hub ({fault}). Check the name and the network, or give a folder: --llm PATH."
        ) from fault
