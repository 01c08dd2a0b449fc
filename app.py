"""The app: `streamlit run app.py`, on another bundle with `streamlit run app.py -- --bundle DIR`."""

import sys
from pathlib import Path

import streamlit as st

from recexplainer_core.ui.bundle_cache import make_current
from recexplainer_core.ui.bundle_choice import choose_bundle, places
from recexplainer_core.ui.messages import show_no_bundle

PROJECT = Path(__file__).parent

st.set_page_config(
    page_title="RecExplainer Explorer", page_icon=str(PROJECT / "assets" / "logo.svg"), layout="wide"
)
st.logo(PROJECT / "assets" / "logo.svg", size="large")

page = st.navigation(
    [
        st.Page(
            PROJECT / "pages" / "overview.py",
            title="Overview",
            icon=":material/summarize:",
            default=True,
            help="What is being explained, by what, from which data, and how well the two agree.",
        ),
        st.Page(
            PROJECT / "pages" / "user_explorer.py",
            title="User explorer",
            icon=":material/person_search:",
            help="One user: the history, both top tens, and the reason for any recommendation.",
        ),
    ],
    position="top",
)
bundle = choose_bundle(places(sys.argv[1:], PROJECT))
if bundle is None:
    show_no_bundle()
else:
    make_current(bundle)
    page.run()
