"""Talks: views that live, step by step, for a lecture hall."""

from lifecycle.ui.pages import frame
from lifecycle.ui.present import presenting

frame.require()
presenting.show()
