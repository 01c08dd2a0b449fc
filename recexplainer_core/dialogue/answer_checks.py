"""The answer to a free question, tested as far as it names titles and attribute values of the catalogue."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

import torch

from recexplainer_core.catalogue import Catalogue
from recexplainer_core.histories import History
from recexplainer_core.prompting.mentions import Mention, ValueMention, mentions, value_mentions, without
from recexplainer_core.rationale.checks import Check, check
from recexplainer_core.rationale.reading import Reading
from recexplainer_core.recommenders.base import Recommender, mask_seen

CONSIDERED, FEWEST = 20, 3
"""First recommendations on which a value given for a user is tested; how many of them must have it."""
_DENIED = re.compile(r"\b(?:not|no|never|n't)\b[^;.]*$", re.IGNORECASE)


def check_answer(
    text: str,
    reading: Reading,
    catalogue: Catalogue,
    recommender: Recommender,
    history: History,
    item: int | None,
    explained: int,
) -> list[Check]:
    """Test what an answer says.

    Each title is looked for in the history and in the target's order. A value behind a title is looked up in the
    catalogue, one that is given for the user is counted among the target's first recommendations. An answer that makes
    the claims of a rationale is tested as one, about the explained item.

    Args:
        text: the answer.
        reading: what a writer of rationales reads in it.
        catalogue: its titles and values are recognised.
        recommender: the target.
        history: the user's. What is seen does not count in ranks.
        item: what was asked about; None where it was the user.
        explained: the item that a reason in the answer is about.
    """
    if reading.clauses:
        tested = check(reading, catalogue, recommender, history, explained)
        return [one for one in tested if one.kind != "unread"]
    named = mentions(text, catalogue)
    order = _order(recommender, history)
    checks = (
        _titles(named, catalogue, order, history.items)
        if item is None
        else _titles_like(named, catalogue, recommender, item)
    )
    values = value_mentions(without(text, named), catalogue)
    for value in values:
        if _DENIED.search(text[: value.start]):
            continue
        subject = next((one.item for one in reversed(named) if one.end <= value.start), item)
        if subject is not None:
            checks.append(_of_item(value, subject, catalogue))
        else:
            checks.append(_of_user(value, order[:CONSIDERED], catalogue))
    return list(dict.fromkeys(checks))


def _order(recommender: Recommender, history: History) -> list[int]:
    with torch.inference_mode():
        scores = mask_seen(recommender.scores(recommender.user_vectors([history.recent])), [history.seen])[0]
    order: list[int] = scores.argsort(descending=True).tolist()
    return order[: len(order) - len(history.seen)]


def _titles(
    named: Sequence[Mention], catalogue: Catalogue, order: Sequence[int], history: Sequence[int]
) -> list[Check]:
    """Say where the target has each title; that is no claim, so nothing holds or fails."""
    checks = []
    for item in dict.fromkeys(one.item for one in named):
        where = (
            "in the history"
            if item in history
            else f"the target has it at no. {order.index(item) + 1:,}"
            if item in order
            else "seen before"
        )
        checks.append(Check("title", f"names «{catalogue.titles[item]}»", None, where, item))
    return checks


def _titles_like(
    named: Sequence[Mention], catalogue: Catalogue, recommender: Recommender, item: int
) -> list[Check]:
    """Say how near each other title lies to the item, among all, as the target sees them."""
    others = [one for one in dict.fromkeys(one.item for one in named) if one != item]
    if not others:
        return []
    vectors = torch.nn.functional.normalize(recommender.item_vectors.float(), dim=1)
    nearness = vectors @ vectors[item]
    nearness[item] = -torch.inf
    return [
        Check(
            "title",
            f"names «{catalogue.titles[other]}»",
            None,
            f"no. {int((nearness > nearness[other]).sum()) + 1:,} of those nearest to "
            f"«{catalogue.titles[item]}» in the target",
            other,
        )
        for other in others
    ]


def _of_item(value: ValueMention, item: int, catalogue: Catalogue) -> Check:
    true = any(value.value in catalogue.values(item, name) for name in value.attributes)
    known = "; ".join(
        f"{name}: {', '.join(catalogue.values(item, name)) or 'not known'}" for name in value.attributes
    )
    return Check(
        "fact", f"«{catalogue.titles[item]}»: {value.value}", true, f"the catalogue has {known}", item
    )


def _of_user(value: ValueMention, recommended: Sequence[int], catalogue: Catalogue) -> Check:
    def having(items: Sequence[int]) -> int:
        return max(
            Counter(v for i in items for v in catalogue.values(i, name))[value.value]
            for name in value.attributes
        )

    count = having(recommended)
    usual = having(range(len(catalogue))) / len(catalogue)
    stands_out = count >= FEWEST and count / max(1, len(recommended)) > usual
    finding = (
        f"{count} of the target's first {len(recommended)}, where any {len(recommended)} would have "
        f"{usual * len(recommended):.1f}"
    )
    return Check("leaning", f"leans towards {value.value}", stands_out, finding)
