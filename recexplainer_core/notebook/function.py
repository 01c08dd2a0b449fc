"""Any recommender as a function from histories to scores: explained from its own answers, without a language model."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from recexplainer_core.catalogue import Catalogue, Wording
from recexplainer_core.errors import UnknownNameError
from recexplainer_core.histories import History
from recexplainer_core.notebook.shown import Told
from recexplainer_core.prose.writer import TemplateWriter
from recexplainer_core.rationale.checks import Check
from recexplainer_core.rationale.claim_checks import BY_CONSTRUCTION, Subject, check_claim
from recexplainer_core.rationale.claims import Cites, Claim, Interest, Rank, Shares, Strongest
from recexplainer_core.rationale.interest import FEWEST, shared_with_history
from recexplainer_core.rationale.removals import Removals
from recexplainer_core.rationale.shared_values import shared_values
from recexplainer_core.rationale.surrogate_claims import MOST_CITED, reasons_of
from recexplainer_core.rationale.verified import verified
from recexplainer_core.rationale.voices import voice_named
from recexplainer_core.recommenders.base import top_items
from recexplainer_core.recommenders.callable_target import CallableTarget, Scores


def explain(
    target: Scores,
    history: Sequence[str],
    titles: Sequence[str],
    item: str | None = None,
    attributes: Mapping[str, Sequence[Sequence[str]]] | None = None,
    voice: str = "analyst",
    wording: Wording | None = None,
    max_history: int = 10,
) -> Told:
    """Say why a recommender suggests an item, from its own answers to changed histories.

    Args:
        target: the recommender: takes n histories, lists of titles, oldest first, and returns [n, n_items], a score
            for each item in the order of `titles`, higher is better.
        history: titles that the user chose, oldest first.
        titles: of all items.
        item: title of the item; the target's first choice unless given.
        attributes: name -> for each item its values, so that reasons can speak of tastes.
        voice: "analyst", "viewer" or "brief".
        wording: what items and users are called.
        max_history: so many of the most recent items are attributed.

    Raises:
        UnknownNameError: a title is not there, or nothing is left to recommend.
        ModelError: the function returns something else than scores.
    """
    columns = {name: [tuple(values) for values in column] for name, column in (attributes or {}).items()}
    catalogue = Catalogue(
        [str(number) for number in range(len(titles))], list(titles), columns, wording or Wording()
    )
    recommender = CallableTarget(target, titles, max_history)
    own = History.of([catalogue.find(title) for title in history], max_history)
    if item is None:
        [found] = top_items(recommender, [own.recent], 1, [own.seen])
        if not found:
            raise UnknownNameError("The history holds every item, so nothing is left to recommend.")
        explained = found[0].item
    else:
        explained = catalogue.find(item)
    subject = Subject(catalogue, Removals(recommender, own, explained))
    claims = verified(_candidates(subject), subject)
    sentences = TemplateWriter().write(claims, subject, voice_named(voice), 0)
    checks = tuple(check for sentence in sentences for check in _checks(sentence.claims, subject))
    text = " ".join(sentence.text for sentence in sentences)
    cited = tuple(catalogue.titles[one] for one in reasons_of(claims))
    return Told(f"Why {catalogue.titles[explained]}?", text, checks, "From the target's own answers", cited)


def _candidates(subject: Subject) -> list[Claim]:
    """Return what may be true of an item, for the target to say: its place, a taste, what speaks for it most."""
    catalogue, target = subject.catalogue, subject.target
    parts = sorted(target.attribution.contributions.items(), key=lambda one: -one[1])
    strong = [one for one, part in parts if part > 0 and part >= 0.5 * parts[0][1]][:MOST_CITED]
    tastes = [
        Interest(
            one.attribute, one.value, tuple(target.history.recent[place] for place in one.places)[:MOST_CITED]
        )
        for one in shared_with_history(catalogue, subject.item, target.history.recent)
        if len(one.places) >= FEWEST
    ]
    held = next((one for one in tastes if verified([one], subject)[:1] == (one,)), None)
    claims: list[Claim] = [Rank(subject.item, "first"), *([held] if held else [])]
    shown = held.items if held else ()
    claims += [Cites(one) for one in strong if one not in shown]
    if not held and strong:
        claims += [Shares(strong[0], *pair) for pair in shared_values(catalogue, strong[0], subject.item)[:1]]
    return [*claims, *([Strongest(strong[0])] if strong else [])]


def _checks(claims: Sequence[Claim], subject: Subject) -> list[Check]:
    return [
        found for found in (check_claim(one, subject) for one in claims) if found.kind not in BY_CONSTRUCTION
    ]
