from collections.abc import Callable

from streamlit.testing.v1 import AppTest

from recexplainer_core.errors import BusyError
from tests.fakes.bundle import FakeEngine
from tests.pages.conftest import FakeApp

FakeAppMaker = Callable[..., FakeApp]


def answer(app: AppTest) -> str | None:
    return next((m.value for m in app.markdown if "is drama" in m.value), None)


def test_nothing_is_asked_before_somebody_asks(fake_app: FakeAppMaker) -> None:
    app = fake_app().open(user="v004", ask="Is it any good?")
    assert app.text_input(key="question").value == "Is it any good?"
    assert answer(app) is None


def test_a_suggested_question_is_answered_and_what_it_says_is_checked(fake_app: FakeAppMaker) -> None:
    fake = fake_app()
    app = fake.open(user="v004", item="f03")
    app.radio(key="about").set_value("item").run()
    assert app.button(key="taught_0").label.startswith("Describe Cléo from 5 to 7")
    app.button(key="taught_0").click().run()
    assert not app.exception
    text = answer(app) or ""
    assert "**Cléo from 5 to 7**" in text and "<b>" not in text
    assert any("unguarded" in m.value for m in app.markdown)
    assert any("1 of 1 statements hold" in m.value for m in app.markdown)
    assert str(app.query_params["ask"]).startswith("Describe")


def test_a_typed_question_is_about_the_user_unless_told_otherwise(fake_app: FakeAppMaker) -> None:
    fake = fake_app()
    app = fake.open(user="v004")
    app.text_input(key="question").set_value("Anything   to say?")
    app.button(key="ask").click().run()
    last = fake.bundle.catalogue.titles[fake.bundle.histories[4][-1]]
    assert f":orange-background[{last}]" in (answer(app) or "").replace("&#46;", ".")
    assert app.query_params["ask"] == "Anything to say?"
    app.radio(key="about").set_value("item").run()
    assert answer(app) is None, "another question, which nobody has asked"


def test_an_answer_belongs_to_its_user(fake_app: FakeAppMaker) -> None:
    app = fake_app().open(user="v004")
    app.button(key="taught_0").click().run()
    assert answer(app)
    app.button(key="next").click().run()
    assert answer(app) is None and not app.exception


def test_a_busy_model_leaves_the_rest_of_the_page(fake_app: FakeAppMaker, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    def busy(*arguments: object, **settings: object) -> None:
        raise BusyError("The model is answering others.")

    monkeypatch.setattr(FakeEngine, "answer", busy)
    app = fake_app().open(user="v004")
    app.button(key="taught_0").click().run()
    assert not app.exception and "answering others" in app.warning[0].value
    assert any("claims hold" in m.value for m in app.markdown)
