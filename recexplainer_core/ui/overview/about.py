"""What a bundle is made of: data, target, language model, and how it was built."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from recexplainer_core.evaluation.report import Report
from recexplainer_core.recommenders.base import FoldsIn
from recexplainer_core.ui.shared.approximate import draw_approximate
from recexplainer_core.ui.shared.descriptions import model_description, target_name
from recexplainer_core.ui.shared.escaping import markdown_text

if TYPE_CHECKING:
    from recexplainer_core.bundle import Bundle

TARGET_SENTENCES = {
    "SASRec": "A causal transformer over the history: the last choices and their order decide what is next.",
    "matrix factorisation": "Factors fitted by alternating least squares; the order plays no part.",
}


def draw_data(bundle: Bundle) -> None:
    """Draw where the data come from; simulated ones are called that first."""
    words, provenance = bundle.catalogue.wording, bundle.manifest.provenance
    st.subheader("The data", icon=":material/database:", anchor=False)
    if provenance.simulated:
        st.badge(f"simulated {words.users}", icon=":material/science:", color="orange")
    else:
        st.badge("what both learn from", color="gray")
    st.markdown(
        f"**{len(bundle.histories):,}** {words.users}, **{len(bundle.catalogue):,}** {words.items}, "
        f"**{len(bundle.histories.items):,}** choices."
    )
    st.markdown(markdown_text(provenance.description))
    st.caption(f"Source: {markdown_text(provenance.source)}  \nLicence: {markdown_text(provenance.licence)}")


def draw_target(bundle: Bundle) -> None:
    """Draw what is explained."""
    words = bundle.catalogue.wording
    name = target_name(bundle)
    st.subheader("The target", icon=":material/target:", anchor=False)
    st.badge("what is explained", color="blue")
    st.markdown(f"**{markdown_text(name[:1].upper() + name[1:])}**, frozen. {TARGET_SENTENCES.get(name, '')}")
    if isinstance(bundle.recommender, FoldsIn):
        draw_approximate(bundle.recommender, words.users)
    quality = (bundle.report or Report()).target
    if quality:
        st.markdown(
            f"For **{quality.hr_at_10:.0%}** of {words.users} its top ten holds the next {words.item} "
            f"(HR@10; NDCG@10 is {quality.ndcg_at_10:.3f}; leave-one-out, all {words.items} ranked)."
        )


def draw_surrogate(bundle: Bundle) -> None:
    """Draw what explains."""
    words = bundle.catalogue.wording
    st.subheader("The language model", icon=":material/forum:", anchor=False)
    st.badge("what explains", color="green")
    st.markdown(model_description(bundle))
    modes = ", ".join(str(mode) for mode in bundle.modes)
    st.markdown(
        f"Aligned to the target in these modes: **{modes}**. "
        f"**{int(bundle.held_out.sum()):,}** {words.users} were kept from it entirely."
    )


def draw_making(bundle: Bundle) -> None:
    """Offer the record of how the bundle was built."""
    manifest = bundle.manifest
    panel = st.expander("How this bundle was made", icon=":material/build:", key="making", on_change="rerun")
    if panel.open:
        with panel:
            st.code(manifest.created_by, language="bash")
            st.caption(f"Seed {manifest.seed}, commit {markdown_text(manifest.commit or 'unknown')}")
            st.json({"stages": manifest.stages, "libraries": manifest.libraries}, expanded=1)
