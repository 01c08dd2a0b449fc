from pathlib import Path

import pytest

from recexplainer_core.errors import UnknownNameError
from recexplainer_core.ui.shared.bundle_choice import available, places


def bundle_in(folder: Path) -> Path:
    folder.mkdir(parents=True)
    (folder / "manifest.json").write_text("{}")
    return folder


def test_the_demo_and_every_bundle_of_the_folder_are_on_offer(tmp_path: Path) -> None:
    demo = bundle_in(tmp_path / "assets" / "demo")
    mine = bundle_in(tmp_path / "bundles" / "mine")
    (tmp_path / "bundles" / "half-built").mkdir()
    assert available(places([], tmp_path, tmp_path / "assets")) == {"demo": demo, "mine": mine}


def test_a_bundle_named_outright_is_the_only_one(tmp_path: Path) -> None:
    bundle_in(tmp_path / "assets" / "demo")
    mine = tmp_path / "elsewhere"
    assert available(places(["--bundle", str(mine)], tmp_path, tmp_path / "assets")) == {"elsewhere": mine}


def test_another_folder_of_bundles(tmp_path: Path) -> None:
    other = bundle_in(tmp_path / "other" / "one")
    assert available(places(["--bundles", str(tmp_path / "other")], tmp_path, tmp_path / "assets")) == {
        "one": other
    }


def test_a_bundle_called_like_the_demo_hides_nothing(tmp_path: Path) -> None:
    demo, other = bundle_in(tmp_path / "assets" / "demo"), bundle_in(tmp_path / "bundles" / "demo")
    assert available(places([], tmp_path, tmp_path / "assets")) == {"demo": demo, "bundles/demo": other}


def test_nothing_at_all_is_no_error(tmp_path: Path) -> None:
    assert available(places([], tmp_path, tmp_path / "assets")) == {}


def test_an_unknown_option_is_explained(tmp_path: Path) -> None:
    with pytest.raises(UnknownNameError, match="--bundel.*usage: streamlit run app.py --"):
        places(["--bundel", "x"])
