import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from recexplainer_core.evaluation.human.rated import RatedExplanation, RoundPlan
from recexplainer_core.evaluation.human.ratings import RatingsFile
from recexplainer_core.evaluation.judge import LEVELS
from recexplainer_core.ui.rate_explanations import rating_levels
from tests.fakes.bundle import NASTY, FakeWriter
from tests.pages.conftest import FakeApp

FakeAppMaker = Callable[..., FakeApp]
PAGE = "rate_explanations"
WHY = "names no reason"


@pytest.fixture(autouse=True)
def fast_readers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rating_levels, "FASTEST_S", 0.0)


def kept(fake: FakeApp) -> RatingsFile:
    return RatingsFile(fake.bundle.root.parent / "ratings" / "fake.sqlite")


def written(fake: FakeApp, users: int = 2, **link: str) -> AppTest:
    """The page with a round of explanations of every mode."""
    app = fake.open(PAGE, **link)
    app.number_input(key="round_users").set_value(users)
    button(app, "Write the explanations").click().run()
    assert not app.exception
    return app


def button(app: AppTest, label: str) -> object:
    return next(one for one in app.button if one.label == label)


def everything(app: AppTest) -> str:
    kinds = (app.markdown, app.caption, app.subheader, app.info, app.warning, app.error, app.success)
    return "\n".join([*(one.value for kind in kinds for one in kind), *(one.label for one in app.button)])


def rate(app: AppTest, level: int) -> None:
    app.button(key=f"level_{level}").click().run()
    if level < 2:
        next(one for one in app.text_input if str(one.key).startswith("why_")).set_value(WHY)
        button(app, "Save").click().run()
    assert not app.exception


def test_nothing_is_written_before_it_is_asked_for(fake_app: FakeAppMaker) -> None:
    fake = fake_app()
    app = fake.open(PAGE)
    assert not app.exception and "written for rating yet" in app.info[0].value
    assert not kept(fake).path.parent.exists()


def test_a_whole_round_of_two_raters(fake_app: FakeAppMaker) -> None:
    fake = fake_app()
    app = written(fake, rater="Ana")
    (one,) = kept(fake).rounds(fake.bundle.manifest_hash)
    assert one.complete and one.plan.texts == 8
    texts = kept(fake).explanations(one.id)
    for done in range(8):
        assert f"Text {done + 1} of 8" in everything(app)
        shown = everything(app)
        assert not any(mode in shown for mode in one.plan.modes), "the mode is not given away"
        assert "claims hold" not in shown, "the checks would lead the rater"
        rate(app, done % 4)
    assert "All 8 explanations are rated" in app.success[0].value
    app.button(key="to_results").click().run()
    assert not app.exception and app.dataframe
    assert "once two people" in everything(app)

    other = fake.open(PAGE, rater="Ben")
    for _ in range(8):
        rate(other, 3)
    other.button(key="to_results").click().run()
    assert {metric.label for metric in other.metric} == {"Krippendorff's alpha (ordinal)"}
    tables = [frame.value for frame in other.dataframe]
    assert sorted(tables[0]["mode"]) == ["before alignment", "behaviour", "hybrid", "intention"]
    assert set(tables[0]["ratings"]) == {4} and list(tables[1]["rated"]) == [8, 8]
    assert list(tables[2]["raters"]) == ["Ana and Ben"] and set(tables[2]["same level"]) == {"25%"}
    records = kept(fake).records(fake.bundle.manifest_hash)
    assert len(records) == 16 and all(one["blind"] for one in records)
    assert all(texts[one["explanation"]].text == one["text"] for one in records)


def test_the_levels_are_worded_as_for_judges_and_have_keys(fake_app: FakeAppMaker) -> None:
    app = written(fake_app(), rater="Ana")
    labels = {level: app.button(key=f"level_{level}") for level in LEVELS}
    for level, one in labels.items():
        assert LEVELS[level][1:] in one.label and one.proto.shortcut == str(level + 1)


