"""Every variant of each question; the first is the one used at run time. See `prompts.ask` for the places in braces.

An alignment task whose question is never asked at run time brings its patterns in its own module.
"""

from __future__ import annotations

from collections.abc import Mapping

NEXT_ITEM = (
    "\nNext {item}:",
    "\nWhich {item} is recommended next?",
    "\nRecommend one {item}:",
    "\nWhat should come next?",
    "\nName the {item} to recommend.",
    "\nThe best next {item} is:",
)
RANK = (
    "\nOrder by preference: {it}.",
    "\nPut the likeliest first: {it}.",
    "\nRank from best to worst: {it}.",
    "\nWhich of these {items} come first? {it}.",
    "\nSort for this {user}: {it}.",
    "\nArrange by how well they suit: {it}.",
)
INTEREST = (
    "\nWould {it} be recommended? Name it, or say no.",
    "\nIs {it} a match for this {user}? Name it, or say no.",
    "\nRecommend {it}, yes or no? If yes, name it.",
    "\nName {it} if it suits this {user}; if not, say no.",
    "\nIs {it} a good {item} to suggest here? Name it, or say no.",
    "\nWould this {user} be offered {it}? Name it, or say no.",
)
DESCRIBE = (
    "Describe {it}.",
    "What is known of {it}?",
    "Tell me about {it}.",
    "Give the facts about {it}.",
    "What {item} is {it}?",
    "Say something of {it}.",
)
ALIKE = (
    "Which {item} is most like {it}?",
    "Name the {item} nearest to {it}.",
    "What comes closest to {it}?",
    "Find {an_item} similar to {it}.",
    "Which other {item} goes with {it}?",
    "Give the likeliest companion of {it}.",
)
RECALL = (
    "\nList what was {consumed}.",
    "\nWhich {items} were {consumed}?",
    "\nName the {items} {consumed} so far.",
    "\nWhat is in the history?",
    "\nRecall the {items} {consumed}.",
    "\nWrite down the history.",
)
LEANING = (
    "\nWhat is recommended to this {user} as a rule?",
    "\nWhich kinds of {items} suit this {user}?",
    "\nSum up the taste.",
    "\nWhat does this {user} prefer?",
    "\nDescribe the preferences of this {user}.",
    "\nWhat do the suggestions have in common?",
)
DECIDING = (
    "\nWhich {items} decide about {it}?",
    "\nWhat in the history matters most for {it}?",
    "\nName the {items} behind {it}.",
    "\nWhich {items} {consumed} weigh most for {it}?",
    "\nOn which {items} does {it} depend?",
    "\nPoint to what leads to {it}.",
)
LISTED_WITHOUT = (
    "\nWould {it} be on the list without {other}? Name it, or say no.",
    "\nTake away {other}: is {it} still on the list? Name it, or say no.",
    "\nDoes {it} stay in the top ten without {other}? If so, name it; if not, say no.",
    "\nName {it} if it would be recommended without {other}; if not, say no.",
    "\nIf {other} had not been {consumed}, would {it} be recommended? Name it, or say no.",
    "\nLeave out {other}: does {it} keep its place? Name it, or say no.",
)
WHY: Mapping[str, tuple[str, ...]] = {
    "first": (
        "\nWhy is {it} among the first choices?",
        "\nExplain the first choice {it}.",
        "\nWhy does {it} come first?",
        "\nWhat makes {it} so clear a choice?",
        "\nGive the reason for the first choice {it}.",
        "\nOn what grounds does {it} lead the list?",
    ),
    "listed": (
        "\nWhy is {it} recommended?",
        "\nExplain the suggestion {it}.",
        "\nWhy is {it} on the list?",
        "\nWhat makes {it} a suggestion?",
        "\nGive the reason for {it} on the list.",
        "\nOn what grounds is {it} recommended?",
    ),
    "possible": (
        "\nWhy is {it} not quite recommended?",
        "\nExplain why {it} just misses the list.",
        "\nWhy is {it} below the list?",
        "\nWhat keeps {it} just off the list?",
        "\nGive the reason for {it} below the list.",
        "\nOn what grounds does {it} miss the list?",
    ),
    "unlikely": (
        "\nWhy is {it} not recommended?",
        "\nExplain why {it} is far from the list.",
        "\nWhy does {it} not suit this {user}?",
        "\nWhat keeps {it} from the list?",
        "\nGive the reason why not {it}.",
        "\nOn what grounds is {it} left out?",
    ),
}
RATHER: Mapping[str, tuple[str, ...]] = {
    "before": (
        "\nWhy {it} rather than {other}?",
        "\nExplain why {it} comes before {other}.",
        "\nWhat puts {it} before {other}?",
        "\nWhy is {it} preferred to {other}?",
        "\nGive the reason for {it} before {other}.",
        "\nOn what grounds does {it} beat {other}?",
    ),
    "after": (
        "\nWhy not {it} rather than {other}?",
        "\nExplain why {it} comes after {other}.",
        "\nWhat puts {it} behind {other}?",
        "\nWhy is {it} not preferred to {other}?",
        "\nGive the reason for {it} after {other}.",
        "\nOn what grounds does {it} lose against {other}?",
    ),
}
_TASKS = (
    *(NEXT_ITEM, RANK, INTEREST, DESCRIBE, ALIKE, RECALL, LEANING, DECIDING, LISTED_WITHOUT),
    *(*WHY.values(), *RATHER.values()),
)
VARIANTS = min(map(len, _TASKS))
"""Ways in which every question can be put."""
