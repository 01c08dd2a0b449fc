import csv
import io
from collections.abc import Callable

from streamlit.testing.v1 import AppTest

from recexplainer_core.modes import AlignmentMode
from recexplainer_core.ui.shared.edits import spelled
from tests.fakes.bundle import NASTY, FakeBundle, FakeEngine
from tests.pages.conftest import FakeApp

FakeAppMaker = Callable[..., FakeApp]
USER, ITEMS = "v004", 10


def history(bundle: FakeBundle) -> list[int]:
    return [int(item) for item in bundle.histories[4]][-ITEMS:]


def without(bundle: FakeBundle, *places: int) -> list[int]:
    kept = history(bundle)
    gone = {place % len(kept) for place in places}
    return [item for place, item in enumerate(kept) if place not in gone]


def edit(bundle: FakeBundle, items: list[int]) -> str:
    return spelled(items, bundle.catalogue)


def labels(app: AppTest, side: str) -> list[str]:
    return [button.label for button in app.button if (button.key or "").startswith(f"{side}_")]


def metrics(app: AppTest) -> dict[str, str]:
    return {metric.label: metric.value for metric in app.metric}


def shown(app: AppTest) -> str:
    return "\n".join(e.value for e in (*app.markdown, *app.caption, *app.info, *app.warning))


def take_out_the_newest(app: AppTest, bundle: FakeBundle) -> None:
    app.button_group(key="edit_chosen").set_value([len(history(bundle)) - 1]).run()
    app.button(key="edit_out").click().run()


