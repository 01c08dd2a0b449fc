from collections.abc import Callable

from streamlit.testing.v1 import AppTest

from recexplainer_core.errors import BusyError
from recexplainer_core.histories import Histories
from recexplainer_core.modes import AlignmentMode
from tests.fakes.bundle import NASTY, FakeWriter
from tests.pages.conftest import FakeApp

FakeAppMaker = Callable[..., FakeApp]


def titles(app: AppTest, side: str) -> list[str]:
    buttons = [button for button in app.button if (button.key or "").startswith(f"{side}_")]
    return [button.label for button in buttons]


def reason(app: AppTest) -> str:
    return next(m.value for m in app.markdown if "because of" in m.value)


def history(app: AppTest) -> str:
    return next(m.value for m in app.markdown if "-background[" in m.value and "because" not in m.value)


def metrics(app: AppTest) -> dict[str, str]:
    return {metric.label: metric.value for metric in app.metric}


def test_both_lists_and_their_agreement_are_shown(fake_app: FakeAppMaker) -> None:
    app = fake_app().open()
    assert not app.exception
    assert len(titles(app, "target")) == len(titles(app, "surrogate")) == 10
    assert titles(app, "target")[0] == titles(app, "surrogate")[0]
    assert metrics(app) == {
        "First choice": "agrees",
        "In both lists": "8 of 10",
        "In the same order": "93% of pairs",
    }


def test_who_has_seen_everything_is_told_apart(fake_app: FakeAppMaker) -> None:
    app = fake_app()
    n_items = len(app.bundle.catalogue)
    app.bundle.histories = Histories.from_lists([list(range(n_items)), [0, 1]], ["v000", "v001"])
    shown = app.open(user="v000")
    assert not shown.exception
    assert "everything in the catalogue" in shown.info[0].value


def test_the_first_recommendation_is_explained_and_its_citations_marked(fake_app: FakeAppMaker) -> None:
    fake = fake_app()
    app = fake.open(user="v004")
    last = fake.bundle.catalogue.titles[fake.bundle.histories[4][-1]]
    assert app.subheader[0].value == f"Why {titles(app, 'target')[0]}?"
    assert f":orange-background[{last}]" in reason(app)
    assert f":orange-background[**{last}**]" in history(app)


def test_choosing_an_item_of_either_list_asks_about_it(fake_app: FakeAppMaker) -> None:
    app = fake_app().open(user="v004")
    for side, rank in (("target", 3), ("surrogate", 9)):
        title = titles(app, side)[rank - 1].removeprefix(":gray[").removesuffix("]")
        app.button(key=f"{side}_{rank}").click().run()
        assert app.subheader[0].value == f"Why {title}?"
        assert f"**{title}**" in reason(app)
    assert app.query_params["item"]


def test_another_mode_predicts_another_list(fake_app: FakeAppMaker) -> None:
    app = fake_app().open()
    before = titles(app, "surrogate")
    app.segmented_control(key="mode_control").set_value("behaviour").run()
    assert not app.exception
    assert titles(app, "surrogate") != before
    assert app.query_params["mode"] == "behaviour"
    assert metrics(app)["First choice"] == "differs"


def test_a_bundle_offers_only_its_modes(fake_app: FakeAppMaker) -> None:
    app = fake_app(modes=[AlignmentMode.INTENTION]).open()
    assert list(app.segmented_control(key="mode_control").options) == [":green[none]", ":green[intention]"]


def test_a_link_opens_what_it_names(fake_app: FakeAppMaker) -> None:
    fake = fake_app()
    app = fake.open(user="v007", item="f03", mode="intention")
    assert not app.warning
    assert app.subheader[0].value == f"Why {fake.bundle.catalogue.titles[3]}?"
    assert "no titles" in " ".join(c.value for c in app.caption)


