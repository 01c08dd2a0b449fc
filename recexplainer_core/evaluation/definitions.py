"""What every figure of a report says, in one line each: the words of the app, of its downloads and of whoever asks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Direction = Literal["high", "low", "neither"]


@dataclass(frozen=True)
class Definition:
    """One figure of report.json.

    Args:
        name: what it is called on a screen.
        says: what it measures.
        good: which values are good: high ones, low ones, or neither, because it describes and does not grade.
        chance: what guessing gives, where that is known beforehand.
        part: the question it belongs to.
    """

    name: str
    says: str
    part: str
    good: Direction = "high"
    chance: float | None = None

    @property
    def direction(self) -> str:
        """Which values are good, and what chance gives, in words."""
        words = {"high": "higher is better", "low": "lower is better", "neither": "describes, does not grade"}
        return words[self.good] + ("" if self.chance is None else f"; chance gives {self.chance:g}")


LISTS, ORDER, VERDICTS, EDITS, SPEECH = (
    "Top tens",
    "Order of five items",
    "Interest in an item",
    "Edited histories",
    "Recall and speech",
)
REMOVAL, GROUNDING, STRENGTH, USE, SANITY = (
    "Removing what is cited",
    "Is it true of the catalogue and the history",
    "Is it true of the target",
    "Does it help a reader",
    "Does it depend on the target",
)

FIDELITY: Mapping[str, Definition] = {
    "acc@1": Definition(
        "Acc@1", "Share of users whose first prediction is the target's first choice.", LISTS
    ),
    "hr@5": Definition(
        "HR@5", "Share of users with the target's first choice among the first five predictions.", LISTS
    ),
    "ndcg@5": Definition(
        "NDCG@5",
        "As HR@5, but a first choice predicted lower down counts less: 1 at the top, 0.39 in fifth place.",
        LISTS,
    ),
    "overlap@10": Definition(
        "Overlap@10", "Share of the target's top ten that is in the predicted top ten.", LISTS
    ),
    "rbo@10": Definition(
        "RBO@10",
        "Rank-biased overlap of both top tens: the shared part at every depth, the upper ranks weighing more.",
        LISTS,
    ),
    "ranking_ndcg@5": Definition(
        "Ranking NDCG@5",
        "Five items put in order, with the paper's gains 1000, 100, 10, 1, 0: nearly all hangs on the first.",
        ORDER,
        chance=0.61,
    ),
    "kendall_tau": Definition(
        "Kendall's tau",
        "Agreement of the order of the five with the target's: 1 the same, 0 unrelated, -1 reversed.",
        ORDER,
        chance=0.0,
    ),
    "classification_accuracy": Definition(
        "Accuracy, outer bands",
        "Right answers to “would the target recommend it?” for its upper fifth (yes) and its lower half (no).",
        VERDICTS,
        chance=0.5,
    ),
    "middle_band_auc": Definition(
        "AUC, middle band",
        "How often P(yes) puts an item between the two bands below one of the upper and above one of the lower.",
        VERDICTS,
        chance=0.5,
    ),
    "tracking_correlation": Definition(
        "Tracking correlation",
        "After edits of the history: correlation of the change in the target's score of an item with the change in "
        "the prediction.",
        EDITS,
        chance=0.0,
    ),
    "verdict_flips": Definition(
        "Verdict flips",
        "Of the edits that turn the target's verdict on an item, the share that turns the predicted one as well.",
        EDITS,
    ),
    "history_coverage": Definition(
        "History coverage",
        "Share of the history's items that can be named from the target's user vector alone.",
        SPEECH,
    ),
    "unresolved": Definition(
        "Unresolved titles",
        "Share of next items, said without the catalogue's constraint, that are no title of the catalogue.",
        SPEECH,
        "low",
    ),
}
"""How well predictions agree with the target: keys of report["modes"][mode]."""

REASONS: Mapping[str, Definition] = {
    "necessity": Definition(
        "Necessity",
        "Share of equally large sets of history items whose removal costs the recommendation less than removing "
        "those cited.",
        REMOVAL,
        chance=0.5,
    ),
    "necessity, replaced": Definition(
        "Necessity, replaced",
        "The same with each removed item replaced by another, about as popular.",
        REMOVAL,
        chance=0.5,
    ),
    "ins@2": Definition(
        "INS@2",
        "What is left of the target's score with only the first two cited items; above 1 it rises.",
        REMOVAL,
    ),
    "del@2": Definition(
        "DEL@2", "What is left of the target's score without the first two cited items.", REMOVAL, "low"
    ),
    "del@2, replaced": Definition(
        "DEL@2, replaced", "The same with both replaced by others, about as popular.", REMOVAL, "low"
    ),
    "pos@10,2": Definition(
        "POS@10,2",
        "How often the item stays in the target's top ten without the first two cited items.",
        REMOVAL,
        "low",
    ),
    "pos@10,2, replaced": Definition(
        "POS@10,2, replaced", "The same with both replaced by others, about as popular.", REMOVAL, "low"
    ),
    "attribution_ap": Definition(
        "Attribution AP",
        "Average precision of the cited items in the order of the target's exact Shapley values.",
        REMOVAL,
    ),
    "smallest_set_precision": Definition(
        "Smallest set, precision",
        "Share of the cited items that belong to the smallest set whose removal drops the item from the top ten.",
        REMOVAL,
    ),
    "smallest_set_recall": Definition(
        "Smallest set, recall", "Share of that smallest set that is cited.", REMOVAL
    ),
    "cited_outside_history": Definition(
        "Cited outside the history",
        "Share of cited titles that are neither in the history nor the item explained.",
        GROUNDING,
        "low",
    ),
    "false_remarks": Definition(
        "False remarks",
        "Share of attributes said to be shared that the two items do not share.",
        GROUNDING,
        "low",
    ),
    "unread": Definition(
        "Not understood", "Share of reasons with a clause the checks cannot read.", GROUNDING, "low"
    ),
    "no_citation": Definition(
        "No citation", "Share of reasons that cite nothing of the history as a reason.", GROUNDING, "low"
    ),
    "taste_named": Definition(
        "Taste named",
        "Where a simulated user's taste fits the item: how often the reason names such a taste.",
        GROUNDING,
    ),
    "verdict_right": Definition(
        "Place right", "What is said of the item's place in the target's list is so.", STRENGTH
    ),
    "reasons_right": Definition(
        "Weight right", "What is said of how the weight is spread over the history is so.", STRENGTH
    ),
    "without_right": Definition(
        "Consequence right", "What is said would happen without the cited items does happen.", STRENGTH
    ),
    "verdict_top": Definition(
        "Verdict, upper band", "The stated liking is the target's, for items of its upper fifth.", STRENGTH
    ),
    "verdict_middle": Definition("Verdict, middle band", "The same between the two bands.", STRENGTH),
    "verdict_bottom": Definition("Verdict, lower band", "The same for items of its lower half.", STRENGTH),
    "verdict_balanced": Definition(
        "Verdict, balanced",
        "Mean of the accuracies among what the target likes and among what it does not.",
        STRENGTH,
        chance=0.5,
    ),
    "simulated_without_reasons": Definition(
        "Simulator alone",
        "How often a small model foresees whether the item stays listed after an edit, without the reason.",
        USE,
        "neither",
    ),
    "simulated_with_reasons": Definition(
        "Simulator with reasons", "The same once it knows what is cited.", USE
    ),
    "simulated_gain": Definition("Simulatability gain", "The second minus the first.", USE, chance=0.0),
    "distinction_auc": Definition(
        "Distinction, AUC",
        "How well a reader of the reason, without verdict and titles, tells liked items from others.",
        USE,
        chance=0.5,
    ),
    "coherence": Definition(
        "Coherence",
        "Correlation of such a reader's guess of the item's place in the target's order with its real place.",
        USE,
        chance=0.0,
    ),
    "follows_text": Definition(
        "Follows the text",
        "Given one user's titles and another's vector: share of the citations that come from the titles.",
        SANITY,
        "neither",
    ),
    "follows_vector": Definition(
        "Follows the vector", "The same, from the history behind the vector.", SANITY, "neither"
    ),
    "changed_by_redrawn_target": Definition(
        "Changed by another target",
        "How often the citations change when the target's weights are drawn at random; 0 where no vector is seen.",
        SANITY,
    ),
}
"""How faithful reasons are: keys of report["reasons"]["modes"][mode]; those of `REMOVAL` have baselines beside them."""

BASELINES: Mapping[str, str] = {
    "none": "the same language model before alignment, asked in the way that suits it best",
    "distilled copy": "a small recommender without language, trained on the same answers of the target",
    "popularity": "the most frequent unseen items, the same for everybody",
    "random": "drawn by chance",
}
"""What the modes are measured beside."""

CITATION_BASELINES: Mapping[str, str] = {
    "random": "as many items of the history, drawn by chance",
    "most recent": "as many of the latest items",
    "nearest vector": "as many items whose vectors lie nearest to the explained one's",
    "oracle": "as many items with the highest exact Shapley values: about the best possible",
}
"""What the citations of a reason are measured beside."""
