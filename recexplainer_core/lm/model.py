"""AlignedLM: one frozen language model, one LoRA adapter and connector per alignment mode.

This is the only place that knows where slots and padding go. It takes token ids and vectors and gives embeddings
or a loss; it knows nothing of titles, users or decoding.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

import torch
from peft import PeftModel
from peft.tuners.lora import LoraLayer
from torch import Tensor, nn
from transformers import PreTrainedTokenizerBase

from recexplainer_core.lm.connector import Connector
from recexplainer_core.lm.encoding import Answer, Encoded
from recexplainer_core.lm.loss import answer_cross_entropy
from recexplainer_core.lm.packing import CAPACITY, Packed, pack
from recexplainer_core.modes import AlignmentMode

BASE_ADAPTER = "__base__"
"""PEFT's name for a row of a mixed batch that uses no adapter."""


def adapter_name(mode: AlignmentMode) -> str:
    """Return PEFT's name for the adapter of a mode."""
    return BASE_ADAPTER if mode is AlignmentMode.NONE else str(mode)


class AlignedLM(nn.Module):
    """A language model with the adapters and connectors of its alignment modes.

    Args:
        llm: the base model, or a PEFT model that holds one adapter named after each mode.
        tokenizer: its tokenizer.
        connectors: the connector of each mode that sees vectors.

    Attributes:
        capacity: tokens of a sequence in training, see `pack`.
    """

    def __init__(
        self,
        llm: nn.Module,
        tokenizer: PreTrainedTokenizerBase,
        connectors: Mapping[AlignmentMode, Connector] | None = None,
    ) -> None:
        super().__init__()
        self.llm: Any = llm
        self.capacity = CAPACITY
        self.tokenizer = tokenizer
        self.connectors = nn.ModuleDict({str(mode): c for mode, c in (connectors or {}).items()})

    @property
    def adapted(self) -> tuple[AlignmentMode, ...]:
        """The modes that have an adapter."""
        names = self.llm.peft_config if isinstance(self.llm, PeftModel) else ()
        return tuple(mode for mode in AlignmentMode if mode in names)

    @property
    def device(self) -> torch.device:
        """Where the base model's weights are."""
        device: torch.device = next(self.llm.parameters()).device
        return device

    def connector(self, mode: AlignmentMode) -> Connector:
        """Return the connector of a mode that sees vectors."""
        return self.connectors[str(mode)]  # type: ignore[return-value]

    def embed(
        self,
        prompts: Sequence[Encoded],
        modes: Sequence[AlignmentMode],
        user_vectors: Tensor,
        item_vectors: Tensor,
    ) -> dict[str, Tensor]:
        """Left-pad prompts and fill their slots.

        Args:
            prompts: batch of encoded prompts.
            modes: the mode of each.
            user_vectors: [batch, d], the user vector of each prompt (unused where it has no user slot).
            item_vectors: [n_items, d].

        Returns:
            `inputs_embeds` [batch, length, H], `attention_mask` and `position_ids` [batch, length].
        """
        length = max(len(prompt.token_ids) for prompt in prompts)
        ids = torch.zeros(len(prompts), length, dtype=torch.long)
        mask = torch.zeros(len(prompts), length, dtype=torch.long)
        for row, prompt in enumerate(prompts):
            start = length - len(prompt.token_ids)
            ids[row, start:] = torch.tensor(prompt.token_ids)
            mask[row, start:] = 1
        ids, mask = ids.to(self.device), mask.to(self.device)
        embeds = self.look_up(ids, modes)
        starts = [length - len(prompt.token_ids) for prompt in prompts]
        for mode in {m for m in modes if m.shows_vectors}:
            rows = [row for row, m in enumerate(modes) if m is mode]
            users = {(row, starts[row] + p): row for row in rows for p in prompts[row].user_slots}
            items = {(row, starts[row] + p): item for row in rows for p, item in prompts[row].item_slots}
            embeds = self._fill_slots(embeds, mode, users, items, user_vectors, item_vectors)
        positions = (mask.cumsum(1) - 1).clamp_min(0)
        return {"inputs_embeds": embeds, "attention_mask": mask, "position_ids": positions}

    @contextmanager
    def answering(self, modes: Sequence[AlignmentMode]) -> Iterator[dict[str, Any]]:
        """Use the adapter of every row of a batch; yield what a forward pass is to be told of them.

        A batch with adapters of several modes costs more than one with a single mode's.
        """
        different = set(modes)
        if not self.adapted:
            yield {}
        elif len(different) > 1:
            yield {"adapter_names": [adapter_name(mode) for mode in modes]}
        elif different == {AlignmentMode.NONE}:
            with self.llm.disable_adapter():
                yield {}
        else:
            self.llm.base_model.set_adapter(str(*different), inference_mode=True)
            yield {}

    def as_mask(self, visible: Tensor) -> Tensor:
        """Return which tokens see which others, [batch, 1, n, m], in the form that the model's attention takes."""
        if self.llm.config._attn_implementation != "eager":
            return visible
        dtype = self.llm.dtype
        mask = torch.zeros(visible.shape, dtype=dtype, device=self.device)
        return mask.masked_fill(~visible, torch.finfo(dtype).min)

    def look_up(self, ids: Tensor, modes: Sequence[AlignmentMode]) -> Tensor:
        """Return the embeddings [batch, length, H] of tokens, each row in its mode."""
        table: Any = self.llm.get_input_embeddings()
        embeds: Tensor
        adapted = isinstance(table, LoraLayer)
        if self.training or not adapted:
            embeds = table(ids)
        else:
            embeds = table(ids, adapter_names=[adapter_name(mode) for mode in modes])
        return embeds

    def _fill_slots(
        self,
        embeds: Tensor,
        mode: AlignmentMode,
        users: Mapping[tuple[int, int], int],
        items: Mapping[tuple[int, int], int],
        user_vectors: Tensor,
        item_vectors: Tensor,
    ) -> Tensor:
        """Write vectors to (row, column) places, each of which says which user's or item's it takes."""
        connector = self.connector(mode)
        if not users and not items:
            return embeds
        filled: list[Tensor] = []
        if users:
            filled.append(connector.users(user_vectors[list(users.values())].to(self.device)))
        if items:
            filled.append(connector.items(item_vectors[list(items.values())].to(self.device)))
        index = torch.tensor([*users, *items], device=self.device).T
        return embeds.index_put((index[0], index[1]), torch.cat(filled).to(embeds.dtype))

    def answer_loss(
        self,
        prompts: Sequence[Encoded],
        answers: Sequence[Answer],
        mode: AlignmentMode,
        user_vectors: Tensor,
        item_vectors: Tensor,
        phrasing_weight: float = 1.0,
        about: Sequence[int] | None = None,
        together: Sequence[int] | None = None,
    ) -> Tensor:
        """Return the cross-entropy of the answers' tokens, see `answer_cross_entropy`; logits are computed for these
        alone.

        Args:
            prompts: n encoded prompts.
            answers: n answers.
            mode: of all of them.
            user_vectors: [n, d], of each prompt.
            item_vectors: [n_items, d].
            phrasing_weight: see `answer_cross_entropy`.
            about: for each prompt the number of its user vector, a number of its own unless given; see `pack`.
            together: see `pack`.
        """
        # What is said at a place is decided one place before it, so nobody has to read an answer's last token.
        joined = [
            prompt.followed_by(answer.token_ids[:-1]) for prompt, answer in zip(prompts, answers, strict=True)
        ]
        packed = pack(joined, about if about is not None else range(len(joined)), together, self.capacity)
        # Several questions may share a place.
        rows: dict[tuple[int, int], int] = {}
        row_of_place = [
            rows.setdefault((row, column), len(rows))
            for (row, columns), answer in zip(packed.columns, answers, strict=True)
            for column in columns[-len(answer.token_ids) :].tolist()
        ]
        inputs = self._embed_packed(packed, joined, mode, user_vectors, item_vectors)
        return answer_cross_entropy(self.logits_at(inputs, [*rows]), answers, phrasing_weight, row_of_place)

    def _embed_packed(
        self,
        packed: Packed,
        questions: Sequence[Encoded],
        mode: AlignmentMode,
        user_vectors: Tensor,
        item_vectors: Tensor,
    ) -> dict[str, Tensor]:
        embeds = self.look_up(
            torch.from_numpy(packed.token_ids).to(self.device), [mode] * len(packed.token_ids)
        )
        if mode.shows_vectors:
            # Places that several questions share are filled once.
            users = {
                (row, int(columns[place])): number
                for number, (row, columns) in enumerate(packed.columns)
                for place in questions[number].user_slots
            }
            items = {
                (row, int(columns[place])): item
                for question, (row, columns) in zip(questions, packed.columns, strict=True)
                for place, item in question.item_slots
            }
            embeds = self._fill_slots(embeds, mode, users, items, user_vectors, item_vectors)
        mask = self.as_mask(torch.from_numpy(packed.visible)[:, None].to(self.device))
        positions = torch.from_numpy(packed.positions).to(self.device)
        return {"inputs_embeds": embeds, "attention_mask": mask, "position_ids": positions}

    def logits_at(self, inputs: Mapping[str, Tensor], places: Sequence[tuple[int, int]]) -> Tensor:
        """Return the logits [n, vocabulary] at n (row, column) places of a batch, and compute no others."""
        rows, columns = torch.tensor(places, device=self.device).T

        def choose(_: nn.Module, hidden: tuple[Tensor, ...]) -> Tensor:
            return hidden[0][rows, columns][None]

        hook = self.llm.get_output_embeddings().register_forward_pre_hook(choose)
        try:
            logits: Tensor = self.llm(**inputs, use_cache=False).logits[0]
        finally:
            hook.remove()
        return logits.float()

    def last_states(self, inputs: Mapping[str, Tensor], modes: Sequence[AlignmentMode]) -> Tensor:
        """Return what the last layer makes of the end of every row [batch, H], before it becomes logits."""
        found: list[Tensor] = []

        def take(_: nn.Module, hidden: tuple[Tensor, ...]) -> Tensor:
            found.append(hidden[0][:, -1])
            return hidden[0][:, -1:]

        names = {"adapter_names": [adapter_name(mode) for mode in modes]} if self.adapted else {}
        hook = self.llm.get_output_embeddings().register_forward_pre_hook(take)
        try:
            self.llm(**inputs, **names, use_cache=False)
        finally:
            hook.remove()
        return found[0]
