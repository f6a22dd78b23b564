"""Kept runs side by side, with what differs by more than luck."""

from lifecycle.ui.pages import comparing, frame

frame.require()
comparing.show()
