"""What the panel shows of an undercurrent: what leaks and what an erasure leaves, alarms, timetables, lineage."""

from lifecycle.ui.panel.beneath.showing import show

__all__ = ["show"]
