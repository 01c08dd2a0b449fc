"""What can be said of the recommender, the language model and how far either is to be trusted."""

from __future__ import annotations

import math
import re
from dataclasses import replace

import torch

from recexplainer_core.dialogue.answer import REPORT, TARGET, Answer
from recexplainer_core.dialogue.context import LISTED, Context
from recexplainer_core.dialogue.question import Question
from recexplainer_core.rationale.trust import lists_verdict, reasons_verdict
from recexplainer_core.recommenders.base import mask_seen
from recexplainer_core.terms import definition, find_term

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


def term(question: Question, context: Context) -> Answer | None:
    """Say what one of the words on screen means; None where none is asked for."""
    found = find_term(re.sub(r"[^\w@' -]", " ", question.typed))
    return None if found is None else Answer("model", definition(found), "What the words here mean")


def size(question: Question, context: Context) -> Answer:
    """Say how much there is in the data."""
    words = context.catalogue.wording
    text = (
        f"There are {context.users:,} {words.users}, {len(context.catalogue):,} {words.items} and "
        f"{sum(context.popularity):,} choices."
    )
    return Answer("model", text, "From the bundle")


def order_matters(question: Question, context: Context) -> Answer:
    """Say what becomes of the list if the history is turned round."""
    words, history = context.catalogue.wording, context.history
    best = context.order[:LISTED]
    with torch.inference_mode():
        scores = context.recommender.scores(context.recommender.user_vectors([history.recent[::-1]]))
    turned = mask_seen(scores, [history.seen])[0].argsort(descending=True)[:LISTED].tolist()
    if turned == best:
        text = f"No: turned round, the same history gets the same {LISTED} {words.items} in the same order."
    else:
        kept = len(set(turned) & set(best))
        text = (
            f"Yes: turned round, the same history keeps {kept} of its {LISTED} {words.items}"
            + (", the first one among them" if best[0] in turned else "")
            + f", and {context.named(turned[:1])} comes first"
            + (" as before." if turned[0] == best[0] else f" instead of {context.named(best[:1])}.")
        )
    return Answer("model", text, TARGET)


def guessing(question: Question, context: Context) -> Answer:
    """Set how sure the surrogate is beside how often it is right."""
    [listed] = context.explainer.surrogate.predict([context.history], [context.mode], 1)
    chance = math.exp(listed[0].log_probability)
    sure = (
        f"Its own first choice, {context.named([listed[0].item])}, gets {chance:.0%} from it, where a "
        f"{context.catalogue.wording.item} drawn by lot would get {1 / len(context.order):.1%}. "
    )
    found = how_often_right(question, context)
    return found if found.declined else replace(found, text=sure + found.text, items=(listed[0].item,))


def limits(question: Question, context: Context) -> Answer:
    """Say what is not known of a user."""
    words, most = context.catalogue.wording, context.recommender.max_history
    older = max(0, len(context.history.items) - most)
    text = (
        f"Only the last {most} {words.items} count"
        + (f": {older} older ones of this {words.user} are not seen" if older else "")
        + f". Whether {words.an_item} was liked, age, mood of the day and all beyond the catalogue are not known, to "
        "the target or to the LLM."
    )
    return Answer("model", text, "From the bundle")
