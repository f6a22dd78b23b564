"""Every quiz in one place, with the scores."""

from lifecycle.ui.pages import frame, practice

frame.require()
practice.show()
