"""A part of the explorer that stands alone in a frame: which one, its way out, and the height that it needs."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from lifecycle.ui.components.prose import plain

_heights = st.components.v2.component(
    "headwaters_embedding", js=(Path(__file__).parent / "dist/embedding.js").read_text(encoding="utf-8")
)

# The part fills its frame, and nothing is round it; of this page alone, so it need not ask what the page holds.
_STYLE = """
.stApp { --scene-most: max(10rem, calc(100vh - 11rem)); }
header[data-testid="stHeader"] { display: none; }
.stMainBlockContainer { padding: 0.25rem 0.5rem; }
.st-key-part { position: relative; text-align: right; }
.st-key-part .st-key-embedding { position: absolute; width: 1px; }
.st-key-explore:not(:has(.st-key-stage-panel)) { grid-template-columns: minmax(0, 1fr); }
"""


def foot(name: str, whole: str) -> None:
    """Below the part: whose it is, and the same view with everything; its height is posted to the page around."""
    st.html(f"<style>{_STYLE}</style>")
    with st.container(key="part"):
        st.caption(f"[{plain(name)}: open the whole page]({whole})")
        _heights(key="embedding", height=1)
