"""The search over the course, and the cards of the terms that texts mark: both stand on every page."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypedDict

import streamlit as st

from lifecycle.outputs.lookup import SearchKind
from lifecycle.ui import remembered

# Where the server hands out a course's index: this and a version.
LOOKUP = "lookup"

_lookup = st.components.v2.component(
    "headwaters_lookup",
    js=(Path(__file__).parent / "dist/lookup.js").read_text(encoding="utf-8"),
    isolate_styles=False,
)


class LookupPart(TypedDict):
    """What the script is given: `components/message.js` has the same fields and types, which a test holds.

    The index is fetched at `source`. What is chosen is followed by the server where it `follows`, on the explorer;
    elsewhere the browser goes to `site`. The search is `offered`, or the page has keys of its own; `without` are kinds
    left out.
    """

    source: str
    site: str
    follows: bool
    offered: bool
    without: list[str]


def show(
    site: str, version: str, *, offered: bool, without: Sequence[SearchKind], on_go: Callable[[str, str], None] | None
) -> None:
    """Offer both; `on_go` is called with the address that was chosen and, of a question, its id."""

    def chosen() -> None:
        choice = remembered.LOOKUP.value.get("go")
        if on_go and isinstance(choice, dict) and isinstance(choice.get("address"), str):
            on_go(choice["address"], str(choice.get("question") or ""))

    data: LookupPart = {
        "source": f"{site}/{LOOKUP}/{version}",
        "site": site,
        "follows": on_go is not None,
        "offered": offered,
        "without": list(without),
    }
    # a list might be a table, and Streamlit would load pandas to see
    sent = {**data, "without": tuple(without)}
    _lookup(key=remembered.LOOKUP.name, data=sent, on_go_change=chosen, width="content", height="content")
