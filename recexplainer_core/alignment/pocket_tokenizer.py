"""The pocket LM's tokenizer: a byte-level BPE of words, to which whole titles are added as further merges.

Prompts are mostly titles, so a title of one token makes them several times shorter, and everything faster. Word
merges come first in the order of merges: ordinary text is never cut along the seams of titles.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Sequence

from tokenizers import Regex, Tokenizer, decoders, models, pre_tokenizers, trainers
from transformers import PreTrainedTokenizerFast

from recexplainer_core.catalogue import Catalogue
from recexplainer_core.histories import IntArray
from recexplainer_core.surrogate.prompts import Content, Prompt, Template

END = "<|end|>"
WORD_SHARE = 0.5
"""Share of the vocabulary that words may take; titles get the rest, popular ones first."""
_WORD = r"\n|[«»]| ?[^\W_]+|[^\s\w«»]+ ?|\s|_"
_KEPT_APART = r"[\n«»]"


def train_tokenizer(
    catalogue: Catalogue, popularity: IntArray, corpus: Iterable[Prompt], vocabulary_size: int
) -> PreTrainedTokenizerFast:
    """Learn a tokenizer from a corpus and the catalogue's titles.

    Args:
        catalogue: whose titles become tokens.
        popularity: [n_items], how often each item occurs; where the vocabulary ends, rare titles stay in pieces.
        corpus: documents as segments.
        vocabulary_size: largest number of tokens, the 256 bytes included.
    """
    words: Counter[str] = Counter()
    for document in corpus:
        for segment in document:
            if isinstance(segment, Template | Content):
                words.update(re.findall(_WORD, segment.text))
    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False)
    trainer = trainers.BpeTrainer(
        vocab_size=int(vocabulary_size * WORD_SHARE),
        special_tokens=[END],
        initial_alphabet=pre_tokenizers.ByteLevel.alphabet(),
        show_progress=False,
    )
    tokenizer.train_from_iterator(
        (word for word, count in sorted(words.items()) for _ in range(min(count, 50))), trainer
    )
    by_popularity = sorted(range(len(catalogue)), key=lambda item: (-int(popularity[item]), item))
    titles = [catalogue.titles[item] for item in by_popularity]
    tokenizer = _with_titles(
        tokenizer, [title for title in titles if not re.search(_KEPT_APART, title)], vocabulary_size
    )
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
        [
            pre_tokenizers.Split(Regex(_KEPT_APART), "isolated"),
            pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False),
        ]
    )
    tokenizer.decoder = decoders.ByteLevel()
    return PreTrainedTokenizerFast(
        tokenizer_object=tokenizer, bos_token=END, eos_token=END, pad_token=END, model_max_length=1024
    )


def _with_titles(words: Tokenizer, titles: Sequence[str], vocabulary_size: int) -> Tokenizer:
    """Add the merges that turn each title's words into one token, until the vocabulary is full."""
    state = json.loads(words.to_str())
    vocabulary: dict[str, int] = state["model"]["vocab"]
    merges = [tuple(merge) for merge in state["model"]["merges"]]
    rank: dict[tuple[str, str], int] = {}
    for title in titles:
        tokens = _merged(words.encode(title, add_special_tokens=False).tokens, rank)
        if len(vocabulary) + len(tokens) - 1 > vocabulary_size:
            continue
        while len(tokens) > 1:
            pair = (tokens[0], tokens[1])
            rank[pair] = len(rank)
            merges.append(pair)
            vocabulary.setdefault("".join(pair), len(vocabulary))
            tokens = _merged(["".join(pair), *tokens[2:]], rank)
    tokenizer = Tokenizer(models.BPE(vocab=vocabulary, merges=merges))
    tokenizer.add_special_tokens([END])
    return tokenizer


def _merged(tokens: list[str], rank: dict[tuple[str, str], int]) -> list[str]:
    """Apply merges in their order, as the tokenizer will."""
    while len(tokens) > 1:
        pairs = [(rank[pair], place) for place, pair in enumerate(zip(tokens, tokens[1:])) if pair in rank]  # noqa: B905
        if not pairs:
            break
        _, place = min(pairs)
        tokens = [*tokens[:place], tokens[place] + tokens[place + 1], *tokens[place + 2 :]]
    return tokens
