from recexplainer_core.ui.shared import palette
from recexplainer_core.ui.user_explorer.timeline_figure import OTHERS, timeline_figure


def dots(figure, colour):  # type: ignore[no-untyped-def]
    return [
        (x, y)
        for trace in figure.data
        if trace.mode == "markers" and trace.marker.color == colour
        for x, y in zip(trace.x, trace.y, strict=True)
    ]


def test_every_item_is_in_the_lanes_of_its_values_and_the_cited_stand_out() -> None:
    figure = timeline_figure(
        ["a", "b", "c", "d"],
        [("crime", "drama"), ("drama",), (), ("crime", "drama")],
        first_seen=1,
        cited={3},
    )
    assert list(figure.layout.yaxis.ticktext) == ["drama", "crime", OTHERS]
    assert sorted(dots(figure, palette.QUIET)) == [(0, 0), (0, 1)]
    assert sorted(dots(figure, palette.TARGET)) == [(1, 0), (2, 2)]
    assert sorted(dots(figure, palette.CITED)) == [(3, 0), (3, 1)]
    assert list(figure.layout.xaxis.ticktext) == ["oldest", "newest"]


def test_many_items_keep_few_lanes_and_small_dots() -> None:
    few = timeline_figure([""] * 5, [(f"v{i}",) for i in range(5)], 0, ())
    many = timeline_figure([""] * 200, [(f"v{i % 20}",) for i in range(200)], 0, ())
    assert len(many.layout.yaxis.ticktext) == 6
    assert many.layout.height < 200
    assert many.data[-2].marker.size < few.data[-2].marker.size


def test_a_title_is_not_read_as_markup_and_dates_are_written() -> None:
    figure = timeline_figure(["<b>x</b>\n$y$"], [("<i>",)], 0, (), dates=["2015-03-14"])
    assert "<b>" not in figure.data[-2].hovertext[0] and "$y$" not in figure.data[-2].hovertext[0]
    assert "<i>" not in figure.layout.yaxis.ticktext[0]
    assert list(figure.layout.xaxis.ticktext) == ["2015-03-14"]


def test_nothing_to_draw_is_no_error() -> None:
    assert timeline_figure([], [], 0, ()).data is not None
