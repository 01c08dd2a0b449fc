"""Where alignment starts: titles lie as the target's items do, and slots already look like titles.

An untrained adapter has first to find out which items are alike; the target knows. So the low-rank change of titles,
in the embeddings and in the output layer, is laid out along the target's own item vectors, and only what to do with
them is left to learn. With 8,000 questions about the demo's films, behaviour mode then had the target's first choice
among its first five in .70 of cases instead of .34.

An untrained connector writes noise into the prompt. So, before the alignment, it learns alone, in seconds, to map an
item's vector to the mean embedding of its title's tokens, and a user's vector to where the titles lie that the target
scores highest, in proportion.
"""

from __future__ import annotations

from collections.abc import Sequence

import torch
import torch.nn.functional as F
from torch import Tensor

from recexplainer_core.catalogue import Catalogue
from recexplainer_core.lm.choices import until_unique
from recexplainer_core.lm.encoding import Encoder
from recexplainer_core.lm.model import AlignedLM
from recexplainer_core.lm.segments import Content
from recexplainer_core.modes import AlignmentMode
from recexplainer_core.recommenders.base import Recommender

STEPS, BATCH = 400, 512
TITLE_SCALE = 0.15
"""Factor of an item's standardised vector in the output layer. In 200 steps, SmolLM2 learns as much with .3 and a
little less with .05."""
SHARPNESS = 25.0
"""Factor of the cosine between a slot and the titles; with it a clear winner has nearly all the probability."""


def initialise_title_lora(
    lm: AlignedLM, mode: AlignmentMode, catalogue: Catalogue, item_vectors: Tensor
) -> None:
    """Lay the adapter's change of the titles' tokens, at both ends of the model, along the target's item vectors.

    Nothing changes yet: the other factor of each change is 0.

    Args:
        lm: an untrained adapter, whose rank at both ends is at least d.
        mode: whose adapter it is.
        catalogue: the titles. A token of several titles gets the mean of their vectors.
        item_vectors: [n_items, d].
    """
    encoder, name = Encoder(lm.tokenizer), str(mode)
    embeddings, output = lm.llm.get_input_embeddings(), lm.llm.get_output_embeddings()
    read = [encoder.in_list(title) for title in catalogue.titles]
    said = until_unique([encoder.answer((Content(title),)) for title in catalogue.titles])
    inner, outer = embeddings.lora_embedding_A[name], output.lora_B[name].weight
    size = item_vectors.shape[1]
    with torch.no_grad():
        inner[:size] = _mean_vectors(read, item_vectors, inner.shape[1]).T
        embeddings.lora_embedding_B[name][:, :size] = 0
        outer[:, :size] = _mean_vectors(said, item_vectors, len(outer))
        output.lora_A[name].weight[:size] = 0


def lay_out_titles(lm: AlignedLM, mode: AlignmentMode, catalogue: Catalogue, item_vectors: Tensor) -> None:
    """Lay the adapter's change of the output layer along the target's item vectors, for tokens that say titles.

    What learns is a map from the model's last state to the target's space, so that a title is as probable as its item
    is near; tokens of no title keep their weights. Nothing changes yet.

    Args:
        lm: an untrained adapter, whose rank in the output layer is d.
        mode: whose adapter it is.
        catalogue: the titles. A token of several titles gets the mean of their vectors.
        item_vectors: [n_items, d].
    """
    encoder, output = Encoder(lm.tokenizer), lm.llm.get_output_embeddings()
    outer = output.lora_B[str(mode)].weight
    said = until_unique([encoder.answer((Content(title),)) for title in catalogue.titles])
    listed = until_unique([encoder.listed(title) for title in catalogue.titles])
    said = [(*one, *other) for one, other in zip(said, listed, strict=True)]
    with torch.no_grad():
        outer.copy_(_mean_vectors(said, item_vectors, len(outer)) * TITLE_SCALE / output.scaling[str(mode)])
        output.lora_A[str(mode)].weight.zero_()


def _mean_vectors(paths: Sequence[Sequence[int]], item_vectors: Tensor, n_tokens: int) -> Tensor:
    """Return for each token the mean of the standardised vectors of the items whose paths it is on, [n_tokens, d]."""
    items, tokens = torch.tensor([(item, token) for item, path in enumerate(paths) for token in path]).T
    centred = (item_vectors - item_vectors.mean(0)).float()
    standard = centred / centred.pow(2).mean().sqrt().clamp_min(1e-6)
    sums = torch.zeros(n_tokens, item_vectors.shape[1]).index_add_(0, tokens, standard[items])
    return sums / torch.bincount(tokens, minlength=n_tokens).clamp_min(1)[:, None]


def start_connector(
    lm: AlignedLM,
    mode: AlignmentMode,
    catalogue: Catalogue,
    recommender: Recommender,
    user_vectors: Tensor,
    temperature: float,
) -> None:
    """Train the mode's connector alone, in place.

    Args:
        lm: whose token embeddings the slots should resemble; they are not changed.
        mode: whose connector it is.
        catalogue: the titles.
        recommender: the target.
        user_vectors: [n, d], of training users.
        temperature: of the target's softmax.
    """
    connector, item_vectors = lm.connector(mode), recommender.item_vectors
    encoder = Encoder(lm.tokenizer)
    embed = lm.llm.get_input_embeddings()
    with torch.no_grad():
        titles = torch.stack(
            [
                embed(torch.tensor(encoder.content(t), device=lm.device)).float().mean(0)
                for t in catalogue.titles
            ]
        )
    length = titles.norm(dim=1).mean()
    connector.fit_scale(user_vectors, item_vectors)
    optimizer = torch.optim.Adam(connector.parameters(), lr=3e-3)
    schedule = torch.optim.lr_scheduler.LinearLR(optimizer, 1.0, 0.05, STEPS)
    for _ in range(STEPS):
        users = user_vectors[torch.randint(len(user_vectors), (BATCH,))]
        items = torch.randint(len(item_vectors), (BATCH,))
        wanted = (recommender.scores(users) / temperature).softmax(1).to(lm.device)
        slots = connector.users(users.to(lm.device))
        loss = (
            F.cross_entropy(_cosines(slots, titles), wanted) + (slots.norm(dim=1) / length - 1).pow(2).mean()
        )
        items = items.to(lm.device)
        slots = connector.items(item_vectors[items.cpu()].to(lm.device))
        loss = loss + F.cross_entropy(_cosines(slots, titles), items) + F.mse_loss(slots, titles[items])
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        schedule.step()


def _cosines(slots: Tensor, titles: Tensor) -> Tensor:
    """Return how much each slot [n, H] looks like each title, [n, n_items], sharpened."""
    return SHARPNESS * F.normalize(slots, dim=1) @ F.normalize(titles, dim=1).T
