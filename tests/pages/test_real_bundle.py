import sys
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from recexplainer_core.modes import ALIGNED, AlignmentMode
from tests.pages.conftest import PROJECT


@pytest.fixture
def app(quick_bundle: Path, monkeypatch: pytest.MonkeyPatch) -> AppTest:
    monkeypatch.setattr(sys, "argv", ["app.py", "--bundle", str(quick_bundle)])
    return AppTest.from_file(str(PROJECT / "app.py"), default_timeout=120).run()


def test_a_bundle_as_it_was_built_can_be_explored_in_every_mode(app: AppTest) -> None:
    assert not app.exception and not app.error
    app.switch_page("pages/user_explorer.py").run()
    for mode in (AlignmentMode.NONE, *ALIGNED):
        app.segmented_control(key="mode_control").set_value(str(mode)).run()
        assert not app.exception and not app.error and not app.warning
        for side in ("target", "surrogate"):
            assert sum((button.key or "").startswith(f"{side}_") for button in app.button) == 10
        assert app.button(key="again")
