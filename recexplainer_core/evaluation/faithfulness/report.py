"""The measured faithfulness of a bundle's rationales."""

from __future__ import annotations

from recexplainer_core.evaluation.faithfulness.cases import draw_cases
from recexplainer_core.evaluation.faithfulness.generated import generate
from recexplainer_core.evaluation.faithfulness.metric import METRICS, ModeRationales
from recexplainer_core.evaluation.faithfulness.removal import baseline_citations, removal_figures
from recexplainer_core.evaluation.report import Faithfulness
from recexplainer_core.histories import Histories, IntArray
from recexplainer_core.modes import ALIGNED
from recexplainer_core.progress import Progress
from recexplainer_core.rationale.explainer import Explainer


def measure_faithfulness(
    explainer: Explainer,
    histories: Histories,
    users: IntArray,
    popularity: IntArray,
    seed: int,
    progress: Progress,
    reinitialised: Explainer | None = None,
    at_least: int = 0,
) -> Faithfulness:
    """Let every aligned mode give reasons, and test them.

    Args:
        explainer: of the target.
        histories: everybody's histories.
        users: one recommendation to each of them is explained, or several.
        popularity: [n_items], how often each item was chosen.
        seed: of what is explained, of the random citations, and of the bootstrap.
        progress: called after every batch.
        reinitialised: explains the target with weights that never learnt anything, for the sanity check.
        at_least: as many rationales are asked for, if each user's first ten recommendations allow it. Intervals are
            over rationales, and so a little too narrow where one user has several.

    Returns:
        The figures. A baseline cites as many items as the mode does, and so has figures of its own for each mode.
    """
    surrogate = explainer.surrogate
    recommender, modes = surrogate.recommender, [mode for mode in ALIGNED if mode in surrogate.modes]
    each = max(1, -(-at_least // max(1, len(users))))
    cases = list(draw_cases(surrogate.catalogue, recommender, histories, users, popularity, seed, each))
    report = Faithfulness(explanations=len(cases), modes={}, beside={})
    for number, mode in enumerate(modes if cases else ()):

        def on_progress(done: int, begun: int = number * len(cases), name: str = str(mode)) -> None:
            progress(begun + done, len(cases) * len(modes), f"reasons, {name}")

        rationales = generate(explainer, mode, cases, on_progress)
        written = ModeRationales(explainer, mode, cases, rationales, seed, reinitialised)
        report.modes[str(mode)] = {
            name: figure for _, metric in METRICS.items() for name, figure in metric.measure(written).items()
        }
        report.beside[str(mode)] = {
            name: removal_figures(cases, cited, seed)
            for name, cited in baseline_citations(cases, rationales, recommender.item_vectors, seed).items()
        }
    return report
