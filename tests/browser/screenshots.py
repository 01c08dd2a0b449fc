"""Take pictures of every screen: `python -m tests.browser.screenshots [OUT] [--bundle DIR]`.

Without OUT those of the README are renewed; without a bundle the demo is shown.
"""

from __future__ import annotations

import argparse
import io
import tempfile
from collections.abc import Callable
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from recexplainer_core.bundle import Bundle
from recexplainer_core.pipeline.held_out import sample_users
from tests.browser.serving import CHROMIUM, PROJECT, real_app, serving

PICTURES = PROJECT / "assets" / "screenshots"
SIZES = {"wide": (1440, 1000), "phone": (390, 844)}
PATIENCE_MS = 120_000
RATER = "A"


def screens(bundle: Bundle) -> dict[str, tuple[str, Callable[[Page], None]]]:
    """Return for each screen its address and what is done there before the picture is taken."""
    user = int(sample_users(bundle.held_out, 1, 0)[0])
    name = bundle.histories.user_ids[user]
    recent = bundle.histories[user][-bundle.recommender.max_history :]
    shortened = "~".join(bundle.catalogue.item_ids[int(item)] for item in recent[:-1])
    return {
        "overview": ("", shown(".js-plotly-plot")),
        "user_explorer": (f"user_explorer?user={name}", shown(".st-key-again")),
        "compare_modes": (f"compare_modes?user={name}", ask_all_modes),
        "what_if": (
            f"what_if?user={name}&edit={shortened}",
            shown(".st-key-surrogate_after_1"),
        ),
        "groups": (f"groups?user={name}&favourite=genres:science%20fiction", explain_group),
        "item": (f"item?user={name}", shown(".js-plotly-plot")),
        "embedding_map": (f"embedding_map?user={name}", shown(".js-plotly-plot")),
        "alignment_report": ("alignment_report", shown(".js-plotly-plot")),
        "rate_explanations": (f"rate_explanations?rater={RATER}", rate_one),
    }


def shown(selector: str) -> Callable[[Page], None]:
    """Wait until something is on the page."""
    return lambda page: page.locator(selector).first.wait_for()


def ask_all_modes(page: Page) -> None:
    page.get_by_role("button", name="Ask all").click()
    page.get_by_text("claims hold").nth(3).wait_for()


def explain_group(page: Page) -> None:
    page.get_by_role("button", name="Explain these").click()
    page.get_by_text("Their reasons", exact=True).wait_for()


def rate_one(page: Page) -> None:
    write = page.get_by_role("button", name="Write the explanations")
    text = page.get_by_text("Text 1 of")
    write.or_(text).first.wait_for()
    if write.is_visible():
        write.click()
    text.wait_for()


def picture(
    browser: Browser, link: str, prepare: Callable[[Page], None], size: tuple[int, int], appearance: str
) -> bytes:
    """Return a WebP of the upper part of a page, once it is prepared and at rest."""
    page = browser.new_page(
        viewport={"width": size[0], "height": size[1]},
        color_scheme=appearance,  # type: ignore[arg-type]
    )
    page.set_default_timeout(PATIENCE_MS)
    page.goto(link)
    prepare(page)
    page.wait_for_function(
        "!document.querySelector('[data-testid=stSkeleton], [data-testid=stStatusWidget]')",
        timeout=PATIENCE_MS,
    )
    page.wait_for_timeout(1500)
    page.locator("[data-testid=stMain]").evaluate("main => main.scrollTo(0, 0)")
    packed = io.BytesIO()
    Image.open(io.BytesIO(page.screenshot())).convert("RGB").save(packed, "WEBP", quality=70, method=6)
    page.close()
    return packed.getvalue()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path, nargs="?", default=PICTURES)
    parser.add_argument("--bundle", type=Path, default=PROJECT / "assets" / "demo")
    given = parser.parse_args()
    given.out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as ratings, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        with serving([*real_app(given.bundle), "--ratings", ratings]) as address:
            for screen, (path, prepare) in screens(Bundle.open(given.bundle)).items():
                for name, size in SIZES.items():
                    for appearance in ("light", "dark"):
                        taken = picture(browser, f"{address}/{path}", prepare, size, appearance)
                        (given.out / f"{screen}_{name}_{appearance}.webp").write_bytes(taken)
        browser.close()


if __name__ == "__main__":
    main()
