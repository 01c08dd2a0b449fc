import base64
import json
from collections.abc import Callable
from typing import Any

import numpy as np
from streamlit.testing.v1 import AppTest

from recexplainer_core.catalogue import Catalogue
from recexplainer_core.evaluation.report import Agreement, ModeAgreement
from tests.fakes.bundle import NASTY
from tests.fakes.embedding_map import PLACED
from tests.fakes.report import without
from tests.pages.conftest import FakeApp

FakeAppMaker = Callable[..., FakeApp]


def figures(app: AppTest) -> list[dict[str, Any]]:
    return [json.loads(chart.proto.spec) for chart in app.get("plotly_chart")]


def names(figure: dict[str, Any]) -> set[str]:
    return {trace["name"] for trace in figure["data"]}


def shown(app: AppTest) -> str:
    kinds = (app.markdown, app.caption, app.subheader, app.info, app.warning)
    return "\n".join(str(element.value) for kind in kinds for element in kind)


def test_both_spaces_are_drawn_with_their_figures(fake_app: FakeAppMaker) -> None:
    app = fake_app().open("embedding_map")
    assert not app.exception
    left, right = figures(app)
    assert names(left) == names(right) == {"calm", "loud &#36;x&#36; &lt;b&gt;"}
    assert [(m.label, m.value) for m in app.metric] == [
        ("Neighbours kept on the map", "0.91"),
        ("Neighbours kept on the map", "0.91"),
        ("Neighbours shared with the target", "25%"),
    ]


def test_a_bundle_without_a_map_says_how_to_make_one(fake_app: FakeAppMaker) -> None:
    app = fake_app(maps=()).open("embedding_map")
    assert not app.exception and "no embedding map" in app.info[0].value
    assert "recexplainer_core map BUNDLE --name" in app.code[0].value


def test_another_space_another_colour_or_none_beside(fake_app: FakeAppMaker) -> None:
    app = fake_app().open("embedding_map")
    app.selectbox(key="map_colour").select("attribute:genres").run()
    assert not app.exception and "drama" in names(figures(app)[0])
    assert app.query_params["colour"] == "attribute:genres"
    app.segmented_control(key="map_beside").set_value("connector").run()
    assert app.metric[-1].value == "100%"
    app.segmented_control(key="map_beside").set_value("nothing").run()
    assert len(figures(app)) == 1 and app.query_params["beside"] == "nothing"


def test_numbers_and_counts_are_a_scale(fake_app: FakeAppMaker) -> None:
    app = fake_app().open("embedding_map")
    for colour in ("popularity", "attribute:year"):
        app.selectbox(key="map_colour").select(colour).run()
        assert not app.exception
        assert any("colorbar" in trace["marker"] for trace in figures(app)[0]["data"])


def test_agreement_is_what_the_report_says_or_how_to_get_it(fake_app: FakeAppMaker) -> None:
    fake = fake_app()
    fake.bundle.report = without(fake.bundle.report, "agreement")
    app = fake.open("embedding_map", colour="agreement")
    assert not app.exception and "report does not say" in shown(app)
    assert app.selectbox(key="map_colour").value == "agreement" and "calm" in names(figures(app)[0])
    hybrid = ModeAgreement(same_first=[True, False], shared=[9, 9], rbo_at_10=[0.9, 0.9])
    fake.bundle.report.agreement = Agreement(user=["v000", "v001"], modes={"hybrid": hybrid})
    app = fake.open("embedding_map", colour="agreement")
    assert not app.exception
    assert "1 of 40 films are anybody's first choice" in shown(app)
    [scale] = [trace for trace in figures(app)[0]["data"] if trace["name"] == "Agreement"]
    share = np.frombuffer(base64.b64decode(scale["marker"]["color"]["bdata"]), np.float32)
    assert share.tolist() == [0.5], "both have the same first choice, and the LLM shares one of them"
    assert {"nobody's first choice", "Agreement"} <= names(figures(app)[0])


def test_a_link_opens_what_it_names(fake_app: FakeAppMaker) -> None:
    fake = fake_app(maps=("default", "wide"))
    app = fake.open("embedding_map", map="wide", item="f03", user="v007", beside="connector", layers="chosen")
    assert not app.exception and not app.warning
    assert app.selectbox(key="map_name").value == "wide"
    assert app.subheader[0].value == fake.bundle.catalogue.titles[3]
    left, right = figures(app)
    assert {"history", "recommended", "Viewer v007", "chosen"} <= names(left)
    assert "history" in names(right) and "Viewer v007" not in names(right)


