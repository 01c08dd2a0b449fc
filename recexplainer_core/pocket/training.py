"""The pocket LM: a small Llama trained from scratch on text made from one catalogue, so that nothing is downloaded."""

from __future__ import annotations

import random
from array import array
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import chain, count
from pathlib import Path

import torch
import torch.nn.functional as F
from torch import Tensor, nn
from transformers import LlamaConfig, LlamaForCausalLM

from recexplainer_core.alignment.loop import train
from recexplainer_core.catalogue import Catalogue
from recexplainer_core.histories import Histories, IntArray
from recexplainer_core.lm.encoding import Encoder
from recexplainer_core.pocket.corpus import documents, task_texts
from recexplainer_core.pocket.induction_initialisation import initialise_induction_heads
from recexplainer_core.pocket.pretraining_tasks import QuestionAndAnswer
from recexplainer_core.pocket.tokenizer import train_tokenizer
from recexplainer_core.processes import processes
from recexplainer_core.progress import Progress

UNLEARNT = -100
"""Label of a token that is read only."""


@dataclass(frozen=True)
class PocketConfig:
    """Size and training of the pocket LM.

    Args:
        hidden_size: width of the embeddings.
        layers: transformer blocks.
        heads: attention heads.
        vocabulary_size: most tokens; a catalogue that needs fewer gets fewer.
        block: tokens a training sequence.
        tokens: how much is read; the corpus is made anew, in other words, until there is enough.
        batch_size: blocks a step.
        learning_rate: peak.
        checkpoints: written over the run.
    """

    hidden_size: int = 256
    layers: int = 4
    heads: int = 4
    vocabulary_size: int = 20_480
    block: int = 256
    tokens: int = 4_000_000
    batch_size: int = 8
    learning_rate: float = 2e-3
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
        seed: of weights, texts and order.
        progress: called at every step.
    """
    rng = random.Random(seed)
    corpus = list(documents(catalogue, histories, training_users, rng))
    popularity = histories.popularity(len(catalogue), training_users)
    largest = min(config.vocabulary_size, 3000 + 4 * len(catalogue))
    read_by_tokenizer = [(*question, *answer) for question, answer in corpus]
    read_by_tokenizer += [text for text in task_texts(catalogue) for _ in range(20)]
    tokenizer = train_tokenizer(catalogue, popularity, read_by_tokenizer, largest)
    encoder = Encoder(tokenizer)
    again = (documents(catalogue, histories, training_users, rng) for _ in count())
    texts = chain(corpus, chain.from_iterable(again))
    examples = _pack(texts, encoder, config.tokens // config.block, config.block)
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
            attention_bias=True,
            initializer_range=config.hidden_size**-0.5,
            bos_token_id=encoder.end,
            eos_token_id=encoder.end,
            pad_token_id=encoder.placeholder,
        )
    )
    initialise_induction_heads(llama)
    train(
        _Blocks(llama),
        examples,
        lambda batch: {
            name: torch.stack([e[name] for e in batch]).long() for name in ("input_ids", "labels")
        },
        folder / "checkpoints",
        batch_size=config.batch_size,
        epochs=1,
        learning_rate=config.learning_rate,
        checkpoints=config.checkpoints,
        seed=seed,
        progress=progress,
    )
    # Adapters are trained on what is shipped: round first, align afterwards.
    if processes().is_main_process:
        llama.bfloat16().save_pretrained(folder / "model")
        tokenizer.save_pretrained(folder / "model")


def _pack(
    texts: Iterable[QuestionAndAnswer], encoder: Encoder, n_blocks: int, block: int
) -> list[dict[str, Tensor]]:
    """Write texts one behind the other and cut them into blocks; of a question nothing is learnt.

    Returns:
        n_blocks of {"input_ids": [block], "labels": [block]}, the labels of questions `UNLEARNT`.
    """
    ids, labels = array("i"), array("i")
    for question, answer in texts:
        read, learnt = encoder.tokens(question), encoder.answer(answer)
        ids.extend((*read, *learnt))
        labels.extend((*[UNLEARNT] * len(read), *learnt))
        if len(ids) >= n_blocks * block:
            break
    rows = [torch.tensor(numbers[: n_blocks * block]).view(n_blocks, block) for numbers in (ids, labels)]
    return [{"input_ids": i, "labels": wanted} for i, wanted in zip(*rows, strict=True)]


class _Blocks(nn.Module):
    """A language model as `loop.train` takes it; the output layer is computed where there is something to learn."""

    def __init__(self, llama: LlamaForCausalLM) -> None:
        super().__init__()
        self.llama = llama

    def forward(self, input_ids: Tensor, labels: Tensor) -> dict[str, Tensor]:
        hidden = self.llama.model(input_ids=input_ids, use_cache=False).last_hidden_state[:, :-1]
        learnt = labels[:, 1:] != UNLEARNT
        logits = self.llama.lm_head(hidden[learnt])
        return {"loss": F.cross_entropy(logits.float(), labels[:, 1:][learnt])}
