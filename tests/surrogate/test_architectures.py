"""Every family of language models that --llm names, end to end, on a tiny model with random weights."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch
from transformers import (
    AutoModelForCausalLM,
    Gemma2Config,
    GemmaConfig,
    GPT2Config,
    GPTNeoXConfig,
    LlamaConfig,
    MistralConfig,
    Phi3Config,
    PretrainedConfig,
    Qwen2Config,
    Qwen3Config,
)

from recexplainer_core.alignment.config import AlignmentConfig
from recexplainer_core.alignment.training import align
from recexplainer_core.histories import Histories, History
from recexplainer_core.lm.adapters import load_aligned, load_for_training
from recexplainer_core.lm.encoding import Encoder
from recexplainer_core.lm.segments import Content
from recexplainer_core.modes import ALIGNED, AlignmentMode
from recexplainer_core.progress import silent
from recexplainer_core.prompting import prompts
from recexplainer_core.rationale.explainer import Explainer
from recexplainer_core.rationale.request import RationaleRequest
from recexplainer_core.surrogate.engine import Engine
from tests.fakes.tiny_lm import CATALOGUE, target, tiny_tokenizer

CHAT = (
    "{% for message in messages %}[{{ message['role'] }}] {{ message['content'] }}\n{% endfor %}"
    "{% if add_generation_prompt %}[assistant] {% endif %}"
)
WIDTH = {"hidden_size": 32, "intermediate_size": 48, "num_hidden_layers": 2, "num_attention_heads": 2}
GROUPED = {**WIDTH, "num_key_value_heads": 1}
FAMILIES: dict[str, tuple[type[PretrainedConfig], dict[str, object], bool]] = {
    "llama": (LlamaConfig, {**GROUPED, "tie_word_embeddings": False}, True),
    "smollm": (LlamaConfig, {**GROUPED, "tie_word_embeddings": True}, True),
    "qwen2": (Qwen2Config, {**GROUPED, "tie_word_embeddings": True}, True),
    "qwen3": (Qwen3Config, {**GROUPED, "head_dim": 16}, True),
    "mistral": (MistralConfig, {**GROUPED, "sliding_window": 64}, True),
    "phi3": (Phi3Config, GROUPED, True),
    "gemma": (GemmaConfig, {**GROUPED, "head_dim": 16}, True),
    "gemma2": (Gemma2Config, {**GROUPED, "head_dim": 16}, True),
    "gpt2": (GPT2Config, {"n_embd": 32, "n_layer": 2, "n_head": 2}, False),
    "pythia": (GPTNeoXConfig, WIDTH, False),
}
CONFIG = AlignmentConfig({"item_discrimination": 1}, rank=4, alpha=8, batch_size=8, checkpoints=1).scaled_to(
    24
)
HISTORIES = Histories.from_lists([list(np.random.default_rng(n).permutation(10)[:4]) for n in range(12)])


def write_family(name: str, folder: Path) -> Path:
    family, sizes, chats = FAMILIES[name]
    tokenizer = tiny_tokenizer()
    if chats:
        tokenizer.chat_template = CHAT
    torch.manual_seed(0)
    config = family(
        vocab_size=len(tokenizer),
        max_position_embeddings=1024,
        bos_token_id=tokenizer.bos_token_id,
        eos_token_id=tokenizer.eos_token_id,
        pad_token_id=tokenizer.pad_token_id,
        **sizes,
    )
    AutoModelForCausalLM.from_config(config).save_pretrained(folder)
    tokenizer.save_pretrained(folder)
    return folder


@pytest.mark.parametrize("family", FAMILIES)
def test_a_family_reads_packed_questions_as_each_alone(family: str, tmp_path: Path):
    lm = load_for_training(write_family(family, tmp_path), AlignmentMode.HYBRID, len(CATALOGUE), 4, 8).eval()
    encoder, history = Encoder(lm.tokenizer), (0, 1, 2)
    asked = [
        encoder.prompt(prompts.deciding(CATALOGUE, history, item, AlignmentMode.HYBRID)) for item in (5, 6, 7)
    ]
    answers = [encoder.weighed_answer((Content(CATALOGUE.titles[item]),)) for item in (0, 1, 2)]
    vectors = target().user_vectors([history] * 3)

    def loss(about) -> float:
        arguments = (asked, answers, AlignmentMode.HYBRID, vectors, target().item_vectors)
        with torch.inference_mode():
            return float(lm.answer_loss(*arguments, about=about))

    assert loss([0, 0, 0]) == pytest.approx(loss(None), rel=1e-4)


@pytest.mark.slow
@pytest.mark.parametrize("family", FAMILIES)
def test_a_family_is_aligned_saved_loaded_and_asked(family: str, tmp_path: Path):
    llm = write_family(family, tmp_path / "llm")
    adapters = {}
    for mode in ALIGNED:
        folder = tmp_path / mode
        config = replace(CONFIG, ends="output") if mode is AlignmentMode.INTENTION else CONFIG
        align(mode, llm, CATALOGUE, HISTORIES, np.arange(8), target(), config, folder, 0, silent)
        adapters[mode] = folder / "adapter"
    engine = Engine(load_aligned(llm, adapters), CATALOGUE, target())
    explainer = Explainer(engine)
    histories = [History.of(items) for items in ((0, 2), (3, 4, 5, 8))]
    pairs = [(history, mode) for history in histories for mode in AlignmentMode]
    batch = engine.predict([h for h, _ in pairs], [m for _, m in pairs], k=4)
    for (history, mode), row in zip(pairs, batch, strict=True):
        [alone] = engine.predict([history], [mode], k=4)
        assert [p.item for p in row] == [p.item for p in alone]
        assert [p.log_probability for p in row] == pytest.approx([p.log_probability for p in alone], abs=2e-3)
        assert not {p.item for p in row} & history.seen
    for mode in ALIGNED:
        assert isinstance(
            "".join(explainer.writer.stream(RationaleRequest(histories[0], 9, mode), "first")), str
        )
