"""The seam for base language models: where one comes from, what a bundle records of it, where its files lie."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, Protocol

from pydantic import BaseModel, ConfigDict, ValidationError

from recexplainer_core.progress import Progress, silent
from recexplainer_core.registry import Registry

if TYPE_CHECKING:
    from recexplainer_core.catalogue import Catalogue
    from recexplainer_core.histories import Histories, IntArray

LLM_SUFFIXES = frozenset({".json", ".safetensors", ".txt", ".model", ".jinja", ".md"})
"""Files of a language model that are only ever read as data: nothing that could run when it is opened (.py, .bin)."""


class PinnedLLM(BaseModel, ABC):
    """A base language model that a bundle names instead of holding: its fields say which one, to the byte."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    @property
    @abstractmethod
    def name(self) -> str:
        """What the model is called."""

    @property
    @abstractmethod
    def version(self) -> str:
        """Which of the models of that name it is."""

    @abstractmethod
    def find(self) -> Path | None:
        """Return the folder with the model's files if this machine has them, None otherwise; nothing is fetched."""

    @abstractmethod
    def fetch(self, progress: Progress = silent) -> Path:
        """Return the folder with the model's files, from a cache or else from where they are published.

        Args:
            progress: told how far it is, where that is known.

        Raises:
            ModelError: it is neither here nor to be had.
        """


class TrainingData(Protocol):
    """What a language model may be trained on; each part is read when it is asked for."""

    @property
    def catalogue(self) -> Catalogue:
        """The items."""

    @property
    def histories(self) -> Histories:
        """Everybody's histories."""

    @property
    def training_users(self) -> IntArray:
        """The users whose histories may be read."""


class LLMSource(ABC):
    """Where the base language model of one build comes from.

    Args:
        spec: how it was asked for.
        quick: whether the build only shows that everything works.
        seed: of what is trained.
    """

    trained: ClassVar[bool] = False
    """Whether it is made from the data of the build, by all processes that were started together."""
    pinned_as: ClassVar[type[PinnedLLM] | None] = None
    """What a bundle records where it names the model."""

    def __init__(self, spec: str, quick: bool = False, seed: int = 0) -> None:
        self.spec, self.quick, self.seed = spec, quick, seed

    @staticmethod
    @abstractmethod
    def recognises(spec: str) -> bool:
        """Return whether a spec means this source, unless a source that was registered later takes it."""

    @staticmethod
    def known() -> Mapping[str, PinnedLLM]:
        """Return the models that a word stands for, by that word; none unless the source has some."""
        return {}

    @property
    @abstractmethod
    def parameters(self) -> dict[str, Any]:
        """Everything that decides what `prepare` leaves, as JSON; "llm" names the model."""

    def check(self) -> None:
        """Find out what can be known of the model before anything is trained; nothing is fetched.

        Raises:
            ModelError: it will not do.
        """
        return None

    @abstractmethod
    def prepare(self, folder: Path, data: TrainingData, progress: Progress) -> Mapping[str, Any]:
        """Train, pin or check the model, going on from what an interrupted attempt left in the folder.

        Returns:
            What was found out, for the person who waits.

        Raises:
            ModelError: there is no such model, or it will not do.
        """

    @abstractmethod
    def llm_folder(self, folder: Path) -> Path:
        """Return the folder with the model's files, given the one that `prepare` worked in.

        Raises:
            ModelError: it cannot be fetched.
        """

    def pinned(self, folder: Path) -> PinnedLLM | None:
        """Return what a bundle may name instead of holding the model, None where it must hold it."""
        return None


LLM_SOURCES: Registry[type[LLMSource]] = Registry("source of language models", "recexplainer.llms")
"""How a spec is written, in capitals where it stands for something, -> the source. Later ones are asked first."""

LLM_SOURCES.register("HUB_ID", "recexplainer_core.lm.hub:HubSource")
LLM_SOURCES.register("DIR", "recexplainer_core.lm.folder:FolderSource")
LLM_SOURCES.register("FILE.gguf", "recexplainer_core.lm.gguf:GgufSource")
LLM_SOURCES.register("smollm2", "recexplainer_core.lm.wheel:WheelSource")
LLM_SOURCES.register("pocket", "recexplainer_core.pocket.source:PocketSource")


def find_source(spec: str, quick: bool = False, seed: int = 0) -> LLMSource:
    """Return the source that a spec means."""
    kinds = reversed(LLM_SOURCES.items())
    return next(kind for _, kind in kinds if kind.recognises(spec))(spec, quick, seed)


def known_llms() -> dict[str, PinnedLLM]:
    """Return every model that a word stands for, by that word."""
    return {word: model for _, kind in LLM_SOURCES.items() for word, model in kind.known().items()}


def read_pinned(recorded: Any) -> PinnedLLM:
    """Return the model that a bundle names, by the fields it records.

    Raises:
        ValueError: no source records these, or one of them is malformed.
    """
    if isinstance(recorded, PinnedLLM):
        return recorded
    for _, kind in LLM_SOURCES.items():
        form = kind.pinned_as
        if form and isinstance(recorded, Mapping) and recorded.keys() == form.model_fields.keys():
            try:
                return form.model_validate(recorded)
            except ValidationError as fault:
                first = fault.errors()[0]
                raise ValueError(f"{first['loc'][0]}: {first['msg']}") from fault
    raise ValueError("names a language model in a way that this version does not know")
