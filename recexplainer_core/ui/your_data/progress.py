"""The builds that were started, how they stand, and what can be done with each."""

from __future__ import annotations

import sys
from pathlib import Path

import streamlit as st

from recexplainer_core.ui.shared.bundle_choice import open_by_hand, places
from recexplainer_core.ui.shared.escaping import markdown_text
from recexplainer_core.ui.your_data.jobs import Job, jobs_in

_SAYS = {
    "running": ":blue-badge[:material/progress_activity: at work]",
    "finished": ":green-badge[:material/check: finished]",
    "stopped": ":gray-badge[:material/pause: stopped]",
    "failed": ":red-badge[:material/error: failed]",
}
_LINES = 6
_OPEN = "job_opened"


@st.fragment(run_every=3)
def draw_jobs(folder: Path) -> None:
    """Draw every build in a folder of bundles; it looks again every few seconds, whoever reloads the page."""
    jobs = jobs_in(folder)
    if st.session_state.pop(_OPEN, False):
        st.switch_page("pages/overview.py")
    if not jobs:
        st.caption("Nothing has been built from here yet.")
    for job in jobs:
        with st.container(border=True, key=f"job {job.bundle.name}"):
            _draw(job)


def _draw(job: Job) -> None:
    state = job.state
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
        st.markdown(f"**{markdown_text(job.bundle.name)}** {_SAYS[state]}", width="content")
        with st.container(horizontal=True, width="content", gap="xsmall"):
            key = f"{job.bundle.name} {state}"
            if state == "running":
                st.button("Stop", icon=":material/stop_circle:", key=f"stop {key}", on_click=job.stop)
            elif state == "finished":
                st.button(
                    "Open", icon=":material/folder_open:", type="primary", key=f"open {key}",
                    on_click=_open, args=(job,), disabled=places(sys.argv[1:]).only is not None,
                    help="The app was started to show one bundle only." if places(sys.argv[1:]).only else None,
                )  # fmt: skip
            else:
                st.button("Go on", icon=":material/play_arrow:", key=f"start {key}", on_click=job.start)
    if state != "finished":
        lines = job.lines[-_LINES:]
        st.code("\n".join(lines) or "It has not said anything yet.", language=None, wrap_lines=True)


def _open(job: Job) -> None:
    open_by_hand(places(sys.argv[1:]), job.bundle)
    st.session_state[_OPEN] = True
