"""The shipped demo is whole, small, honest about itself, and does what the README says of it."""

import json
from pathlib import Path

import numpy as np
import pytest

from recexplainer_core.bundle import Bundle
from recexplainer_core.cli import main
from recexplainer_core.datasets import load_dataset
from recexplainer_core.histories import History
from recexplainer_core.modes import ALIGNED, AlignmentMode
from recexplainer_core.rationale.explainer import Explainer
from recexplainer_core.rationale.reasons import Reasoner
from recexplainer_core.rationale.request import RationaleRequest
from recexplainer_core.recommenders.base import top_items
from recexplainer_core.surrogate.engine import Engine

DEMO = Path(__file__).parent.parent / "assets" / "demo-pocket"


@pytest.fixture(scope="module")
def bundle() -> Bundle:
    return Bundle.open(DEMO)


@pytest.fixture(scope="module")
def engine(bundle: Bundle) -> Engine:
    return Engine(bundle.load_surrogate(), bundle.catalogue, bundle.recommender)


def test_it_is_whole_small_and_says_how_it_was_made(bundle: Bundle):
    assert sum(path.stat().st_size for path in DEMO.rglob("*") if path.is_file()) < 32e6
    assert bundle.modes == ALIGNED
    assert bundle.manifest.provenance.simulated
    assert bundle.manifest.stages["data"]["spec"] == "demo"
    assert bundle.manifest.commit and not bundle.manifest.commit.endswith("-dirty")


def test_its_data_are_those_that_the_code_makes(bundle: Bundle):
    catalogue, histories, _ = load_dataset("demo", seed=bundle.manifest.seed)
    assert list(catalogue.titles) == list(bundle.catalogue.titles)
    assert np.array_equal(histories.items, bundle.histories.items)
    assert np.array_equal(histories.causes, bundle.histories.causes)


def test_held_out_users_are_predicted_as_the_report_says(bundle: Bundle, engine: Engine):
    users = np.flatnonzero(bundle.held_out)[:40]
    histories = [History.of(bundle.histories[int(u)], bundle.recommender.max_history) for u in users]
    scores = bundle.recommender.scores(bundle.recommender.user_vectors([h.recent for h in histories])).clone()
    for row, history in enumerate(histories):
        scores[row, list(history.seen)] = -np.inf
    lists = engine.predict(histories, [AlignmentMode.HYBRID] * len(users), k=5)
    hits = np.mean([int(s.argmax()) in [p.item for p in row] for s, row in zip(scores, lists, strict=True)])
    assert bundle.report is not None
    assert abs(hits - bundle.report.modes["hybrid"]["hr@5"].value) < 0.25


@pytest.mark.parametrize("mode", ALIGNED)
def test_rationales_are_sentences_that_cite_the_history(bundle: Bundle, engine: Engine, mode: AlignmentMode):
    explainer = Explainer(engine)
    for user in np.flatnonzero(bundle.held_out)[:5]:
        history = History.of(bundle.histories[int(user)], bundle.recommender.max_history)
        [[best, *_]] = engine.predict([history], [mode], k=1)
        stream = explainer.explain(RationaleRequest(history, best.item, mode), listed=[best.item])
        text = "".join(stream)
        assert stream.rationale.cited_items <= {*history.recent, best.item}
        assert stream.rationale.verdict == "first" and stream.rationale.checks
        assert text.endswith(".") and 20 < len(text) < 500


@pytest.mark.slow
def test_the_commands_of_the_readme_answer(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    for arguments in (
        ["evaluate", str(DEMO), "--users", "20", "--json", str(tmp_path / "report.json")],
        ["explain", str(DEMO), "--user", "viewer-0001"],
        ["explain", str(DEMO), "--user", "viewer-0001", "--item", "Alien", "--mode", "behaviour"],
        ["explain", str(DEMO), "--user", "viewer-0001", "--voice", "viewer", "--as-said"],
        ["doctor", str(DEMO)],
    ):
        with pytest.raises(SystemExit) as stop:
            main(arguments)
        assert not stop.value.code, capsys.readouterr().err
    report = json.loads((tmp_path / "report.json").read_text())
    assert report["modes"]["hybrid"]["acc@1"]["low"] <= report["modes"]["hybrid"]["acc@1"]["value"]


def test_verified_reasons_hold_and_most_hold_as_said(bundle: Bundle, engine: Engine):
    users = np.flatnonzero(bundle.held_out)[:40]
    histories = [History.of(bundle.histories[int(u)], bundle.recommender.max_history) for u in users]
    firsts = [
        ranked[0].item
        for ranked in top_items(
            bundle.recommender, [h.recent for h in histories], 1, [h.seen for h in histories]
        )
    ]
    for verified, least in ((True, 0.95), (False, 0.7)):
        requests = [
            RationaleRequest(history, item, AlignmentMode.HYBRID, verified=verified)
            for history, item in zip(histories, firsts, strict=True)
        ]
        reasons = Reasoner(engine).reasons(requests)
        assert np.mean([reason.wholly_true for reason in reasons]) >= least
        assert len({reason.text for reason in reasons}) == len(reasons)


def test_the_bundle_with_a_pretrained_llm_is_whole_and_names_its_llm():
    bundle = Bundle.open(DEMO.with_name("demo"))
    assert bundle.modes == ALIGNED
    assert bundle.manifest.llm is not None and bundle.manifest.llm.name.startswith("SmolLM2-135M")
    sizes = [path.stat().st_size for path in (bundle.root / "adapters").rglob("*") if path.is_file()]
    assert sum(sizes) < 25e6
    assert np.array_equal(bundle.histories.items, Bundle.open(DEMO).histories.items)
