from collections.abc import Callable

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
    assert not app.exception and "evaluate" in app.info[0].value


def test_it_needs_no_language_model(fake_app: Callable[..., FakeApp], monkeypatch) -> None:  # type: ignore[no-untyped-def]
    from recexplainer_core.ui import bundle_cache

    fake = fake_app()

    def refuse(root: object, manifest_hash: str) -> None:
        raise AssertionError("the overview loaded the language model")

    monkeypatch.setattr(bundle_cache, "_engine", refuse)
    assert not fake.open("overview").exception
