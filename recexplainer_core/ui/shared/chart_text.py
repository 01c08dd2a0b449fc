"""Words in charts and on sliders in the colour of the text around them: Streamlit's own has less than 4.5 to 1."""

from __future__ import annotations

import streamlit as st

_STYLE = """
<style>
  .js-plotly-plot :is(.xtick, .ytick, .x2tick, .y2tick, .xtitle, .ytitle, .annotation, .legend) text {
    fill: currentColor !important;
    fill-opacity: 0.8;
  }
  [data-testid="stSliderThumbValue"], [data-testid="stSliderThumbValue"] * { color: inherit !important; }
</style>
"""


def draw_chart_text_style() -> None:
    """Let the charts and sliders of this page follow whichever appearance is chosen."""
    st.html(_STYLE)
