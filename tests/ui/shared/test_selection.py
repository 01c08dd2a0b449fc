from pathlib import Path

import pytest

from recexplainer_core.modes import AlignmentMode
from recexplainer_core.ui.shared.selection import Link, available_modes, resolve
from tests.fakes.bundle import FakeBundle, write_fake_bundle


@pytest.fixture
def bundle(tmp_path: Path) -> FakeBundle:
    return write_fake_bundle(tmp_path, modes=[AlignmentMode.BEHAVIOUR])


def test_an_empty_link_shows_someone_the_model_never_saw(bundle: FakeBundle) -> None:
    selection = resolve(Link(), bundle)
    assert bundle.held_out[selection.user] and selection.item is None and not selection.notices


def test_a_link_means_what_it_says(bundle: FakeBundle) -> None:
    selection = resolve(Link(user="v007", item="f03", mode="none"), bundle)
    assert (selection.user, selection.item, selection.mode) == (7, 3, AlignmentMode.NONE)
    assert not selection.notices


def test_what_the_bundle_lacks_falls_back_with_a_notice_each(bundle: FakeBundle) -> None:
    selection = resolve(Link(user="nobody", item="../etc", mode="hybrid"), bundle)
    assert selection.mode is AlignmentMode.BEHAVIOUR and selection.item is None
    assert len(selection.notices) == 3
    for notice, named in zip(selection.notices, ("nobody", "../etc", "hybrid"), strict=True):
        assert named in notice


def test_another_users_item_is_not_kept(bundle: FakeBundle) -> None:
    assert resolve(Link(user="nobody", item="f03"), bundle).item is None


def test_only_modes_of_the_bundle_are_on_offer(bundle: FakeBundle) -> None:
    assert available_modes(bundle) == (AlignmentMode.NONE, AlignmentMode.BEHAVIOUR)
