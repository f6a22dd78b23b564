"""The living diagram without a page round it: its JavaScript and style, and the data that they are mounted with."""

from lifecycle.diagram.living.assets import LIVING, note_script, script, style
from lifecycle.diagram.living.packing import (
    MOST_DOTS,
    TRAVEL_S,
    dots,
    events_per_dot,
    opening,
    pack,
    pack_frames,
    unpack,
)
from lifecycle.diagram.living.payload import payload, pointable, run_note

__all__ = [
    "LIVING",
    "MOST_DOTS",
    "TRAVEL_S",
    "dots",
    "events_per_dot",
    "note_script",
    "opening",
    "pack",
    "pack_frames",
    "payload",
    "pointable",
    "run_note",
    "script",
    "style",
    "unpack",
]
