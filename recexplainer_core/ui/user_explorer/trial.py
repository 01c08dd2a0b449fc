"""The test of a reason: both models are asked again, without what it cites."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING

import streamlit as st

from recexplainer_core.modes import AlignmentMode
from recexplainer_core.ui.shared.bundle_cache import edited_list
from recexplainer_core.ui.shared.escaping import markdown_text
from recexplainer_core.ui.shared.evidence import consequence_of
from recexplainer_core.ui.user_explorer.what_if_link import draw_what_if_link

if TYPE_CHECKING:
    from recexplainer_core.bundle import Bundle
    from recexplainer_core.surrogate.engine import Engine

_ASKED = "trial_asked"


def draw_trial_button(
    bundle: Bundle,
    engine: Engine,
    history: tuple[int, ...],
    item: int,
    mode: AlignmentMode,
    cited: Collection[int],
) -> None:
    """Offer the test of a reason that cites something of the history."""
    recent = history[-bundle.recommender.max_history :]
    removed = frozenset(cited) & frozenset(recent)
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
        _trial(bundle, engine, history, item, mode, removed)


def _ask() -> None:
    st.session_state[_ASKED] = True


@st.dialog("Without what is cited", width="large")
def _trial(
    bundle: Bundle,
    engine: Engine,
    history: tuple[int, ...],
    item: int,
    mode: AlignmentMode,
    removed: frozenset[int],
) -> None:
    titles = bundle.catalogue.titles
    after = consequence_of(bundle, history, item, removed)
    gone = ", ".join(f":orange-background[{markdown_text(titles[i])}]" for i in after.removed)
    st.markdown(f"The history without {gone}. What becomes of **{markdown_text(titles[item])}**?")
    before_llm = edited_list(bundle, engine, tuple(history[-bundle.recommender.max_history :]), history, mode)
    after_llm = edited_list(bundle, engine, after.history, history, mode)
    change = after.probability_after / after.probability - 1
    with st.container(horizontal=True, gap="medium"):
        moved = after.rank_after - after.rank
        st.metric(
            "Target",
            f"no. {after.rank_after:,}",
            f"{moved:+,} from no. {after.rank:,}" if moved else f"still no. {after.rank:,}",
            delta_color="inverse" if moved else "off",
            delta_arrow="auto" if moved else "off",
        )
        st.metric("Target's score", f"{change:+.0%}", help="Change of the softmax score.")
        st.metric(
            "LLM",
            _place(after_llm, item),
            f"was {_place(before_llm, item)}",
            delta_color="off",
            delta_arrow="off",
        )
    left, right = st.columns(2, gap="medium")
    with left:
        _lists("Target", "blue", titles, after.listed, after.listed_after, item)
    with right:
        _lists("LLM", "green", titles, before_llm, after_llm, item)
    st.caption("What was removed stays seen: it is recommended by neither. No older title takes its place.")
    if bundle.recommender.supports_edits:
        draw_what_if_link(bundle, "Open in What if", mode, item, after.history)


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


def _place(listed: Sequence[int], item: int) -> str:
    return f"no. {listed.index(item) + 1}" if item in listed else "not in its list"
