"""Values of attributes as a model can read them: short, few of them, and still different where they were different."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

LONGEST_VALUE = 80
"""Characters of a value; descriptions and addresses are longer."""
MOST_VALUES = 20
"""Values of one attribute of one item: past these a list is no description any more."""


def cut_values(
    attributes: Mapping[str, Sequence[tuple[str, ...]]], said: list[str]
) -> dict[str, list[tuple[str, ...]]]:
    """Return the attributes with long values and long lists cut, and say so.

    Two values that begin alike stay two values: the second one is numbered.

    Args:
        attributes: name -> values of each item.
        said: what was done is added here, for the person who brings the data.
    """
    cut = {name: _cut_column(column) for name, column in attributes.items()}
    long = [name for name, column in attributes.items() if _longest(column) > LONGEST_VALUE]
    many = [name for name, column in attributes.items() if max(map(len, column), default=0) > MOST_VALUES]
    if long:
        said.append(f"values of {', '.join(long)} cut to {LONGEST_VALUE} characters")
    if many:
        said.append(f"lists of {', '.join(many)} cut to {MOST_VALUES} values")
    return cut


def _longest(column: Sequence[tuple[str, ...]]) -> int:
    return max((len(value) for values in column for value in values), default=0)


def _cut_column(column: Sequence[tuple[str, ...]]) -> list[tuple[str, ...]]:
    short: dict[str, str] = {}
    taken: dict[str, int] = {}
    for value in (value for values in column for value in values[:MOST_VALUES]):
        if value in short:
            continue
        if len(value) <= LONGEST_VALUE:
            short[value] = value
            continue
        head = value[: LONGEST_VALUE - 1]
        words = head.rpartition(" ")[0] if value[LONGEST_VALUE - 1] != " " else head
        start = f"{(words if len(words) > LONGEST_VALUE // 2 else head).rstrip()}…"
        taken[start] = taken.get(start, 0) + 1
        short[value] = start if taken[start] == 1 else f"{start} #{taken[start]}"
    return [tuple(short[value] for value in values[:MOST_VALUES]) for values in column]
