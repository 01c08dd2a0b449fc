"""From one's own files to a bundle: what is in them, what is to be learnt, and how the build stands."""

import sys

import streamlit as st

from recexplainer_core.ui.shared.bundle_choice import MANIFEST, places
from recexplainer_core.ui.shared.messages import shown_errors
from recexplainer_core.ui.shared.navigation import run_within_the_app
from recexplainer_core.ui.your_data.choosing import build, draw_files, draw_wishes
from recexplainer_core.ui.your_data.progress import draw_jobs

with shown_errors():
    run_within_the_app()
    folder = places(sys.argv[1:]).folder
    st.title("Your data", anchor=False)
    st.markdown(
        "Two tables make a bundle: who chose what, and what the items are called. The files stay on the machine on "
        "which this app runs. A recommender of your own is brought on the command line: see the README."
    )
    data = draw_files()
    if data is not None:
        wanted = draw_wishes()
        bundle = None if wanted is None else folder / wanted.name
        taken = bundle is not None and (bundle / MANIFEST).exists()
        if taken and wanted is not None:
            st.warning(
                f"There is a bundle called {wanted.name} already. Give another name.", icon=":material/edit:"
            )
        st.button(
            "Build it", type="primary", icon=":material/construction:", disabled=bundle is None or taken,
            on_click=build, args=(data, bundle, wanted),
        )  # fmt: skip
    st.header("Builds", anchor=False)
    draw_jobs(folder)
