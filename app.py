"""The app: `streamlit run app.py`, on another bundle with `streamlit run app.py -- --bundle DIR`."""

import sys

import streamlit as st

from recexplainer_core.locations import ASSETS
from recexplainer_core.ui.shared.bundle_cache import hand_over
from recexplainer_core.ui.shared.bundle_choice import choose_bundle, places
from recexplainer_core.ui.shared.chart_text import draw_chart_text_style
from recexplainer_core.ui.shared.first_start import draw_stand_in, with_language_model
from recexplainer_core.ui.shared.messages import show_no_bundle, shown_errors
from recexplainer_core.ui.shared.navigation import app_pages, enter

WITHOUT_A_BUNDLE = "your_data"
LOGO = ASSETS / "logo.svg"

st.set_page_config(page_title="RecExplainer Explorer", page_icon=str(LOGO), layout="wide")
st.logo(LOGO, size="large")
page = st.navigation(app_pages(), position="top")
draw_chart_text_style()

with shown_errors():
    where = places(sys.argv[1:])
    bundle = choose_bundle(where)
    if bundle is not None:
        bundle = with_language_model(bundle, where)
enter()
if bundle is not None:
    draw_stand_in(bundle, where)
    hand_over(bundle)
    page.run()
elif page.url_path == WITHOUT_A_BUNDLE:
    page.run()
else:
    show_no_bundle()
