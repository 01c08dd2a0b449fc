"""What axe finds on every screen, in both appearances."""

from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

SCREENS = {
    "": "How well they agree",
    "user_explorer": "User explorer",
    "compare_modes": "Compare modes",
    "what_if": "What if",
    "groups": "Groups",
    "item": "What is like it",
    "your_data": "Your data",
    "embedding_map": "Embedding map",
    "alignment_report": "Alignment report",
    "rate_explanations": "Rate explanations",
}
GRAVE = ("serious", "critical")


@pytest.mark.parametrize("appearance", ["light", "dark"])
@pytest.mark.parametrize("screen", SCREENS)
def test_no_grave_violation(address: str, visit: Callable[..., Page], screen: str, appearance: str) -> None:
    page = visit(f"{address}/{screen}", appearance=appearance)
    expect(page.get_by_role("heading", name=SCREENS[screen]).first).to_be_visible()
    expect(page.get_by_test_id("stStatusWidget")).to_have_count(0)
    expect(page.get_by_test_id("stSkeleton")).to_have_count(0)
    page.wait_for_timeout(1500)  # until what arrived last has its colours
    found = Axe().run(page).response["violations"]
    grave = [
        f"{one['id']} ({one['impact']}): {node['html'][:200]}"
        for one in found
        if one["impact"] in GRAVE
        for node in one["nodes"]
    ]
    assert grave == []