def test_a_low_level_waits_for_its_why(fake_app: FakeAppMaker) -> None:
    fake = fake_app()
    app = written(fake, rater="Ana")
    app.button(key="level_0").click().run()
    assert not kept(fake).records(fake.bundle.manifest_hash)
    button(app, "Save").click().run()
    assert "at least 3" in app.warning[0].value
    assert not kept(fake).records(fake.bundle.manifest_hash)
    next(one for one in app.text_input if str(one.key).startswith("why_")).set_value(WHY)
    button(app, "Save").click().run()
    (record,) = kept(fake).records(fake.bundle.manifest_hash)
    assert (record["level"], record["why"], record["rater"]) == (0, WHY, "Ana")


def test_going_back_corrects_and_skipping_comes_back(fake_app: FakeAppMaker) -> None:
    fake = fake_app()
    app = written(fake, users=1, rater="Ana")
    app.button(key="next_text").click().run()
    assert "Text 2 of 4" in everything(app) and app.query_params["place"] == "2"
    for _ in range(3):
        rate(app, 2)
    assert "Text 1 of 4" in everything(app), "what was skipped comes back"
    app.button(key="next_text").click().run()
    assert "Text 1 of 4" in everything(app), "nothing else is left"
    app.query_params["place"] = "2"
    app.run()
    assert "You gave 2" in everything(app)
    rate(app, 3)
    records = kept(fake).records(fake.bundle.manifest_hash)
    assert [(one["level"], one["current"]) for one in records][0] == (2, False) and len(records) == 4


def test_a_key_held_down_rates_one_text_only(fake_app: FakeAppMaker, monkeypatch: pytest.MonkeyPatch) -> None:
    fake = fake_app()
    app = written(fake, rater="Ana")
    rate(app, 3)
    monkeypatch.setattr(rating_levels, "FASTEST_S", 60.0)
    rate(app, 3)
    assert "Text 2 of 8" in everything(app)
    assert len(kept(fake).records(fake.bundle.manifest_hash)) == 1


def test_results_are_closed_while_one_is_rating(fake_app: FakeAppMaker) -> None:
    app = written(fake_app(), rater="Ana")
    rate(app, 3)
    app.segmented_control(key="rating_view").set_value("Results").run()
    assert "1 of 8" in app.info[0].value and not app.dataframe
    app.button(key="back_to_rating").click().run()
    assert "Text 2 of 8" in everything(app)


def test_a_link_that_means_nothing_falls_back(fake_app: FakeAppMaker) -> None:
    fake = fake_app()
    written(fake, rater="Ana")
    app = fake.open(PAGE, rater="Ana", round="99", place="400", view="inside")
    assert not app.exception
    assert all(word in app.warning[0].value for word in ("99", "400", "inside"))
    assert "Text 1 of 8" in everything(app) and app.query_params["round"] == "1"


def test_a_model_that_is_busy_half_way_goes_on_where_it_was(
    fake_app: FakeAppMaker, monkeypatch: pytest.MonkeyPatch
) -> None:
    fake = fake_app()
    write, calls = FakeWriter.write, []

    def busy_the_second_time(writer: FakeWriter, *asked: object) -> list[str]:
        calls.append(asked)
        writer.engine.busy = len(calls) == 2
        try:
            return write(writer, *asked)  # type: ignore[arg-type]
        finally:
            writer.engine.busy = False

    monkeypatch.setattr(FakeWriter, "write", busy_the_second_time)
    app = fake.open(PAGE, rater="Ana")
    app.number_input(key="round_users").set_value(6)
    button(app, "Write the explanations").click().run()
    assert not app.exception and "answering others" in app.warning[0].value
    other = fake.open(PAGE, rater="Ben")
    assert "16 of 24" in other.warning[0].value, "nothing starts by itself"
    other.button(key="go_on").click().run()
    assert not other.exception and "Text 1 of 24" in everything(other)
    app.button(key="retry").click().run()
    assert not app.exception and "Text 1 of 24" in everything(app)
    assert len(calls) == 3, "nothing is written twice"


