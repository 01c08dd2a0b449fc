import re
from html.parser import HTMLParser
from pathlib import Path

from recexplainer_core.evaluation.fidelity.figures import FIGURES
from recexplainer_core.evaluation.report import Report
from recexplainer_core.ui.alignment_report.html import report_html
from tests.fakes.bundle import write_fake_bundle
from tests.fakes.report import NASTY_VALUE


class Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.links: list[str] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.links += [str(value) for name, value in attrs if name in ("src", "href")]

    def handle_data(self, data: str) -> None:
        self.text += data


def read(page: str) -> Reader:
    reader = Reader()
    reader.feed(page)
    return reader


def test_it_is_whole_and_fetches_nothing(tmp_path: Path) -> None:
    bundle = write_fake_bundle(tmp_path / "fake")
    reader = read(report_html(bundle, "f00d"))  # type: ignore[arg-type]
    assert reader.links == [] and not reader.tags & {"script", "img", "link", "iframe"}
    for words in ("f00d", "python -m recexplainer_core build demo", "Seed", FIGURES["acc@1"].says, "0.620",
                  "Where it fails", "Calibration", "Learning curves", "Faithfulness of 300 reasons", "oracle",
                  "KDD 2024"):  # fmt: skip
        assert words in reader.text, words


def test_what_comes_from_data_is_text(tmp_path: Path) -> None:
    bundle = write_fake_bundle(tmp_path / "fake")
    page = report_html(bundle, "f00d")  # type: ignore[arg-type]
    assert NASTY_VALUE in read(page).text
    assert not re.search(r"<b>", page)


def test_a_report_with_little_in_it(tmp_path: Path) -> None:
    bundle = write_fake_bundle(tmp_path / "fake")
    bundle.report = Report(modes={})
    assert "Where it fails" not in report_html(bundle, "f00d")  # type: ignore[arg-type]
