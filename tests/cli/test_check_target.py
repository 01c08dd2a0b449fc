"""`check-target`: is what was brought in what it was?"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from recexplainer_core.cli import main

N, USERS = 20, 40


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Data, vectors of users and items, and the lists that these make."""
    rng = np.random.default_rng(0)
    users, items = rng.normal(size=(USERS, 4)), rng.normal(size=(N, 4))
    histories = [rng.permutation(N)[:12].tolist() for _ in range(USERS)]
    titles = "".join(f"i{item}\tFilm {item}\n" for item in range(N))
    (tmp_path / "titles.tsv").write_text("item_id\ttitle\n" + titles)
    lines = [" ".join([f"u{user}", *(f"i{item}" for item in row)]) for user, row in enumerate(histories)]
    (tmp_path / "sequences.txt").write_text("\n".join(lines) + "\n")
    np.savez(
        tmp_path / "vectors.npz",
        item_ids=np.array([f"i{item}" for item in range(N)]),
        item_vectors=items,
        user_ids=np.array([f"u{user}" for user in range(USERS)]),
        user_vectors=users,
    )
    own = ["user,items"]
    for user, row in enumerate(histories):
        order = [item for item in (-(items @ users[user])).argsort() if item not in row][:5]
        own.append(f"u{user}," + " ".join(f"i{item}" for item in order))
    (tmp_path / "lists.csv").write_text("\n".join(own) + "\n")
    return tmp_path


def run(*arguments: object) -> int:
    with pytest.raises(SystemExit) as stop:
        main([str(a) for a in arguments])
    return int(stop.value.code or 0)


def test_a_target_that_is_the_original_is_said_to_be(folder, capsys):
    target = f"vectors:{folder / 'vectors.npz'}"
    assert (
        run("check-target", f"sequences:{folder}", "--target", target, "--lists", folder / "lists.csv") == 0
    )
    said = capsys.readouterr().out
    assert "20 items, vectors of 4 numbers" in said
    assert "as it is: 40 of 40 lists identical (40 first items, 100% of all items)." in said
    assert "as a build with --max-history 10 asks it: 40 of 40" in said


def test_another_one_is_not(folder, capsys):
    text = (folder / "lists.csv").read_text().splitlines()
    user, items = text[3].split(",")
    text[3] = f"{user},{' '.join(items.split()[::-1])}"
    (folder / "lists.csv").write_text("\n".join(text))
    target = f"vectors:{folder / 'vectors.npz'}"
    assert (
        run("check-target", f"sequences:{folder}", "--target", target, "--lists", folder / "lists.csv") == 0
    )
    said = capsys.readouterr().out
    assert "as it is: 39 of 40 lists identical (39 first items, 100% of all items)." in said
    assert "the first that differs is that of user u2" in said


def test_there_has_to_be_an_original(folder, capsys):
    assert run("check-target", f"sequences:{folder}", "--target", "sasrec") == 2
    assert "is trained here, there is no original to compare with" in capsys.readouterr().err


def test_the_histories_that_the_original_is_to_be_asked_with_are_written(folder, capsys):
    target = f"vectors:{folder / 'vectors.npz'}"
    out = folder / "histories.csv"
    assert run("check-target", f"sequences:{folder}", "--target", target, "--histories", out) == 0
    assert "40 histories are in" in capsys.readouterr().out
    lines = out.read_text().splitlines()
    known = {
        line.split()[0]: line.split()[1:] for line in (folder / "sequences.txt").read_text().splitlines()
    }
    assert lines[0] == "user,items" and len(lines) == 41
    assert {line.split(",")[0]: line.split(",")[1].split() for line in lines[1:]} == known
    assert run("check-target", f"sequences:{folder}", "--target", target, "--histories", folder) == 2
    assert "is a folder" in capsys.readouterr().err
