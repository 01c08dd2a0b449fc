from collections.abc import Callable

from tests.fakes.report import without
from tests.pages.conftest import FakeApp


def shown(app: object) -> str:
    return "\n".join(element.value for element in (*app.markdown, *app.caption))  # type: ignore[attr-defined]


def test_it_says_what_is_explained_by_what_and_from_which_data(fake_app: Callable[..., FakeApp]) -> None:
    app = fake_app().open("overview")
    assert not app.exception
    text = shown(app)
    for words in (
        "SASRec",
        "pocket LM",
        "5.2M-parameter",
        "**60** viewers",
        "simulated viewers",
        "written for the tests",
    ):
        assert words in text


def test_it_says_how_well_they_agree(fake_app: Callable[..., FakeApp]) -> None:
    app = fake_app().open("overview")
    assert (
        "**hybrid** mode names the target's first choice **62%** of the time; before alignment, 1.2%"
        in shown(app)
    )
    assert len(app.get("plotly_chart")) == 2


def test_a_bundle_nobody_measured_says_how_to(fake_app: Callable[..., FakeApp]) -> None:
    fake = fake_app()
    fake.bundle.report = None
    app = fake.open("overview")
    assert not app.exception and "Nothing has been measured" in app.info[0].value
    assert "recexplainer_core evaluate" in app.code[0].value


def test_it_needs_no_language_model(fake_app: Callable[..., FakeApp], monkeypatch) -> None:  # type: ignore[no-untyped-def]
    from recexplainer_core.ui.shared import bundle_cache

    fake = fake_app()

    def refuse(root: object, manifest_hash: str) -> None:
        raise AssertionError("the overview loaded the language model")

    monkeypatch.setattr(bundle_cache, "_explainer", refuse)
    assert not fake.open("overview").exception


def links(app: object) -> dict[str, str]:
    found = app.get("page_link")  # type: ignore[attr-defined]
    return {link.proto.label: link.proto.query_string for link in found}


def test_three_users_are_one_click_away(fake_app: Callable[..., FakeApp]) -> None:
    app = fake_app().open("overview")
    found = links(app)
    assert found["Viewer v007"] == "user=v007&mode=hybrid"
    assert found["Viewer v012"] == "user=v012&mode=hybrid"
    assert "begin with the same film and share 10 of 10" in shown(app)
    assert "begin with different films and share 1 of 10" in shown(app)
    assert len([query for query in found.values() if query.startswith("user=")]) == 3


def test_every_other_screen_is_linked(fake_app: Callable[..., FakeApp]) -> None:
    found = links(fake_app().open("overview"))
    assert {"User explorer", "Alignment report"} <= set(found) and "Overview" not in found


def test_an_old_report_still_offers_the_longest_history(fake_app: Callable[..., FakeApp]) -> None:
    fake = fake_app()
    fake.bundle.report = without(fake.bundle.report, "agreement")
    app = fake.open("overview")
    assert len([query for query in links(app).values() if query.startswith("user=")]) == 1
    assert "--into-bundle" in shown(app)
