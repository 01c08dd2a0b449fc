import csv
import io
from collections.abc import Callable
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from recexplainer_core.evaluation.report import Agreement, ModeAgreement, Report
from recexplainer_core.histories import Histories
from recexplainer_core.modes import ALIGNED, AlignmentMode
from tests.fakes.bundle import NASTY, FakeEngine, FakeWriter
from tests.pages.conftest import FakeApp

FakeAppMaker = Callable[..., FakeApp]
PAGE = "compare_modes"


@pytest.fixture(autouse=True)
def asked(monkeypatch: pytest.MonkeyPatch) -> dict[str, list[Any]]:
    """Everything the pages ask of the surrogate and of the writer."""
    calls: dict[str, list[Any]] = {"predict": [], "write": []}
    for kind, name in ((FakeEngine, "predict"), (FakeWriter, "write")):
        plain = getattr(kind, name)

        def spy(self, first, *rest, plain=plain, name=name, **more):  # type: ignore[no-untyped-def]
            calls[name].append((first, *rest))
            return plain(self, first, *rest, **more)

        monkeypatch.setattr(kind, name, spy)
    return calls


def column(app: AppTest, mode: str, place: str = "first") -> list[Any]:
    return [button for button in app.button if (button.key or "").startswith(f"{place}_{mode}_")]


def titles(app: AppTest, mode: str, place: str = "first") -> list[str]:
    return [b.label.split("&ensp;")[1].removesuffix("]") for b in column(app, mode, place)]


def captions(app: AppTest) -> str:
    return "\n".join(caption.value for caption in app.caption)


def reasons(app: AppTest) -> list[str]:
    return [m.value for m in app.markdown if m.value.startswith("Above all because of")]


def test_five_lists_come_from_one_question(fake_app: FakeAppMaker, asked: dict[str, list[Any]]) -> None:
    fake = fake_app()
    app = fake.open(PAGE, user="v004")
    assert not app.exception
    assert all(len(titles(app, mode)) == 10 for mode in ("target", *AlignmentMode))
    [(histories, modes, _)] = asked["predict"]
    assert list(modes) == list(AlignmentMode) and len(set(histories)) == 1
    assert not asked["write"], "reasons are not asked for by themselves"


def test_agreement_with_the_target_is_stated_for_each_list(fake_app: FakeAppMaker) -> None:
    # The fake modes answer with known permutations of the target's ranking, see FakeEngine.
    app = fake_app().open(PAGE, user="v004")
    headings = [m.value for m in app.markdown if m.value.startswith(":green[**")]
    assert [h.split("· ")[1].rstrip("]") for h in headings] == [
        "1 of 10 shared", "6 of 10 shared", "10 of 10 shared", "8 of 10 shared",
    ]  # fmt: skip
    text = captions(app)
    assert "Misses the target's no. 8, 10" in text and "Misses nothing" in text
    assert "Overlap (RBO) 1.00 · order +1.00" in text
    assert "Has only the target's no. 6" in text
    assert text.count("First choice differs") == 2


def test_what_one_mode_alone_names_and_what_all_name_is_marked(fake_app: FakeAppMaker) -> None:
    app = fake_app().open(PAGE, user="v004")
    icons = {mode: [button.icon for button in column(app, mode)] for mode in ("target", *AlignmentMode)}
    # Behaviour is the second, first, fifth, thirteenth... of the target's ranking; see FakeEngine.
    assert icons["behaviour"][:3] == [":material/done_all:"] * 3
    assert icons["behaviour"][3] == ":material/check:", "hybrid names the thirteenth as well"
    assert icons["none"][0] == ":material/fingerprint:"
    assert icons["target"][7] == ":material/fingerprint:", "only intention names it"
    assert icons["target"][9] == ":material/check:"
    assert "No mode names no." not in captions(app)


def test_what_every_mode_misses_is_marked_in_the_targets_list(fake_app: FakeAppMaker) -> None:
    app = fake_app(modes=[AlignmentMode.HYBRID]).open(PAGE, user="v004")
    assert [b.icon for b in column(app, "target")][7] == ":material/block:"
    assert column(app, "target")[7].label.startswith(":gray[")
    assert "No mode names no. 8, 10" in captions(app)


def test_a_bundle_with_one_mode_is_compared_with_none(
    fake_app: FakeAppMaker, asked: dict[str, list[Any]]
) -> None:
    app = fake_app(modes=[AlignmentMode.INTENTION]).open(PAGE, user="v004")
    assert not app.exception
    assert len(titles(app, "intention")) == len(titles(app, "none")) == 10 and not titles(app, "hybrid")
    app.button(key="ask_reasons").click().run()
    assert len(reasons(app)) == 2


