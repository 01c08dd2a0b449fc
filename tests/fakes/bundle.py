"""A bundle, a surrogate and a writer with known answers: everything the pages use, without a trained model."""

from __future__ import annotations

import json
import struct
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import torch

from recexplainer_core.bundle.manifest import Manifest
from recexplainer_core.catalogue import FILMS, Catalogue
from recexplainer_core.datasets.provenance import Provenance
from recexplainer_core.errors import BusyError
from recexplainer_core.evaluation.report import Report
from recexplainer_core.fingerprints import file_fingerprint
from recexplainer_core.grammar.reading import read
from recexplainer_core.histories import Histories, History
from recexplainer_core.modes import ALIGNED, AlignmentMode
from recexplainer_core.rationale.reading import Reading
from recexplainer_core.rationale.request import RationaleRequest
from recexplainer_core.rationale.writers import WRITERS
from recexplainer_core.surrogate.base import Prediction
from tests.fakes.embedding_map import write_fake_map
from tests.fakes.report import fake_report

NASTY = "**x** <b> $y$ [a](b) :red[z]"
FILMS_TABLE = [
    row.split(";")
    for row in (
        "Alien;1979;Ridley Scott;horror",
        "Solaris;1972;Andrei Tarkovsky;science fiction",
        "Stalker;1979;Andrei Tarkovsky;science fiction",
        "Cléo from 5 to 7;1962;Agnès Varda;drama",
        "Vagabond;1985;Agnès Varda;drama",
        "The Gleaners and I;2000;Agnès Varda;documentary",
        "Blade Runner;1982;Ridley Scott;science fiction",
        "Heat;1995;Michael Mann;crime",
        "The Thing;1982;John Carpenter;horror",
        "Halloween;1978;John Carpenter;horror",
        "Rashomon;1950;Akira Kurosawa;drama",
        "Seven Samurai;1954;Akira Kurosawa;adventure",
        "Ikiru;1952;Akira Kurosawa;drama",
        "Tokyo Story;1953;Yasujirō Ozu;drama",
        "Late Spring;1949;Yasujirō Ozu;drama",
        "Spirited Away;2001;Hayao Miyazaki;animation",
        "Princess Mononoke;1997;Hayao Miyazaki;animation",
        "Playtime;1967;Jacques Tati;comedy",
        "My Neighbor Totoro;1988;Hayao Miyazaki;animation",
        "Mon Oncle;1958;Jacques Tati;comedy",
        "Dr. Strangelove or: How I Learned to Stop Worrying and Love the Bomb;1964;Stanley Kubrick;comedy",
        "2001: A Space Odyssey;1968;Stanley Kubrick;science fiction",
        "Psycho;1960;Alfred Hitchcock;horror",
        "Rear Window;1954;Alfred Hitchcock;thriller",
        "Vertigo;1958;Alfred Hitchcock;thriller",
        "The Lord of the Rings: The Fellowship of the Ring;2001;Peter Jackson;fantasy",
        "Parasite;2019;Bong Joon-ho;thriller",
        "Memories of Murder;2003;Bong Joon-ho;crime",
        "Mulholland Drive;2001;David Lynch;mystery",
        "Eraserhead;1977;David Lynch;horror",
        "Crouching Tiger, Hidden Dragon;2000;Ang Lee;adventure",
        "Moon;2009;Duncan Jones;science fiction",
        "In the Mood for Love;2000;Wong Kar-wai;romance",
        "Chungking Express;1994;Wong Kar-wai;romance",
        "Do the Right Thing;1989;Spike Lee;drama",
        "Paris, Texas;1984;Wim Wenders;drama",
        "Wings of Desire;1987;Wim Wenders;fantasy",
        "Persona;1966;Ingmar Bergman;drama",
        "The Seventh Seal;1957;Ingmar Bergman;drama",
        "Amélie;2001;Jean-Pierre Jeunet;romance",
    )
]


