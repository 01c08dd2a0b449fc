"""What can be said of the recommender, the language model and how far either is to be trusted."""

from __future__ import annotations

from recexplainer_core.dialogue.answer import REPORT, Answer
from recexplainer_core.dialogue.context import Context
from recexplainer_core.dialogue.question import Question

_KINDS = {
    "sasrec": "a sequence model (SASRec): it turns the order of the last {n} {items} into one vector",
    "mf": "matrix factorisation: it folds the last {n} {items} into one vector, whatever their order",
}


def how_it_works(question: Question, context: Context) -> Answer:
    """Say in two sentences what kind of target it is, and what it sees."""
    words = context.catalogue.wording
    kind = _KINDS.get(
        context.target, "a model with a vector for every {item}: it turns the last {n} {items} into one more"
    )
    told = kind.format(n=context.recommender.max_history, item=words.item, items=words.items)
    text = (
        f"The target is {told}, and recommends the unseen {words.items} whose vectors fit it best. It sees which "
        f"{words.items} were {words.consumed}, nothing else of the {words.user}; the language model was aligned to it "
        "and explains it."
    )
    return Answer("model", text, "from the bundle")


def how_often_right(question: Question, context: Context) -> Answer:
    """Say how often the surrogate and the target agree."""
    first, five = context.figures.get("acc@1"), context.figures.get("hr@5")
    if first is None or five is None:
        return Answer("model", "This bundle was not measured yet: run `evaluate` on it.", declined=True)
    words = context.catalogue.wording
    text = (
        f"In {context.mode} mode, for {words.users} it was not taught with, the LLM's first title is the target's "
        f"first choice in {100 * first:.0f}% of cases, and among its first five in {100 * five:.0f}%."
    )
    return Answer("model", text, REPORT)


def trust(question: Question, context: Context) -> Answer:
    """Say how many reasons are true in every claim."""
    said, verified = context.figures.get("wholly_true"), context.figures.get("wholly_true, verified")
    if said is None or verified is None:
        return how_often_right(question, context)
    text = (
        f"Of the reasons for the target's first choice, {100 * said:.0f}% hold in every claim as the LLM alone says "
        f"them ({context.mode} mode), and {100 * verified:.0f}% when the target verifies them first, as it does here. "
        "Each claim below a reason says what the test found."
    )
    return Answer("model", text, REPORT)


def limits(question: Question, context: Context) -> Answer:
    """Say what is not known of a user."""
    words, most = context.catalogue.wording, context.recommender.max_history
    older = max(0, len(context.history.items) - most)
    text = (
        f"Only the last {most} {words.items} count"
        + (f": {older} older ones of this {words.user} are not seen" if older else "")
        + f". Whether a {words.item} was liked, age, mood of the day and all beyond the catalogue are not known, to "
        "the target or to the LLM."
    )
    return Answer("model", text, "from the bundle")
