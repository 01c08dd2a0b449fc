import json
import time

import numpy as np
import plotly.io as pio

from recexplainer_core.ui.embedding_map.colours import Colouring
from recexplainer_core.ui.embedding_map.map_figure import MOST_POINTS, map_figure, sampled
from recexplainer_core.ui.embedding_map.map_marks import Marks

RNG = np.random.default_rng(0)


def groups(n: int) -> Colouring:
    return Colouring("Cluster", "", (np.arange(n) % 3).astype(np.int16), ("a", "b", "c"))


def test_100_000_points_are_two_megabytes_and_a_second_at_most() -> None:
    n = MOST_POINTS
    places = RNG.normal(size=(n, 2)).astype(np.float32)
    scale = Colouring("p", "", np.full(n, -1, np.int16), values=RNG.random(n).astype(np.float32))
    users = (np.arange(2000), places[:2000], "users")
    marks = Marks(item=5, ringed=tuple(range(10_000)), history=(1, 2), recommended=(3, 4))
    titles = [f"A title of item {i}" for i in range(n)]
    for colours in (groups(n), scale):
        begun = time.perf_counter()
        sent = pio.to_json(map_figure(places, colours, np.arange(n), titles, users, marks), validate=False)
        assert time.perf_counter() - begun < 1.0
        assert len(sent) < 2_000_000
        assert "title of item 77" not in sent, "titles stay on the server"


def test_points_carry_the_number_of_their_item_and_users_one_below_zero() -> None:
    figure = map_figure(
        np.eye(4, 2, dtype=np.float32), groups(4), np.array([0, 1, 3]), ["A", "B", "C", "D"],
        users=(np.array([0, 7]), np.zeros((2, 2), np.float32), "viewers"),
    )  # fmt: skip
    numbers = [int(n) for trace in figure.data for n in trace.customdata]
    assert sorted(numbers) == [-8, -1, 0, 1, 3]


def test_titles_of_a_small_map_are_text() -> None:
    figure = map_figure(
        np.eye(2, dtype=np.float32), groups(2), np.arange(2), ["<b>$x$", "B"], marks=Marks(item=0)
    )
    sent = pio.to_json(figure)
    assert "<b>" not in json.loads(sent)["data"][0]["hovertext"][0] and "$x$" not in sent


def test_a_sample_is_stated_in_size_and_always_the_same() -> None:
    assert list(sampled(5, 10)) == [0, 1, 2, 3, 4]
    assert len(sampled(1000, 10)) == 10 and np.array_equal(sampled(1000, 10), sampled(1000, 10))


def test_distances_are_drawn_alike_in_both_directions() -> None:
    figure = map_figure(np.array([[0, 0], [10, 1]], np.float32), groups(2), np.arange(2), ["A", "B"])
    x = [int(v) for trace in figure.data for v in trace.x]
    y = [int(v) for trace in figure.data for v in trace.y]
    assert max(x) == 10 * max(y) or abs(max(x) / max(y) - 10) < 0.01
