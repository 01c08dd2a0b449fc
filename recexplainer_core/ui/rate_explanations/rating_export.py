"""The ratings of a round to take away, with everything that made them."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import pandas as pd
import streamlit as st

from recexplainer_core.evaluation.human.figures import AgreementFigures, ModeFigures, Record, export_rows
from recexplainer_core.evaluation.human.rated import Round
from recexplainer_core.evaluation.human.ratings import RatingsFile
from recexplainer_core.evaluation.judge import LEVELS
from recexplainer_core.ui.rate_explanations.ratings_figure import ratings_figure
from recexplainer_core.ui.shared.downloads import draw_download
from recexplainer_core.ui.shared.spreadsheet import frame_csv

if TYPE_CHECKING:
    from recexplainer_core.bundle import Bundle


def draw_export(
    bundle: Bundle,
    file: RatingsFile,
    chosen: Round,
    records: Sequence[Record],
    modes: dict[str, ModeFigures],
    agreement: AgreementFigures,
) -> None:
    """Offer the ratings of a round as a table, all that is known of it as data, and its figure as a page.

    Args:
        bundle: whose reasons are rated.
        file: holds the ratings.
        chosen: the round.
        records: its ratings.
        modes: the figures of each mode.
        agreement: of the raters.
    """
    plan = chosen.plan
    name = f"ratings_{plan.bundle}_round_{chosen.id}"
    about = {
        "bundle": plan.bundle, "manifest_hash": plan.manifest_hash, "round": chosen.id,
        "made": chosen.made, "users": plan.users, "seed": plan.seed, "modes": list(plan.modes),
        "levels": LEVELS, "data": bundle.manifest.provenance.name,
    }  # fmt: skip

    def rows() -> list[dict[str, Any]]:
        return export_rows(records, list(file.explanations(chosen.id)), chosen.id)

    def table() -> str:
        return frame_csv(pd.DataFrame(rows()))

    def everything() -> str:
        found = {
            "parameters": about,
            "modes": {mode: one.model_dump() for mode, one in modes.items()},
            "agreement": agreement.model_dump(),
            "ratings": rows(),
        }
        return json.dumps(found, ensure_ascii=False, indent=1)

    def figure() -> str:
        title = f"{plan.bundle}, manifest {plan.manifest_hash[:12]}, round {chosen.id}, seed {plan.seed}"
        drawn = ratings_figure(modes)
        drawn.update_layout(title={"text": title, "font": {"size": 13}}, margin={"t": 48})
        return str(drawn.to_html(include_plotlyjs=True))

    with st.container(horizontal=True):
        draw_download("Ratings (CSV)", table, f"{name}.csv", "save_csv")
        draw_download("Everything (JSON)", everything, f"{name}.json", "save_json")
        draw_download("Figure (HTML)", figure, f"{name}.html", "save_html")
    st.caption(
        "Every rating with its text, history, mode, words of why, corrections, the rater's order and its seed, and the "
        "settings of the model."
    )
