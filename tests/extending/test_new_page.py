"""A page is one script and one entry in `app_pages`."""

import sys

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from recexplainer_core.locations import ASSETS, SHIPPED
from recexplainer_core.ui.shared import navigation

PAGE = "tests/extending/new_page.py"


def test_the_new_page_is_in_the_menu_and_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    pages = navigation.app_pages
    monkeypatch.setattr(
        navigation, "app_pages", lambda: [*pages(), st.Page(SHIPPED / PAGE, title="Most chosen")]
    )
    monkeypatch.setattr(sys, "argv", ["app.py", "--bundle", str(ASSETS / "demo-pocket")])
    app = AppTest.from_file(str(SHIPPED / "app.py"), default_timeout=120).run()
    app.switch_page(PAGE).run()
    assert not app.exception and not app.error
    assert app.title[0].value == "Most watched"
    [table] = app.dataframe
    assert table.value["Viewers"].is_monotonic_decreasing and len(table.value) == 10
