"""A report whose figures are known beforehand."""

from __future__ import annotations

from typing import Any

from recexplainer_core.evaluation.report import Report
from recexplainer_core.histories import Histories
from recexplainer_core.modes import ALIGNED, AlignmentMode

MODES = [str(mode) for mode in AlignmentMode]
AGREEING, DISAGREEING = 7, 12
"""Users who agree most and least in every mode."""
NASTY_VALUE = "<b>drama</b> $x$ :red[y]"


def interval(value: float, reach: float = 0.05) -> dict[str, float]:
    return {"value": value, "low": max(0.0, value - reach), "high": min(1.0, value + reach)}


def group(users: int, acc: float, **named: object) -> dict[str, Any]:
    return {**named, "users": users, "acc@1": interval(acc), "hr@5": interval(0.85)}


def fake_report(histories: Histories) -> Report:
    """Return a report with every part, made from its file.

    Agreement falls from user to user, but for the two named above; every other first choice differs.
    In hybrid mode (Acc@1 .62) it falls behind for histories of 15 to 18 items alone, and for nobody by HR@5.
    """
    users = list(range(2, len(histories), 5))
    overlaps = [round(0.9 - 0.6 * place / len(users), 4) for place in range(len(users))]
    overlaps[users.index(AGREEING)], overlaps[users.index(DISAGREEING)] = 0.97, 0.11
    agreement = {
        "same_first": [place % 2 == 1 for place in range(len(users))],
        "shared": [round(10 * one) for one in overlaps],
        "rbo@10": overlaps,
    }
    groups = {
        "popularity of the first choice": [group(30, 0.6, **{"from": 1, "to": 9})],
        "history length": [
            group(20, 0.7, **{"from": 5, "to": 14}),
            group(40, 0.3, **{"from": 15, "to": 18}),
        ],
        "genres of the first choice": [group(25, 0.6, name=NASTY_VALUE), group(20, 0.65, name="horror")],
    }
    bins = [
        {"chance": 0.1, "right": 0.2, "questions": 100},
        {"chance": 0.9, "right": 0.9, "questions": 300},
    ]
    removal = {"necessity": interval(0.8), "del@2": interval(0.5)}
    fidelity = {
        "hybrid": (0.62, 0.88), "intention": (0.59, 0.85), "behaviour": (0.41, 0.72),
        "none": (0.012, 0.05), "popularity": (0.02, 0.06), "random": (0.002, 0.012),
    }  # fmt: skip
    content = {
        "users": 300,
        "seed": 0,
        "k": 5,
        "target": {"hr@10": 0.41, "ndcg@10": 0.235},
        "modes": {
            mode: {"acc@1": interval(acc, 0.04), "hr@5": interval(hit_rate, 0.04)}
            for mode, (acc, hit_rate) in fidelity.items()
        },
        "agreement": {
            "user": [histories.user_ids[user] for user in users],
            "modes": {mode: agreement for mode in MODES},
        },
        "groups": {mode: groups for mode in MODES},
        "calibration": {mode: bins for mode in MODES},
        "learning curves": {str(mode): [[100, 2.5], [200, 1.5], [300, 1.25]] for mode in ALIGNED},
        "reasons": {
            "explanations": 300,
            "modes": {str(mode): removal | {"false_remarks": interval(0.02, 0.01)} for mode in ALIGNED},
            "beside": {
                str(mode): {"random": {"necessity": interval(0.5)}, "oracle": {"necessity": interval(0.9)}}
                for mode in ALIGNED
            },
        },
    }
    return Report.model_validate(content)


def without(report: Report | None, *parts: str) -> Report:
    """Return the report that lacks some parts of the file, as one of an earlier version does."""
    assert report is not None
    return Report.model_validate({key: part for key, part in report.to_json().items() if key not in parts})
