import json
from dataclasses import asdict, replace

from recexplainer_core.alignment.config import AlignmentConfig
from recexplainer_core.alignment.tasks.base import TASKS
from recexplainer_core.pipeline.settings import QUICK

EARLIER = {
    "next_item_examples": 48000,
    "ranking_examples": 8000,
    "interest_examples": 10000,
    "descriptions_per_item": 3,
    "conversation_examples": 2000,
    "recall_examples": 4000,
    "leaning_examples": 3000,
    "rationale_examples": 20000,
    "edited": 0.4,
    "first_share": 0.15,
    "wording": 0.2,
    "rank": 32,
    "alpha": 64,
    "batch_size": 16,
    "learning_rate": 0.0015,
    "checkpoints": 10,
    "gone": 1,
}
"""As the manifests of bundles have it that were built before tasks were registered."""


def test_what_earlier_bundles_were_taught_is_what_is_taught_today():
    read = AlignmentConfig.from_record(EARLIER)
    assert read.record() == AlignmentConfig().record()
    assert [*read.examples, "evidence"] == TASKS.names()
    other = AlignmentConfig.from_record(EARLIER | {"first_share": 0.5, "wording": 0.1, "recall_examples": 7})
    assert (other.first_probability, other.phrasing_weight) == (0.5, 0.1)
    assert other.n_examples("history_reconstruction") == 7


def test_a_record_is_read_back():
    config = replace(QUICK.alignment, first_probability=0.3)
    recorded = json.loads(json.dumps(config.record()))
    assert AlignmentConfig.from_record(recorded | {"gone": 1}) == config
    assert recorded.keys() == asdict(config).keys()


def test_tasks_keep_their_proportion_except_what_is_asked_of_every_item():
    fewer = AlignmentConfig().scaled_to(12_000)
    assert fewer.n_examples("rationale") == 5_000
    assert fewer.n_examples("item_discrimination") == 3
    assert QUICK.alignment.scaled_to(128).n_examples("rationale") == 32
    assert AlignmentConfig({"next_item": 24}).n_examples("ranking") == 4
    assert AlignmentConfig({"next_item": 1}).n_examples("ranking") == 1
