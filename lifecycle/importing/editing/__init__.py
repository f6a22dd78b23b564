"""What a person changes of a graph that was read: edits as data, a history of them, and both as text to keep."""

from lifecycle.importing.editing.edits import (
    EDIT_KINDS,
    SET_BY_YOU,
    Add,
    Connect,
    Disconnect,
    Edit,
    EditRefused,
    Merge,
    Remove,
    Rename,
    SetRole,
    SetTiming,
    SetZone,
    edit_words,
)
from lifecycle.importing.editing.keeping import graph_from_json, graph_to_json, revision_from_json, steps_to_json
from lifecycle.importing.editing.revision import MOST_EDITS, LostEdit, ReplayedEdits, Revision, replayed
from lifecycle.importing.editing.workbench import apply

__all__ = [
    "EDIT_KINDS",
    "MOST_EDITS",
    "SET_BY_YOU",
    "Add",
    "Connect",
    "Disconnect",
    "Edit",
    "EditRefused",
    "LostEdit",
    "Merge",
    "Remove",
    "Rename",
    "ReplayedEdits",
    "Revision",
    "SetRole",
    "SetTiming",
    "SetZone",
    "apply",
    "edit_words",
    "graph_from_json",
    "graph_to_json",
    "replayed",
    "revision_from_json",
    "steps_to_json",
]
