"""Every quiz in one place, with the scores."""

from lifecycle.ui import frame, practice

frame.require()
practice.show()
