"""Over many users: where the modes disagree with each other, and where the report knows that they differ."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from recexplainer_core.evaluation.fidelity.metrics import rank_biased_overlap
from recexplainer_core.evaluation.report import Report
from recexplainer_core.modes import AlignmentMode
from recexplainer_core.ui.compare_modes.comparison import (
    compared,
    disagreement,
    first_choices,
    named_by_every,
)
from recexplainer_core.ui.shared.selection import available_modes
from recexplainer_core.ui.shared.surrogate_lists import batch_lists

if TYPE_CHECKING:
    from recexplainer_core.bundle import Bundle

SAMPLE = 100
"""Users asked about at one press of the button."""
BATCH = 5
"""Users in one question, each in every mode: others wait no longer than that takes."""
SEED = 0
OVERLAP = "{mode}, overlap with the target"
"""Column with a mode's rank-biased overlap."""


def sampled_users(bundle: Bundle) -> list[int]:
    """Return users the language model never saw, else any, who have not seen everything, at random."""
    everybody = np.flatnonzero(bundle.held_out) if bundle.held_out.any() else np.arange(len(bundle.histories))
    order = np.random.default_rng(SEED).permutation(everybody)
    unfinished = (int(u) for u in order if len(np.unique(bundle.histories[int(u)])) < len(bundle.catalogue))
    return [user for _, user in zip(range(SAMPLE), unfinished, strict=False)]


def survey(bundle: Bundle, users: Sequence[int]) -> Iterator[tuple[int, list[dict]]]:
    """Ask every mode about users batch by batch; yield how many are done, and the rows of the table so far.

    What was answered is cached: a survey that was interrupted goes on where it stopped.

    Raises:
        BusyError: others are being answered.
    """
    modes = available_modes(bundle)
    rows: list[dict] = []
    for start in range(0, len(users), BATCH):
        batch = users[start : start + BATCH]
        answers = batch_lists(bundle, tuple(map(bundle.history, batch)), modes)
        for user, (target, lists) in zip(batch, answers, strict=True):
            rows.append(
                {
                    bundle.catalogue.wording.user: bundle.histories.user_ids[user],
                    "disagreement": disagreement(lists),
                    "first choices": first_choices(lists),
                    "in every list": len(named_by_every(lists)),
                }
                | {
                    OVERLAP.format(mode=mode): rank_biased_overlap(target, items)
                    for mode, items in lists.items()
                }
            )
        yield len(rows), rows


def survey_table(rows: Sequence[dict]) -> pd.DataFrame:
    """Return the surveyed users, those about whom the modes disagree most first."""
    return pd.DataFrame(rows).sort_values("disagreement", ascending=False, kind="stable", ignore_index=True)


def report_table(bundle: Bundle) -> pd.DataFrame | None:
    """Return what the report knows of single users, the widest spread of overlaps with the target first.

    None where the report, or the part of it that names users, is missing.
    """
    known = (bundle.report or Report()).agreement
    modes = [mode for mode in available_modes(bundle) if mode in known.modes]
    if not modes:
        return None
    found = {mode: np.array(known.modes[mode].rbo_at_10, dtype=float) for mode in modes}
    among = np.stack([found[AlignmentMode(mode)] for mode in compared(modes)])
    table = pd.DataFrame({bundle.catalogue.wording.user: known.user, "spread": np.ptp(among, axis=0)})
    for mode, overlaps in found.items():
        table[OVERLAP.format(mode=mode)] = overlaps
    return table.sort_values("spread", ascending=False, kind="stable", ignore_index=True)
