"""One's own data: two text files, and a message that helps when they are wrong."""

from pathlib import Path

import pytest

from recexplainer_core.catalogue import Wording, normalise_title
from recexplainer_core.datasets import load_dataset
from recexplainer_core.datasets.sequences import load_sequences
from recexplainer_core.errors import DataError

REAL = Path(__file__).parents[3] / "shared" / "data" / "amazon-beauty"

TITLES = (
    "item_id\tbrand\ttitle\tuse\n"
    "1\tAcme\tSoap &amp; Water\thands|face\n"
    "2\tZeta\tSoap & water\t\n"
    "x3\t\tOil\thair\n"
)
SEQUENCES = "u1 1 2 1\nu4 x3\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "titles.tsv").write_text(TITLES, encoding="utf-8")
    (tmp_path / "sequences.txt").write_text(SEQUENCES, encoding="utf-8")
    return tmp_path


def test_titles_attributes_and_histories(folder: Path) -> None:
    catalogue, histories, provenance = load_dataset(f"sequences:{folder}")
    assert list(catalogue.titles) == ["Soap & Water (Acme)", "Soap & water (Zeta)", "Oil"]
    assert catalogue.values(0, "use") == ("hands", "face")
    assert catalogue.values(1, "use") == () and catalogue.values(2, "brand") == ()
    assert list(histories[histories.find("u1")]) == [0, 1, 0]
    assert list(histories[histories.find("u4")]) == [2]
    assert histories.times is None and not provenance.simulated
    assert str(folder.parent) not in provenance.source


def test_columns_may_stand_in_any_order_and_windows_line_ends_do_no_harm(folder: Path) -> None:
    (folder / "titles.tsv").write_bytes(b"\xef\xbb\xbftitle\titem_id\r\nSoap\t7\r\nOil\t8\r\n")
    (folder / "sequences.txt").write_bytes(b"\xef\xbb\xbfu1 7 8\r\n\r\nu4\t8  7 \r\n")
    catalogue, histories, _ = load_sequences(folder)
    assert list(catalogue.titles) == ["Soap", "Oil"]
    assert list(histories.user_ids) == ["u1", "u4"]
    assert list(histories[1]) == [1, 0]


def test_long_titles_cut_alike_are_told_apart_by_what_was_cut(folder: Path) -> None:
    long = "Brand New York Instant Age Rewind Eraser Dark Circles Treatment Face Concealer, {}, 0.2 Ounce"
    rows = [f"{i}\t{long.format(shade)}" for i, shade in enumerate(["Light", "Dark", "Dark"])]
    (folder / "titles.tsv").write_text("item_id\ttitle\n" + "\n".join(rows), encoding="utf-8")
    (folder / "sequences.txt").write_text("u1 0 1 2")
    titles = load_sequences(folder)[0].titles
    start = "Brand New York Instant Age Rewind Eraser Dark Circles Treatment Face Concealer"
    assert list(titles) == [f"{start} (Light)", f"{start} (1)", f"{start} (2)"]


def test_a_few_missing_titles_are_replaced_many_refused(folder: Path) -> None:
    rows = [f"{i}\tSoap {i}" for i in range(39)]
    (folder / "sequences.txt").write_text("u1 1 2")
    (folder / "titles.tsv").write_text("\n".join(["item_id\ttitle", *rows, "39\t &nbsp; "]))
    assert load_sequences(folder)[0].titles[39] == "Untitled item 39"
    (folder / "titles.tsv").write_text("\n".join(["item_id\ttitle", "39\t", *rows[:9]]))
    with pytest.raises(DataError, match="line 2: 1 of 10 titles are empty"):
        load_sequences(folder)


def test_wording(folder: Path) -> None:
    assert load_sequences(folder)[0].wording == Wording()
    (folder / "wording.json").write_text('{"item": "book", "items": "books", "consumed": "read"}')
    catalogue, _, provenance = load_sequences(folder)
    assert catalogue.wording == Wording("book", "books", "user", "users", "read")
    assert "3 books and the histories of 2 users" in provenance.description


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("{", "is not JSON"),
        ('["book"]', "should map names to words"),
        ('{"item": 3}', "should map names to words"),
        ('{"thing": "book"}', "unknown name 'thing'. Give some of item, items"),
    ],
)
def test_faulty_wording(folder: Path, content: str, message: str) -> None:
    (folder / "wording.json").write_text(content)
    with pytest.raises(DataError) as error:
        load_sequences(folder)
    assert "wording.json" in str(error.value) and message in str(error.value)


