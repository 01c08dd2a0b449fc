"""The pocket LM: a small Llama trained from scratch on text made from one catalogue, so that nothing is downloaded."""

from __future__ import annotations

import random
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn
from transformers import LlamaConfig, LlamaForCausalLM

from recexplainer_core.alignment.corpus import documents, task_wording
from recexplainer_core.alignment.loop import train
from recexplainer_core.alignment.pocket_tokenizer import train_tokenizer
from recexplainer_core.catalogue import Catalogue
from recexplainer_core.histories import Histories, IntArray
from recexplainer_core.progress import Progress
from recexplainer_core.surrogate.encoding import Encoder


@dataclass(frozen=True)
class PocketConfig:
    """Size and training of the pocket LM.

    Args:
        hidden_size: width of the embeddings.
        layers: transformer blocks.
        heads: attention heads.
        vocabulary_size: most tokens; a catalogue that needs fewer gets fewer.
        block: tokens a training sequence.
        tokens: how much is read; the corpus is written anew, in other words, until there is enough.
        batch_size: blocks a step.
        learning_rate: peak.
        checkpoints: written over the run.
    """

    hidden_size: int = 128
    layers: int = 4
    heads: int = 4
    vocabulary_size: int = 8192
    block: int = 128
    tokens: int = 1_200_000
    batch_size: int = 8
    learning_rate: float = 3e-3
    checkpoints: int = 10


def train_pocket_lm(
    catalogue: Catalogue,
    histories: Histories,
    training_users: IntArray,
    config: PocketConfig,
    folder: Path,
    seed: int,
    progress: Progress,
) -> None:
    """Train tokenizer and model; leaves a Hugging Face folder at `folder / "model"`, in bfloat16.

    Args:
        catalogue: the items that the text is about.
        histories: everybody's histories.
        training_users: the users whose histories may be read.
        config: size and training.
        folder: where checkpoints and the result go; an interrupted run goes on from there.
        seed: of weights, wording and order.
        progress: told of every step.
    """
    rng = random.Random(seed)
    corpus = list(documents(catalogue, histories, training_users, rng))
    popularity = Histories.from_lists([histories[int(u)].tolist() for u in training_users]).popularity(
        len(catalogue)
    )
    largest = min(config.vocabulary_size, 3000 + 4 * len(catalogue))
    known_words = [*corpus, *(text for text in task_wording(catalogue) for _ in range(20))]
    tokenizer = train_tokenizer(catalogue, popularity, known_words, largest)
    encoder = Encoder(tokenizer)
    stream = [token for document in corpus for token in encoder.answer(document)]
    while len(stream) < config.tokens:
        again = documents(catalogue, histories, training_users, rng)
        stream += (token for document in again for token in encoder.answer(document))
    usable = config.tokens - config.tokens % config.block
    blocks = torch.tensor(stream[:usable], dtype=torch.int32).view(-1, config.block)
    examples = [{"input_ids": block} for block in blocks]
    torch.manual_seed(seed)
    llama = LlamaForCausalLM(
        LlamaConfig(
            vocab_size=len(tokenizer),
            hidden_size=config.hidden_size,
            intermediate_size=int(config.hidden_size * 8 / 3) // 16 * 16,
            num_hidden_layers=config.layers,
            num_attention_heads=config.heads,
            num_key_value_heads=config.heads,
            max_position_embeddings=1024,
            tie_word_embeddings=True,
            # Rare tokens stay near where they start, and titles are rare: they have to start far apart, or no
            # adapter can tell them apart later through the frozen output layer.
            initializer_range=config.hidden_size**-0.5,
            bos_token_id=encoder.end,
            eos_token_id=encoder.end,
            pad_token_id=encoder.placeholder,
        )
    )
    train(
        _Blocks(llama),
        examples,
        lambda batch: {"blocks": torch.stack([e["input_ids"] for e in batch]).long()},
        folder / "checkpoints",
        batch_size=config.batch_size,
        epochs=1,
        learning_rate=config.learning_rate,
        checkpoints=config.checkpoints,
        seed=seed,
        progress=progress,
    )
    # Adapters are trained on what is shipped: round first, align afterwards.
    llama.bfloat16().save_pretrained(folder / "model")
    tokenizer.save_pretrained(folder / "model")


class _Blocks(nn.Module):
    """A language model as the loop wants it."""

    def __init__(self, llama: LlamaForCausalLM) -> None:
        super().__init__()
        self.llama = llama

    def forward(self, blocks: Tensor) -> dict[str, Any]:
        return {"loss": self.llama(input_ids=blocks, labels=blocks, use_cache=False).loss}
