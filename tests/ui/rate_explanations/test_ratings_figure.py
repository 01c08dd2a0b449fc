from recexplainer_core.evaluation.human.figures import ModeFigures
from recexplainer_core.evaluation.intervals import Interval
from recexplainer_core.ui.rate_explanations.ratings_figure import ratings_figure


def figures(value: float, levels: list[int]) -> ModeFigures:
    mean = Interval(value=value, low=value - 0.1, high=value + 0.1)
    return ModeFigures(mean=mean, users=5, ratings=sum(levels), levels=levels)


def test_a_row_for_each_mode_with_discs_only_where_a_level_was_given() -> None:
    figure = ratings_figure({"hybrid": figures(2.5, [0, 0, 5, 5]), "none": figures(0.2, [8, 2, 0, 0])})
    discs, band, mean = figure.data[:3]
    assert list(discs.x) == [2, 3] and set(discs.y) == {"hybrid"}
    assert list(band.x) == [2.4, 2.6] and list(mean.x) == [2.5]
    assert [note.text for note in figure.layout.annotations] == ["2.50", "0.20"]
    assert set(figure.data[3].y) == {"before alignment"}
    assert figure.data[3].marker.size[0] == 2 * figure.data[3].marker.size[1], "area, not width"
