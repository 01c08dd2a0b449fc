"""Prompts that are read once, and trees of tokens behind each: every branch is read as if it stood there alone.

A beam or one of several possible answers is a branch. Nothing that was read is copied for it: its tokens join what is
kept of the prompt, and a mask says which of them each may look at.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import torch
from torch import Tensor
from transformers import DynamicCache

from recexplainer_core.lm.model import AlignedLM
from recexplainer_core.modes import AlignmentMode
from recexplainer_core.surrogate.stems import Stems, is_alone

PROMPT = -1
"""The parent of a token that stands right behind the prompt."""


class TokenTrees:
    """What a model has read of some prompts, and of the tokens behind them.

    Args:
        lm: the model.
        inputs: of n prompts, from `AlignedLM.embed`.
        modes: n.
        stems: what was read before, and takes what is read now; of prompts that come alone.

    Attributes:
        logits: [n, vocabulary], of the first token behind each prompt.
    """

    def __init__(
        self,
        lm: AlignedLM,
        inputs: Mapping[str, Tensor],
        modes: Sequence[AlignmentMode],
        stems: Stems | None = None,
    ) -> None:
        self.lm, self.modes = lm, modes
        if stems is not None and not is_alone(inputs["attention_mask"]):
            stems = None
        embeds = inputs["inputs_embeds"]
        self._cache, covered = stems.beginning(embeds, modes[0]) if stems else (DynamicCache(), 0)
        self._prompt = inputs["attention_mask"].bool()
        self._lengths = self._prompt.sum(1)
        self._depths = torch.zeros(len(modes), 0, dtype=torch.long, device=lm.device)
        self._ancestors = torch.zeros(len(modes), 0, 0, dtype=torch.bool, device=lm.device)
        with lm.answering(modes) as names:
            read = lm.llm(
                inputs_embeds=embeds[:, covered:],
                attention_mask=inputs["attention_mask"],
                position_ids=inputs["position_ids"][:, covered:],
                past_key_values=self._cache,
                use_cache=True,
                logits_to_keep=1,
                **names,
            )
        if stems:
            stems.keep(embeds, modes[0], self._cache)
        self.logits: Tensor = read.logits[:, -1].float()

    def grow(self, tokens: Sequence[Sequence[int]], parents: Sequence[Sequence[int]]) -> Tensor:
        """Add m tokens to each tree and return the logits [n, m, vocabulary] of what follows each.

        Args:
            tokens: n rows of up to m tokens; shorter ones are filled up with tokens that nobody looks at.
            parents: for each of them the number of an earlier token of its tree, in the order in which they came, or
                `PROMPT`. A row that was filled up counts its fillings.
        """
        new = max(map(len, tokens))
        known, device = self._depths.shape[1], self.lm.device
        ids = torch.zeros(len(tokens), new, dtype=torch.long)
        before = torch.full((len(tokens), new), PROMPT)
        for row, (some, theirs) in enumerate(zip(tokens, parents, strict=True)):
            ids[row, : len(some)], before[row, : len(some)] = torch.tensor(some), torch.tensor(theirs)
        ids, before = ids.to(device), before.to(device)
        depths = torch.cat([self._depths, torch.zeros_like(before)], 1)
        ancestors = torch.zeros(len(tokens), known + new, known + new, dtype=torch.bool, device=device)
        ancestors[:, :known, :known] = self._ancestors
        rows = torch.arange(len(tokens), device=device)
        for place in range(new):  # a parent may be among the new tokens
            parent, own = before[:, place], known + place
            behind = parent >= 0
            ancestors[:, own] = ancestors[rows, parent.clamp_min(0)] & behind[:, None]
            ancestors[:, own, own] = True
            depths[:, own] = (depths[rows, parent.clamp_min(0)] + 1) * behind
        self._depths, self._ancestors = depths, ancestors
        seen = torch.cat([self._prompt[:, None].expand(-1, new, -1), ancestors[:, known:]], 2)[:, None]
        with self.lm.answering(self.modes) as names:
            logits: Tensor = self.lm.llm(
                inputs_embeds=self.lm.look_up(ids, self.modes),
                attention_mask=self.lm.as_mask(seen),
                position_ids=self._lengths[:, None] + depths[:, known:],
                past_key_values=self._cache,
                use_cache=True,
                **names,
            ).logits
        return logits.float()
