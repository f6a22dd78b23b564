"""The diagram's JavaScript and style, which lie beside this file."""

from __future__ import annotations

from pathlib import Path

LIVING = Path(__file__).parent


def script() -> str:
    """The diagram's scripts joined into one module, in the order of their names; its default export mounts it."""
    return "\n".join(path.read_text(encoding="utf-8") for path in sorted(LIVING.glob("*.js")))


def style() -> str:
    """The style of everything inside the diagram's own root."""
    return (LIVING / "diagram.css").read_text(encoding="utf-8")


def note_script() -> str:
    """The module whose default export leaves the diagram a note: the run to play, or what is selected."""
    return (LIVING / "note.mjs").read_text(encoding="utf-8")
