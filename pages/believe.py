"""Theory against simulation, computed live."""

from lifecycle.ui import believe, frame

frame.require()
believe.show()
