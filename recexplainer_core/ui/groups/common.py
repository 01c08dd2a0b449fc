"""What a group has in common, and where the language model fails in it."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

import pandas as pd
import streamlit as st

from recexplainer_core.groups.explained import Explained, named, recommended
from recexplainer_core.modes import AlignmentMode
from recexplainer_core.prose.value_words import taste
from recexplainer_core.rationale.trust import CLAIMS

if TYPE_CHECKING:
    from recexplainer_core.bundle import Bundle

SHOWN = 8


def draw_common(bundle: Bundle, group: Sequence[Explained]) -> None:
    """Draw which items are recommended to most of them, and what most reasons name."""
    words, titles = bundle.catalogue.wording, bundle.catalogue.titles
    by_target, by_model = recommended(group)
    interests, cited = named(group)
    lists, tastes, reasons = st.columns([5, 4, 4], gap="medium")
    with lists:
        st.markdown("**What most of them are recommended**")
        rows = [
            {words.item: titles[item], "by the target": count, "predicted by the LLM": by_model[item]}
            for item, count in by_target.most_common(SHOWN)
        ]
        st.dataframe(pd.DataFrame(rows), hide_index=True, height="content", key="group_lists")
    with tastes:
        st.markdown("**Tastes that their reasons name**")
        rng = random.Random(0)
        told = Counter({taste(*pair, words.items, rng): count for pair, count in interests.items()})
        _draw_counts(told, "taste", "No reason names a taste.", "group_tastes")
    with reasons:
        st.markdown(f"**{words.items.capitalize()} that their reasons name**")
        names = Counter({titles[item]: count for item, count in cited.items()})
        _draw_counts(names, words.item, f"No reason names a {words.item}.", "group_cited")
    st.caption(
        f"For how many of the {len(group)} {words.users}, in each of whose reasons for the first choice."
    )


def draw_failing(bundle: Bundle, group: Sequence[Explained], mode: AlignmentMode) -> None:
    """Set agreement and truth in the group beside those of all whom the report has measured."""
    words, n = bundle.catalogue.wording, len(group)
    agreeing = sum(one.agrees for one in group)
    told = [one.said for one in group if one.said is not None]
    true = sum(reason.wholly_true for reason in told)
    report = bundle.report
    usual, usual_true = (
        part.get(str(mode), {}).get(name)
        for part, name in (
            (report.modes, "acc@1"), (report.reasons.modes, "wholly_true")
        )
    ) if report is not None else (None, None)  # fmt: skip
    with st.container(horizontal=True, gap="medium"):
        st.metric(
            "The LLM's first choice is the target's", f"{agreeing} of {n}",
            None if usual is None else f"{usual.value:.0%} in the report", delta_color="off", delta_arrow="off",
            width="content",
        )  # fmt: skip
        st.metric(
            "Reasons true in every claim, as the LLM alone says them", f"{true} of {len(told)}",
            None if usual_true is None else f"{usual_true.value:.0%} in the report", delta_color="off",
            delta_arrow="off", width="content",
        )  # fmt: skip
    wrong = Counter(
        check.kind for reason in told for row in reason.checks for check in row if not check.holds
    )
    if wrong:
        kinds = ", ".join(f"{_about(kind, words.items)} ({count})" for kind, count in wrong.most_common(3))
        st.markdown(f"Left alone, the LLM is wrong here about {kinds}.")


def _about(kind: str, items: str) -> str:
    known = CLAIMS.get(f"{kind}_right") or CLAIMS.get(f"{kind}_true") or kind
    return known.format(items=items)


def _draw_counts(counts: Counter[str], name: str, otherwise: str, key: str) -> None:
    if not counts:
        st.caption(otherwise)
        return
    rows = [{name: what, "reasons": count} for what, count in counts.most_common(SHOWN)]
    st.dataframe(pd.DataFrame(rows), hide_index=True, height="content", key=key)
