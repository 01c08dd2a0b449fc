from collections.abc import Callable

from tests.pages.conftest import FakeApp

FakeAppMaker = Callable[..., FakeApp]


def test_the_link_names_all_that_is_on_screen(fake_app: FakeAppMaker) -> None:
    app = fake_app().open(user="v004", item="f03", length="5-12")
    app.session_state["copy_link"] = True
    app.run()
    shown = app.code[0].value
    assert all(part in shown for part in ("user=v004", "item=f03", "mode=hybrid", "length=5-12"))


def test_the_explanation_is_offered_in_three_forms_only_when_wanted(fake_app: FakeAppMaker) -> None:
    app = fake_app().open(user="v004")
    assert not app.get("download_button")
    app.session_state["save"] = True
    app.run()
    assert not app.exception
    assert len(app.get("download_button")) == 3
