from recexplainer_core.ui.shared import palette
from recexplainer_core.ui.user_explorer.effects_figure import effects_figure


def test_one_bar_for_each_item_and_the_cited_ones_stand_out():
    figure = effects_figure(["Alien", "Heat", "<b>Ran</b>"], [0.5, -0.2, 0.0], [-0.6, 0.1, 0.0], [0])
    [bars] = figure.data
    assert list(bars.x) == [0.5, -0.2, 0.0]
    assert list(bars.text) == ["+50%", "-20%", "+0%"]
    assert "-60% when it alone is taken away" in bars.hovertext[0]
    assert list(bars.marker.color) == [palette.CITED, palette.TARGET, palette.TARGET]
    assert figure.layout.yaxis.ticktext[2] == "&lt;b&gt;Ran&lt;/b&gt;"
    low, high = figure.layout.xaxis.range
    assert low < -0.2 and high > 0.5


def test_long_titles_are_shortened():
    figure = effects_figure(["x" * 80], [0.1], [-0.1], [])
    assert len(figure.layout.yaxis.ticktext[0]) <= 30
