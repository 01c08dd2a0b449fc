"""Any plan that a planner could make for a catalogue."""

import random

from recexplainer_core.catalogue import Catalogue
from recexplainer_core.rationale.plan import Plan, Reason
from recexplainer_core.rationale.shared_values import shared_values


def drawn_plan(catalogue: Catalogue, rng: random.Random) -> Plan:
    item, other, against, *cited = rng.sample(range(len(catalogue)), min(len(catalogue), 6))
    verdict = rng.choice(("first", "listed", "possible", "unlikely", "before", "after"))
    weight = rng.choice(("alone", "some", "spread", "together", "nothing"))
    count = {"alone": 1, "some": rng.randint(1, 3), "spread": 2, "together": 2, "nothing": 0}[weight]
    reasons = tuple(
        Reason(one, *rng.choice([*shared_values(catalogue, one, item), (None, None)]))
        for one in cited[:count]
    )
    compares = verdict in ("before", "after")
    recommended = verdict in ("first", "listed")
    return Plan(
        item,
        verdict,
        reasons,
        "nothing" if not reasons else "spite" if verdict == "unlikely" else weight,
        rng.choice(("needed", "robust")) if recommended and reasons else None,
        None if compares else rng.choice((against, None)),
        other if compares else None,
    )
