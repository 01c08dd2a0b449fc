from pathlib import Path

import numpy as np
import pytest
import torch
from safetensors.torch import load_file

from recexplainer_core.alignment.warm_start import lay_out_titles
from recexplainer_core.lm.adapters import load_aligned, load_for_training, save_adapter
from recexplainer_core.lm.encoding import Answer, Encoder
from recexplainer_core.lm.model import AlignedLM
from recexplainer_core.lm.segments import Content, Template
from recexplainer_core.modes import AlignmentMode
from tests.fakes.tiny_lm import CATALOGUE, TITLES, target, write_llm


@pytest.fixture
def fresh(tmp_path: Path) -> AlignedLM:
    return load_for_training(
        write_llm(tmp_path / "llm"), AlignmentMode.INTENTION, len(TITLES), rank=4, alpha=8
    )


def test_adapters_reach_the_embeddings_and_the_output_layer_but_copy_neither(
    fresh: AlignedLM, tmp_path: Path
):
    save_adapter(fresh, AlignmentMode.INTENTION, tmp_path, "llm")
    names = load_file(tmp_path / "adapter_model.safetensors").keys()
    assert [name for name in names if "embed_tokens" in name]
    assert [name for name in names if "lm_head" in name]
    assert all("lora" in name for name in names)


def test_the_output_layer_alone_changes_along_the_targets_vectors_where_titles_are_said(tmp_path: Path):
    mode, recommender = AlignmentMode.INTENTION, target()
    folder = write_llm(tmp_path / "llm")
    lm = load_for_training(folder, mode, len(TITLES), rank=4, alpha=8, ends="output")
    lay_out_titles(lm, mode, CATALOGUE, recommender.item_vectors)
    said = {int(lm.tokenizer.eos_token_id)}
    said |= {token for title in CATALOGUE.titles for token in Encoder(lm.tokenizer).content(title)}
    head = lm.llm.get_output_embeddings()
    used = head.lora_B[str(mode)].weight.any(1).nonzero()[:, 0].tolist()
    assert used and set(used) <= said
    assert not any("embed_tokens" in name for name, p in lm.named_parameters() if p.requires_grad)

    with torch.no_grad():
        head.lora_A[str(mode)].weight.normal_()
    save_adapter(lm, mode, tmp_path / "adapter", "llm")
    read = load_aligned(folder, {mode: tmp_path / "adapter"}).llm.get_output_embeddings()
    for part in ("lora_A", "lora_B"):
        written = getattr(head, part)[str(mode)].weight.half().float()
        assert torch.equal(getattr(read, part)[str(mode)].weight, written)


def test_the_loss_weighs_every_token_that_would_be_right(fresh: AlignedLM):
    encoder, recommender = Encoder(fresh.tokenizer), target()
    prompt = encoder.prompt((Template("Why "),))
    answers = [encoder.weighed_answer((Content(title),)) for title in ("Heat", "Ran")]

    def loss(answer: Answer) -> float:
        vectors = torch.zeros(1, len(TITLES))
        with torch.inference_mode():
            return float(
                fresh.answer_loss(
                    [prompt], [answer], AlignmentMode.INTENTION, vectors, recommender.item_vectors
                )
            )

    firsts = [Answer(a.token_ids[:1], a.right[:1], a.weights[:1]) for a in answers]
    right = torch.tensor([[first.token_ids[0] for first in firsts]]).numpy()
    both = Answer(firsts[0].token_ids, right, torch.tensor([[0.25, 0.75]]).numpy())
    assert loss(both) == pytest.approx(0.25 * loss(firsts[0]) + 0.75 * loss(firsts[1]), rel=1e-5)


def test_in_a_closed_answer_only_the_tokens_that_may_be_right_count(fresh: AlignedLM):
    prompt = Encoder(fresh.tokenizer).prompt((Template("Why "),))
    vectors, items = torch.zeros(2, len(TITLES)), target().item_vectors
    choices = [(np.array([5, 9]), np.array([1.0, 3.0]))]
    restricted = Answer.weighed((5,), choices, restricted=(0,))
    alone = Answer.weighed((7,), [(np.array([7]), np.array([1.0]))])
    with torch.inference_mode():
        inputs = fresh.embed([prompt], [AlignmentMode.INTENTION], vectors[:1], items)
        [logits] = fresh.logits_at(inputs, [(0, -1)])
        together = fresh.answer_loss(
            [prompt] * 2, [restricted, alone], AlignmentMode.INTENTION, vectors, items
        )
    of_two = logits[[5, 9]].log_softmax(0)
    wanted = (-0.25 * of_two[0] - 0.75 * of_two[1] - logits.log_softmax(0)[7]) / 2
    assert float(together) == pytest.approx(float(wanted), rel=1e-4)
