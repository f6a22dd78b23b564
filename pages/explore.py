"""The front page: the living diagram, the switches, the stage panel and the charts."""

from lifecycle.ui.pages import explore, frame

frame.require()
explore.show()
