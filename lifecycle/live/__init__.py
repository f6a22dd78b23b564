"""The live class beside Streamlit, in its process: phones, the hall's screen and the presenter's desk, by Starlette."""

from lifecycle.live.hub import Hub, hub
from lifecycle.live.limits import spelled
from lifecycle.live.presenters import Press
from lifecycle.live.reach import reachable
from lifecycle.live.refusals import NoClass, NotPresenter, TooOften
from lifecycle.live.routes import is_ours, routes
from lifecycle.live.serving import lifespan

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
