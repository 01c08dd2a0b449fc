import ast
import csv
import io
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from recexplainer_core.ui.shared.spreadsheet import comment_line, csv_text, frame_csv, record_csv

UI = Path(__file__).parents[3] / "recexplainer_core" / "ui"
NASTY = [
    "=1+1", "+A1", "-2", "@x", "\t=1+1", "\r=1", "\n=1", " =1", "\u200b=1", "\ufeff=1", "＝1+1", "－2", "−2", '"=1"',
    "=cmd|' /C calc'!A0", "'=1",
]  # fmt: skip
SEPARATORS = (",", ";", "\t", "|")


def cells(text: str, separator: str) -> list[str]:
    return [cell for row in csv.reader(io.StringIO(text, newline=""), delimiter=separator) for cell in row]


@pytest.mark.parametrize("separator", SEPARATORS)
@pytest.mark.parametrize(
    "inside", ["{}", "Alien{}", "a\t{}", "a;{}", "a|{}", 'a"{}', "a,{}", "a\n{}", "a\r\n{}"]
)
def test_no_cell_computes_whatever_it_is_cut_at(inside: str, separator: str) -> None:
    titles = [inside.format(one) for one in NASTY]
    text = csv_text(titles, [titles, [1.5, -2, None, *titles]])
    for cell in cells(text, separator):
        computes = cell.lstrip(" \t\r\n\u200b\ufeff").startswith(tuple("=+@＝＋＠－−-"))
        assert not computes or cell == "-2", cell


@pytest.mark.parametrize(
    "title", ["Alien", "8½", "M*A*S*H", "(500) Days", "#1", "a=b", "x-y", "Cléo, 5 to 7", ""]
)
def test_ordinary_text_is_as_it_was(title: str) -> None:
    assert cells(csv_text(["title"], [[title]]), ",") == ["title", title]


def test_numbers_stay_numbers_and_gaps_are_empty() -> None:
    frame = pd.DataFrame({"=a": ["x", None], "score": [-0.5, np.nan], "rank": pd.array([1, None], "Int64")})
    text = frame_csv(frame, seed=np.int64(3), held=True)
    assert text == '"\'=a","score","rank","seed","held"\n"x",-0.5,1,3,True\n"","","",3,True\n'
    read = pd.read_csv(io.StringIO(text))
    assert read["score"].tolist()[0] == -0.5 and read["rank"].isna().tolist() == [False, True]


def test_records_have_a_column_for_each_name() -> None:
    assert cells(record_csv(["a", "b"], [{"b": 1}, {"a": "@x"}]), ",") == ["a", "b", "", "1", "'@x", ""]


def test_a_line_above_the_table_cannot_start_a_cell() -> None:
    line = comment_line("bundle: a,=1+1\n=2", "map: x")
    assert line == "# bundle: a =1+1 =2; map: x\n"


def test_nobody_else_in_the_interface_writes_csv() -> None:
    others = []
    for path in UI.rglob("*.py"):
        if path.name == "spreadsheet.py":
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            named = [one.name for one in node.names] if isinstance(node, ast.Import) else []
            if "csv" in named or (isinstance(node, ast.Attribute) and node.attr == "to_csv"):
                others.append(path.name)
    assert not others
