"""Every fault of a text file is reported with its line and a remedy."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recexplainer_core.datasets.tables import read_table, split_values, text_lines
from recexplainer_core.errors import DataError


def read(path: Path, tabs: bool = False) -> list[tuple[int, dict[str, str]]]:
    return list(read_table(path, ("id", "title"), "Do this.", tabs))


def test_rows_come_with_their_line(tmp_path: Path) -> None:
    file = tmp_path / "t.csv"
    file.write_bytes('\ufeffid,title,more\r\n1,"a, ""b""",x\r\n\r\n2,"two\nlines",\n3,c,\n'.encode())
    assert read(file) == [
        (2, {"id": "1", "title": 'a, "b"', "more": "x"}),
        (5, {"id": "2", "title": "two\nlines", "more": ""}),
        (6, {"id": "3", "title": "c", "more": ""}),
    ]


def test_quotation_marks_mean_themselves_between_tabs(tmp_path: Path) -> None:
    file = tmp_path / "t.tsv"
    file.write_text('id\ttitle\n1\t"12" ruler, 3/8"\n', encoding="utf-8")
    assert read(file, tabs=True) == [(2, {"id": "1", "title": '"12" ruler, 3/8"'})]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "t.csv: the file is empty. Do this."),
        (b"id,title\n", "has a header but no rows. Do this."),
        (b"id,name\n1,a\n", "line 1: has no column 'title', only 'id', 'name'. Do this."),
        (b"id,title,title\n1,a,b\n", "line 1: has two columns of one name"),
        (b"id,title,\n1,a,b\n", "line 1: has two columns of one name, or one without"),
        (b"id,title\n1,a\n2\n", "line 3: has 1 columns where the header has 2"),
        (b"id,title\n1,a,b\n", "line 2: has 3 columns where the header has 2"),
        (b"id,title\n1,caf\xe9\n", "line 2: is not UTF-8 (byte 0xE9). Save the file with UTF-8"),
        (b'id,title\n1,"open\n', "line 2: is no proper table"),
        (b"\xff\xfei\x00d\x00", "line 1: is not UTF-8"),
    ],
)
def test_faults(content: bytes, message: str, tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_bytes(content)
    with pytest.raises(DataError) as error:
        read(tmp_path / "t.csv")
    assert message in str(error.value)


def test_a_missing_file_and_a_folder_in_its_place(tmp_path: Path) -> None:
    with pytest.raises(DataError, match=r"none\.csv: the file is missing\. Do this\."):
        read(tmp_path / "none.csv")
    with pytest.raises(DataError, match="cannot be read"):
        list(text_lines(tmp_path, "Do this."))


@given(st.binary(max_size=200), st.booleans())
def test_any_bytes_are_read_or_refused_never_a_crash(
    tmp_path_factory: pytest.TempPathFactory, tail: bytes, tabs: bool
):
    file = tmp_path_factory.getbasetemp() / "any.csv"
    file.write_bytes((b"id\ttitle\n" if tabs else b"id,title\n") + tail)
    try:
        assert all(set(row) == {"id", "title"} for _, row in read(file, tabs))
    except DataError as error:
        assert "any.csv" in str(error)


def test_several_values_of_a_cell() -> None:
    assert split_values("drama| war ||drama") == ("drama", "war")
    assert split_values("") == ()