def test_a_link_to_what_is_not_there_falls_back_and_says_so(fake_app: FakeAppMaker) -> None:
    app = fake_app().open(user="nobody", item="none", mode="telepathy")
    assert not app.exception
    assert all(word in app.warning[0].value for word in ("nobody", "no mode", "telepathy"))
    assert app.query_params["user"] == "v002"
    assert len(titles(app, "target")) == 10


def test_next_previous_and_random_stay_among_the_users_on_offer(fake_app: FakeAppMaker) -> None:
    fake = fake_app()
    app = fake.open(user="v002")
    app.toggle(key="only_held_out").set_value(True).run()
    app.button(key="next").click().run()
    assert app.query_params["user"] == "v007"
    app.button(key="previous").click().run()
    assert app.query_params["user"] == "v002"
    assert app.button(key="previous").disabled
    for _ in range(5):
        app.button(key="random").click().run()
        assert fake.bundle.held_out[fake.bundle.histories.find(str(app.query_params["user"]))]


def test_another_user_starts_at_the_first_recommendation(fake_app: FakeAppMaker) -> None:
    app = fake_app().open(user="v004", item="f03")
    app.button(key="next").click().run()
    assert "item" not in app.query_params
    assert app.subheader[0].value == f"Why {titles(app, 'target')[0]}?"


def test_a_search_narrows_the_table_and_a_row_chooses(fake_app: FakeAppMaker) -> None:
    app = fake_app().open()
    app.session_state["browse"] = True
    app.run()
    app.text_input(key="user_search").set_value("01").run()
    assert list(app.dataframe[0].value["id"])[:3] == ["v001", "v010", "v011"]
    app.text_input(key="user_search").set_value("zzz").run()
    assert "zzz" in app.warning[0].value and not app.dataframe


def test_the_recorded_taste_is_shown_and_called_simulated(fake_app: FakeAppMaker) -> None:
    fake = fake_app()
    app = fake.open(user="v004")
    causes = [cause or "at random" for cause in fake.bundle.histories.causes_of(4) or []][-10:]
    assert not any(cause.split(": ")[-1] in history(app) for cause in causes)
    assert "simulated" in app.toggle(key="causes").label
    app.toggle(key="causes").set_value(True).run()
    assert all(cause.split(": ")[-1] in history(app) for cause in causes)


def test_a_stopped_reason_stays_and_again_writes_another(fake_app: FakeAppMaker) -> None:
    app = fake_app().open(user="v004")
    first = reason(app)
    app.run()
    assert reason(app) == first, "a finished reason is not written twice"
    app.button(key="again").click().run()
    assert reason(app).startswith("Chiefly")


def test_titles_are_never_markup(fake_app: FakeAppMaker) -> None:
    fake = fake_app(nasty=True)
    item = fake.bundle.catalogue.item_ids[-1]
    user = next(u for u in range(60) if fake.bundle.catalogue.by_id[item] in fake.bundle.histories[u][-1:])
    app = fake.open(user=fake.bundle.histories.user_ids[user], item=item)
    assert not app.exception
    everything = [
        *(element.value for kind in (app.markdown, app.caption, app.subheader) for element in kind),
        *(text or "" for button in app.button for text in (button.label, button.help)),
    ]
    assert any("&#42;&#42;x&#42;&#42;" in text for text in everything)
    for text in everything:
        assert NASTY not in text and "<b>" not in text and "$y$" not in text and ":red[" not in text


def test_a_busy_model_is_called_busy_and_can_be_asked_again(fake_app: FakeAppMaker) -> None:
    fake = fake_app()
    fake.engine.busy = True
    app = fake.open()
    assert not app.exception and "busy" not in app.title[0].value
    assert "answering others" in app.warning[0].value
    fake.engine.busy = False
    app.button(key="retry").click().run()
    assert not app.warning and len(titles(app, "surrogate")) == 10


def test_a_busy_model_while_explaining_leaves_the_lists_alone(
    fake_app: FakeAppMaker,
    monkeypatch,  # type: ignore[no-untyped-def]
) -> None:
    def busy(*arguments: object, **settings: object) -> None:
        raise BusyError("The model is answering others.")

    monkeypatch.setattr(FakeWriter, "stream", busy)
    app = fake_app().open()
    assert not app.exception and "answering others" in app.warning[0].value
    assert len(titles(app, "surrogate")) == 10


