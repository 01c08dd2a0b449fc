"""Where the connector starts: slots that already look like titles.

An untrained connector writes noise into the prompt, and the language model first has to find out that it means
anything. So, before the alignment, the connector learns alone, in seconds, to map an item's vector to the mean
embedding of its title's tokens, and a user's vector to that of the title the target scores highest.
"""

from __future__ import annotations

import torch
import torch.nn.functional as F
from torch import Tensor

from recexplainer_core.catalogue import Catalogue
from recexplainer_core.recommenders.base import Recommender
from recexplainer_core.surrogate.encoding import Encoder
from recexplainer_core.surrogate.model import AlignedLM
from recexplainer_core.surrogate.modes import AlignmentMode

STEPS, BATCH = 1500, 512
_AT_ONCE = 4096
"""Users scored at a time."""
SHARPNESS = 12.0
"""Factor of the cosine between a slot and the titles; with it a clear winner has nearly all the probability."""


def warm_start(
    lm: AlignedLM, mode: AlignmentMode, catalogue: Catalogue, recommender: Recommender, user_vectors: Tensor
) -> None:
    """Train the mode's connector alone, in place.

    Args:
        lm: whose token embeddings the slots should resemble; they are not changed.
        mode: whose connector it is.
        catalogue: the titles.
        recommender: the target.
        user_vectors: [n, d], of training users.
    """
    connector, item_vectors = lm.connector(mode), recommender.item_vectors
    wanted = torch.cat([recommender.scores(some).argmax(1) for some in user_vectors.split(_AT_ONCE)])
    encoder = Encoder(lm.tokenizer)
    embed = lm.llm.get_input_embeddings()
    with torch.no_grad():
        titles = torch.stack(
            [
                embed(torch.tensor(encoder.content(t), device=lm.device)).float().mean(0)
                for t in catalogue.titles
            ]
        )
    connector.fit_scale(user_vectors, item_vectors)
    optimizer = torch.optim.Adam(connector.parameters(), lr=3e-3)
    schedule = torch.optim.lr_scheduler.LinearLR(optimizer, 1.0, 0.05, STEPS)
    for _ in range(STEPS):
        users = torch.randint(len(user_vectors), (BATCH,))
        items = torch.randint(len(item_vectors), (BATCH,))
        loss = _likeness(connector.users(user_vectors[users].to(lm.device)), titles, wanted[users])
        loss = loss + _likeness(connector.items(item_vectors[items].to(lm.device)), titles, items)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        schedule.step()


def _likeness(slots: Tensor, titles: Tensor, wanted: Tensor) -> Tensor:
    """Return how far slots [n, H] are from being their titles: by which title is nearest, and by distance."""
    wanted = wanted.to(slots.device)
    cosines = F.normalize(slots, dim=1) @ F.normalize(titles, dim=1).T
    return F.cross_entropy(SHARPNESS * cosines, wanted) + F.mse_loss(slots, titles[wanted])
