"""The measured figures of a bundle, as report.json holds them and `evaluate --json` writes them.

Keys of the file that a field cannot be named after are its aliases: `hr_at_5` stands for "hr@5". Whatever a report of
another version lacks is empty here, and what it holds besides is kept.
"""

from __future__ import annotations

from typing import Annotated, Any, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from recexplainer_core.evaluation.intervals import Interval

Figures = dict[str, Interval]
"""Name of a figure, such as "acc@1", and its value; what the figures say is defined where they are computed."""

Count = Annotated[int, Field(ge=0)]
Share = Annotated[float, Field(ge=0, le=1)]

_ALIASES = {"first": "from", "last": "to", "learning_curves": "learning curves"}


class Part(BaseModel):
    """A JSON object of a report."""

    model_config = ConfigDict(
        extra="allow",
        populate_by_name=True,
        alias_generator=lambda name: _ALIASES.get(name, name.replace("_at_", "@")),
    )

    def to_json(self) -> dict[str, Any]:
        """Return the object in the form of the file; what was not measured is left out."""
        return self.model_dump(by_alias=True, exclude_unset=True)


class UserGroup(Part):
    """The agreement for the users who have something in common: a value, or a count from `first` to `last`."""

    name: str | None = None
    first: int = 0
    last: int = 0
    users: Count
    acc_at_1: Interval
    hr_at_5: Interval

    @property
    def label(self) -> str:
        """What the users have in common."""
        if self.name is not None:
            return self.name
        return f"{self.first:,}" if self.first == self.last else f"{self.first:,}–{self.last:,}"

    @property
    def figures(self) -> Figures:
        """The figures by their names."""
        return {"acc@1": self.acc_at_1, "hr@5": self.hr_at_5}


class CalibrationBin(Part):
    """Questions that were answered "Yes" with about the same probability, and how often that was right."""

    chance: Share
    right: Share
    questions: Count


class ModeAgreement(Part):
    """How far the lists of one mode agree with the target's, for each user of an `Agreement`."""

    same_first: list[bool]
    """Whether both lists begin with the same item."""
    shared: list[int]
    """Number of items in both lists."""
    rbo_at_10: list[float]
    """Their rank-biased overlap."""


class Agreement(Part):
    """The agreement user by user."""

    user: list[str] = []
    """Ids."""
    modes: dict[str, ModeAgreement] = {}

    @model_validator(mode="after")
    def _one_figure_each(self) -> Self:
        for mode, one in self.modes.items():
            if {len(one.same_first), len(one.shared), len(one.rbo_at_10)} != {len(self.user)}:
                raise ValueError(f"{mode} does not have one figure for each of {len(self.user)} users")
        return self


class Faithfulness(Part):
    """Whether the reasons of each mode are the target's real reasons."""

    explanations: Count = 0
    """Recommendations that were explained in every mode."""
    modes: dict[str, Figures] = {}
    beside: dict[str, dict[str, Figures]] = {}
    """Mode -> who would cite as many other items -> figures of those citations."""


class TargetFigures(Part):
    """The target's own accuracy, leave-one-out over all users."""

    hr_at_10: float
    ndcg_at_10: float


class Origin(Part):
    """How `evaluate` was called, and of which commit it was."""

    command: str | None = None
    commit: str | None = None


class Report(Part):
    """All figures of a bundle; a part that was not measured is empty."""

    users: Count = 0
    """Users measured on, held out from all training of the language model."""
    seed: int | None = None
    modes: dict[str, Figures] = {}
    """Mode or baseline -> agreement of the predictions with the target."""
    groups: dict[str, dict[str, list[UserGroup]]] = {}
    """Mode -> what users are grouped by -> groups."""
    calibration: dict[str, list[CalibrationBin]] = {}
    """Mode -> tenths of P("Yes")."""
    agreement: Agreement = Agreement()
    reasons: Faithfulness = Faithfulness()
    target: TargetFigures | None = None
    origin: Origin = Origin()
    learning_curves: dict[str, list[tuple[Count, float]]] = {}
    """Mode -> (examples seen, mean training loss since the point before)."""
