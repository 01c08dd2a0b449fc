"""Who rates which round, and where they are in it: kept in the address and in the session."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import streamlit as st
from pydantic import BaseModel, ValidationError

from recexplainer_core.evaluation.human.rated import LONGEST_RATER, Round
from recexplainer_core.evaluation.human.ratings import RatingsFile
from recexplainer_core.ui.shared.address import parameters, put_parameters
from recexplainer_core.ui.shared.bundle_choice import places

if TYPE_CHECKING:
    from recexplainer_core.bundle import Bundle

RATER = "rater"
"""Name of the rater in the address and the session."""
RATE, RESULTS = "Rate", "Results"
_WHERE = "rating"


class RatingLink(BaseModel):
    """The part of an address that this page understands; numbers that are none are refused."""

    round: int | None = None
    place: int | None = None
    view: Literal["rate", "results"] | None = None


@dataclass(frozen=True)
class RatingState:
    """What is on screen.

    Args:
        rater: name, "" before there is one.
        round: None where none has been begun.
        place: in the rater's order, from 1; None for the first that is not rated.
        view: `RATE` or `RESULTS`.
        notices: what had to be corrected in the link.
    """

    rater: str
    round: Round | None
    place: int | None
    view: str
    notices: tuple[str, ...] = ()


def ratings_file(bundle: Bundle) -> RatingsFile:
    """Return where the ratings of a bundle are kept: outside it, for its own files are hashed."""
    folder = places(sys.argv[1:]).ratings
    return RatingsFile(folder / f"{bundle.root.resolve().name}.sqlite")


def resolve_rating(link: Mapping[str, str], rounds: Sequence[Round], rater: str) -> RatingState:
    """Return what a link means among these rounds; whatever they do not have falls back, with a notice."""
    notices = []
    try:
        asked = RatingLink.model_validate(dict(link))
    except ValidationError as fault:
        names = sorted({str(error["loc"][0]) for error in fault.errors()})
        asked = RatingLink.model_validate({name: value for name, value in link.items() if name not in names})
        notices += [f"The link's {name} {link[name]!r} means nothing here and is left out." for name in names]
    by_number = {one.id: one for one in rounds}
    shown = by_number.get(asked.round) if asked.round is not None else None
    if shown is None and rounds:
        shown = next((one for one in reversed(rounds) if one.complete), rounds[-1])
        if asked.round is not None:
            notices.append(f"This build of the bundle has no round {asked.round}. Showing round {shown.id}.")
    place = asked.place
    if place is not None and not (shown and 1 <= place <= shown.plan.texts):
        notices.append(f"There is no text {place} in this round. Showing the first that is not rated.")
        place = None
    name = " ".join(rater.split())
    if len(name) > LONGEST_RATER:
        notices.append(f"The name is cut to {LONGEST_RATER} characters.")
        name = name[:LONGEST_RATER].strip()
    return RatingState(name, shown, place, RESULTS if asked.view == "results" else RATE, tuple(notices))


def current_rating(rounds: Sequence[Round]) -> RatingState:
    """Return the state in the address, or the last one of this session, and put it into the address."""
    kept = st.session_state.get(_WHERE, {})
    given = parameters(RatingLink.model_fields) or kept
    state = resolve_rating(given, rounds, st.query_params.get(RATER) or rater_of_session())
    put(
        rater=state.rater or None,
        round=None if state.round is None else str(state.round.id),
        place=None if state.place is None else str(state.place),
        view=state.view.casefold(),
    )
    return state


def rater_of_session() -> str:
    """Return the name under which this session rates, "" before it was given."""
    return str(st.session_state.get(_WHERE, {}).get(RATER, ""))


def put(**changes: str | None) -> None:
    """Change the state, on the page itself and in its address."""
    remember(**changes)
    put_parameters(changes)


def remember(**changes: str | None) -> None:
    """Change the state of the session alone, from another page."""
    state = {**st.session_state.get(_WHERE, {}), **changes}
    st.session_state[_WHERE] = {name: value for name, value in state.items() if value is not None}
