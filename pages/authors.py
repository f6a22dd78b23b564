"""What all answers say of the questions: for authors and teachers."""

from lifecycle.ui.pages import authoring, frame

frame.require()
authoring.show()