class FakeRecommender:
    """The films behind the last one of the history in the table are the best, in their order."""

    max_history = 10
    supports_edits = True

    def __init__(self, n_items: int) -> None:
        self.item_vectors = torch.eye(n_items)

    def user_vectors(self, histories: Sequence[Sequence[int]]) -> torch.Tensor:
        n = len(self.item_vectors)
        last = torch.tensor([h[-1] if len(h) else 0 for h in histories])
        return -((torch.arange(n)[None, :] - last[:, None] - 1) % n).float()

    def scores(self, user_vectors: torch.Tensor) -> torch.Tensor:
        return user_vectors


@dataclass
class FakeEngine:
    """A surrogate (see `surrogate.base.Surrogate`) that finds no item off its lists interesting.

    Hybrid predicts the target's list with its second and third exchanged and the last replaced.
    """

    catalogue: Catalogue
    recommender: FakeRecommender
    pause_s: float = 0.0
    busy: bool = False
    cancelled: list[bool] = field(default_factory=list)
    modes = (AlignmentMode.NONE, *ALIGNED)

    def predict(
        self, histories: Sequence[History], modes: Sequence[AlignmentMode], k: int = 10
    ) -> list[list[Prediction]]:
        self.refuse_if_busy()
        answers = []
        for history, mode in zip(histories, modes, strict=True):
            scores = self.recommender.scores(self.recommender.user_vectors([history.recent]))[0]
            best = [i for i in scores.argsort(descending=True).tolist() if i not in history.seen]
            order = {
                AlignmentMode.HYBRID: [0, 2, 1, 3, 5, 4, 6, 8, 11, 12],
                AlignmentMode.INTENTION: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9],
                AlignmentMode.BEHAVIOUR: [1, 0, 4, 12, 2, 13, 9, 14, 3, 15],
                AlignmentMode.NONE: [18, 16, 5, 17, 14, 19, 13, 15, 12, 11],
            }[mode]
            answers.append([Prediction(best[o], -0.4 * r - 0.3) for r, o in enumerate(order[:k])])
        return answers

    def chances_of_interest(
        self, histories: Sequence[History], items: Sequence[int], modes: Sequence[AlignmentMode]
    ) -> list[float]:
        return [0.0] * len(histories)

    def deciding(
        self,
        histories: Sequence[History],
        items: Sequence[int],
        modes: Sequence[AlignmentMode],
        vectors_of: Sequence[History] | None = None,
    ) -> list[dict[int, float]]:
        return [{item: -float(place) for place, item in enumerate(h.recent[::-1])} for h in histories]

    def chances_without(
        self,
        histories: Sequence[History],
        items: Sequence[int],
        removed: Sequence[Sequence[int]],
        modes: Sequence[AlignmentMode],
        vectors_of: Sequence[History] | None = None,
    ) -> list[float]:
        return [float(h.recent[-1] not in gone) for h, gone in zip(histories, removed, strict=True)]

    def answer(
        self,
        history: History,
        text: str,
        mode: AlignmentMode,
        item: int | None = None,
        cancel: threading.Event | None = None,
        temperature: float = 0.0,
    ) -> Iterator[str]:
        """Say of the item, or else of the last of the history, that it is drama."""
        title = self.catalogue.titles[history.items[-1] if item is None else item]
        yield from self.pieces(f"{title} is drama, <b>so</b> they say.", cancel)

    def pieces(self, text: str, cancel: threading.Event | None) -> Iterator[str]:
        for i in range(0, len(text), 4):
            if cancel is not None and cancel.is_set():
                self.cancelled.append(True)
                return
            time.sleep(self.pause_s)
            yield text[i : i + 4]

    def refuse_if_busy(self) -> None:
        if self.busy:
            raise BusyError("The model is answering others and was not free within 20 seconds. Try again.")