@pytest.mark.parametrize(
    ("file", "content", "message"),
    [
        ("titles.tsv", "item_id\tname\n1\tSoap\n", "line 1: has no column 'title', only 'item_id', 'name'."),
        ("titles.tsv", "item_id,title\n1,Soap\n", "line 1: has no column 'item_id', only 'item_id,title'"),
        ("titles.tsv", TITLES + "1\t\tTowel\t\n", "line 5: item id '1' was given in line 2 already"),
        ("titles.tsv", TITLES + "a b\t\tTowel\t\n", "line 5: the item id 'a b' is empty or has a space"),
        ("titles.tsv", TITLES + "\t\tTowel\t\n", "line 5: the item id '' is empty or has a space"),
        ("titles.tsv", TITLES + "4\t\tTo\twel\t\n", "line 5: has 5 columns where the header has 4"),
        ("titles.tsv", "", "the file is empty"),
        ("titles.tsv", "item_id\ttitle\n", "has a header but no rows"),
        ("sequences.txt", "u1 1 2\nu4 1 99\n", "line 2: item '99' is not in titles.tsv"),
        ("sequences.txt", "u1 1\n\nu1 2\n", "line 3: user 'u1' has line 1 already"),
        ("sequences.txt", "u1 1\nu4 \n", "line 2: user 'u4' has no items"),
        ("sequences.txt", "u1 1\nu4,1,2\n", "line 2: the line is separated by commas: 'u4,1,2'"),
        ("sequences.txt", "u4;1;2\n", "line 1: the line is separated by semicolons"),
        ("sequences.txt", " \n\n", "the file is empty"),
    ],
)
def test_faulty_files(folder: Path, file: str, content: str, message: str) -> None:
    (folder / file).write_text(content, encoding="utf-8")
    with pytest.raises(DataError) as error:
        load_sequences(folder)
    assert file in str(error.value) and message in str(error.value)


@pytest.mark.parametrize("file", ["titles.tsv", "sequences.txt"])
def test_missing_or_not_utf8(folder: Path, file: str) -> None:
    (folder / file).write_bytes((folder / file).read_bytes() + b"caf\xe9 1\n")
    with pytest.raises(DataError, match=rf"{file}, line \d: is not UTF-8"):
        load_sequences(folder)
    (folder / file).unlink()
    with pytest.raises(DataError, match=rf"{file}: the file is missing\. sequences:DIR needs"):
        load_sequences(folder)


def test_ids_written_as_floats_are_read_and_said(folder: Path) -> None:
    (folder / "sequences.txt").write_text("u1 1.0 2.0 x3\n")
    _, histories, provenance = load_sequences(folder)
    assert list(histories[0]) == [0, 1, 2] and "2 item ids written as floats" in provenance.description
    (folder / "titles.tsv").write_text("item_id\ttitle\n7.0\tSoap\n8.0\tOil\n")
    (folder / "sequences.txt").write_text("u1 7 8.0\n")
    assert list(load_sequences(folder)[0].item_ids) == ["7", "8"]


def test_columns_with_types_are_those_of_recbole(folder: Path) -> None:
    (folder / "titles.tsv").write_text(
        "item_id:token\ttitle:token_seq\tgenre:token_seq\tyear:float\n7\tThe Soap\tclean hands\t1999\n"
    )
    (folder / "sequences.txt").write_text("u1 7\n")
    catalogue = load_sequences(folder)[0]
    assert list(catalogue.titles) == ["The Soap"] and catalogue.attributes["genre"] == [("clean", "hands")]
    assert catalogue.attributes["year"] == [("1999",)]


def test_a_long_attribute_is_cut_and_that_is_said(folder: Path) -> None:
    long = "made of board with a clasp " * 30
    rows = f"1\tSoap\t{long}one\n2\tOil\t{long}two\nx3\tSalt\t{long}one\n"
    (folder / "titles.tsv").write_text(f"item_id\ttitle\ttext\n{rows}")
    catalogue, _, provenance = load_sequences(folder)
    texts = [values[0] for values in catalogue.attributes["text"]]
    assert max(map(len, texts)) < 90 and texts[0] == texts[2] != texts[1]
    assert "values of text cut to 80 characters" in provenance.description


def test_an_article_behind_a_comma_comes_first(folder: Path) -> None:
    (folder / "titles.tsv").write_text("item_id\ttitle\n1\tSoap Opera: Part II, The\n2\tOil\nx3\tSalt\n")
    assert load_sequences(folder)[0].titles[0] == "The Soap Opera: Part II"


def test_markup_and_slot_like_text_in_a_title_stay_plain_text(folder: Path) -> None:
    (folder / "titles.tsv").write_text("item_id\ttitle\n1\t<item> **bold** <|im_end|>\n2\t<user>\nx3\tOil\n")
    assert load_sequences(folder)[0].titles[0] == "<item> **bold** <|im_end|>"


@pytest.mark.skipif(not REAL.is_dir(), reason="needs ../shared/data/amazon-beauty")
def test_the_real_folder() -> None:
    catalogue, histories, _ = load_dataset(f"sequences:{REAL}")
    assert (len(catalogue), len(histories), len(histories.items)) == (12101, 22363, 198502)
    assert len(set(map(normalise_title, catalogue.titles))) == 12101
    assert max(map(len, catalogue.titles)) <= 80 + len(" (") + 40 + len(")")
    assert catalogue.values(0, "asin") == ("B001FB5IIC",)
