"""The vector spaces of the items: the target's vectors, the connector's outputs, the language model's hidden states."""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor

from recexplainer_core.catalogue import Catalogue
from recexplainer_core.embedding_map.parameters import CONNECTOR, HIDDEN, TARGET
from recexplainer_core.lm.encoding import Encoder
from recexplainer_core.lm.model import AlignedLM
from recexplainer_core.modes import AlignmentMode
from recexplainer_core.progress import Progress
from recexplainer_core.prompting.prompts import Content, ItemSlot
from recexplainer_core.recommenders.base import Recommender

PREFERRED = (
    AlignmentMode.HYBRID,
    AlignmentMode.BEHAVIOUR,
    AlignmentMode.INTENTION,
    AlignmentMode.NONE,
)
_TITLES_AT_ONCE = 64


@dataclass(frozen=True)
class Space:
    """One vector per item.

    Args:
        key: which space.
        mode: of the language model, None for the target.
        vectors: [n_items, d], on the processor.
    """

    key: str
    mode: AlignmentMode | None
    vectors: Tensor


def item_spaces(
    recommender: Recommender, lm: AlignedLM, catalogue: Catalogue, progress: Progress
) -> list[Space]:
    """Return the target's space, the connector's where a mode has one, and that of the hidden states."""
    spaces = [Space(TARGET, None, recommender.item_vectors.float().cpu())]
    available = [mode for mode in PREFERRED if mode in (*lm.adapted, AlignmentMode.NONE)]
    connected = next((mode for mode in available if mode.shows_vectors), None)
    if connected is not None:
        with torch.inference_mode():
            outputs = lm.connector(connected).items(recommender.item_vectors.to(lm.device))
        spaces.append(Space(CONNECTOR, connected, outputs.float().cpu()))
    spaces.append(
        Space(HIDDEN, available[0], hidden_states(lm, catalogue, recommender, available[0], progress))
    )
    return spaces


def hidden_states(
    lm: AlignedLM, catalogue: Catalogue, recommender: Recommender, mode: AlignmentMode, progress: Progress
) -> Tensor:
    """Return the last layer's states [n_items, H] of a mode at the end of every item's title, and nothing but it.

    In intention mode, which reads no titles, the item's slot takes the title's place. In the others no vector of the
    target is shown, so that what agrees with the target has been learnt.
    """
    encoder = Encoder(lm.tokenizer)
    segments = [
        (Content(title),) if mode.shows_titles else (ItemSlot(item),)
        for item, title in enumerate(catalogue.titles)
    ]
    encoded = [encoder.text_to_continue(segment) for segment in segments]
    states: list[Tensor] = []
    with torch.inference_mode():
        for first in range(0, len(encoded), _TITLES_AT_ONCE):
            batch = encoded[first : first + _TITLES_AT_ONCE]
            modes = [mode] * len(batch)
            inputs = lm.embed(batch, modes, torch.empty(0), recommender.item_vectors)
            states.append(lm.last_states(inputs, modes).float().cpu())
            progress(first + len(batch), len(encoded), "titles read")
    return torch.cat(states)
