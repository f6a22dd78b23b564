"""Large graphs made readable: groups as one box with the sum of their edges, what lies around a node, and search."""

from lifecycle.importing.looking.around import around
from lifecycle.importing.looking.collapsing import (
    MOST_BOXES,
    Collapsed,
    GraphBox,
    GraphLook,
    GroupBy,
    SummedEdge,
    collapsed,
    first_look,
    group_paths,
)
from lifecycle.importing.looking.searching import MatchPlace, SearchMatch, search

__all__ = [
    "MOST_BOXES",
    "Collapsed",
    "GraphBox",
    "GraphLook",
    "GroupBy",
    "MatchPlace",
    "SearchMatch",
    "SummedEdge",
    "around",
    "collapsed",
    "first_look",
    "group_paths",
    "search",
]
