from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from tests.fakes.report import without
from tests.pages.conftest import FakeApp

FakeAppMaker = Callable[..., FakeApp]


def open_panel(app: AppTest) -> AppTest:
    app.session_state["browse"] = True
    return app.run()


def position(app: AppTest) -> str:
    return next(c.value for c in app.caption if "the LLM never saw" in c.value or "was taught on" in c.value)


def test_length_narrows_the_users_and_is_in_the_link(fake_app: FakeAppMaker) -> None:
    fake = fake_app()
    app = open_panel(fake.open(user="v000"))
    app.slider(key="filter_length").set_value((10, 12)).run()
    assert not app.exception
    fitting = [u for u, n in enumerate(fake.bundle.histories.lengths) if 10 <= n <= 12]
    assert app.query_params["length"] == "10-12"
    assert f"{len(fitting)}" in position(app)
    assert list(app.dataframe[0].value["id"]) == [fake.bundle.histories.user_ids[u] for u in fitting]
    app.button(key="clear_filters").click().run()
    assert "length" not in app.query_params and "60" in position(app)


def test_next_follows_the_order_of_disagreement(fake_app: FakeAppMaker) -> None:
    fake = fake_app()
    app = fake.open(user="v002")
    app.button(key="most_disagreeing").click().run()
    assert fake.bundle.report is not None
    measured = fake.bundle.report.agreement
    overlaps = dict(zip(measured.user, measured.modes["hybrid"].rbo_at_10, strict=True))
    apart = sorted(overlaps, key=lambda user: overlaps[user])
    assert app.query_params["user"] == apart[0] and app.query_params["agreement"] == "apart"
    assert position(app).startswith("1 of 12")
    app.button(key="next").click().run()
    assert app.query_params["user"] == apart[1]


@pytest.mark.parametrize(("agreement", "left"), [("agree", 6), ("differ", 6), ("apart", 12)])
def test_a_link_brings_a_filter_back(fake_app: FakeAppMaker, agreement: str, left: int) -> None:
    app = fake_app().open(user="v002", agreement=agreement)
    assert not app.warning and f"of {left} " in position(app) or f"the {left} offered" in position(app)


def test_a_favourite_leaves_those_in_whose_history_it_stands_out(fake_app: FakeAppMaker) -> None:
    fake = fake_app()
    app = open_panel(fake.open(user="v000"))
    box = app.selectbox(key="filter_favourite")
    assert box.options
    box.select_index(0).run()
    assert not app.exception
    attribute, value = str(app.query_params["favourite"]).split(":")
    assert len(app.dataframe[0].value) == int(box.options[0].split(", ")[1].rstrip(")"))
    for user_id in app.dataframe[0].value["id"]:
        history = fake.bundle.histories[fake.bundle.histories.find(user_id)]
        assert sum(value in fake.bundle.catalogue.values(int(i), attribute) for i in history) >= 3


def test_filters_that_leave_nobody_say_so_and_can_be_cleared(fake_app: FakeAppMaker) -> None:
    app = open_panel(fake_app().open(user="v002", length="5-5", favourite="genres:drama", agreement="agree"))
    assert not app.exception
    assert "no viewer fits" in position(app) and "Widen" in app.info[0].value
    assert app.button(key="next").disabled and app.button(key="random").disabled
    app.button(key="clear_all").click().run()
    assert not app.info and "60" in position(app)


def test_a_link_with_filters_that_mean_nothing_says_so(fake_app: FakeAppMaker) -> None:
    app = fake_app().open(user="v002", length="x-3", favourite="genres:nonsense", agreement="maybe")
    assert not app.exception
    assert all(word in app.warning[0].value for word in ("x&#45;3", "nonsense", "maybe"))
    assert not {"length", "favourite", "agreement"} & set(app.query_params)


def test_without_agreement_in_the_report_the_command_is_named(fake_app: FakeAppMaker) -> None:
    fake = fake_app()
    fake.bundle.report = without(fake.bundle.report, "agreement")
    app = open_panel(fake.open(user="v002", agreement="agree"))
    assert not app.exception and "agreement" not in app.query_params
    assert app.button(key="most_disagreeing").disabled
    assert "recexplainer_core evaluate" in app.code[0].value


def test_steps_go_down_the_targets_list_and_on_to_what_only_the_llm_has(fake_app: FakeAppMaker) -> None:
    app = fake_app().open(user="v004")
    labels = [b.label for b in app.button if (b.key or "").startswith("target_")]
    assert app.button(key="previous_item").disabled
    for _ in range(10):
        app.button(key="next_item").click().run()
    assert not app.exception
    shown = app.subheader[0].value.removeprefix("Why ").removesuffix("?")
    assert shown not in labels and not app.button(key="previous_item").disabled


def test_scores_stand_before_the_titles_on_demand(fake_app: FakeAppMaker) -> None:
    app = fake_app().open(user="v004")
    before = app.button(key="target_2").label
    app.toggle(key="scores").set_value(True).run()
    assert app.button(key="target_2").label.endswith(before) and "%" in app.button(key="target_2").label
    assert "74%" in app.button(key="surrogate_1").label  # exp(-0.3)
