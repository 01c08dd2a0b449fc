"""What the RecExplainer paper reports of its own models: context for a report, measured on other data.

The figures are those of the paper's alignment tables as this project's field notes give them.
"""

from __future__ import annotations

from collections.abc import Mapping

SOURCE = (
    "Lei et al., RecExplainer: Aligning Large Language Models for Explaining Recommendation Models, KDD 2024"
)
ADDRESS = "https://arxiv.org/abs/2311.10947"

DIFFERENCES = (
    "Other data: Amazon Video Games (1,864 items), Amazon Movies & TV (1,170) and Steam (986).",
    "Another language model: Vicuna-7B, with GPT-4 beside it.",
    "Other users: the paper tests on the last position of users whose earlier ones were seen in training; "
    "here the language model has never seen the users measured.",
    "One seed and no intervals; its history coverage counts a repeated title twice.",
)
"""Why its figures cannot be compared with a report's digit by digit."""

FIGURES = ("hr@5", "ndcg@5", "ranking_ndcg@5", "classification_accuracy", "history_coverage")
"""Keys of a report that name what the paper reports, in the order of the columns below."""

_Row = tuple[float, ...]
REPORTED: Mapping[str, Mapping[str, _Row]] = {
    "Video Games": {
        "random": (0.0023, 0.0015, 0.6153, 0.5030),
        "unaligned Vicuna-7B": (0.0026, 0.0014, 0.2391, 0.5026),
        "GPT-4, two examples": (0.1105, 0.0864, 0.6492, 0.6338),
        "behaviour": (0.7460, 0.6260, 0.7521, 0.8365),
        "intention": (0.8436, 0.6994, 0.8299, 0.9385, 0.1162),
        "hybrid": (0.8057, 0.6922, 0.8458, 0.9189, 0.1325),
    },
    "Movies & TV": {
        "random": (0.0050, 0.0030, 0.6100, 0.4987),
        "unaligned Vicuna-7B": (0.0091, 0.0062, 0.2706, 0.5011),
        "GPT-4, two examples": (0.0886, 0.0692, 0.5954, 0.5964),
        "behaviour": (0.8106, 0.7027, 0.7033, 0.7818),
        "intention": (0.9039, 0.7709, 0.8290, 0.8396, 0.1201),
        "hybrid": (0.8773, 0.7750, 0.7638, 0.8109, 0.1461),
    },
    "Steam": {
        "random": (0.0060, 0.0039, 0.6139, 0.4977),
        "unaligned Vicuna-7B": (0.0028, 0.0015, 0.3229, 0.5000),
        "GPT-4, two examples": (0.3008, 0.2525, 0.6750, 0.5886),
        "behaviour": (0.9310, 0.8100, 0.8699, 0.9554),
        "intention": (0.9615, 0.8122, 0.9083, 0.9904, 0.0659),
        "hybrid": (0.9358, 0.8242, 0.9036, 0.9815, 0.0707),
    },
}
"""Data set -> model -> the figures it has; history coverage is reported where the model sees a user vector only."""


def published_rows() -> list[tuple[str, str, dict[str, float]]]:
    """Return (data set, model, figure -> value) for every row of the paper's tables."""
    return [
        (data, model, dict(zip(FIGURES, values, strict=False)))
        for data, models in REPORTED.items()
        for model, values in models.items()
    ]