def test_a_rating_that_could_not_be_kept_is_kept_at_the_next_try(
    fake_app: FakeAppMaker, monkeypatch: pytest.MonkeyPatch
) -> None:
    fake = fake_app()
    app = written(fake, rater="Ana")
    monkeypatch.setattr("recexplainer_core.evaluation.human.ratings_store.WAIT_S", 0.1)
    other = sqlite3.connect(kept(fake).path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    app.button(key="level_3").click().run()
    assert not app.exception and "Others" in app.warning[0].value
    other.close()
    app.button(key="retry").click().run()
    (record,) = kept(fake).records(fake.bundle.manifest_hash)
    assert record["level"] == 3 and "Text 2 of 8" in everything(app)


def test_a_foreign_file_is_named_and_left_alone(fake_app: FakeAppMaker) -> None:
    fake = fake_app()
    path: Path = kept(fake).path
    path.parent.mkdir()
    path.write_text("These are notes, not a database.")
    app = fake.open(PAGE)
    assert not app.exception and "another folder" in app.error[0].value
    assert path.read_text() == "These are notes, not a database."


def test_nobody_held_out_is_told_apart(fake_app: FakeAppMaker) -> None:
    fake = fake_app()
    fake.bundle.held_out[:] = False
    app = fake.open(PAGE)
    assert not app.exception and "taught on every viewer" in app.info[0].value


def test_titles_and_words_of_raters_are_never_markup(fake_app: FakeAppMaker) -> None:
    app = written(fake_app(nasty=True), users=12, rater=NASTY)
    for _ in range(48):
        assert not app.exception
        for text in everything(app).splitlines():
            assert NASTY not in text and "<b>" not in text and ":red[z]" not in text
        rate(app, 2)
    assert app.success


def test_what_is_rated_in_place_is_kept_apart(fake_app: FakeAppMaker) -> None:
    fake = fake_app()
    app = fake.open(user="v004")
    assert not kept(fake).path.exists()
    app.session_state["rate_panel"] = True
    app.run()
    app.text_input(key="in_place_rater").set_value("Ana")
    app.radio(key="in_place_level").set_value(1)
    button(app, "Save").click().run()
    assert "at least 3" in app.warning[0].value
    app.text_input(key="in_place_why").set_value(WHY)
    button(app, "Save").click().run()
    assert not app.exception
    (record,) = kept(fake).records(fake.bundle.manifest_hash)
    assert (record["mode"], record["user"], record["level"], record["blind"]) == ("hybrid", "v004", 1, False)
    assert record["text"].startswith("Above all") and record["settings"]["temperature"] == 0

    page = written(fake, users=1, rater="Ben")
    for _ in range(4):
        rate(page, 3)
    page.button(key="to_results").click().run()
    assert set(page.dataframe[0].value["ratings"]) == {1}, "not among the blind ones"
    assert page.dataframe[-1].value.to_dict("records") == [{"mode": "hybrid", "ratings": 1, "mean": 1.0}]


def test_a_rating_that_waits_goes_to_the_bundle_that_it_is_of(fake_app: FakeAppMaker, tmp_path: Path) -> None:
    fake = fake_app()
    written(fake, rater="Ana")
    other = RatingsFile(tmp_path / "other.sqlite")
    plan = RoundPlan("other", "b" * 64, 1, 0, ("hybrid",))
    other.add(other.open_round(plan, {}), [RatedExplanation("u", "i", "Alien", (), "hybrid", "", "Because.")])
    [text] = other.explanations(1)
    app = fake.open(PAGE, rater="Ana")
    app.session_state["rating_pending"] = rating_levels.Pending(
        rating_levels.TextOnScreen(other.path, plan.manifest_hash, text), "Ana", 3, ""
    )
    app.run()
    assert not app.exception and "rating_pending" not in app.session_state
    assert [one["level"] for one in other.records(plan.manifest_hash)] == [3]
    assert kept(fake).records(fake.bundle.manifest_hash) == []


def test_a_rating_of_a_text_that_is_gone_is_refused_once(fake_app: FakeAppMaker) -> None:
    fake = fake_app()
    app = written(fake, rater="Ana")
    text = rating_levels.TextOnScreen(kept(fake).path, "c" * 64, 1)
    app.session_state["rating_pending"] = rating_levels.Pending(text, "Ana", 3, "")
    app.run()
    assert "cannot be kept" in app.error[0].value
    app.run()
    assert not app.error and kept(fake).records(fake.bundle.manifest_hash) == []
