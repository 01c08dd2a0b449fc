"""What a round says: each mode's ratings, and how far the raters agree."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import pandas as pd
import streamlit as st

from recexplainer_core.evaluation.human.figures import (
    AgreementFigures,
    ModeFigures,
    Record,
    agreement_figures,
    in_place,
    mode_figures,
    of_round,
)
from recexplainer_core.evaluation.human.ratings import RatingsFile
from recexplainer_core.evaluation.judge import LEVELS
from recexplainer_core.ui.rate_explanations.rating_export import draw_export
from recexplainer_core.ui.rate_explanations.ratings_figure import BEFORE, ratings_figure
from recexplainer_core.ui.shared.rating_state import RatingState, put

if TYPE_CHECKING:
    from recexplainer_core.bundle import Bundle


def draw_results(bundle: Bundle, file: RatingsFile, state: RatingState) -> None:
    """Draw the results of a round, unless they would lead a rater who is still at it."""
    chosen = state.round
    assert chosen is not None
    own = len(file.given(chosen.id, state.rater)) if state.rater else chosen.plan.texts
    if own < chosen.plan.texts:
        st.info(
            f"You have rated {own:,} of {chosen.plan.texts:,}. The results would tell you which mode wrote what, so "
            "they open when you have rated all. To look without rating, clear the name above.",
            icon=":material/visibility_off:",
        )
        st.button(
            "Go on rating",
            icon=":material/arrow_forward:",
            key="back_to_rating",
            on_click=put,
            kwargs={"view": "rate"},
        )
        return
    records = file.records(chosen.plan.manifest_hash)
    counted = of_round(records, chosen.id)
    if not counted:
        st.info("Nobody has rated this round yet.", icon=":material/grading:")
    else:
        modes, agreement = mode_figures(counted, chosen.plan.seed), agreement_figures(counted)
        _draw_modes(bundle, modes)
        _draw_raters(counted, chosen.plan.texts)
        _draw_agreement(agreement)
        draw_export(bundle, file, chosen, records, modes, agreement)
    _draw_in_place(in_place(records))
    if others := file.of_other_builds(chosen.plan.manifest_hash):
        st.caption(
            f"The file also keeps {others:,} ratings of other builds of this bundle, which are not counted."
        )


def _draw_modes(bundle: Bundle, modes: dict[str, ModeFigures]) -> None:
    st.header("Rating of each mode", anchor=False)
    st.plotly_chart(
        ratings_figure(modes),
        key="ratings_figure",
        config={"displayModeBar": False},
        alt="; ".join(
            f"{_called(mode)}: mean {one.mean.value:.2f}, 95% interval {one.mean.low:.2f} to "
            f"{one.mean.high:.2f}"
            for mode, one in modes.items()
        ),
    )
    users = bundle.catalogue.wording.users
    st.caption(
        f"Dots are means of the {users}' means, bands their 95% bootstrap intervals over {users}; the area of a disc "
        "is the share of a level. Blind ratings only, each as last corrected."
    )
    st.dataframe(
        _mode_table(modes, users),
        hide_index=True,
        column_config={"mean": st.column_config.NumberColumn(format="%.2f")},
        alt="Ratings of each mode",
    )
    with st.expander("What the levels mean", icon=":material/help:"):
        st.markdown("\n".join(f"- **{level}**: {meaning}" for level, meaning in LEVELS.items()))


def _mode_table(modes: dict[str, ModeFigures], users: str) -> pd.DataFrame:
    return pd.DataFrame(
        [
            {
                "mode": _called(mode),
                "mean": one.mean.value,
                "95% interval": f"{one.mean.low:.2f} to {one.mean.high:.2f}",
                users: one.users,
                "ratings": one.ratings,
                **{f"level {level}": count for level, count in enumerate(one.levels)},
            }
            for mode, one in modes.items()
        ]
    )


def _draw_raters(counted: Sequence[Record], texts: int) -> None:
    st.header("The raters", anchor=False)
    names = pd.Series([one["rater"] for one in counted]).value_counts().sort_index()
    st.dataframe(
        pd.DataFrame({"rater": names.index, "rated": names.to_numpy(), "progress": names.to_numpy() / texts}),
        hide_index=True,
        column_config={"progress": st.column_config.ProgressColumn(f"of {texts}", format="percent")},
        alt="How many texts each rater has rated",
    )


def _draw_agreement(agreement: AgreementFigures) -> None:
    if not agreement.pairs:
        st.caption("Agreement is stated once two people have rated the same texts.")
        return
    st.metric(
        "Krippendorff's alpha (ordinal)",
        _or_undefined(agreement.alpha),
        help="1 is full agreement, 0 what chance would give. Over all raters and the texts that at least two have "
        "rated; not defined where everybody gave one and the same level.",
    )
    st.caption(f"Over {agreement.texts:,} texts rated by at least two.")
    st.dataframe(
        pd.DataFrame(
            [
                {
                    "raters": " and ".join(pair.raters),
                    "texts": pair.texts,
                    "same level": f"{pair.same:.0%}",
                    "Cohen's kappa": _or_undefined(pair.kappa),
                    "quadratic kappa": _or_undefined(pair.quadratic_kappa),
                }
                for pair in agreement.pairs
            ]
        ),
        hide_index=True,
        alt="Agreement of every two raters",
    )


def _draw_in_place(records: Sequence[Record]) -> None:
    if not records:
        return
    st.header("Rated in place", anchor=False)
    st.caption("Given in the user explorer, where the mode is in view: not blind, so not counted above.")
    frame = pd.DataFrame([{"mode": _called(one["mode"]), "level": one["level"]} for one in records])
    table = frame.groupby("mode")["level"].agg(["count", "mean"]).reset_index()
    st.dataframe(
        table.rename(columns={"count": "ratings"}),
        hide_index=True,
        column_config={"mean": st.column_config.NumberColumn(format="%.2f")},
        alt="Ratings given in the user explorer, by mode",
    )


def _called(mode: str) -> str:
    return BEFORE.get(mode, mode)


def _or_undefined(value: float | None) -> str:
    return "not defined" if value is None else f"{value:.2f}"
