"""How long a visitor of the real app waits, measured at the server's own messages.

`python -m tests.server.benchmark [BUNDLE] [USERS]` starts the app on a bundle, the demo unless given, and visits users.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from recexplainer_core.bundle import Bundle
from recexplainer_core.modes import AlignmentMode
from recexplainer_core.pipeline.held_out import sample_users
from recexplainer_core.surrogate.engine import Engine
from tests.browser.serving import PROJECT, real_app, serving
from tests.server.session import Screen, Session


def both_lists(screen: Screen) -> bool:
    """Return whether both lists stand on the screen."""
    return "target_10" in screen and "surrogate_10" in screen


def reason_begun(screen: Screen) -> bool:
    """Return whether the first word of a reason stands on the screen, behind its \"Stop\" button."""
    keys = list(screen)
    return "stop" in screen and any(screen[key].strip() for key in keys[keys.index("stop") + 1 :])


def waits(address: str, bundle: Bundle, users: Sequence[int]) -> tuple[list[float], list[float]]:
    """Return the seconds to both lists, and from there to the first word of the reason, for each user."""
    lists, words = [], []
    with Session(address) as session:
        session.open("user_explorer", user=bundle.histories.user_ids[users[0]])
        for user in users[1:]:
            name = bundle.histories.user_ids[user]
            begun = session.open("user_explorer", both_lists, user=name)
            whole = session.open("user_explorer", reason_begun, user=name, item=_other_item(bundle, user))
            lists.append(begun)
            words.append(whole)
    return lists, words


def modes_together(bundle: Bundle, users: Sequence[int]) -> tuple[float, float]:
    """Return the median seconds for one mode's list of a user, and for those of all modes in one batch."""
    engine = Engine(bundle.load_surrogate(), bundle.catalogue, bundle.recommender)
    alone: list[float] = []
    together: list[float] = []
    for user in users:
        history = bundle.history(user)
        for modes, seconds in (((AlignmentMode(bundle.modes[-1]),), alone), (engine.modes, together)):
            begun = time.perf_counter()
            engine.predict([history] * len(modes), modes)
            seconds.append(time.perf_counter() - begun)
    return float(np.median(alone)), float(np.median(together))


def _other_item(bundle: Bundle, user: int) -> str:
    """Return an item that is not the one whose reason is written already."""
    history = {int(item) for item in bundle.histories[user]}
    unseen = [item for item in range(len(bundle.catalogue)) if item not in history]
    return bundle.catalogue.item_ids[unseen[user % len(unseen)]]


def _in_words(name: str, seconds: Sequence[float], mark: str) -> str:
    return f"{name:34} median {np.median(seconds):.3f} s, p95 {np.quantile(seconds, 0.95):.3f} s   ({mark})"


def main(arguments: Sequence[str]) -> None:
    """Print the waits of a visitor."""
    root = Path(arguments[0]) if arguments else PROJECT / "assets" / "demo"
    bundle = Bundle.open(root)
    users = sample_users(bundle.held_out, int(arguments[1]) if len(arguments) > 1 else 50, 0).tolist()
    with serving(real_app(root)) as address:
        lists, words = waits(address, bundle, users)
    print(_in_words("user to both lists", lists, "mark: p95 at most .5 s"))
    print(_in_words("item to the first word of its reason", words, "mark: p95 at most .4 s"))
    one, all_modes = modes_together(bundle, users[:30])
    print(
        f"lists: one mode {one:.3f} s, all modes {all_modes:.3f} s, {all_modes / one:.2f} times (mark: 1.5)"
    )


if __name__ == "__main__":
    main(sys.argv[1:])
