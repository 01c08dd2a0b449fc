"""Where the connector starts: slots that already look like titles.

An untrained connector writes noise into the prompt, and the language model first has to find out that it means
anything. So, before the alignment, the connector learns alone, in seconds, to map an item's vector to the mean
embedding of its title's tokens, and a user's vector to that of the title the target recommends first.
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

STEPS, BATCH = 400, 512


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
    wanted = recommender.scores(user_vectors).argmax(1)
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
    for _ in range(STEPS):
        users = torch.randint(len(user_vectors), (BATCH,))
        items = torch.randint(len(item_vectors), (BATCH,))
        loss = F.mse_loss(connector.users(user_vectors[users].to(lm.device)), titles[wanted[users]])
        loss = loss + F.mse_loss(connector.items(item_vectors[items].to(lm.device)), titles[items])
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
