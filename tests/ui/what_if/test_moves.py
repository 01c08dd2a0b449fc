from recexplainer_core.ui.what_if.moves import in_words, moves


def test_every_kind_of_move_is_told_with_its_ranks() -> None:
    found = moves((1, 2, 3, 4, 5), (2, 1, 6, 4), {5}, {6: 34}, {3: 20, 5: 1})
    assert {move.item: in_words(move) for move in found} == {
        2: "up from no. 2",
        1: "down from no. 1",
        6: "new, was no. 34",
        4: "same place",
        3: "gone, now no. 20",
        5: "gone, for it is in the history now",
    }
    assert [move.item for move in found] == [2, 1, 6, 4, 3, 5]


def test_ranks_that_are_not_known_are_not_invented() -> None:
    assert [in_words(move) for move in moves((1,), (2,))] == ["new, was not in its list", "gone"]
