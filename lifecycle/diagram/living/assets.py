"""The diagram's JavaScript and style: bundles of the modules in `script/`, and the style beside this file."""

from __future__ import annotations

from pathlib import Path

LIVING = Path(__file__).parent
_BUNDLES = LIVING / "script" / "dist"


def script() -> str:
    """The module whose default export mounts the diagram."""
    return (_BUNDLES / "diagram.js").read_text(encoding="utf-8")


def style() -> str:
    """The style of everything inside the diagram's own root."""
    return (LIVING / "diagram.css").read_text(encoding="utf-8")


def note_script() -> str:
    """The module whose default export leaves the diagram a note: the run to play, or what is selected."""
    return (_BUNDLES / "note.js").read_text(encoding="utf-8")


def film_script() -> str:
    """The module whose `openFilm` makes films of the clock, for a diagram that is mounted."""
    return (LIVING / "script" / "film" / "dist" / "film.js").read_text(encoding="utf-8")
