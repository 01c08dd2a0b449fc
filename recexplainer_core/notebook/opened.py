"""A bundle in a notebook: users and items by their ids and titles, answers as tables and explanations."""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path

import pandas as pd

from recexplainer_core.bundle import Bundle
from recexplainer_core.bundle.talking import open_talk
from recexplainer_core.errors import UnknownNameError
from recexplainer_core.histories import History
from recexplainer_core.notebook.shown import Told, table
from recexplainer_core.rationale.attribution import attribute
from recexplainer_core.rationale.claim_checks import Subject, check_claim
from recexplainer_core.rationale.explainer import Explainer, require_reason_writer
from recexplainer_core.rationale.extraction.extract import extract
from recexplainer_core.rationale.reasons import TEMPLATE
from recexplainer_core.rationale.removals import Removals
from recexplainer_core.rationale.request import RationaleRequest
from recexplainer_core.rationale.verdict import LISTED
from recexplainer_core.rationale.voices import voice_named
from recexplainer_core.recommenders.base import top_items
from recexplainer_core.surrogate.engine import Engine


class OpenBundle:
    """A bundle whose users, items and models can be asked. Items are given by id or title, users by id.

    Args:
        folder: the bundle's.

    Raises:
        BundleError: it is missing or damaged.
    """

    def __init__(self, folder: str | Path) -> None:
        self.bundle = Bundle.open(Path(folder))

    @cached_property
    def explainer(self) -> Explainer:
        """Who predicts and explains; the language model is loaded, and fetched if need be, on first use."""
        bundle = self.bundle
        return Explainer(Engine(bundle.load_surrogate(), bundle.catalogue, bundle.recommender), TEMPLATE)

    @property
    def users(self) -> list[str]:
        """The ids of all users."""
        return list(self.bundle.histories.user_ids)

    @property
    def items(self) -> pd.DataFrame:
        """Every item with its title and attributes, by its id."""
        catalogue = self.bundle.catalogue
        columns = {
            name: [", ".join(values) for values in column] for name, column in catalogue.attributes.items()
        }
        index = pd.Index(catalogue.item_ids, name="item_id")
        return pd.DataFrame({"title": catalogue.titles, **columns}, index=index)

    def history(self, user: str) -> pd.DataFrame:
        """Return what a user chose, oldest first, and which of it the models see."""
        own = self._history(user)
        seen = len(own.items) - len(own.recent)
        return table(self._titles(own.items), counts=[place >= seen for place in range(len(own.items))])

    def recommended(self, user: str, k: int = LISTED) -> pd.DataFrame:
        """Return the target's first k unseen items for a user, with its scores."""
        own = self._history(user)
        [found] = top_items(self.bundle.recommender, [own.recent], k, [own.seen])
        return table(self._titles([one.item for one in found]), score=[one.score for one in found])

    def predicted(self, user: str, mode: str = "hybrid", k: int = LISTED) -> pd.DataFrame:
        """Return what the language model predicts that the target recommends, with its probabilities."""
        chosen = self.bundle.require_mode(mode)
        [found] = self.explainer.surrogate.predict([self._history(user)], [chosen], k)
        chances = [math.exp(one.log_probability) for one in found]
        return table(self._titles([one.item for one in found]), probability=chances)

    def attribute(self, user: str, item: str | None = None) -> pd.DataFrame:
        """Return what each item of the history does for an item: the part of its score that it brings.

        Shapley values of the target's softmax score, divided by that score. The item is the target's first choice
        unless given.
        """
        own, explained = self._asked(user, item)
        [[found]] = attribute(self.bundle.recommender, [own], [[explained]])
        return table(self._titles(found.history), share=(found.effects / found.probability).tolist())

    def explain(
        self,
        user: str,
        item: str | None = None,
        mode: str = "hybrid",
        voice: str = "analyst",
        verified: bool = True,
        writer: str = TEMPLATE,
    ) -> Told:
        """Return the reason for an item, each claim tested on the target; see the command `explain`."""
        own, explained = self._asked(user, item)
        request = RationaleRequest(
            own, explained, self.bundle.require_mode(mode), voice=voice_named(voice), verified=verified,
            writer=require_reason_writer(writer),
        )  # fmt: skip
        found = self.explainer.reasoned(request)
        assert found is not None and found.reason is not None  # a writer of reasons gives one
        whose = "verified by the target" if verified else "as the language model alone says it"
        cited = tuple(self._titles(found.reason.reasons))
        return Told(
            self._why(explained), found.text, tuple(found.reason.tested), f"{mode} mode, {whose}", cited
        )

    def check(self, text: str, user: str, item: str | None = None) -> Told:
        """Test a reason that somebody else wrote, sentence by sentence."""
        own, explained = self._asked(user, item)
        subject = Subject(self.bundle.catalogue, Removals(self.bundle.recommender, own, explained))
        claims = [
            claim
            for sentence in extract(text, self.bundle.catalogue, own, explained)
            for claim in sentence.claims
        ]
        checks = tuple(check_claim(claim, subject) for claim in claims)
        return Told(self._why(explained), text, checks, "Read and tested on the target")

    def ask(self, question: str, user: str, item: str | None = None, mode: str = "hybrid") -> Told:
        """Answer a question about a user in free words; see the command `ask`."""
        own, explained = self._asked(user, item)
        talk = open_talk(self.bundle, self.explainer, own, explained, self.bundle.require_mode(mode))
        answer = talk.ask(question)
        return Told(question, answer.text, answer.checks, answer.source)

    def _history(self, user: str) -> History:
        return self.bundle.history(self.bundle.histories.find(user))

    def _asked(self, user: str, item: str | None) -> tuple[History, int]:
        own = self._history(user)
        words = self.bundle.catalogue.wording
        if item is not None:
            explained = self.bundle.catalogue.find(item)
            if explained in own.seen:
                raise UnknownNameError(
                    f"{user!r} has {words.consumed} {item!r}, so it is not recommended. Give another {words.item}."
                )
            return own, explained
        [found] = top_items(self.bundle.recommender, [own.recent], 1, [own.seen])
        if not found:
            raise UnknownNameError(f"{user!r} has {words.consumed} everything. Give another {words.user}.")
        return own, found[0].item

    def _titles(self, items: Sequence[int]) -> list[str]:
        return [self.bundle.catalogue.titles[item] for item in items]

    def _why(self, item: int) -> str:
        return f"Why {self.bundle.catalogue.titles[item]}?"


def open_bundle(folder: str | Path) -> OpenBundle:
    """Open a bundle for a notebook.

    Raises:
        BundleError: it is missing or damaged.
    """
    return OpenBundle(folder)
