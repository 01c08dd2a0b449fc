"""Data whose right answer is known: a reader goes round a ring of books, one step at a time."""

import json
from pathlib import Path

N_BOOKS, N_READERS, LENGTH = 20, 40, 8
KINDS = ("River", "House", "Moon", "Garden")
COLOURS = ("Red", "Blue", "Green", "Grey", "White")
TITLES = [f"The {colour} {kind}" for kind in KINDS for colour in COLOURS]


def write_ring(folder: Path) -> Path:
    """Write titles.tsv, sequences.txt and wording.json."""
    folder.mkdir(parents=True)
    rows = [f"b{i}\t{title}\t{KINDS[i // 5].lower()}" for i, title in enumerate(TITLES)]
    (folder / "titles.tsv").write_text("\n".join(["item_id\ttitle\tkind", *rows]) + "\n")
    lines = []
    for reader in range(N_READERS):
        books = [f"b{(reader + step) % N_BOOKS}" for step in range(LENGTH)]
        lines.append(" ".join([f"r{reader}", *books]))
    (folder / "sequences.txt").write_text("\n".join(lines) + "\n")
    words = {"item": "book", "items": "books", "user": "reader", "users": "readers", "consumed": "read"}
    (folder / "wording.json").write_text(json.dumps(words))
    return folder
