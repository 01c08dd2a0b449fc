from collections.abc import Callable

from streamlit.testing.v1 import AppTest

from recexplainer_core.errors import BusyError
from tests.fakes.bundle import FakeEngine
from tests.pages.conftest import FakeApp

FakeAppMaker = Callable[..., FakeApp]


def ask(app: AppTest, question: str) -> AppTest:
    app.text_input(key="question").set_value(question)
    return app.button(key="ask").click().run()


def said(app: AppTest, part: str) -> bool:
    return any(part in m.value.replace("&#46;", ".") for m in app.markdown)


def test_nothing_is_asked_before_somebody_asks(fake_app: FakeAppMaker) -> None:
    app = fake_app().open(user="v004", ask="Who directed Heat?")
    assert app.text_input(key="question").value == "Who directed Heat?"
    assert not said(app, "Michael Mann")
    assert said(app.button(key="ask").click().run(), "Michael Mann")


def test_every_suggestion_is_answered(fake_app: FakeAppMaker) -> None:
    app = fake_app().open(user="v004", item="f03")
    labels = [app.button(key=f"suggested_{number}").label for number in range(4)]
    for number, label in enumerate(labels):
        app.button(key=f"suggested_{number}").click().run()
        assert not app.exception
        assert said(app, f":gray[**{label}**]")
        assert not said(app, "I did not understand")


def test_a_question_names_what_it_is_about_and_goes_on(fake_app: FakeAppMaker) -> None:
    app = ask(fake_app().open(user="v004"), "Who   directed Heat?")
    assert said(app, "is Michael Mann")
    assert app.query_params["ask"] == "Who directed Heat?"
    app = ask(app, "Are there other films by the same director?")
    assert said(app, "Michael Mann") and said(app, "Who directed Heat?")


def test_a_conversation_belongs_to_its_user(fake_app: FakeAppMaker) -> None:
    app = ask(fake_app().open(user="v004"), "Who directed Heat?")
    assert said(app, "Michael Mann")
    app.button(key="next").click().run()
    assert not said(app, "Michael Mann") and not app.exception


def test_what_is_outside_is_declined(fake_app: FakeAppMaker) -> None:
    app = ask(fake_app().open(user="v004"), "What's the weather like?")
    assert said(app, "I cannot answer that")


def test_a_busy_model_leaves_the_rest_of_the_page(fake_app: FakeAppMaker, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    def busy(*arguments: object, **settings: object) -> None:
        raise BusyError("The model is answering others.")

    app = fake_app().open(user="v004")
    monkeypatch.setattr(FakeEngine, "predict", busy)
    app = ask(app, "What would you suggest next?")
    assert not app.exception and any("answering others" in w.value for w in app.warning)
    assert any("claims hold" in m.value or "bears out" in m.value for m in app.markdown)
