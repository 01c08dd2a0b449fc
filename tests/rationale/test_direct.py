"""The surrogate asked in free words: what it says is read and tested like any other text."""

from recexplainer_core.modes import AlignmentMode
from recexplainer_core.rationale.direct import DIRECT
from recexplainer_core.rationale.explainer import Explainer
from recexplainer_core.rationale.request import RationaleRequest
from tests.rationale.test_reasons import CATALOGUE, HISTORY, ITEM, Surrogate

TRUE, FALSE = "«Film 0» speaks for it.", "«Film 3» speaks for it, too."


class Speaks(Surrogate):
    def answer(self, history, text, mode, item=None, cancel=None, temperature=0.0):
        self.asked = text
        yield from (f"{TRUE} ", f"{FALSE} ", "It rained.")


def explained(**settings):
    surrogate = Speaks({}, catalogue=CATALOGUE)
    request = RationaleRequest(HISTORY, ITEM, AlignmentMode.HYBRID, writer=DIRECT, **settings)
    found = Explainer(surrogate, "template").reasoned(request)
    return surrogate, found.reason


def test_as_said_everything_stands_and_is_tested():
    surrogate, reason = explained(verified=False)
    assert surrogate.asked == "Why is Film 10 recommended to this viewer?"
    assert reason.text == f"{TRUE} {FALSE} It rained."
    assert [check.holds for check in reason.tested] == [True, False]


def test_verified_only_what_the_target_bears_out_is_left():
    _, reason = explained()
    assert reason.text == TRUE and reason.wholly_true
    assert reason.draft.text == f"{TRUE} {FALSE} It rained."


def test_of_two_items_it_is_asked_why_this_one():
    surrogate, _ = explained(other=14)
    assert surrogate.asked == "Why Film 10 and not Film 14?"
