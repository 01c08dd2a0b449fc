"""The alignment report: each section by link, what is missing, what is downloaded."""

from collections.abc import Callable
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from recexplainer_core.evaluation.intervals import Interval
from tests.fakes.report import NASTY_VALUE, without
from tests.pages.conftest import FakeApp

SECTIONS = ("fidelity", "groups", "calibration", "learning", "reasons", "paper")
Make = Callable[..., FakeApp]


def opened(fake: FakeApp, **link: str) -> AppTest:
    app = fake.open("alignment_report")
    for name, value in link.items():
        app.query_params[name] = value
    return app.run()


def shown(app: AppTest) -> str:
    return "\n".join(element.value for element in (*app.markdown, *app.caption))


def cells(app: AppTest) -> str:
    return "\n".join(table.value.to_csv() for table in app.table)


@pytest.mark.parametrize("section", SECTIONS)
def test_every_section_opens_by_link(fake_app: Make, section: str) -> None:
    app = opened(fake_app(), section=section)
    assert not app.exception and not app.warning and not app.info
    assert app.query_params["section"] in (section, [section])


def test_fidelity_is_a_picture_and_a_table_with_intervals_and_definitions(fake_app: Make) -> None:
    app = opened(fake_app())
    assert "**300** viewers" in shown(app)
    assert len(app.get("plotly_chart")) == 1
    table = cells(app).replace("\N{NO-BREAK SPACE}", " ")
    assert "**0.620** :gray[0.58 to 0.66]" in table
    assert "before alignment" in table and "popularity" in table
    assert "target&#39;s first choice" in table or "first choice" in table


def test_another_figure_is_drawn_and_stands_in_the_link(fake_app: Make) -> None:
    app = opened(fake_app(), figure="hr@5")
    assert "among the first five predictions" in shown(app)
    app.selectbox(key="choice_figure").select("acc@1").run()
    assert app.query_params["figure"] in ("acc@1", ["acc@1"])
    assert "whose first prediction is the target" in shown(app)


@pytest.mark.parametrize("link", [{"section": "gossip"}, {"section": "groups", "by": "shoe size"}])
def test_what_the_link_asks_for_in_vain_falls_back_with_a_notice(
    fake_app: Make, link: dict[str, str]
) -> None:
    app = opened(fake_app(), **link)
    assert not app.exception
    assert "which is not here" in app.warning[0].value


def test_it_names_the_groups_in_which_a_mode_falls_behind(fake_app: Make) -> None:
    fake = fake_app()
    app = opened(fake, section="groups")
    lines = [line for line in shown(app).splitlines() if line.startswith("- **hybrid**")]
    assert len(lines) == 1
    assert "30% where history length is 15–18 (40 viewers), 62% over all" in lines[0]
    assert len(app.get("plotly_chart")) == 4
    app = opened(fake, section="groups", agreement="hr@5")
    assert "- **hybrid**" not in shown(app)


def test_values_of_attributes_are_no_markup(fake_app: Make) -> None:
    fake = fake_app()
    assert fake.bundle.report is not None
    for groups in fake.bundle.report.groups.values():
        groups["genres of the first choice"][0].acc_at_1 = Interval(value=0.1, low=0.0, high=0.2)
    app = opened(fake, section="groups", by="genres of the first choice")
    assert not app.exception
    assert NASTY_VALUE not in shown(app) and ":red[" not in shown(app)


def test_reasons_stand_beside_other_citations_in_the_chosen_mode(fake_app: Make) -> None:
    app = opened(fake_app(), section="reasons", mode="intention")
    assert list(app.table[0].value.columns)[:4] == ["Figure", "intention", "random", "oracle"]
    assert "False remarks" in cells(app)


def test_the_paper_is_quoted_with_its_source_and_its_other_data(fake_app: Make) -> None:
    app = opened(fake_app(), section="paper")
    text = shown(app)
    assert "Lei et al" in text and "2311.10947" in text and "Amazon Video Games" in text
    assert "0.846" in cells(app)


@pytest.mark.parametrize(
    ("section", "gone", "command"),
    [
        ("fidelity", "modes", "evaluate"),
        ("groups", "groups", "evaluate"),
        ("calibration", "calibration", "evaluate"),
        ("learning", "learning curves", "build"),
        ("reasons", "reasons", "evaluate"),
    ],
)
def test_a_section_nobody_measured_says_which_command_does(
    fake_app: Make, section: str, gone: str, command: str
) -> None:
    fake = fake_app()
    fake.bundle.report = without(fake.bundle.report, gone)
    app = opened(fake, section=section)
    assert not app.exception
    assert app.info and f"recexplainer_core {command} " in app.code[0].value


def test_an_old_report_without_attributes_says_so(fake_app: Make) -> None:
    fake = fake_app()
    assert fake.bundle.report is not None
    for groups in fake.bundle.report.groups.values():
        del groups["genres of the first choice"]
    app = opened(fake, section="groups")
    assert "Nothing is grouped by attributes" in app.info[0].value


@pytest.mark.parametrize("section", SECTIONS)
def test_a_bundle_without_a_report_opens_everywhere(fake_app: Make, section: str) -> None:
    fake = fake_app()
    fake.bundle.report = None
    app = opened(fake, section=section)
    assert not app.exception
    assert app.info or section == "paper"
    assert not app.get("download_button")


def test_a_bundle_with_one_mode(fake_app: Make) -> None:
    fake = fake_app()
    report = fake.bundle.report
    assert report is not None
    parts: list[dict[str, Any]] = [
        report.modes, report.groups, report.calibration, report.learning_curves,
        report.reasons.modes, report.reasons.beside,
    ]  # fmt: skip
    for part in parts:
        for mode in ("intention", "behaviour"):
            part.pop(mode, None)
    for section in SECTIONS:
        assert not opened(fake, section=section).exception
