"""Rows with tabs: what a program quoted is unquoted, what a person wrote stays."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recexplainer_core.datasets.tab_rows import TabRows


def rows(text: str) -> list[list[str]]:
    return list(TabRows(iter(io.StringIO(text, newline="\n"))))


@pytest.mark.parametrize(
    ("line", "title"),
    [
        ('7\t"The ""new"" sea"\tsalt', 'The "new" sea'),
        ('7\t"Weird" tales\tsalt', '"Weird" tales'),
        ('7\t"Heroes"\tsalt', '"Heroes"'),
        ('7\tThey said "go"\tsalt', 'They said "go"'),
        ('7\t12" record\tsalt', '12" record'),
        ('7\t"a\tb"\tsalt', "a\tb"),
        ('7\t"a\nb"\tsalt', "a\nb"),
    ],
)
def test_quotation_marks(line: str, title: str) -> None:
    read = rows(f"id\ttitle\tuse\n{line}\n8\tOil\thair\n")
    assert read[1:] == [["7", title, "salt"], ["8", "Oil", "hair"]]


def test_a_mark_that_nobody_closes_leaves_the_lines_as_they_are() -> None:
    assert rows('id\ttitle\n7\t"Weird\n8\tOil\n') == [["id", "title"], ["7", '"Weird'], ["8", "Oil"]]


def test_lines_are_counted_as_in_the_file() -> None:
    table = TabRows(iter(["a\tb\n", '1\t"x\n', 'y"\n', "2\tz\n"]))
    assert [(table.line_num, cells) for cells in table] == [
        (1, ["a", "b"]),
        (3, ["1", "x\ny"]),
        (4, ["2", "z"]),
    ]


CELLS = st.lists(st.tuples(*[st.text('ab"\t\n x', min_size=1)] * 2), min_size=1)


@pytest.mark.parametrize("quoting", [csv.QUOTE_MINIMAL, csv.QUOTE_ALL])
@given(cells=CELLS)
def test_what_a_csv_writer_writes_is_read_as_it_was(quoting: int, cells: list[tuple[str, str]]) -> None:
    written = io.StringIO()
    csv.writer(written, delimiter="\t", lineterminator="\n", quoting=quoting).writerows(
        [("id", "title"), *cells]
    )
    assert rows(written.getvalue()) == [["id", "title"], *(list(row) for row in cells)]
