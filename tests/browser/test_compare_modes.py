"""Compare modes in a real browser: a choice, the reasons, a second user, a row of the table, a saved file."""

from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest
from playwright.sync_api import Page, expect

Visit = Callable[..., Page]
PAGE = "compare_modes"


def test_an_item_four_reasons_a_second_user_and_the_link_to_all_of_it(
    address: str, visit: Visit, tmp_path: Path
) -> None:
    page = visit(f"{address}/{PAGE}?user=v004")
    button = page.locator(".st-key-first_behaviour_4 button").first
    asked = f"Why {button.inner_text().split(chr(0x2002))[-1].strip()}?"
    button.click()
    expect(page.get_by_role("heading", level=3)).to_have_text(asked)
    page.get_by_role("button", name="Ask all four for their reason").click()
    expect(page.get_by_text("claims hold")).to_have_count(4)
    with page.expect_download() as saved:
        page.get_by_role("button", name="Save reasons (CSV)").click()
    saved.value.save_as(tmp_path / "reasons.csv")
    table = pd.read_csv(tmp_path / "reasons.csv")
    assert set(table["mode"]) == {"none", "behaviour", "intention", "hybrid"}
    assert set(table["user"]) == {"v004"} and table["manifest_sha256"].str.len().eq(64).all()

    page.get_by_role("button", name="Pin this viewer").click()
    expect(
        page.get_by_role("button", name="Unpin")
    ).to_be_visible()  # a click on top would be all that is sent
    page.locator(".st-key-next button").click()
    expect(page.locator(".st-key-side_beside")).to_contain_text("Viewer v004")
    again = visit(page.url)
    expect(again.locator(".st-key-side_beside")).to_contain_text("Viewer v004")
    expect(again.get_by_role("button", name="Viewer v005")).to_be_visible()


def test_a_row_of_the_survey_opens_that_user(address: str, visit: Visit) -> None:
    page = visit(f"{address}/{PAGE}?user=v004")
    page.get_by_text("about whom the modes disagree most").click()
    page.get_by_role("button", name="Ask all modes about 12 viewers").click()
    expect(page.get_by_text("each mode's overlap with the target")).to_be_visible()
    table = page.locator(".st-key-disagreement_survey")
    first = table.locator("canvas").first
    expect(first).to_be_visible()
    wanted = table.locator("td").first
    expect(wanted).to_be_attached()
    user_id = wanted.text_content()
    box = first.bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + 60, box["y"] + 52)
    expect(page.get_by_role("button", name=f"Viewer {user_id}")).to_be_visible()
    assert f"user={user_id}" in page.url


@pytest.mark.parametrize("link", [PAGE, f"{PAGE}?user=v040&beside=v004"])
def test_nothing_is_wider_than_a_phone(address: str, visit: Visit, link: str) -> None:
    page = visit(f"{address}/{link}", width=390, height=844)
    page.get_by_role("button", name="Ask all four").wait_for()
    main = page.locator("[data-testid=stMain]")
    assert main.evaluate("element => element.scrollWidth <= element.clientWidth")