def test_what_is_said_is_tested_and_the_effects_are_drawn(fake_app: FakeAppMaker) -> None:
    app = fake_app().open(user="v004")
    checked = next(m.value for m in app.markdown if "claims hold" in m.value)
    assert "Checked against the target" in checked
    assert any("could not be read" in m.value for m in app.markdown)
    assert any("What the target makes of each film" in m.value for m in app.markdown)


def test_a_reason_can_be_tested_by_taking_away_what_it_cites(fake_app: FakeAppMaker) -> None:
    fake = fake_app()
    app = fake.open(user="v004")
    app.button(key="trial").click().run()
    assert not app.exception
    assert {"Target", "LLM", "Target's score"} <= set(metrics(app))
    last = fake.bundle.catalogue.titles[fake.bundle.histories[4][-1]]
    assert any(f"without :orange-background[{last}]" in m.value or last in m.value for m in app.markdown)
    # The fake target recommends what follows the last film: without it, its first choice is another one.
    assert metrics(app)["Target"] != "no. 1"


def test_any_other_item_can_be_asked_about(fake_app: FakeAppMaker) -> None:
    fake = fake_app()
    seen = {int(item) for item in fake.bundle.histories[4]}
    app = fake.open(user="v004")
    seen = {int(i) for i in fake.bundle.histories[4]}
    listed = " ".join((*titles(app, "target"), *titles(app, "surrogate")))
    names = fake.bundle.catalogue.titles
    wanted = next(t for i, t in enumerate(names) if i not in seen and t.isalpha() and t not in listed)
    app.text_input(key="other_item").set_value(wanted.upper()).run()
    app.button(key="other_item_0").click().run()
    assert not app.exception
    assert app.subheader[0].value == f"Why {wanted}?"
    app.text_input(key="other_item").set_value(names[next(iter(seen))]).run()
    offered = [button.label for button in app.button if (button.key or "").startswith("other_item_")]
    assert names[next(iter(seen))] not in offered, "what was watched cannot be recommended"


def test_two_items_are_compared_when_asked(fake_app: FakeAppMaker) -> None:
    fake = fake_app()
    app = fake.open(user="v004")
    other = titles(app, "target")[1]
    suggested = next(b for b in app.button if (b.key or "").startswith("versus_") and b.label == other)
    suggested.click().run()
    assert fake.bundle.catalogue.titles[fake.bundle.catalogue.by_id[app.query_params["versus"]]] == other
    assert not any("comes before" in m.value for m in app.markdown)
    app.button(key="ask_versus").click().run()
    assert not app.exception
    text = next(m.value for m in app.markdown if "comes before" in m.value)
    assert f"**{titles(app, 'target')[0]}** comes before **{other}**" in text
    assert any("decides for" in m.value and "comes before" in m.value for m in app.markdown)
    app.button(key="versus_none").click().run()
    assert "versus" not in app.query_params


def test_a_comparison_in_a_link_is_checked(fake_app: FakeAppMaker) -> None:
    fake = fake_app()
    seen = fake.bundle.catalogue.item_ids[int(fake.bundle.histories[4][0])]
    assert "watched already" in fake.open(user="v004", versus=seen).warning[0].value
    assert "nowhere" in fake.open(user="v004", versus="nowhere").warning[0].value


def test_what_if_is_one_link_away(fake_app: FakeAppMaker) -> None:
    fake = fake_app()
    app = fake.open(user="v004", mode="intention")
    links = [element.proto for element in app.get("page_link")]
    assert [link.label for link in links] == ["Edit this history"]
    assert "user=v004" in links[0].query_string and "mode=intention" in links[0].query_string
    app.button(key="trial").click().run()
    tested = next(e.proto for e in app.get("page_link") if e.proto.label == "Open in What if")
    assert "edit=" in tested.query_string