def test_choosing_an_item_of_any_list_puts_it_into_the_link(fake_app: FakeAppMaker) -> None:
    fake = fake_app()
    app = fake.open(PAGE, user="v004")
    for mode, rank in (("none", 2), ("behaviour", 4), ("target", 3)):
        title = titles(app, mode)[rank - 1]
        app.button(key=f"first_{mode}_{rank}").click().run()
        assert app.subheader[0].value == f"Why {title}?"
        item = fake.bundle.catalogue.by_id[str(app.query_params["item"])]
        assert fake.bundle.catalogue.titles[item] == title.replace("&#46;", ".").replace("&#45;", "-")


def test_a_button_asks_all_four_at_once_and_checks_what_they_say(
    fake_app: FakeAppMaker, asked: dict[str, list[Any]]
) -> None:
    fake = fake_app()
    app = fake.open(PAGE, user="v004")
    assert not reasons(app)
    app.button(key="ask_reasons").click().run()
    assert not app.exception
    [(requests, verdicts)] = asked["write"]
    assert [one.mode for one in requests] == list(AlignmentMode)
    assert len({one.item for one in requests}) == 1 and len(requests) == 4
    assert verdicts == ["unlikely", "first", "first", "first"]
    assert len(reasons(app)) == 4
    assert sum("Checked against the target" in m.value for m in app.markdown) == 4
    last = fake.bundle.catalogue.titles[fake.bundle.histories[4][-1]]
    assert any("cited by every reason" in m.value and last in m.value for m in app.markdown)
    assert any(f":orange-background[**{last}**]" in m.value for m in app.markdown), "marked in the history"
    app.run()
    assert len(asked["write"]) == 1 and len(reasons(app)) == 4, "not asked twice"
    app.button(key="first_hybrid_5").click().run()
    assert not reasons(app) and len(asked["write"]) == 1, "another item is not asked about by itself"


def test_a_pinned_user_stays_beside_the_next_one(fake_app: FakeAppMaker, asked: dict[str, list[Any]]) -> None:
    app = fake_app().open(PAGE, user="v004")
    first = titles(app, "hybrid")
    app.button(key="pin").click().run()
    assert app.query_params["beside"] == "v004" and not titles(app, "hybrid", "beside")
    app.button(key="next").click().run()
    assert app.query_params["user"] == "v005"
    assert titles(app, "hybrid", "beside") == first != titles(app, "hybrid")
    app.button(key="first_behaviour_3").click().run()
    item = app.query_params["item"]
    app.button(key="swap").click().run()
    assert (app.query_params["user"], app.query_params["beside"]) == ("v004", "v005")
    assert app.query_params["item"] == item
    assert titles(app, "hybrid") == first
    app.button(key="ask_reasons").click().run()
    assert len(asked["write"]) == 1 and len(reasons(app)) in (4, 8)
    app.button(key="unpin").click().run()
    assert "beside" not in app.query_params and not titles(app, "hybrid", "beside")


def test_a_link_opens_both_users(fake_app: FakeAppMaker) -> None:
    app = fake_app().open(PAGE, user="v007", beside="v003", item="f03")
    assert not app.warning and not app.exception
    assert len(titles(app, "target", "beside")) == 10
    assert app.query_params["beside"] == "v003"


def test_an_unknown_pinned_user_falls_back_with_a_notice(fake_app: FakeAppMaker) -> None:
    app = fake_app().open(PAGE, user="v007", beside="nobody")
    assert not app.exception and "nobody" in app.warning[0].value
    assert "beside" not in app.query_params and not titles(app, "target", "beside")


def test_the_item_of_a_link_may_be_one_the_pinned_user_has_seen(
    fake_app: FakeAppMaker, asked: dict[str, list[Any]]
) -> None:
    fake = fake_app()
    histories = [set(map(int, fake.bundle.histories[user])) for user in range(60)]
    item = next(iter(histories[3] - histories[7]))
    app = fake.open(PAGE, user="v007", beside="v003", item=fake.bundle.catalogue.item_ids[item])
    app.button(key="ask_reasons").click().run()
    assert len(asked["write"][0][0]) == 4 and len(reasons(app)) == 4
    assert "v003 has watched this film" in app.info[0].value


def opened_panel(fake: FakeApp, **link: str) -> AppTest:
    app = fake.open(PAGE, **link)
    app.session_state["disagreement"] = True
    return app.run()


