"""Take pictures of every page: `python -m tests.browser.screenshots OUT [--bundle DIR] [--readme]`.

Without a bundle the fake one is shown. With `--readme` the picture of the README is renewed as well.
"""

from __future__ import annotations

import argparse
import io
import tempfile
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, sync_playwright

from tests.browser.serving import CHROMIUM, PROJECT, fake_app, real_app, serving

README_PICTURE = PROJECT / "assets" / "screenshots" / "user_explorer.png"
PAGES = {"overview": ("", ".js-plotly-plot"), "user_explorer": ("user_explorer", ".st-key-again")}
SIZES = {"wide": (1440, 900), "phone": (390, 844)}


def picture(
    browser: Browser, link: str, ready: str, size: tuple[int, int], appearance: str, whole: bool
) -> bytes:
    """Return a PNG of a page once `ready` is on it; `whole` shows what lies below the window as well."""
    page = browser.new_page(
        viewport={"width": size[0], "height": size[1]},
        color_scheme=appearance,  # type: ignore[arg-type]
    )
    page.goto(link)
    page.wait_for_selector(ready, timeout=120_000)
    if whole:
        height = page.locator("[data-testid=stMainBlockContainer]").evaluate(
            "element => element.offsetHeight"
        )
        page.set_viewport_size({"width": size[0], "height": max(size[1], height)})
    page.wait_for_function("!document.querySelector('[data-testid=stSkeleton]')", timeout=120_000)
    page.wait_for_timeout(1500)
    png = page.screenshot()
    page.close()
    return png


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path)
    parser.add_argument("--bundle", type=Path)
    parser.add_argument("--readme", action="store_true")
    given = parser.parse_args()
    given.out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        command = real_app(given.bundle) if given.bundle else fake_app(Path(folder) / "fake")
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        with serving(command) as address:
            for page, (path, ready) in PAGES.items():
                for name, size in SIZES.items():
                    for appearance in ("light", "dark"):
                        png = picture(browser, f"{address}/{path}", ready, size, appearance, whole=True)
                        (given.out / f"{page}_{name}_{appearance}.png").write_bytes(png)
            if given.readme:
                path, ready = PAGES["user_explorer"]
                png = picture(browser, f"{address}/{path}", ready, (1280, 860), "light", whole=False)
                README_PICTURE.parent.mkdir(parents=True, exist_ok=True)
                Image.open(io.BytesIO(png)).convert("RGB").quantize(128).save(README_PICTURE, optimize=True)
        browser.close()


if __name__ == "__main__":
    main()
