"""The colours that carry a meaning; of middling lightness, so that they read on paper and on ink."""

from __future__ import annotations

TARGET = "#3f72a8"
"""What the target recommender says."""

SURROGATE = "#14827a"
"""What the language model says."""

CITED = "#c68a2e"
"""What a reason cites, and what is chosen."""

QUIET = "#8b929b"
"""Baselines, and whatever only keeps order."""

FAINT = "rgba(139, 146, 155, 0.28)"
"""Tracks and guides."""


def choice(label: str) -> str:
    """Return the label of one choice among several, as Markdown.

    Streamlit writes the chosen one in the primary colour, which carries white text and is too faint on dark ground.
    """
    return f":green[{label}]"
