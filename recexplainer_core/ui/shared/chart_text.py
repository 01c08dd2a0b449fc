"""The words in charts in the colour of the text around them: Streamlit's own grey has 3.6 to 1 on paper."""

from __future__ import annotations

import streamlit as st

_STYLE = """
<style>
  .js-plotly-plot :is(.xtick, .ytick, .x2tick, .y2tick, .xtitle, .ytitle, .annotation, .legend) text {
    fill: currentColor !important;
    fill-opacity: 0.8;
  }
</style>
"""


def draw_chart_text_style() -> None:
    """Let the charts of this page follow whichever appearance is chosen."""
    st.html(_STYLE)
