"""Rating by keyboard, in a real browser."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

Visit = Callable[..., Page]


READ_MS = 600
"""A text has to be on screen for a moment before a key counts."""


def test_a_round_by_keyboard_and_its_link(address: str, visit: Visit) -> None:
    page = visit(f"{address}/rate_explanations")
    page.locator(".st-key-round_users input").fill("1")
    page.get_by_role("button", name="Write the explanations").click()
    name = page.locator(".st-key-rater input")
    name.fill("Ana")
    name.press("Enter")
    expect(page.get_by_role("button", name="Skip to the next")).to_be_visible()
    page.keyboard.press("N")
    expect(page.get_by_text("Text 2 of 4")).to_be_visible()
    page.wait_for_timeout(READ_MS)
    page.keyboard.press("4")
    expect(page.get_by_text("1 of 4 rated")).to_be_visible()
    expect(page.get_by_text("Text 3 of 4")).to_be_visible()
    page.wait_for_timeout(READ_MS)
    page.keyboard.press("1")
    why = page.get_by_label("Why 0?")
    why.fill("names 1 other film")  # digits in a field are no levels
    why.press("Enter")
    expect(page.get_by_text("2 of 4 rated")).to_be_visible()
    page.wait_for_function("location.search.includes('place=4')")

    again = visit(page.url, width=390, height=844)
    expect(again.get_by_text("2 of 4 rated")).to_be_visible()
    expect(again.get_by_text("Text 4 of 4")).to_be_visible()
    main = again.locator("[data-testid=stMain]")
    assert main.evaluate("element => element.scrollWidth <= element.clientWidth")
    for _ in range(2):
        before = again.get_by_text("of 4 rated").inner_text()
        again.wait_for_timeout(READ_MS)
        again.keyboard.press("4")
        expect(again.get_by_text(before)).to_have_count(0)
    expect(again.get_by_text("All 4 explanations are rated")).to_be_visible()
    again.get_by_role("button", name="See the results").click()
    with again.expect_download() as download:
        again.get_by_role("button", name="Ratings (CSV)").click()
    assert "names 1 other film" in download.value.path().read_text(encoding="utf-8")
