"""Many visitors at once: everybody gets their own answers, or is told that the model is busy."""

from concurrent.futures import ThreadPoolExecutor
from random import Random

import pytest

from recexplainer_core.bundle import Bundle
from recexplainer_core.modes import ALIGNED, AlignmentMode
from recexplainer_core.surrogate.engine import Engine
from recexplainer_core.ui.shared.escaping import markdown_text
from tests.browser.serving import PROJECT, real_app, serving
from tests.server.benchmark import both_lists
from tests.server.session import Screen, Session

DEMO = PROJECT / "assets" / "demo-pocket"
VISITORS, ACTIONS, USERS = 20, 50, 40
BUSY = "The model is answering others"


def is_busy(screen: Screen) -> bool:
    return any(BUSY in text for text in screen.values())


@pytest.mark.slow
def test_twenty_visitors_never_see_the_answers_of_another():
    bundle = Bundle.open(DEMO)
    engine = Engine(bundle.load_surrogate(), bundle.catalogue, bundle.recommender)
    asked = [(user, mode) for user in range(USERS) for mode in (AlignmentMode.NONE, *ALIGNED)]
    histories = [bundle.history(user) for user, _ in asked]
    lists = engine.predict(histories, [mode for _, mode in asked], k=10)
    expected = {
        key: [markdown_text(bundle.catalogue.titles[p.item]) for p in found]
        for key, found in zip(asked, lists, strict=True)
    }

    def visit(number: int) -> tuple[int, list[str]]:
        rng, busy, faults = Random(number), 0, []
        with Session(address, timeout_s=300) as session:
            for _ in range(ACTIONS):
                user, mode = asked[rng.randrange(len(asked))]
                link = {"user": bundle.histories.user_ids[user], "mode": str(mode)}
                session.open("user_explorer", lambda s: both_lists(s) or is_busy(s), leave=True, **link)
                faults += session.errors
                if is_busy(session.screen):
                    busy += 1
                    continue
                listed = [label.removeprefix(":gray[") for label in session.labels("surrogate_")]
                if not all(a.startswith(t) for a, t in zip(listed, expected[user, mode], strict=True)):
                    faults.append(f"{link}: {listed}")
        return busy, faults

    with serving(real_app(DEMO)) as address, ThreadPoolExecutor(VISITORS) as visitors:
        found = list(visitors.map(visit, range(VISITORS)))
    assert [fault for _, faults in found for fault in faults] == []
    assert sum(busy for busy, _ in found) < VISITORS * ACTIONS / 2
