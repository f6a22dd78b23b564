"""Incident drills: something broke; find out where, why, and what would have helped."""

from lifecycle.ui import drilling, frame

frame.require()
drilling.show()
