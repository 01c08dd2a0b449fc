import re
from xml.etree import ElementTree

from recexplainer_core.ui.shared import palette
from recexplainer_core.ui.shared.slopes_figure import WIDTH, slope_figure

SVG = "{http://www.w3.org/2000/svg}"


def test_there_is_one_line_for_each_item_in_both_lists() -> None:
    drawing = ElementTree.fromstring(slope_figure([1, 2, 3], [3, 4, 1], None, 40))
    assert len(drawing.findall(f"{SVG}path")) == 2
    assert len(drawing.findall(f"{SVG}circle")) == 6


def test_a_line_leads_from_row_to_row() -> None:
    drawing = ElementTree.fromstring(slope_figure([7, 8], [8, 7], None, 40))
    ends = [re.findall(r"[\d.]+", path.attrib["d"]) for path in drawing.findall(f"{SVG}path")]
    assert [(numbers[1], numbers[-1]) for numbers in ends] == [("20.0", "60.0"), ("60.0", "20.0")]


def test_the_image_is_as_high_as_the_longer_list() -> None:
    drawing = ElementTree.fromstring(slope_figure([1, 2, 3], [1], None, 40))
    assert (drawing.attrib["width"], drawing.attrib["height"]) == (str(WIDTH), "120")


def test_the_chosen_line_is_drawn_last_and_stands_out() -> None:
    drawing = ElementTree.fromstring(slope_figure([1, 2, 3], [1, 2, 3], 2, 40))
    last = drawing.findall(f"{SVG}path")[-1]
    assert last.attrib["stroke"] == palette.SURROGATE and "60.0" in last.attrib["d"]


def test_empty_lists_make_an_empty_image() -> None:
    assert not ElementTree.fromstring(slope_figure([], [], None, 40)).findall(f"{SVG}circle")
