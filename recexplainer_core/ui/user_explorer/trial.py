"""The test of a reason: both models are asked again, without what it cites."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING

import streamlit as st

from recexplainer_core.rationale.request import RationaleRequest
from recexplainer_core.ui.shared.escaping import markdown_text
from recexplainer_core.ui.shared.listed_titles import place_in
from recexplainer_core.ui.shared.surrogate_lists import surrogate_list
from recexplainer_core.ui.shared.target_answers import change_of
from recexplainer_core.ui.user_explorer.what_if_link import draw_what_if_link

if TYPE_CHECKING:
    from recexplainer_core.bundle import Bundle

_ASKED = "trial_asked"


def draw_trial_button(bundle: Bundle, request: RationaleRequest, cited: Collection[int]) -> None:
    """Offer the test of a reason that cites something of the history."""
    removed = frozenset(cited) & frozenset(request.history.recent)
    if not removed:
        return
    words = bundle.catalogue.wording
    st.button(
        "Test this",
        icon=":material/science:",
        type="primary",
        key="trial",
        help=f"Takes the cited {words.items} out of the history and asks both models again.",
        on_click=_ask,
    )
    if st.session_state.pop(_ASKED, False):
        _trial(bundle, request, removed)


def _ask() -> None:
    st.session_state[_ASKED] = True


@st.dialog("Without what is cited", width="large")
def _trial(bundle: Bundle, request: RationaleRequest, removed: frozenset[int]) -> None:
    titles, item, before = bundle.catalogue.titles, request.item, request.history
    after = before.without(removed)
    change = change_of(bundle, before, after, item)
    gone = ", ".join(f":orange-background[{markdown_text(titles[i])}]" for i in before.recent if i in removed)
    st.markdown(f"The history without {gone}. What becomes of **{markdown_text(titles[item])}**?")
    before_llm, after_llm = (
        [i for i, _ in surrogate_list(bundle, history, request.mode)] for history in (before, after)
    )
    rank, rank_after = change.ranks[item], change.ranks_after[item]
    moved = rank_after - rank
    with st.container(horizontal=True, gap="medium"):
        st.metric(
            "Target",
            f"no. {rank_after:,}",
            f"was no. {rank:,}" if moved else "as before",
            delta_color="off" if not moved else "red" if moved > 0 else "green",
            delta_arrow="off" if not moved else "down" if moved > 0 else "up",
        )
        st.metric(
            "Target's score",
            f"{change.gain(item):+.0%}",
            help="Change of its score, the item's share of all that the target gives to the whole catalogue.",
        )
        st.metric(
            "LLM",
            place_in(after_llm, item),
            f"was {place_in(before_llm, item)}",
            delta_color="off",
            delta_arrow="off",
        )
    left, right = st.columns(2, gap="medium")
    with left:
        _lists("Target", "blue", titles, change.listed, change.listed_after, item)
    with right:
        _lists("LLM", "green", titles, before_llm, after_llm, item)
    st.caption("What was removed stays seen: it is recommended by neither. No older title takes its place.")
    if bundle.recommender.supports_edits:
        draw_what_if_link(bundle, "Open in What if", request.mode, item, after.recent)


def _lists(
    who: str, colour: str, titles: Sequence[str], before: Sequence[int], after: Sequence[int], item: int
) -> None:
    st.markdown(f":{colour}[**{who}'s list: before → after**]")
    one, other = st.columns(2, gap="small")
    for column, listed, others in ((one, before, after), (other, after, before)):
        column.markdown(
            "\n".join(
                f"{rank}. {_entry(markdown_text(titles[i]), i == item, i in others)}"
                for rank, i in enumerate(listed, start=1)
            )
        )


def _entry(title: str, explained: bool, kept: bool) -> str:
    return f":primary-background[**{title}**]" if explained else title if kept else f":gray[{title}]"
