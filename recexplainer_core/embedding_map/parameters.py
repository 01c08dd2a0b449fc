"""The settings of an embedding map."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from pydantic import Field
from pydantic.dataclasses import dataclass

TARGET, CONNECTOR, HIDDEN = "target", "connector", "hidden"
"""The target's item vectors; the connector's outputs for them; the LLM's hidden states after each title."""


class Metric(StrEnum):
    """How far apart two vectors are before they are drawn."""

    COSINE = "cosine"
    EUCLIDEAN = "euclidean"
    MANHATTAN = "manhattan"
    CORRELATION = "correlation"


@dataclass(frozen=True)
class MapParameters:
    """Settings of UMAP (McInnes, Healy and Melville 2018, arXiv 1802.03426), and how many users are placed."""

    neighbours: Annotated[int, Field(ge=2, le=500)] = 15
    """Neighbours of an item that the plane should keep near: few show detail, many the whole."""
    min_distance: Annotated[float, Field(ge=0, lt=1)] = 0.1
    """How close two points may be drawn."""
    metric: Metric = Metric.COSINE
    seed: int = 0
    users: Annotated[int, Field(ge=0)] = 2000
    """Users placed on the target's map, at most; held-out ones first."""
