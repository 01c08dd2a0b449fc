"""Every measured figure of a bundle: agreement, where it fails, calibration, learning, faithfulness, context."""

import streamlit as st

from recexplainer_core.ui.bundle_cache import current_bundle
from recexplainer_core.ui.cards.report_calibration import draw_report_calibration
from recexplainer_core.ui.cards.report_downloads import draw_report_downloads
from recexplainer_core.ui.cards.report_fidelity import draw_report_fidelity
from recexplainer_core.ui.cards.report_groups import draw_report_groups
from recexplainer_core.ui.cards.report_learning import draw_report_learning
from recexplainer_core.ui.cards.report_origin import draw_report_origin
from recexplainer_core.ui.cards.report_paper import draw_report_paper
from recexplainer_core.ui.cards.report_reasons import draw_report_reasons
from recexplainer_core.ui.linked_choice import linked_choice
from recexplainer_core.ui.messages import shown_errors

SECTIONS = {
    "fidelity": ("Fidelity", draw_report_fidelity),
    "groups": ("Where it fails", draw_report_groups),
    "calibration": ("Calibration", draw_report_calibration),
    "learning": ("Learning", draw_report_learning),
    "reasons": ("Reasons", draw_report_reasons),
    "paper": ("The paper", draw_report_paper),
}

with shown_errors():
    bundle = current_bundle()

    st.title("Alignment report", anchor=False)
    draw_report_origin(bundle)
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
        section = linked_choice("section", "Section", {key: name for key, (name, _) in SECTIONS.items()})
        draw_report_downloads(bundle)
    _, draw = SECTIONS[section]
    draw(bundle)
