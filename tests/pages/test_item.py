import json
from collections.abc import Callable

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from recexplainer_core.catalogue import Catalogue
from recexplainer_core.errors import ModelError
from recexplainer_core.histories import Histories
from recexplainer_core.recommenders.base import top_items
from recexplainer_core.ui.item.audience import _GO as GO
from recexplainer_core.ui.shared import bundle_cache
from tests.fakes.bundle import FakeBundle
from tests.pages.conftest import FakeApp

FakeAppMaker = Callable[..., FakeApp]


def texts(app: AppTest) -> str:
    kinds = ("markdown", "header", "subheader", "info", "caption", "code")
    return "\n".join(one.value for kind in kinds for one in app.get(kind))


def places_of(bundle: FakeBundle, item: int) -> dict[str, int]:
    """Return in whose first ten an item stands, and where."""
    places = {}
    for user in range(len(bundle.histories)):
        history = bundle.history(user)
        [ranked] = top_items(bundle.recommender, [history.recent], 10, [history.seen])
        listed = [one.item for one in ranked]
        if item in listed:
            places[bundle.histories.user_ids[user]] = listed.index(item) + 1
    return places


def with_one_user(fake: FakeApp) -> FakeApp:
    fake.bundle.histories = Histories.from_lists([[0, 1, 2]], ["only"])
    fake.bundle.held_out = np.ones(1, dtype=bool)
    fake.bundle.report = None
    return fake


def test_it_says_who_is_recommended_the_item_and_what_it_is(fake_app: FakeAppMaker) -> None:
    fake = fake_app()
    bundle = fake.bundle
    app = fake.open("item", user="v004", item="f03")
    assert not app.exception and not app.error
    item = bundle.catalogue.by_id["f03"]
    places = places_of(bundle, item)
    assert app.header[0].value == bundle.catalogue.titles[item]
    assert f"**{len(places):,}** of {len(bundle.histories):,}" in texts(app)
    held_out = sum(bool(bundle.held_out[bundle.histories.find(user)]) for user in places)
    assert f"**{held_out:,}** of them held-out" in texts(app)
    popularity = sum(item in bundle.histories[user] for user in range(len(bundle.histories)))
    firsts = list(places.values()).count(1)
    assert [one.value for one in app.metric] == [str(len(places)), str(firsts), str(popularity)]
    table = app.dataframe[0].value
    assert dict(zip(table["viewer"], table["place"], strict=True)) == places
    assert table["likes"].all()


def test_it_says_what_carries_the_item_and_of_how_many_that_was_asked(fake_app: FakeAppMaker) -> None:
    fake = fake_app()
    app = fake.open("item", user="v004", item="f03")
    [chart] = app.get("plotly_chart")
    figure = json.loads(chart.proto.spec)
    names = figure["layout"]["yaxis"]["ticktext"]
    assert names and f"**{names[0]}** speaks for it most often" in texts(app)
    assert "Without any history its score" in texts(app)
    assert len(figure["layout"]["annotations"]) == len(names)
    everybody = len(places_of(fake.bundle, fake.bundle.catalogue.by_id["f03"]))
    assert f"all {everybody} who are recommended it" in texts(app)


def test_a_row_opens_the_explanation_for_that_user(fake_app: FakeAppMaker) -> None:
    app = fake_app().open("item", user="v004", item="f03")
    app.session_state["selection"] = {"user": "v012", "item": "f03"}  # what choosing a row does
    app.session_state[GO] = True
    app.query_params["user"] = "v012"
    app.run()
    assert not app.exception
    assert app.title[0].value == "User explorer"
    assert app.query_params["user"] == "v012" and app.query_params["item"] == "f03"


def test_what_nobody_is_recommended_has_those_who_come_closest(fake_app: FakeAppMaker) -> None:
    app = with_one_user(fake_app(maps=())).open("item", item="f30")
    assert not app.exception and not app.error
    assert "Nobody" in app.info[0].value and "comes closest" in texts(app)
    assert app.dataframe[0].value["viewer"].tolist() == ["only"]
    assert app.dataframe[0].value["place"].tolist() == [28]
    assert app.metric[0].value == "0"


def test_an_item_that_everybody_has_is_told_apart(fake_app: FakeAppMaker) -> None:
    app = with_one_user(fake_app(maps=())).open("item", item="f01")
    assert not app.exception and not app.error
    assert "1 has watched it already" in app.info[0].value
    assert "nobody to look at" in app.info[1].value


def test_a_catalogue_of_titles_alone(fake_app: FakeAppMaker) -> None:
    fake = fake_app()
    known = fake.bundle.catalogue
    fake.bundle.catalogue = Catalogue(known.item_ids, known.titles, {}, known.wording)
    app = fake.open("item", user="v004", item="f03")
    assert not app.exception and not app.error
    assert "knows nothing of this film but its title" in texts(app)
    assert "watched last: " in app.dataframe[0].value["likes"].tolist()[0]


def test_a_target_that_scores_no_edited_history(
    fake_app: FakeAppMaker, monkeypatch: pytest.MonkeyPatch
) -> None:
    fake = fake_app()
    monkeypatch.setattr(fake.bundle.recommender, "supports_edits", False)
    app = fake.open("item", user="v004", item="f03")
    assert not app.exception and not app.get("plotly_chart")
    assert "This cannot be told" in app.info[0].value


def test_without_a_map_the_view_of_the_language_model_is_missing_with_what_makes_one(
    fake_app: FakeAppMaker,
) -> None:
    app = fake_app(maps=()).open("item", user="v004", item="f03")
    assert not app.exception and "recexplainer_core map" in texts(app)


def test_the_language_model_describes_it_when_asked_and_is_not_held_to_it(fake_app: FakeAppMaker) -> None:
    app = fake_app().open("item", user="v004", item="f03")
    app.button(key="describe").click().run()
    assert not app.exception
    assert "Nothing held it to the catalogue" in texts(app)


def test_without_a_language_model_the_rest_of_the_page_stays(
    fake_app: FakeAppMaker, monkeypatch: pytest.MonkeyPatch
) -> None:
    fake = fake_app()

    def lost(root: str, manifest_hash: str) -> None:
        raise ModelError("no weights")

    monkeypatch.setattr(bundle_cache, "_explainer", lost)
    app = fake.open("item", user="v004", item="f03")
    app.button(key="describe").click().run()
    assert "no weights" in app.error[0].value and app.get("plotly_chart")


def test_without_an_item_it_begins_with_what_the_user_is_recommended_first(fake_app: FakeAppMaker) -> None:
    fake = fake_app()
    history = fake.bundle.history(4)
    [[best]] = top_items(fake.bundle.recommender, [history.recent], 1, [history.seen])
    app = fake.open("item", user="v004")
    assert app.header[0].value == fake.bundle.catalogue.titles[best.item]
    assert app.query_params["item"] == fake.bundle.catalogue.item_ids[best.item]


def test_another_item_is_found_by_its_title(fake_app: FakeAppMaker) -> None:
    app = fake_app().open("item", user="v004", item="f03")
    app.text_input(key="item_search").set_value("rashomon").run()
    app.button(key="item_search_0").click().run()
    assert not app.exception
    assert app.header[0].value == "Rashomon" and app.query_params["item"] == "f10"


def test_an_item_that_is_not_there_is_said(fake_app: FakeAppMaker) -> None:
    app = fake_app().open("item", user="v004", item="nowhere")
    assert "nowhere" in app.warning[0].value


def test_titles_with_marks_are_shown_as_they_are(fake_app: FakeAppMaker) -> None:
    app = fake_app(nasty=True).open("item", user="v004")
    assert not app.exception and not app.error
