"""Lessons: one idea each, step by step, at one's own pace."""

from lifecycle.ui.pages import frame, learning

frame.require()
learning.show()
