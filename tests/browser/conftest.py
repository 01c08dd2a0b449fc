from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.browser.serving import CHROMIUM, fake_app, serving

WAIT_MS = 90_000
expect.set_options(timeout=WAIT_MS)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    if not CHROMIUM.exists():
        pytest.skip(f"no Chromium at {CHROMIUM}: apt-get install chromium, or set CHROMIUM to its path")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def address(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The app on the fake bundle, one title of which is full of markup."""
    folder: Path = tmp_path_factory.mktemp("served") / "fake"
    with serving(fake_app(folder, "nasty")) as where:
        yield where


@pytest.fixture
def visit(browser: Browser) -> Iterator[Callable[..., Page]]:
    """Open an address in a new window of the given size and appearance."""
    opened: list[Page] = []

    def open_page(link: str, width: int = 1440, height: int = 900, appearance: str = "light") -> Page:
        page = browser.new_page(
            viewport={"width": width, "height": height},
            color_scheme=appearance,  # type: ignore[arg-type]
        )
        page.set_default_timeout(WAIT_MS)
        opened.append(page)
        page.goto(link)
        return page

    yield open_page
    for page in opened:
        page.close()
