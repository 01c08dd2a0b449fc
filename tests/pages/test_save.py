from collections.abc import Callable

from tests.pages.conftest import FakeApp

FakeAppMaker = Callable[..., FakeApp]


def test_the_explanation_is_offered_in_three_forms_only_when_wanted(fake_app: FakeAppMaker) -> None:
    app = fake_app().open(user="v004")
    assert not app.get("download_button")
    app.session_state["save"] = True
    app.run()
    assert not app.exception
    assert len(app.get("download_button")) == 3
