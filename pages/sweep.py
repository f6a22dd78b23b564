"""Two knobs turned through all their settings, and where a service level holds."""

from lifecycle.ui.pages import frame, sweeping

frame.require()
sweeping.show()
