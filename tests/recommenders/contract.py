"""What every recommender must do; a new one's test is a class with two attributes."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import torch
from safetensors.torch import load_file, save_file

from recexplainer_core.errors import ModelError
from recexplainer_core.histories import Histories
from recexplainer_core.recommenders.base import Recommender, Reinitialisable, top_items
from recexplainer_core.recommenders.evaluation import evaluate_leave_one_out
from recexplainer_core.recommenders.registry import load_recommender

BLOCK, BLOCKS = 8, 4
N_ITEMS = BLOCK * BLOCKS


def block_histories(users: int = 120, length: int = 7) -> Histories:
    """Each user takes items of one block only, in an order of their own: the right list is the rest of it."""
    random = np.random.default_rng(0)
    return Histories.from_lists(
        [(u % BLOCKS * BLOCK + random.permutation(BLOCK)[:length]).tolist() for u in range(users)]
    )


class RecommenderContract:
    train: Callable[[Histories, int, Path], Recommender]
    """Trains on histories over so many items; the folder is for its checkpoints."""
    least_hr: float
    """HR@10 it must reach on the blocks, of 1 possible; popularity reaches about .3."""

    @pytest.fixture(scope="class")
    @classmethod
    def histories(cls) -> Histories:
        return block_histories()

    @pytest.fixture(scope="class")
    @classmethod
    def recommender(cls, histories: Histories, tmp_path_factory: pytest.TempPathFactory) -> Recommender:
        return cls.train(histories, N_ITEMS, tmp_path_factory.mktemp("training"))

    @pytest.fixture
    def saved(self, recommender: Recommender, tmp_path: Path) -> Path:
        recommender.save(tmp_path / "recommender")
        return tmp_path / "recommender"

    def test_finds_the_held_out_items(self, recommender: Recommender, histories: Histories) -> None:
        assert evaluate_leave_one_out(recommender, histories)["hr@10"] >= self.least_hr

    def test_recommends_within_the_block(self, recommender: Recommender) -> None:
        for block in range(BLOCKS):
            history = [block * BLOCK + i for i in (0, 3, 5, 1)]
            rest = set(range(block * BLOCK, (block + 1) * BLOCK)) - set(history)
            assert {r.item for r in top_items(recommender, [history], k=4)[0]} == rest

    def test_reinitialised_it_has_learnt_nothing(
        self, recommender: Recommender, histories: Histories
    ) -> None:
        if not isinstance(recommender, Reinitialisable):
            pytest.skip("this recommender cannot be drawn anew")
        strange = recommender.reinitialised(1)
        assert strange.item_vectors.shape == recommender.item_vectors.shape
        assert strange.max_history == recommender.max_history
        again = recommender.reinitialised(1).user_vectors([[0, 1, 2]])
        assert torch.equal(strange.user_vectors([[0, 1, 2]]), again)
        assert evaluate_leave_one_out(strange, histories)["hr@10"] < self.least_hr - 0.2

    def test_batch_equals_single(self, recommender: Recommender) -> None:
        batch = [[], [3], list(range(20)), [1, 2, 1], [31, 0]]
        batched = recommender.user_vectors(batch)
        alone = torch.cat([recommender.user_vectors([history]) for history in batch])
        torch.testing.assert_close(batched, alone, rtol=1e-4, atol=1e-5)

    def test_shapes(self, recommender: Recommender) -> None:
        vectors = recommender.user_vectors([[1, 2], []])
        assert vectors.shape == (2, recommender.item_vectors.shape[1])
        assert recommender.item_vectors.dtype == vectors.dtype == torch.float32
        assert recommender.scores(vectors).shape == (2, N_ITEMS)
        assert recommender.user_vectors([]).shape == (0, recommender.item_vectors.shape[1])

    def test_score_is_the_dot_product(self, recommender: Recommender) -> None:
        vectors = recommender.user_vectors([[1, 2], []])
        torch.testing.assert_close(recommender.scores(vectors), vectors @ recommender.item_vectors.T)

    def test_empty_history_has_finite_scores(self, recommender: Recommender) -> None:
        assert recommender.scores(recommender.user_vectors([[]])).isfinite().all()

    def test_only_the_recent_items_count(self, recommender: Recommender) -> None:
        recent = list(range(recommender.max_history))
        torch.testing.assert_close(
            recommender.user_vectors([[30, 31, *recent]]), recommender.user_vectors([recent])
        )

    def test_the_oldest_of_the_recent_items_counts(self, recommender: Recommender) -> None:
        rest = list(range(recommender.max_history - 1))
        one, other = recommender.user_vectors([[30, *rest], [12, *rest]])
        assert not torch.allclose(one, other)

    def test_frozen(self, recommender: Recommender) -> None:
        first, second = recommender.user_vectors([[1, 2, 3]]), recommender.user_vectors([[1, 2, 3]])
        assert torch.equal(first, second), "dropout is on"
        assert not first.requires_grad
        assert not recommender.item_vectors.requires_grad

    @pytest.mark.parametrize("item", [-1, N_ITEMS])
    def test_unknown_item_is_refused(self, recommender: Recommender, item: int) -> None:
        with pytest.raises(ModelError, match=f"item {item}, .* 0 to {N_ITEMS - 1}"):
            recommender.user_vectors([[1], [2, item]])

    def test_load_gives_the_same_scores(self, recommender: Recommender, saved: Path) -> None:
        assert sorted(p.name for p in saved.iterdir()) == ["config.json", "model.safetensors"]
        loaded = load_recommender(saved)
        histories: list[list[int]] = [[], [1], [5, 6, 7, 8]]
        assert torch.equal(loaded.item_vectors, recommender.item_vectors)
        assert torch.equal(loaded.user_vectors(histories), recommender.user_vectors(histories))
        assert (loaded.max_history, loaded.supports_edits) == (
            recommender.max_history,
            recommender.supports_edits,
        )

    @pytest.mark.parametrize("name", ["config.json", "model.safetensors"])
    def test_missing_file(self, saved: Path, name: str) -> None:
        (saved / name).unlink()
        with pytest.raises(ModelError, match=name):
            load_recommender(saved)

    @pytest.mark.parametrize("name", ["config.json", "model.safetensors"])
    def test_damaged_file(self, saved: Path, name: str) -> None:
        (saved / name).write_bytes((saved / name).read_bytes()[:40])
        with pytest.raises(ModelError, match=name):
            load_recommender(saved)

    def test_both_shapes_are_named_when_they_disagree(self, saved: Path) -> None:
        weights = load_file(saved / "model.safetensors")
        name = max(weights, key=lambda n: len(weights[n]))
        shape = list(weights[name].shape)
        cut = [shape[0] - 1, *shape[1:]]
        save_file(weights | {name: weights[name][:-1].contiguous()}, saved / "model.safetensors")
        with pytest.raises(ModelError) as caught:
            load_recommender(saved)
        assert str(shape) in str(caught.value) and str(cut) in str(caught.value)

    def test_weights_of_another_type(self, saved: Path) -> None:
        weights = load_file(saved / "model.safetensors")
        save_file({name: t.half() for name, t in weights.items()}, saved / "model.safetensors")
        with pytest.raises(ModelError, match=r"float16, but .* float32"):
            load_recommender(saved)

    def test_absurd_size_is_refused_before_memory_is_taken(self, saved: Path) -> None:
        config = saved / "config.json"
        config.write_text(config.read_text().replace(f'"n_items": {N_ITEMS}', '"n_items": 1000000000000'))
        with pytest.raises(ModelError, match="100000000000"):
            load_recommender(saved)

    @pytest.mark.parametrize("value", [0, -1, 10**9])
    def test_history_length_out_of_bounds(self, saved: Path, value: int) -> None:
        config = saved / "config.json"
        config.write_text(config.read_text().replace('"max_history": 10', f'"max_history": {value}'))
        with pytest.raises(ModelError, match=r"config.json: max_history"):
            load_recommender(saved)

    def test_wrong_setting(self, saved: Path) -> None:
        config = saved / "config.json"
        config.write_text(config.read_text().replace('"dimension": ', '"dimension": "wide", "was": '))
        with pytest.raises(ModelError, match=r"config.json: dimension"):
            load_recommender(saved)
