"""Gestures on the embedding map: click, lasso, links between both maps and to other pages."""

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

Visit = Callable[..., Page]
POSITION = """([chart, number]) => {
    const plot = document.querySelectorAll('.js-plotly-plot')[chart], layout = plot._fullLayout;
    const box = plot.getBoundingClientRect();
    for (const trace of plot._fullData) {
        const row = Array.from(trace.customdata || []).indexOf(number);
        if (row >= 0) return [
            box.left + layout.xaxis._offset + layout.xaxis.l2p(trace._input.x._inputArray?.[row] ?? trace.x[row]),
            box.top + layout.yaxis._offset + layout.yaxis.l2p(trace._input.y._inputArray?.[row] ?? trace.y[row])];
    }
}"""
ZOOM = "chart => document.querySelectorAll('.js-plotly-plot')[chart]._fullLayout.xaxis.range.join()"


def opened(page: Page) -> Page:
    page.locator(".js-plotly-plot .gl-canvas").nth(1).wait_for(state="attached")
    expect(page.locator(".js-plotly-plot")).to_have_count(2)
    page.wait_for_function("!document.querySelector('[data-testid=stStatusWidget]')")
    return page


def position(page: Page, chart: int, number: int) -> tuple[float, float]:
    page.wait_for_function(f"arguments => ({POSITION})(arguments)", arg=[chart, number])
    x, y = page.evaluate(POSITION, [chart, number])
    return x, y


def test_a_click_chooses_leaves_its_map_alone_and_names_the_item_on_the_other(
    address: str, visit: Visit
) -> None:
    page = opened(visit(f"{address}/embedding_map", height=1300))
    page.locator(".js-plotly-plot").first.hover()
    page.mouse.wheel(0, -120)
    page.wait_for_timeout(500)
    zoom = page.evaluate(ZOOM, 0)
    page.mouse.click(*position(page, 0, 17))
    expect(page.get_by_role("heading", level=3)).to_have_text("Playtime")
    expect(page).to_have_url(re.compile("item=f17"))
    expect(page.locator(".js-plotly-plot").nth(1).locator(".annotation-text")).to_have_text("Playtime")
    assert page.evaluate(ZOOM, 0) == zoom


def test_a_lasso_fills_a_table_and_rings_the_same_items_on_the_other_map(address: str, visit: Visit) -> None:
    page = opened(visit(f"{address}/embedding_map?layers=everybody", height=1300))
    plot = page.locator(".js-plotly-plot").first
    plot.hover()
    plot.locator("[data-title='Lasso Select']").click()
    left, bottom = position(page, 0, 1)
    right, top = position(page, 0, 16)
    corners = [
        (left - 12, top - 12),
        (right + 12, top - 12),
        (right + 12, bottom + 12),
        (left - 12, bottom + 12),
    ]
    page.mouse.move(*corners[0])
    page.mouse.down()
    for corner in [*corners[1:], corners[0]]:
        page.mouse.move(*corner, steps=6)
    page.mouse.up()
    expect(page.get_by_role("heading", name="films selected")).to_be_visible()
    expect(page.get_by_role("heading", name="viewers selected")).to_be_visible()
    rings = "document.querySelectorAll('.js-plotly-plot')[{}]._fullData.some(t => t.name === 'selected')"
    page.wait_for_function(rings.format(1))
    assert not page.evaluate(rings.format(0)), "the lasso itself is still there"
    with page.expect_download() as download:
        page.get_by_role("button", name="Save these films (CSV)").click()
    text = download.value.path().read_text()
    assert text.startswith("# bundle: fake; manifest sha256: ") and "Solaris" in text


def test_a_click_on_a_user_draws_history_and_recommendations(address: str, visit: Visit) -> None:
    page = opened(visit(f"{address}/embedding_map?layers=everybody", height=1300))
    page.mouse.click(*position(page, 0, -4))
    expect(page).to_have_url(re.compile("user=v003"))
    expect(page.get_by_role("button", name="Viewer v003", exact=True)).to_be_visible()
    page.wait_for_function(
        "document.querySelector('.js-plotly-plot')?._fullData?.some(trace => trace.name === 'history')"
    )


def test_a_search_flies_on_both_maps_and_the_item_opens_in_the_user_explorer(
    address: str, visit: Visit
) -> None:
    page = opened(visit(f"{address}/embedding_map?user=v004", height=1300))
    page.get_by_role("combobox", name="Fly to a film").fill("Persona")
    page.get_by_role("option", name="Persona").click()
    for chart in (0, 1):
        expect(page.locator(".js-plotly-plot").nth(chart).locator(".annotation-text")).to_have_text("Persona")
    page.get_by_role("button", name=re.compile("Viewer v004")).click()
    expect(page.get_by_role("heading", name="User explorer")).to_be_visible()
    expect(page.get_by_role("button", name="Viewer v004")).to_be_visible()


def test_the_map_fits_a_phone_and_a_link_brings_it_back(address: str, visit: Visit) -> None:
    link = (
        f"{address}/embedding_map?colour=attribute%3Agenres&beside=connector&layers=chosen&item=f03&user=v007"
    )
    page = opened(visit(link, width=390, height=844, appearance="dark"))
    expect(page.get_by_role("heading", level=3)).to_have_text("Cléo from 5 to 7")
    expect(page.get_by_role("button", name="Viewer v007", exact=True)).to_be_visible()
    main = page.locator("[data-testid=stMain]")
    assert main.evaluate("element => element.scrollWidth <= element.clientWidth")
