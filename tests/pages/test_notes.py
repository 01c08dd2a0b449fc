from collections.abc import Callable

from streamlit.testing.v1 import AppTest

from recexplainer_core.ui.user_explorer.hand_over import hand_over_page
from recexplainer_core.ui.user_explorer.notes import notes_file
from tests.pages.conftest import FakeApp

FakeAppMaker = Callable[..., FakeApp]


def opened(fake: FakeApp) -> AppTest:
    app = fake.open(user="v004")
    app.session_state["notes"] = True
    return app.run()


def press(app: AppTest, label: str) -> AppTest:
    return next(one for one in app.button if one.label == label).click().run()


def test_a_note_is_kept_with_the_explanation_listed_and_removed(fake_app: FakeAppMaker) -> None:
    fake = fake_app()
    app = opened(fake)
    app.text_area(key="note_text").set_value("Too many <b>sequels</b>.")
    app = press(app, "Keep it with the explanation")
    assert not app.exception and app.text_area(key="note_text").value == ""
    [note] = notes_file(fake.bundle).read()
    assert note.text == "Too many <b>sequels</b>." and "user=v004" in note.link
    assert note.explanation["user"]["id"] == "v004" and note.explanation["reason"]["text"]
    assert [one for one in app.get("download_button") if one.proto.label == "Report (HTML)"]
    app = press(app, "Remove")
    assert notes_file(fake.bundle).read() == []


def test_the_report_holds_reasons_notes_checks_and_how_it_was_made(fake_app: FakeAppMaker) -> None:
    fake = fake_app(nasty=True)
    app = opened(fake)
    app.text_area(key="note_text").set_value("Too many <b>sequels</b>.")
    press(app, "Keep it with the explanation")
    [note] = notes_file(fake.bundle).read()
    text = hand_over_page(fake.bundle, [note])
    assert "Too many &lt;b&gt;sequels&lt;/b&gt;." in text and "<b>" not in text
    assert note.explanation["item"]["title"] in text or "&" in text
    assert "Claims, checked against the target" in text and fake.bundle.manifest_hash in text
    assert "<script" not in text