def test_nothing_is_asked_before_an_edit_is_applied(fake_app: FakeAppMaker, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    asked: list[object] = []
    monkeypatch.setattr(FakeEngine, "predict", lambda *question, **settings: asked.append(question))
    fake = fake_app()
    app = fake.open("what_if", user=USER)
    take_out_the_newest(app, fake.bundle)
    assert not app.exception and not asked
    assert "Not applied yet: 1 taken out" in shown(app)
    assert not labels(app, "target_after") and "edit" not in app.query_params


def test_taking_out_the_newest_moves_both_lists_and_is_in_the_link(fake_app: FakeAppMaker) -> None:
    fake = fake_app()
    app = fake.open("what_if", user=USER)
    take_out_the_newest(app, fake.bundle)
    app.button(key="edit_apply").click().run()
    assert not app.exception and "Applied: 1 taken out" in shown(app)
    assert app.query_params["edit"] == edit(fake.bundle, without(fake.bundle, -1))
    # The fake target recommends what follows the newest film, so without it everything moves.
    first_before = fake.bundle.catalogue.titles[_first_unseen(fake.bundle, history(fake.bundle)[-1])]
    first_after = fake.bundle.catalogue.titles[_first_unseen(fake.bundle, history(fake.bundle)[-2])]
    assert labels(app, "target_before")[0].endswith(first_before)
    assert first_after in labels(app, "target_after")[0]
    assert app.subheader[0].value == f"What becomes of {first_before}?"
    assert metrics(app)["Target's rank"] != "no. 1"
    assert {"First choice", "In both lists", "In the same order", "LLM's list"} <= set(metrics(app))


def test_a_link_opens_the_edit_it_names(fake_app: FakeAppMaker) -> None:
    fake = fake_app()
    added = next(i for i in range(30) if i not in fake.bundle.histories[4])
    items = [added, *without(fake.bundle, 0, 1)]
    app = fake.open("what_if", user=USER, edit=edit(fake.bundle, items), mode="intention")
    assert not app.exception and not app.warning
    assert "Applied: 2 taken out, 1 added" in shown(app)
    assert len(labels(app, "target_after")) == len(labels(app, "surrogate_after")) == 10


def test_what_a_link_gets_wrong_is_dropped_and_named(fake_app: FakeAppMaker) -> None:
    fake = fake_app()
    kept = without(fake.bundle, -1)
    text = f"nowhere~{edit(fake.bundle, kept)}~{edit(fake.bundle, kept[:1])}"
    app = fake.open("what_if", user=USER, edit=text)
    assert not app.exception
    assert "nowhere" in app.warning[0].value and "repeats" in app.warning[0].value
    assert app.query_params["edit"] == edit(fake.bundle, kept)
    app.run()
    assert not app.warning, "what was corrected is said once"


def test_an_edit_of_nothing_known_shows_the_history_as_it_is(fake_app: FakeAppMaker) -> None:
    app = fake_app().open("what_if", user=USER, edit="nowhere~neither")
    assert not app.exception and "as it is" in app.warning[0].value
    assert not labels(app, "target_after")


def test_an_empty_history_can_be_applied(fake_app: FakeAppMaker) -> None:
    app = fake_app().open("what_if", user=USER)
    app.button_group(key="edit_chosen").set_value(
        list(range(len(app.button_group(key="edit_chosen").options)))
    ).run()
    app.button(key="edit_out").click().run()
    assert "is left" in shown(app)
    app.button(key="edit_apply").click().run()
    assert not app.exception and app.query_params["edit"] == ""
    assert len(labels(app, "target_after")) == 10


def test_moving_putting_back_discarding_and_resetting(fake_app: FakeAppMaker) -> None:
    fake = fake_app()
    start = history(fake.bundle)
    app = fake.open("what_if", user=USER)
    app.button_group(key="edit_chosen").set_value([len(start) - 1]).run()
    app.button(key="edit_older").click().run()
    app.button(key="edit_older").click().run()
    assert _draft(app) == [*start[:-3], start[-1], *start[-3:-1]], "what is moved stays chosen"
    assert "Not applied yet: reordered" in shown(app)
    app.button(key="edit_out").click().run()
    app.button_group(key="edit_removed").set_value(0).run()
    assert _draft(app) == start
    app.button(key="edit_reverse").click().run()
    app.button(key="edit_apply").click().run()
    assert app.query_params["edit"] == edit(fake.bundle, start[::-1])
    take_out_the_newest(app, fake.bundle)
    app.button(key="edit_discard").click().run()
    assert _draft(app) == start[::-1]
    app.button(key="edit_reset").click().run()
    assert _draft(app) == start and "edit" not in app.query_params


def test_an_item_is_found_and_added_as_the_newest(fake_app: FakeAppMaker) -> None:
    fake = fake_app()
    added = next(i for i in range(30) if i not in fake.bundle.histories[4])
    app = fake.open("what_if", user=USER)
    app.text_input(key="edit_add").set_value(fake.bundle.catalogue.titles[added].upper()).run()
    app.button(key="edit_add_0").click().run()
    assert _draft(app) == [*history(fake.bundle), added]
    app.button(key="edit_apply").click().run()
    title = fake.bundle.catalogue.titles[added]
    assert not any(label.endswith(title) for label in labels(app, "target_after"))


def test_another_user_starts_unedited(fake_app: FakeAppMaker) -> None:
    fake = fake_app()
    app = fake.open("what_if", user=USER, edit=edit(fake.bundle, without(fake.bundle, -1)))
    app.button(key="next").click().run()
    assert app.query_params["user"] == "v005" and "edit" not in app.query_params
    assert not app.warning and "Nothing is asked" in shown(app)


def test_the_edit_is_there_again_after_another_page(fake_app: FakeAppMaker) -> None:
    fake = fake_app()
    text = edit(fake.bundle, without(fake.bundle, -1))
    app = fake.open("what_if", user=USER, edit=text)
    app.switch_page("pages/overview.py").run()
    for name in list(app.query_params):
        del app.query_params[name]  # as the navigation does
    app.switch_page("pages/what_if.py").run()
    assert app.query_params["edit"] == text


def test_reasons_are_written_when_asked_for_and_tested_on_the_edited_history(fake_app: FakeAppMaker) -> None:
    fake = fake_app()
    kept = without(fake.bundle, -1)
    app = fake.open("what_if", user=USER, edit=edit(fake.bundle, kept))
    assert "because of" not in shown(app)
    app.button(key="ask_after").click().run()
    assert not app.exception
    text = next(m.value for m in app.markdown if "because of" in m.value)
    assert f":orange-background[{fake.bundle.catalogue.titles[kept[-1]]}]" in text
    assert sum("claims hold" in m.value for m in app.markdown) == 1
    app.button(key="ask_before").click().run()
    assert sum("claims hold" in m.value for m in app.markdown) == 2


def test_the_table_is_saved_with_what_made_it(fake_app: FakeAppMaker, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    import streamlit as st

    saved: list[str] = []
    monkeypatch.setattr(st, "download_button", lambda label, data, **settings: saved.append(data))
    fake = fake_app()
    text = edit(fake.bundle, without(fake.bundle, -1))
    fake.open("what_if", user=USER, edit=text, mode="behaviour")
    rows = list(csv.DictReader(io.StringIO(saved[0])))
    assert {row["model"] for row in rows} == {"target", "LLM"}
    assert {(row["user"], row["mode"], row["edit"]) for row in rows} == {(USER, "behaviour", text)}
    first = next(row for row in rows if row["model"] == "target" and row["rank after"] == "1")
    assert float(first["score after"]) > float(first["score before"])


def test_a_target_that_cannot_be_edited_says_so(fake_app: FakeAppMaker) -> None:
    fake = fake_app()
    fake.bundle.recommender.supports_edits = False
    app = fake.open("what_if", user=USER)
    assert not app.exception and "cannot be asked about an edited history" in app.info[0].value
    assert "--target sasrec" in app.info[0].value and not app.button_group


def test_a_busy_model_leaves_the_targets_part(fake_app: FakeAppMaker) -> None:
    fake = fake_app()
    fake.engine.busy = True
    app = fake.open("what_if", user=USER, edit=edit(fake.bundle, without(fake.bundle, -1)))
    assert not app.exception and "answering others" in app.warning[0].value
    assert len(labels(app, "target_after")) == 10 and app.button(key="retry")


def test_one_mode_is_enough(fake_app: FakeAppMaker) -> None:
    fake = fake_app(modes=[AlignmentMode.INTENTION])
    fake.bundle.report = None
    app = fake.open("what_if", user=USER, edit=edit(fake.bundle, without(fake.bundle, -1)))
    assert not app.exception and list(app.segmented_control(key="mode_control").options) == [
        ":green[none]",
        ":green[intention]",
    ]


def test_titles_are_never_markup(fake_app: FakeAppMaker) -> None:
    fake = fake_app(nasty=True)
    nasty = len(fake.bundle.catalogue) - 1
    items = [*without(fake.bundle, -1), nasty]
    app = fake.open(
        "what_if", user=USER, edit=edit(fake.bundle, items), item=fake.bundle.catalogue.item_ids[-1]
    )
    assert not app.exception
    texts = [
        *(e.value for kind in (app.markdown, app.caption, app.subheader) for e in kind),
        *(text or "" for button in app.button for text in (button.label, button.help)),
        *app.button_group(key="edit_chosen").options,
    ]
    assert any("&#42;&#42;x&#42;&#42;" in text for text in texts)
    assert not any(NASTY in text for text in texts)


def _draft(app: AppTest) -> list[int]:
    return list(app.session_state["draft"].items)


def _first_unseen(bundle: FakeBundle, newest: int) -> int:
    seen, n = set(bundle.histories[4].tolist()), len(bundle.catalogue)
    return next((newest + step) % n for step in range(1, n) if (newest + step) % n not in seen)
