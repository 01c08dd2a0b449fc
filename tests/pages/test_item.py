from collections.abc import Callable

from recexplainer_core.recommenders.base import top_items
from tests.pages.conftest import FakeApp

FakeAppMaker = Callable[..., FakeApp]


def texts(app: object) -> str:
    return "\n".join(one.value for kind in ("markdown", "header", "info", "caption") for one in app.get(kind))  # type: ignore[attr-defined]


def test_it_says_who_is_recommended_the_item_and_what_it_is(fake_app: FakeAppMaker) -> None:
    fake = fake_app()
    bundle = fake.bundle
    app = fake.open("item", user="v004", item="f03")
    assert not app.exception and not app.error
    item = bundle.catalogue.by_id["f03"]
    places = {}
    for user in range(len(bundle.histories)):
        history = bundle.history(user)
        [ranked] = top_items(bundle.recommender, [history.recent], 10, [history.seen])
        listed = [one.item for one in ranked]
        if item in listed:
            places[bundle.histories.user_ids[user]] = listed.index(item) + 1
    assert app.header[0].value == bundle.catalogue.titles[item]
    if not places:
        assert "Nobody" in texts(app)
        return
    assert f"**{len(places):,}** of {len(bundle.histories):,}" in texts(app)
    table = app.dataframe[0].value
    assert dict(zip(table.iloc[:, 0], table["place"], strict=True)) == places


def test_the_language_model_describes_it_when_asked_and_is_not_held_to_it(fake_app: FakeAppMaker) -> None:
    app = fake_app().open("item", user="v004", item="f03")
    app.button(key="describe").click().run()
    assert not app.exception
    assert "nothing held it to the facts" in texts(app)


def test_without_an_item_it_begins_with_what_the_user_is_recommended_first(fake_app: FakeAppMaker) -> None:
    fake = fake_app()
    history = fake.bundle.history(4)
    [[best]] = top_items(fake.bundle.recommender, [history.recent], 1, [history.seen])
    app = fake.open("item", user="v004")
    assert app.header[0].value == fake.bundle.catalogue.titles[best.item]


def test_an_item_that_is_not_there_is_said(fake_app: FakeAppMaker) -> None:
    app = fake_app().open("item", user="v004", item="nowhere")
    assert "nowhere" in app.warning[0].value
