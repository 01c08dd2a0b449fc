"""The alignment report in a browser: a choice is in the link, the files arrive, nothing is wider than a phone."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

Visit = Callable[..., Page]


def test_from_the_overview_to_a_section_and_back_by_its_link(address: str, visit: Visit) -> None:
    page = visit(address)
    page.get_by_role("link", name="Every figure, with what it says").click()
    expect(page.get_by_role("heading", name="Alignment report")).to_be_visible()
    page.get_by_role("radio", name="Where it fails").click()
    expect(page.get_by_text("30% where")).to_have_count(3)
    page.wait_for_function("location.search.includes('section=groups')")
    again = visit(page.url)
    expect(again.get_by_role("heading", name="Where it falls behind")).to_be_visible()


def test_a_user_worth_opening_is_one_click_away(address: str, visit: Visit) -> None:
    page = visit(address)
    page.get_by_role("link", name="Viewer v012").click()
    expect(page.get_by_role("button", name="Viewer v012")).to_be_visible()


@pytest.mark.parametrize(
    ("button", "expected"), [("CSV", '"fidelity","hybrid"'), ("HTML", "<!doctype html>")]
)
def test_the_report_can_be_saved(address: str, visit: Visit, button: str, expected: str) -> None:
    page = visit(f"{address}/alignment_report")
    with page.expect_download() as waiting:
        page.get_by_role("button", name=button).click()
    path = waiting.value.path()
    assert expected in path.read_text(encoding="utf-8")


@pytest.mark.parametrize("section", ["fidelity", "reasons"])
def test_nothing_is_wider_than_a_phone(address: str, visit: Visit, section: str) -> None:
    page = visit(f"{address}/alignment_report?section={section}", width=390, height=844)
    page.wait_for_selector("[data-testid=stTable]")
    main = page.locator("[data-testid=stMain]")
    assert main.evaluate("element => element.scrollWidth <= element.clientWidth")
