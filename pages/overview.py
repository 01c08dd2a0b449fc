"""What is being explained, by what, from which data, and how well the two agree."""

import streamlit as st

from recexplainer_core.ui.overview.about import draw_data, draw_making, draw_surrogate, draw_target
from recexplainer_core.ui.overview.bundles import draw_bundles
from recexplainer_core.ui.overview.start import draw_screens, draw_starting_points
from recexplainer_core.ui.shared.bundle_cache import current_bundle
from recexplainer_core.ui.shared.descriptions import target_name
from recexplainer_core.ui.shared.escaping import markdown_text
from recexplainer_core.ui.shared.fidelity import draw_fidelity
from recexplainer_core.ui.shared.glossary import draw_glossary
from recexplainer_core.ui.shared.messages import shown_errors
from recexplainer_core.ui.shared.trust import draw_trust

with shown_errors():
    heading, row = st.container(), st.container(horizontal=True)
    explore = row.container(width="content")
    with row:
        draw_bundles()  # before any is opened: the way from a damaged one to another
    bundle = current_bundle()
    words = bundle.catalogue.wording

    heading.caption("RecExplainer Explorer")
    heading.title(markdown_text(bundle.manifest.provenance.name), anchor=False)
    heading.markdown(
        f"A recommender (**{target_name(bundle)}**) suggests {words.items}. A language model (LLM) has been "
        f"taught to predict what it will suggest, and to say why. Look at both, {words.user} by "
        f"{words.user}, and judge how far the words can be trusted."
    )
    if explore.button(f"Explore the {words.users}", icon=":material/arrow_forward:", type="primary"):
        st.switch_page("pages/user_explorer.py")

    draw_trust(bundle)
    data, target, surrogate = st.columns(3, border=True)
    with data:
        draw_data(bundle)
    with target:
        draw_target(bundle)
    with surrogate:
        draw_surrogate(bundle)

    st.header("How well they agree", anchor=False)
    draw_fidelity(bundle)

    st.header("Where to start", anchor=False)
    draw_starting_points(bundle)
    draw_screens(bundle, "Overview")
    draw_glossary()
    draw_making(bundle)
