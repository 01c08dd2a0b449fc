from pathlib import Path

import pytest

from recexplainer_core.ui.shared.descriptions import (
    byline,
    model_description,
    parameter_count,
    rounded,
    target_name,
    user_label,
)
from tests.fakes.bundle import fake_catalogue, write_fake_bundle


def test_a_byline_says_what_the_catalogue_knows() -> None:
    assert byline(fake_catalogue(), 0) == "1979 · Ridley Scott · horror"
    assert byline(fake_catalogue(), 0, ("year", "mood")) == "1979"


@pytest.mark.parametrize(
    ("count", "words"),
    [(950, "950"), (41_000, "41k"), (5_200_000, "5.2M"), (110_000_000, "110M"), (8_030_000_000, "8B")],
)
def test_counts_are_rounded_as_people_say_them(count: int, words: str) -> None:
    assert rounded(count) == words


def test_a_user_is_not_called_viewer_twice(tmp_path: Path) -> None:
    bundle = write_fake_bundle(tmp_path)
    assert user_label(bundle, 7) == "Viewer v007"
    bundle.histories.user_ids[7] = "viewer-0007"  # type: ignore[index]
    assert user_label(bundle, 7) == "viewer-0007"


def test_the_models_are_introduced_as_what_they_are(tmp_path: Path) -> None:
    bundle = write_fake_bundle(tmp_path)
    assert parameter_count(tmp_path / "llm") == 5_200_000
    assert "pocket LM" in model_description(bundle) and "5.2M" in model_description(bundle)
    assert target_name(bundle) == "SASRec"
