"""Incident drills: something broke; find out where, why, and what would have helped."""

from lifecycle.ui.pages import drilling, frame

frame.require()
drilling.show()
