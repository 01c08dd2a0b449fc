"""The pocket LM's tokenizer: a byte-level BPE of words, to which whole titles are added as tokens.

Prompts are mostly titles, so a title of one token makes them several times shorter, and everything faster; and what
the target says of an item is learnt far better where its title is one token: on ml-latest-small the target's first
choice was among the first five for .55 of such titles, and for .09 of those in pieces.
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
from recexplainer_core.lm.segments import CLOSE_CITATION, OPEN_CITATION, Content, Prompt, Template, Weighed

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
            if isinstance(segment, Template | Content | Weighed):
                words.update(re.findall(_WORD, segment.text))
    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False)
    trainer = trainers.BpeTrainer(
        vocab_size=int(vocabulary_size * WORD_SHARE),
        initial_alphabet=pre_tokenizers.ByteLevel.alphabet(),
        show_progress=False,
    )
    tokenizer.train_from_iterator(
        (word for word, count in sorted(words.items()) for _ in range(min(count, 50))), trainer
    )
    by_popularity = sorted(range(len(catalogue)), key=lambda item: (-int(popularity[item]), item))
    titles = [catalogue.titles[item] for item in by_popularity]
    tokenizer = _with_titles(
        tokenizer,
        [title for title in titles if title != END and not re.search(_KEPT_APART, title)],
        vocabulary_size,
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
    """Make the citation marks, and each title until the vocabulary is full, tokens of their own.

    A text that is a token as a whole is not merged from pieces.
    """
    state = json.loads(words.to_str())
    vocabulary: dict[str, int] = state["model"]["vocab"]
    byte_level = pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False)
    for text in (OPEN_CITATION, CLOSE_CITATION, *titles):
        if len(vocabulary) + 1 < vocabulary_size:
            [(token, _)] = byte_level.pre_tokenize_str(text)
            vocabulary.setdefault(token, len(vocabulary))
    merges = [tuple(merge) for merge in state["model"]["merges"]]
    tokenizer = Tokenizer(models.BPE(vocab=vocabulary, merges=merges, ignore_merges=True))
    # Outside the BPE's own vocabulary, so that a title that reads like it is still cut into pieces.
    tokenizer.add_special_tokens([END])
    return tokenizer
