"""A language model of a few thousand random weights over a real tokenizer, with an adapter for every mode."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch
from transformers import LlamaConfig, LlamaForCausalLM, PreTrainedTokenizerFast

from recexplainer_core.catalogue import FILMS, Catalogue
from recexplainer_core.lm.adapters import load_for_training, save_adapter
from recexplainer_core.lm.segments import Template
from recexplainer_core.modes import ALIGNED, AlignmentMode
from recexplainer_core.pocket.tokenizer import train_tokenizer
from recexplainer_core.prompting import prompts

NASTY = "**x** <b> $y$ [a](b) :red[z] <|end|> <item> «Alien» {item}"
TITLES = ["Alien", "Aliens", "Heat", "The Thing", "The Third Man", "The", NASTY, "Solaris", "Mirror", "Ran"]
CATALOGUE = Catalogue(
    [f"i{i}" for i in range(len(TITLES))],
    TITLES,
    {"genres": [("horror",), ("horror", "action"), *[("drama",)] * (len(TITLES) - 2)]},
    FILMS,
)


class Additive:
    """A target whose answer is known: the score of item i is the sum of `weights[j, i]` over the history."""

    max_history = 10
    supports_edits = True

    def __init__(self, weights: torch.Tensor) -> None:
        self.weights = weights.float()
        self.item_vectors = torch.eye(len(weights))

    def user_vectors(self, histories: Sequence[Sequence[int]]) -> torch.Tensor:
        return torch.stack([self.weights[list(h)[-self.max_history :]].sum(0) for h in histories])

    def scores(self, user_vectors: torch.Tensor) -> torch.Tensor:
        return user_vectors @ self.item_vectors.T

    def reinitialised(self, seed: int) -> Additive:
        torch.manual_seed(seed)
        return Additive(torch.randn_like(self.weights))

    def save(self, folder: Path) -> None:
        raise NotImplementedError


def target() -> Additive:
    torch.manual_seed(1)
    return Additive(torch.randn(len(TITLES), len(TITLES)))


def tiny_tokenizer(vocabulary_size: int = 900) -> PreTrainedTokenizerFast:
    """Return a tokenizer that knows the tests' titles."""
    corpus = [prompts.history_to_continue(CATALOGUE, range(len(CATALOGUE)))] * 3
    corpus.append((Template("Why is this film because of «and» (on) account? nothing yet, Describe."),))
    return train_tokenizer(CATALOGUE, np.arange(len(CATALOGUE)), corpus, vocabulary_size)


def write_llm(folder: Path) -> Path:
    """Leave a random Llama and its tokenizer in a folder."""
    tokenizer = tiny_tokenizer()
    torch.manual_seed(0)
    config = LlamaConfig(
        vocab_size=len(tokenizer),
        hidden_size=32,
        intermediate_size=48,
        num_hidden_layers=2,
        num_attention_heads=2,
        max_position_embeddings=256,
        initializer_range=0.3,
        bos_token_id=tokenizer.bos_token_id,
        eos_token_id=tokenizer.eos_token_id,
        pad_token_id=tokenizer.pad_token_id,
    )
    LlamaForCausalLM(config).save_pretrained(folder)
    tokenizer.save_pretrained(folder)
    return folder


def write_adapters(llm: Path, folder: Path) -> dict[AlignmentMode, Path]:
    """Leave an adapter with random weights for each mode."""
    adapters = {}
    for number, mode in enumerate(ALIGNED):
        torch.manual_seed(10 + number)
        lm = load_for_training(llm, mode, len(TITLES), rank=4, alpha=8)
        for parameter in lm.parameters():
            if parameter.requires_grad:
                torch.nn.init.normal_(parameter, std=0.3)
        adapters[mode] = folder / mode
        save_adapter(lm, mode, adapters[mode], "llm")
    return adapters
