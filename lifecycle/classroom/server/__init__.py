"""The live class beside Streamlit, in its process: phones, the hall's screen and the presenter's desk, by Starlette."""

from lifecycle.classroom.server.hub import Hub, hub
from lifecycle.classroom.server.limits import spelled
from lifecycle.classroom.server.presenters import Press
from lifecycle.classroom.server.reach import reachable
from lifecycle.classroom.server.refusals import NoClass, NotPresenter, TooOften
from lifecycle.classroom.server.routes import is_ours, routes
from lifecycle.classroom.server.serving import lifespan

__all__ = [
    "Hub",
    "NoClass",
    "NotPresenter",
    "Press",
    "TooOften",
    "hub",
    "is_ours",
    "lifespan",
    "reachable",
    "routes",
    "spelled",
]
