"""Talks: views that live, step by step, for a lecture hall."""

from lifecycle.ui import frame, presenting

frame.require()
presenting.show()
