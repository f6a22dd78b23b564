"""The panel's title and explanation, which the page shows by itself in the frame after a click.

The server sends what belongs to the place of the address, as with every other part of the page; beside it the page
fetches once what the course says of all its places, and shows the clicked one before the server has answered. What the
server then says of that place is the same, so that nothing moves, and where it says something else, that counts.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Literal, TypedDict

import streamlit as st

from lifecycle.outputs.explanations import Explanation

# Where the server hands out the explanations of a course: this, a version and, where they are fetched apiece, a place.
EXPLANATIONS = "explanations"
# Where it hands out the figures of their texts: this, beside the explanations, and a name.
FIGURES = "figures"
# So many places come at once (some 3 kB each on the wire), more of them one by one when they are asked for.
MOST_AT_ONCE = 200

_part = st.components.v2.component(
    "headwaters_explanation",
    js=(Path(__file__).parent / "dist/explanation.js").read_text(encoding="utf-8"),
    isolate_styles=False,
)


class PanelPart(TypedDict):
    """What a part's script is given: `components/message.js` has the same fields and types, which a test holds."""

    part: Literal["title", "html"]
    place: str
    content: str
    source: str
    apiece: bool
    names: list[str]
    reading: str


class Panel:
    """The parts of a panel at a place, "" for the whole.

    `source` is where the explanations of all `places` are; `names` are those of the address, in its order. With another
    `reading` (a view, a scenario) than before the panel is read from its beginning, as with another place.
    """

    def __init__(
        self, place: str, shown: Explanation, *, source: str, places: int, names: Sequence[str], reading: str
    ) -> None:
        self._place, self._shown, self._source = place, shown, source
        self._apiece, self._names, self._reading = places > MOST_AT_ONCE, tuple(names), reading

    def title(self) -> None:
        """The place's title."""
        self._show("title", self._shown.title)

    def text(self) -> None:
        """All that explains the place."""
        self._show("html", self._shown.html)

    def _show(self, part: Literal["title", "html"], content: str) -> None:
        data: PanelPart = {
            "part": part,
            "place": self._place,
            "content": content,
            "source": self._source,
            "apiece": self._apiece,
            "names": list(self._names),
            "reading": self._reading,
        }
        # a list might be a table, and Streamlit would load pandas to see
        _part(key=f"panel-{part}", data={**data, "names": self._names})
