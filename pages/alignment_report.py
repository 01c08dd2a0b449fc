"""Every measured figure of a bundle: agreement, where it fails, calibration, learning, faithfulness, context."""

import streamlit as st

from recexplainer_core.ui.alignment_report.calibration import draw_report_calibration
from recexplainer_core.ui.alignment_report.downloads import draw_report_downloads
from recexplainer_core.ui.alignment_report.fidelity import draw_report_fidelity
from recexplainer_core.ui.alignment_report.groups import draw_report_groups
from recexplainer_core.ui.alignment_report.learning import draw_report_learning
from recexplainer_core.ui.alignment_report.linked_choice import linked_choice
from recexplainer_core.ui.alignment_report.origin import draw_report_origin
from recexplainer_core.ui.alignment_report.paper import draw_report_paper
from recexplainer_core.ui.alignment_report.reasons import draw_report_reasons
from recexplainer_core.ui.shared.bundle_cache import current_bundle
from recexplainer_core.ui.shared.messages import shown_errors
from recexplainer_core.ui.shared.trust import draw_trust

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
    draw_trust(bundle)
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
        section = linked_choice("section", "Section", {key: name for key, (name, _) in SECTIONS.items()})
        draw_report_downloads(bundle)
    _, draw = SECTIONS[section]
    draw(bundle)
