"""The tutorial runs from its first cell to its last, in the folder it says, and shows what it promises."""

import json
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from recexplainer_core.notebook import Told

PROJECT = Path(__file__).parents[2]


def test_every_cell_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(PROJECT)
    cells = json.loads((PROJECT / "notebooks" / "tutorial.ipynb").read_text(encoding="utf-8"))["cells"]
    names: dict[str, Any] = {}
    shown: list[Any] = []
    for cell in (cell for cell in cells if cell["cell_type"] == "code"):
        *lines, last = "".join(cell["source"]).strip().split("\n")
        exec("\n".join(lines), names)
        shown.append(eval(last, names))
        assert cell["outputs"] == [] and cell["execution_count"] is None
    assert all(isinstance(one, Told | pd.DataFrame) and len(str(one)) > 40 for one in shown)
    told = [one for one in shown if isinstance(one, Told)]
    assert told[0].holds and told[0].cited and "«" in told[0].text
    assert told[-1].holds and told[-1].source == "From the target's own answers"
