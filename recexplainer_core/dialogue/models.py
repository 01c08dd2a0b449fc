"""What can be said of the recommender, the language model and how far either is to be trusted."""

from __future__ import annotations

from recexplainer_core.dialogue.answer import REPORT, Answer
from recexplainer_core.dialogue.context import Context
from recexplainer_core.dialogue.question import Question
from recexplainer_core.rationale.trust import lists_verdict, reasons_verdict

_KINDS = {
    "sasrec": "a sequence model (SASRec): it turns the order of the last {n} {items} into one vector",
    "vectors": "a recommender made elsewhere, known by its vectors: the last {n} {items} are folded into one more",
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
    return Answer("model", text, "From the bundle")


def how_often_right(question: Question, context: Context) -> Answer:
    """Say how often the surrogate and the target agree."""
    found = lists_verdict(context.figures, context.catalogue.wording)
    if not found:
        return Answer("model", "This bundle was not measured yet: run `evaluate` on it.", declined=True)
    return Answer("model", f"In {context.mode} mode: {found[0].lower()}{found[1:]}", REPORT)


def trust(question: Question, context: Context) -> Answer:
    """Say how many reasons are true in every claim."""
    found = reasons_verdict(context.figures, context.catalogue.wording)
    if not found:
        return how_often_right(question, context)
    return Answer(
        "model",
        f"In {context.mode} mode, {found} Each claim below a reason says what its test found.",
        REPORT,
    )


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
    return Answer("model", text, "From the bundle")