def test_the_report_tells_at_once_who_divides_the_modes(
    fake_app: FakeAppMaker, asked: dict[str, list[Any]]
) -> None:
    fake = fake_app()
    assert fake.bundle.report is not None
    fake.bundle.report.agreement = Agreement(
        user=["v002", "v007", "v012"],
        modes={
            mode: ModeAgreement(same_first=[True] * 3, shared=[5] * 3, rbo_at_10=overlaps)
            for mode, overlaps in (
                ("hybrid", [0.9, 0.8, 0.7]), ("behaviour", [0.8, 0.2, 0.4]),
                ("intention", [0.9, 0.7, 0.7]), ("none", [0.0, 0.0, 0.0]),
            )
        },
    )  # fmt: skip
    app = opened_panel(fake, user="v004")
    table = app.dataframe[0].value
    assert list(table["viewer"]) == ["v007", "v012", "v002"]
    assert list(table["spread"]) == pytest.approx([0.6, 0.3, 0.1])
    assert len(asked["predict"]) == 1, "only the lists on screen were asked for"


def test_without_a_measured_report_the_command_is_named(fake_app: FakeAppMaker) -> None:
    fake = fake_app()
    for report in (None, Report(modes={})):
        fake.bundle.report = report
        app = opened_panel(fake, user="v004")
        assert not app.exception and not app.dataframe
        assert "python -m recexplainer_core evaluate" in captions(app)


def test_the_survey_asks_in_batches_and_a_row_opens_the_user(
    fake_app: FakeAppMaker, asked: dict[str, list[Any]]
) -> None:
    fake = fake_app()
    app = opened_panel(fake, user="v004")
    app.button(key="survey").click().run()
    assert not app.exception
    table = app.dataframe[0].value
    assert set(table["viewer"]) == {f"v{u:03d}" for u in range(60) if fake.bundle.held_out[u]}
    assert list(table["disagreement"]) == sorted(table["disagreement"], reverse=True)
    assert set(table["first choices"]) == {2}
    batches = [len(histories) for histories, *_ in asked["predict"]]
    assert sum(batches) == 4 + 12 * 4 and len(batches) < 12
    app.session_state["disagreement_survey"] = {"selection": {"rows": [3], "columns": [], "cells": []}}
    app.run()
    assert app.button(key="survey").disabled and len(asked["predict"]) == len(batches)


def test_a_busy_model_is_called_busy_and_can_be_asked_again(fake_app: FakeAppMaker) -> None:
    fake = fake_app()
    app = fake.open(PAGE, user="v004")
    fake.engine.busy = True
    app.button(key="ask_reasons").click().run()
    assert not app.exception and "answering others" in app.warning[0].value
    assert len(titles(app, "hybrid")) == 10, "the lists stay"
    fake.engine.busy = False
    app.button(key="ask_reasons").click().run()
    assert not app.warning and len(reasons(app)) == 4


def test_who_has_seen_everything_is_told_apart(fake_app: FakeAppMaker) -> None:
    fake = fake_app()
    n_items = len(fake.bundle.catalogue)
    fake.bundle.histories = Histories.from_lists([list(range(n_items)), [0, 1, 2, 3, 4]], ["v000", "v001"])
    app = fake.open(PAGE, user="v000")
    assert not app.exception and "everything in the catalogue" in app.info[0].value


def test_titles_are_never_markup(fake_app: FakeAppMaker, asked: dict[str, list[Any]]) -> None:
    fake = fake_app(nasty=True)
    item = fake.bundle.catalogue.item_ids[-1]
    user = next(
        u for u in range(60) if len(fake.bundle.catalogue) - 1 not in fake.bundle.histories[u].tolist()
    )
    app = fake.open(PAGE, user=fake.bundle.histories.user_ids[user], item=item)
    app.button(key="ask_reasons").click().run()
    assert not app.exception and len(reasons(app)) == 4
    everything = [
        *(element.value for kind in (app.markdown, app.caption, app.subheader) for element in kind),
        *(text or "" for button in app.button for text in (button.label, button.help)),
    ]
    assert any("&#42;&#42;x&#42;&#42;" in text for text in everything)
    for text in everything:
        assert NASTY not in text and "<b>" not in text and "$y$" not in text and ":red[z" not in text


def test_the_saved_lists_name_what_made_them(fake_app: FakeAppMaker) -> None:
    from recexplainer_core.ui.compare_modes.comparison_files import lists_table

    fake = fake_app()
    lists = {mode: [(1, -0.5), (2, -1.0)] for mode in ALIGNED} | {AlignmentMode.NONE: [(3, -0.1)]}
    table = lists_table(fake.bundle, 4, [(1, 2.0), (5, 1.0)], lists)
    rows = list(csv.DictReader(io.StringIO(table.to_csv(index=False))))
    assert len(rows) == 2 + 3 * 2 + 1
    assert {row["bundle"] for row in rows} == {"fake"}
    assert {row["manifest_sha256"] for row in rows} == {fake.bundle.manifest_hash}
    assert [row["standing"] for row in rows if row["list"] == "target"] == ["every", "nobody"]
    assert [row["standing"] for row in rows if row["list"] == "none"] == ["alone"]
