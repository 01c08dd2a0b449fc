"""What is to be built: the files, what their columns hold, and how much is to be learnt."""

from __future__ import annotations

import re
import tempfile
from dataclasses import dataclass
from pathlib import Path

import pandas as pd
import streamlit as st

from recexplainer_core.datasets import load_dataset
from recexplainer_core.errors import RecExplainerError
from recexplainer_core.ui.shared.escaping import markdown_text
from recexplainer_core.ui.your_data.jobs import Job
from recexplainer_core.ui.your_data.tables import CHOICES, ITEMS, guessed, named, store, table_in

KINDS = ["csv", "tsv", "txt", "parquet", "jsonl", "gz"]
_ROWS = 5
_SAYS = {
    "user": "Who", "item": "Which item", "time": "When", "rating": "Rating", "title": "Title",
}  # fmt: skip
_NEEDED = ("user", "item", "title")


@dataclass(frozen=True)
class Data:
    """Two tables that can be read, under the names that the reader of tables knows.

    Args:
        choices, items: the tables.
    """

    choices: pd.DataFrame
    items: pd.DataFrame

    def written(self, folder: Path) -> str:
        """Write both into a folder; return how the command `build` is told of them."""
        folder.mkdir(parents=True, exist_ok=True)
        first, second = folder / "choices.parquet", folder / "items.parquet"
        self.choices.to_parquet(first, index=False)
        self.items.to_parquet(second, index=False)
        return f"table:{first},{second}"


def draw_files() -> Data | None:
    """Draw the files, their first rows and their columns; return the data once they can be read."""
    left, right = st.columns(2, gap="large")
    with left:
        choices = _draw_table("choices", "Choices: a row for each", CHOICES)
    with right:
        items = _draw_table("items", "Items: a row for each", ITEMS, keep_others=True)
    if choices is None or items is None:
        return None
    data = Data(choices[1].astype(str), items[1].astype(str))
    about, fault = _read(f"{choices[0]}, {items[0]}", data)
    if fault:
        st.error(
            markdown_text(fault), title="These files cannot be used as they are", icon=":material/error:"
        )
        return None
    st.success(markdown_text(about), icon=":material/check:")
    return data


@st.cache_data(max_entries=4, show_spinner="Reading both files…")
def _read(which: str, _data: Data) -> tuple[str, str]:
    """Return what was read, dropped and changed, and what is wrong; one of them is empty."""
    with tempfile.TemporaryDirectory() as folder:
        try:
            _, _, provenance = load_dataset(_data.written(Path(folder)))
        except RecExplainerError as fault:
            return "", str(fault).replace(f"{folder}/", "")
    return provenance.description, ""


@st.cache_data(max_entries=4, show_spinner="Looking into the file…")
def _frame(file_id: str, name: str, _content: bytes) -> pd.DataFrame | str:
    """Return an uploaded table, or what is wrong with it."""
    with tempfile.TemporaryDirectory() as folder:
        try:
            return table_in(store(name, _content, Path(folder)))
        except RecExplainerError as fault:
            return str(fault).replace(f"{folder}/", "")


def _draw_table(
    key: str, label: str, whats: tuple[str, ...], keep_others: bool = False
) -> tuple[str, pd.DataFrame] | None:
    """Draw one file; return which it is and its columns under the names that the reader knows, once all are known."""
    uploaded = st.file_uploader(label, type=KINDS, key=f"file_{key}")
    if uploaded is None:
        return None
    frame = _frame(uploaded.file_id, uploaded.name, uploaded.getvalue())
    if isinstance(frame, str):
        st.error(markdown_text(frame), icon=":material/error:")
        return None
    st.caption(f"{len(frame):,} rows; the first {min(_ROWS, len(frame))}:")
    st.dataframe(frame.head(_ROWS), hide_index=True, key=f"head_{key}")
    guess, names = guessed(frame, whats), [str(name) for name in frame.columns]
    columns: dict[str, str | None] = {}
    slots = st.columns(2)
    for number, what in enumerate(whats):
        columns[what] = slots[number % 2].selectbox(
            _SAYS[what] + ("" if what in _NEEDED else ", if known"), names, key=f"{key}_{what}_{uploaded.file_id}",
            index=None if guess[what] is None else names.index(str(guess[what])), placeholder="no column",
        )  # fmt: skip
    others: list[str] = []
    if keep_others:
        free = [name for name in names if name not in columns.values()]
        others = st.multiselect(
            "What else is known of an item", free, default=free[:12], key=f"{key}_others_{uploaded.file_id}"
        )
    missing = [_SAYS[what].lower() for what in whats if what in _NEEDED and columns[what] is None]
    if missing:
        st.warning(f"Say which column holds: {', '.join(missing)}.", icon=":material/view_column:")
        return None
    chosen = [name for name in columns.values() if name is not None]
    if len(set(chosen)) < len(chosen):
        st.warning("One column is chosen twice.", icon=":material/view_column:")
        return None
    return f"{uploaded.file_id} {columns} {others}", named(frame, columns, others)


@dataclass(frozen=True)
class Wanted:
    """How the bundle is to be made.

    Args:
        name: of its folder.
        options: of the command `build`, beside data and folder.
    """

    name: str
    options: tuple[str, ...]


def draw_wishes() -> Wanted | None:
    """Draw target, language model and effort; return them once there is a name."""
    name, target, llm, effort = st.columns(4)
    with name:
        called = st.text_input("Name of the bundle", key="build_name", max_chars=60, placeholder="mine")
    with target:
        kind = st.selectbox(
            "Recommender", ["sasrec", "mf"], key="build_target", format_func=_TARGETS.__getitem__
        )
    with llm:
        model = st.selectbox(
            "Language model", ["pocket", "smollm2"], key="build_llm", format_func=_LLMS.__getitem__
        )
    with effort:
        quick = st.selectbox("Effort", [True, False], key="build_quick", format_func=_EFFORTS.__getitem__)
    st.caption(_estimate(model, quick))
    if not called.strip():
        return None
    if not re.fullmatch(r"\w[\w .-]*", called.strip()):
        st.warning("A name is letters, digits, spaces, dots and dashes.", icon=":material/edit:")
        return None
    options = ("--target", kind, "--llm", model, *(("--quick",) if quick else ()))
    return Wanted(called.strip(), options)


def build(data: Data, bundle: Path, wanted: Wanted) -> None:
    """Start the build, with a copy of the data beside the bundle that it fills."""
    spec = data.written(bundle.with_name(f"{bundle.name}.data"))
    Job(bundle, (spec, "--out", str(bundle), *wanted.options)).start()


_TARGETS = {"sasrec": "SASRec, trained here", "mf": "Matrix factorisation, trained here"}
_LLMS = {"pocket": "Pocket, trained here", "smollm2": "SmolLM2 (93 MB, fetched once)"}
_EFFORTS = {True: "A try-out of every stage", False: "In full"}


def _estimate(llm: str, quick: bool) -> str:
    if quick:
        return (
            "A few minutes on two cores, and a bundle of less than 20 MB. It shows that everything works; it learns "
            "next to nothing, and its reasons as said are often wrong."
        )
    if llm == "smollm2":
        return "Estimated for data of the demo's size (3,000 users): 7 hours on two cores, 23 MB, 6.5 GB of memory."
    return "Hours on two cores for data of the demo's size (3,000 users), and about 17 MB; more users take longer."
