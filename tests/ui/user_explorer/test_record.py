"""What is saved of an explanation: complete, and harmless whatever the titles hold."""

import csv
import io
import json
from pathlib import Path

import pytest
import streamlit as st

from recexplainer_core.fingerprints import file_fingerprint
from recexplainer_core.modes import AlignmentMode
from recexplainer_core.rationale.explainer import Explainer, Rationale
from recexplainer_core.rationale.request import RationaleRequest
from recexplainer_core.ui.user_explorer.record import ExplanationRecord, as_csv, as_json, gather
from recexplainer_core.ui.user_explorer.record_page import as_html
from tests.fakes.bundle import NASTY, FakeBundle, FakeEngine, write_fake_bundle

USER = 4


@pytest.fixture
def bundle(tmp_path: Path) -> FakeBundle:
    st.cache_data.clear()
    return write_fake_bundle(tmp_path / "fake", nasty=True)


@pytest.fixture
def rationale(bundle: FakeBundle) -> Rationale:
    request = RationaleRequest(
        bundle.history(USER), bundle.catalogue.titles.index(NASTY), AlignmentMode.HYBRID
    )
    last = bundle.catalogue.titles[request.history.items[-1]]
    explainer = Explainer(FakeEngine(bundle.catalogue, bundle.recommender), "fake")
    return explainer.understood(request, "unlikely", f"It is recommended because of «{last}» and «{NASTY}».")


@pytest.fixture
def explanation(bundle: FakeBundle, rationale: Rationale) -> ExplanationRecord:
    engine, request = FakeEngine(bundle.catalogue, bundle.recommender), rationale.request
    [listed] = engine.predict([request.history], [request.mode])
    predicted = [(one.item, one.log_probability) for one in listed]
    return gather(bundle, USER, rationale, [(request.item, 1.5)], predicted, "http://here/?user=v004")  # type: ignore[arg-type]


def test_the_record_is_whole(bundle: FakeBundle, explanation: ExplanationRecord) -> None:
    saved = json.loads(as_json(explanation))
    assert saved["made_with"]["manifest sha256"] == file_fingerprint(bundle.root / "manifest.json")
    assert saved["made_with"]["mode"] == "hybrid" and saved["user"]["id"] == "v004"
    assert [row["title"] for row in saved["history"]] == [
        bundle.catalogue.titles[i] for i in bundle.histories[USER]
    ]
    assert saved["history"][-1]["cited"] and not saved["history"][0]["cited"]
    assert saved["target_list"][0]["title"] == NASTY and len(saved["llm_list"]) == 10
    assert saved["reason"]["text"].endswith("».") and saved["claims"] and saved["attribution"]


def test_a_title_is_text_in_the_page(
    bundle: FakeBundle, rationale: Rationale, explanation: ExplanationRecord
) -> None:
    page = as_html(explanation, bundle.catalogue, rationale.citations)
    assert "<b>" not in page and "&lt;b&gt;" in page
    assert "<script" not in page and "src=" not in page and "href=" not in page
    assert page.count("<mark>") == 1


def test_no_cell_of_the_table_is_a_formula(explanation: ExplanationRecord) -> None:
    explanation.history[0]["title"] = "=1+1"
    rows = list(csv.DictReader(io.StringIO(as_csv(explanation))))
    assert {"made_with", "history", "llm_list", "claims", "attribution"} <= {row["part"] for row in rows}
    title = next(row["value"] for row in rows if row["part"] == "history" and row["what"] == "title")
    assert title == "'=1+1"