def test_what_a_link_has_wrong_falls_back_and_is_shown(fake_app: FakeAppMaker) -> None:
    app = fake_app().open("embedding_map", map="x", colour="taste", beside="void", layers="fog", item="?")
    assert not app.exception and len(figures(app)) == 2
    assert all(word in app.warning[0].value for word in ("'x'".strip("'"), "taste", "void", "fog"))
    assert app.query_params["colour"] == "cluster"


def test_who_was_not_placed_has_a_place_without_another_fit(fake_app: FakeAppMaker) -> None:
    fake = fake_app()
    ids = fake.bundle.histories.user_ids
    app = fake.open("embedding_map", user=ids[PLACED + 5], layers="chosen")
    assert not app.exception
    assert "median of the ten nearest films" in shown(app) and "2.6%" in shown(app)
    assert "placed by UMAP" in shown(fake.open("embedding_map", user=ids[3], layers="chosen"))


def test_a_search_flies_there_and_neighbours_are_shown(fake_app: FakeAppMaker) -> None:
    fake = fake_app()
    app = fake.open("embedding_map")
    whole = figures(app)[0]["layout"]["xaxis"]["range"]
    app.selectbox(key="map_find").select("Solaris").run()
    assert not app.exception
    near = figures(app)[0]["layout"]["xaxis"]["range"]
    assert near[1] - near[0] < (whole[1] - whole[0]) / 2
    assert app.query_params["item"] == "f01" and app.subheader[0].value == "Solaris"
    target, llm = (list(frame.value["film"]) for frame in app.dataframe)
    titles = fake.bundle.catalogue.titles
    assert target[:2] == [titles[2], titles[3]] and llm[:2] == [titles[0], titles[-1]]
    app.button(key="map_whole").click().run()
    assert figures(app)[0]["layout"]["xaxis"]["range"] == whole


def select(app: AppTest, chart: str, numbers: list[int], drawn: bool) -> AppTest:
    """Do what the callback does when points are picked in a browser."""
    from recexplainer_core.ui.embedding_map import selected as map_selection

    state = dict(app.session_state["map_picked"])
    event = {"selection": {"points": [{"customdata": n} for n in numbers], "box": [], "lasso": [1] * drawn}}
    items, users = map_selection.numbers_of(event)
    state["items"], state["users"] = items, users
    map_selection._mark_elsewhere(state, chart, ringed=items)
    app.session_state["map_picked"] = state
    return app.run()


def test_a_lasso_fills_tables_and_marks_the_other_map_only(fake_app: FakeAppMaker) -> None:
    fake = fake_app()
    app = fake.open("embedding_map")
    before = figures(app)
    app = select(app, "map_left", [0, 1, 4, -1], drawn=True)
    assert not app.exception
    items, users = (frame.value for frame in app.dataframe)
    assert list(items["title"]) == [fake.bundle.catalogue.titles[i] for i in (0, 1, 4)]
    assert list(users["id"]) == ["v000"]
    left, right = figures(app)
    assert left == before[0], "a chart forgets its lasso when its figure changes"
    assert "selected" in names(right)


def test_titles_and_labels_are_never_markup(fake_app: FakeAppMaker) -> None:
    fake = fake_app(nasty=True)
    catalogue: Catalogue = fake.bundle.catalogue
    app = fake.open("embedding_map", item=catalogue.item_ids[-1], layers="chosen,everybody")
    assert not app.exception
    assert NASTY not in shown(app) and "<b>" not in shown(app) and "$x$" not in shown(app)
    for chart in app.get("plotly_chart"):
        assert "<b>" not in chart.proto.spec and "$y$" not in chart.proto.spec


def test_no_language_model_is_loaded(fake_app: FakeAppMaker, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    from recexplainer_core.ui.shared import bundle_cache

    fake = fake_app()

    def refuse(root: object, manifest_hash: str) -> None:
        raise AssertionError("the map loaded the language model")

    monkeypatch.setattr(bundle_cache, "_explainer", refuse)
    assert not fake.open("embedding_map", layers="chosen", item="f01").exception
