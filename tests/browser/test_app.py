"""What only a browser can show: streaming and stopping, links, what is really drawn."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.serving import fake_app, serving
from tests.fakes.bundle import NASTY

Visit = Callable[..., Page]
NASTY_ITEM = "f40"


def wait_for_reason(page: Page) -> str:
    """Return the finished reason."""
    page.wait_for_selector(".st-key-again")
    return page.locator(".st-key-reason").inner_text()


def test_from_the_overview_to_a_reason(address: str, visit: Visit) -> None:
    page = visit(address)
    page.get_by_text("How well they agree").wait_for()
    page.get_by_role("button", name="Explore the viewers").click()
    expect(page.get_by_role("heading", name="User explorer")).to_be_visible()
    assert wait_for_reason(page).endswith("plays no part.")
    history, reason = page.locator("p:has-text('1979')").last, page.locator(".st-key-reason")
    highlighted = "span.stMarkdownColoredBackground"
    cited = set(reason.locator(highlighted).all_inner_texts())
    assert len(cited) == 2
    assert cited == set(history.locator(f"{highlighted}:has(strong)").all_inner_texts())


def test_a_choice_is_in_the_link_and_the_link_brings_it_back(address: str, visit: Visit) -> None:
    page = visit(f"{address}/user_explorer?user=v007")
    button = page.locator(".st-key-surrogate_2 button").first
    asked = f"Why {button.inner_text().strip()}?"
    button.click()
    expect(page.get_by_role("heading", level=3).first).to_have_text(asked)
    page.wait_for_function("location.search.includes('item=')")
    again = visit(page.url)
    expect(again.get_by_role("heading", level=3).first).to_have_text(asked)
    expect(again.get_by_role("button", name="Viewer v007")).to_be_visible()


def test_the_link_is_copied(address: str, visit: Visit) -> None:
    page = visit(f"{address}/user_explorer?user=v007")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    wait_for_reason(page)
    page.get_by_role("button", name="Copy link").click()
    expect(page.get_by_text("Copied")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == page.url
    assert "user=v007" in page.url


def test_back_returns_to_the_user_before(address: str, visit: Visit) -> None:
    page = visit(f"{address}/user_explorer?user=v003")
    page.locator(".st-key-next button").click()
    expect(page.get_by_role("button", name="Viewer v004")).to_be_visible()
    page.go_back()
    expect(page.get_by_role("button", name="Viewer v003")).to_be_visible()


def test_stop_keeps_what_is_written_and_writes_no_more(address: str, visit: Visit) -> None:
    page = visit(f"{address}/user_explorer?user=v005")
    # A second try, begun when the page is there: the first may be over before the browser has drawn its button.
    page.get_by_role("button", name="Ask again").click()
    page.locator(".st-key-stop button").click()
    stopped = wait_for_reason(page)
    assert "plays no part" not in stopped
    page.wait_for_timeout(1000)
    assert wait_for_reason(page) == stopped


def test_a_row_of_the_table_chooses_a_user(address: str, visit: Visit) -> None:
    page = visit(f"{address}/user_explorer")
    page.locator(".st-key-browse button").click()
    page.locator(".st-key-user_search input").fill("v01")
    table = page.locator(".st-key-user_table canvas").first
    page.wait_for_timeout(1500)
    box = table.bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + 60, box["y"] + 52)
    expect(page.get_by_role("button", name="Viewer v010")).to_be_visible()


def test_a_title_full_of_markup_is_drawn_as_it_is(address: str, visit: Visit) -> None:
    page = visit(f"{address}/user_explorer?user=v000&item={NASTY_ITEM}")
    reason = wait_for_reason(page)
    heading = page.get_by_role("heading", level=3).first.inner_text()
    assert heading.replace("\u2060", "") == f"Why {NASTY}?"
    assert NASTY in reason.replace("\u2060", "")
    assert page.locator(".katex, a[href='b']").count() == 0


@pytest.mark.parametrize("page_name", ["", "user_explorer?user=v040"])
def test_nothing_is_wider_than_a_phone(address: str, visit: Visit, page_name: str) -> None:
    page = visit(f"{address}/{page_name}", width=390, height=844)
    page.wait_for_selector(".st-key-again" if page_name else ".js-plotly-plot")
    main = page.locator("[data-testid=stMain]")
    assert main.evaluate("element => element.scrollWidth <= element.clientWidth")


def test_the_first_visitor_of_a_server_may_follow_a_link(
    browser: Browser, visit: Visit, tmp_path: Path
) -> None:
    with serving(fake_app(tmp_path / "fake")) as cold:
        page = visit(f"{cold}/user_explorer?user=v004&mode=intention")
        expect(page.get_by_role("button", name="Viewer v004")).to_be_visible()
        expect(page.get_by_text("and no titles")).to_be_visible()
        assert page.get_by_text("Page not found").count() == 0
