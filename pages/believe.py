"""Theory against simulation, computed live."""

from lifecycle.ui.pages import believe, frame

frame.require()
believe.show()
