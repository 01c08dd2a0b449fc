from collections.abc import Callable

from streamlit.testing.v1 import AppTest

from recexplainer_core.ui.groups.reasons import reasons_table
from tests.pages.conftest import FakeApp

FakeAppMaker = Callable[..., FakeApp]


def asked(fake: FakeApp, **link: str) -> AppTest:
    app = fake.open("groups", user="v001", **link)
    app.button(key="group_ask").click().run()
    assert not app.exception and not app.error
    return app


def test_everybody_in_the_group_gets_a_reason_and_both_models_are_compared(fake_app: FakeAppMaker) -> None:
    fake = fake_app()
    app = asked(fake)
    group = app.session_state["group_explained"][1]
    assert len(group) == min(12, len(fake.bundle.histories))
    agreeing = sum(one.agrees for one in group)
    assert app.metric[0].value == f"{agreeing} of {len(group)}"
    table = app.dataframe[-1].value
    assert list(table.iloc[:, 0]) == [fake.bundle.histories.user_ids[one.user] for one in group]
    assert list(table["reason, verified"]) == [one.verified.text for one in group]


def test_the_file_has_a_row_for_each_claim_said_and_verified(fake_app: FakeAppMaker) -> None:
    fake = fake_app()
    group = asked(fake).session_state["group_explained"][1]
    table = reasons_table(fake.bundle, group, "hybrid")
    assert set(table["reason_is"]) == {"as said", "verified"}
    assert bool(table.loc[table["reason_is"] == "verified", "holds"].all())
    assert set(table["manifest_sha256"]) == {fake.bundle.manifest_hash}


def test_who_has_an_item_is_a_group_and_stands_in_the_link(fake_app: FakeAppMaker) -> None:
    fake = fake_app()
    item = fake.bundle.catalogue.by_id["f03"]
    app = fake.open("groups", user="v001", has="f03")
    count = sum(item in fake.bundle.histories[user] for user in range(len(fake.bundle.histories)))
    assert any(f"**{count:,}** of" in one.value for one in app.markdown)
    app.button(key="group_has_not").click().run()
    assert "has" not in app.query_params


def test_nobody_is_said_to_fit(fake_app: FakeAppMaker) -> None:
    fake = fake_app()
    histories, item = fake.bundle.histories, fake.bundle.catalogue.by_id["f03"]
    theirs = {len(histories[user]) for user in range(len(histories)) if item in histories[user]}
    length = next(n for n in histories.lengths.tolist() if n not in theirs)
    app = fake.open("groups", user="v001", has="f03", length=f"{length}-{length}")
    assert not app.exception and "Widen one of them" in app.info[0].value
