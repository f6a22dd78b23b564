"""The living diagram without a page round it: its JavaScript and style, and the data that they are mounted with."""

from lifecycle.diagram.living.assets import LIVING, film_script, note_script, script, style
from lifecycle.diagram.living.packing import (
    MOST_DOTS,
    dots,
    events_per_dot,
    opening,
    pack,
    pack_frames,
    packets,
    unpack,
)
from lifecycle.diagram.living.payload import payload, pointable, run_note, sent_breaks

__all__ = [
    "LIVING",
    "MOST_DOTS",
    "dots",
    "events_per_dot",
    "film_script",
    "note_script",
    "opening",
    "pack",
    "pack_frames",
    "packets",
    "payload",
    "pointable",
    "run_note",
    "script",
    "sent_breaks",
    "style",
    "unpack",
]
