"""An edit made by hand in a browser, its link in another window, and what streams in."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

Visit = Callable[..., Page]
USER = "v004"


def press(page: Page, key: str) -> None:
    """Press a button; one with a tooltip is in the page twice, and shown once."""
    page.locator(f".st-key-{key} button:visible").click()


def test_a_history_is_edited_applied_and_its_link_reopened(address: str, visit: Visit) -> None:
    page = visit(f"{address}/user_explorer?user={USER}")
    page.get_by_role("link", name="Edit this history").click()
    expect(page.get_by_role("heading", name="What if")).to_be_visible()
    pills = page.locator(".st-key-edit_chosen button")
    expect(pills.last).to_be_visible()
    count, newest = pills.count(), pills.last.inner_text()
    pills.last.click()
    press(page, "edit_out")
    expect(pills).to_have_count(count - 1)
    expect(page.get_by_text("Not applied yet: 1 taken out")).to_be_visible()
    assert "edit=" not in page.url
    press(page, "edit_apply")
    expect(page.get_by_text("Applied: 1 taken out")).to_be_visible()
    expect(page.locator(".st-key-surrogate_after_10")).to_be_visible()
    page.wait_for_function("location.search.includes('edit=')")
    first = page.locator(".st-key-target_after_1 button:visible").inner_text()

    again = visit(page.url)
    expect(again.locator(".st-key-target_after_1 button:visible")).to_have_text(first)
    expect(again.locator(".st-key-edit_removed")).to_contain_text(newest)
    press(again, "ask_after")
    expect(again.get_by_text("claims hold")).to_be_visible()


def test_a_film_is_found_while_typing_and_added(address: str, visit: Visit) -> None:
    page = visit(f"{address}/what_if?user={USER}")
    pills = page.locator(".st-key-edit_chosen button")
    expect(pills.last).to_be_visible()
    count = pills.count()
    field = page.locator(".st-key-edit_add input")
    field.press_sequentially("totoro")
    found = page.locator(".st-key-edit_add_0 button:visible")
    expect(found).to_contain_text("My Neighbor Totoro")
    found.click()
    expect(pills).to_have_count(count + 1)
    expect(field).to_have_count(1)  # an empty one takes the place of the one that was typed into
    expect(field).to_have_value("")
    expect(page.get_by_text("Not applied yet: 1 added")).to_be_visible()


def test_a_test_of_a_reason_opens_as_an_edit(address: str, visit: Visit) -> None:
    page = visit(f"{address}/user_explorer?user={USER}")
    press(page, "trial")
    page.get_by_role("link", name="Open in What if").click()
    expect(page.get_by_text("Applied: 2 taken out")).to_be_visible()
    assert f"user={USER}" in page.url and "edit=" in page.url and "item=" in page.url


def test_on_a_phone_nothing_is_wider_than_the_screen(address: str, visit: Visit) -> None:
    page = visit(f"{address}/what_if?user={USER}&edit=f40~f01~f02", width=390, height=844, appearance="dark")
    expect(page.locator(".st-key-surrogate_after_10")).to_be_visible()
    main = page.locator("[data-testid=stMain]")
    assert main.evaluate("element => element.scrollWidth <= element.clientWidth")
