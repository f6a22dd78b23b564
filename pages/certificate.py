"""What was mastered, to print or to keep."""

from lifecycle.ui.pages import certificate, frame

frame.require()
certificate.show()