@dataclass
class FakeWriter:
    """A writer (see `rationale.writers.Writer`) whose sentences nobody can read, only their citations."""

    engine: FakeEngine

    def stream(
        self,
        request: RationaleRequest,
        verdict: str,
        cancel: threading.Event | None = None,
        temperature: float = 0.0,
    ) -> Iterator[str]:
        yield from self.engine.pieces(self._text(request, verdict, temperature), cancel)

    def write(self, requests: Sequence[RationaleRequest], verdicts: Sequence[str]) -> list[str]:
        """Return what `stream` streams."""
        self.engine.refuse_if_busy()
        return ["".join(self.stream(*asked)) for asked in zip(requests, verdicts, strict=True)]

    def read(self, text: str) -> Reading:
        return read(text, self.engine.catalogue)

    def _text(self, request: RationaleRequest, verdict: str, temperature: float) -> str:
        titles, history, item = self.engine.catalogue.titles, request.history.items, request.item
        last, before = titles[history[-1]], titles[history[-min(4, len(history))]]
        if request.other is not None:
            start = "because of" if temperature == 0 else "owing to"
            return f"«{titles[item]}» comes {verdict} «{titles[request.other]}», {start} «{last}»."
        start = "Above all" if temperature == 0 else "Chiefly"
        return (
            f"{start} because of «{last}» and «{before}», which share its mood. «{titles[item]}» comes from "
            f"the same years, and what was {self.engine.catalogue.wording.consumed} before plays no part."
        )


WRITERS.register("fake", FakeWriter)


@dataclass
class FakeBundle:
    root: Path
    manifest: Manifest
    catalogue: Catalogue
    histories: Histories
    held_out: np.ndarray
    recommender: FakeRecommender
    report: Report | None
    modes: tuple[AlignmentMode, ...]

    @property
    def manifest_hash(self) -> str:
        return file_fingerprint(self.root / "manifest.json")

    def history(self, user: int) -> History:
        return History.of(self.histories[user], self.recommender.max_history)

    def load_surrogate(self) -> None:
        return None


def fake_catalogue(nasty: bool = False) -> Catalogue:
    rows = [*FILMS_TABLE, (NASTY, "2011", "R. **Obin** Hood", "$crime$")] if nasty else list(FILMS_TABLE)
    return Catalogue(
        [f"f{i:02d}" for i in range(len(rows))],
        [row[0] for row in rows],
        {
            "year": [(row[1],) for row in rows],
            "director": [(row[2],) for row in rows],
            "genres": [(row[3],) for row in rows],
        },
        FILMS,
    )


def fake_histories(n_items: int, n_users: int = 60) -> Histories:
    rng = np.random.default_rng(0)
    lists = [rng.permutation(n_items)[: int(rng.integers(5, 19))].tolist() for _ in range(n_users)]
    plain = Histories.from_lists(lists, [f"v{u:03d}" for u in range(n_users)])
    causes = rng.integers(-1, 3, len(plain.items)).astype(np.int16)
    names = ("director: Agnès Varda", "theme: solitude", "decade: 1970s")
    return Histories(plain.user_ids, plain.offsets, plain.items, None, causes, names)


def write_fake_bundle(
    root: Path,
    nasty: bool = False,
    modes: Sequence[AlignmentMode] = ALIGNED,
    maps: Sequence[str] = ("default",),
) -> FakeBundle:
    """Write the few files the pages read themselves, and return the rest as objects."""
    (root / "recommender").mkdir(parents=True)
    (root / "recommender" / "config.json").write_text('{"kind": "sasrec"}')
    (root / "llm").mkdir()
    header = json.dumps({"weight": {"dtype": "F32", "shape": [5200, 1000], "data_offsets": [0, 0]}}).encode()
    (root / "llm" / "model.safetensors").write_bytes(struct.pack("<Q", len(header)) + header)
    catalogue = fake_catalogue(nasty)
    histories = fake_histories(len(catalogue))
    for number, name in enumerate(maps):
        write_fake_map(root, name, catalogue, len(histories), number)
    manifest = Manifest(
        format_version=1,
        name="fake",
        provenance=Provenance(
            "Films (simulated viewers)",
            f"{len(catalogue)} real films. The viewers are simulated: each has a few tastes, drifts between "
            "them and sometimes picks at random, so the true reason behind every choice is known.",
            "written for the tests", "none", simulated=True,
        ),
        seed=0,
        stages={"llm": {"llm": "pocket"}},
        libraries={"torch": "2"},
        created_by="python -m recexplainer_core build demo --out DIR",
        files={},
    )  # fmt: skip
    (root / "manifest.json").write_text(manifest.model_dump_json())
    held_out = np.arange(len(histories)) % 5 == 2
    return FakeBundle(
        root, manifest, catalogue, histories, held_out,
        FakeRecommender(len(catalogue)), fake_report(histories), tuple(modes),
    )  # fmt: skip
