"""How dense the page is: the learner's layer shows what a first look needs, the engineer's everything.

A choice stands in the address, and the browser keeps it in a cookie of its own, so that the next visit begins with it.
"""

from __future__ import annotations

from urllib.parse import urlsplit

import streamlit as st

from lifecycle.classroom.server import cookies
from lifecycle.course import Course
from lifecycle.ui import remembered
from lifecycle.ui.components import keeping
from lifecycle.ui.session import addressbar
from lifecycle.ui.session.addressbar import Layer

COOKIE = "headwaters_layer"


def chosen() -> Layer:
    """What the address names, else what was chosen here last; a first visit has the learner's layer."""
    if named := addressbar.layer_named():
        return named
    if remembered.LAYER.is_set:
        kept = [remembered.LAYER.value]
    else:
        kept = cookies.values(st.context.headers.get_all("cookie"), COOKIE)
    return next((Layer(text) for text in kept if text in tuple(Layer)), Layer.LEARNER)


def is_plain(course: Course) -> bool:
    """Whether the explorer shows the learner's layer.

    A lesson says by itself what it shows, and so do a talk whose presenter has left the script, and a part alone.
    """
    return (
        chosen() is Layer.LEARNER
        and addressbar.on_step(course) is None
        and not (addressbar.before_a_hall() or addressbar.part())
    )


def choose(layer: Layer) -> None:
    """Change to a layer and remember it; only where a click is handled."""
    remembered.LAYER.put(layer)
    addressbar.name_layer(layer)


def forget() -> None:
    """Have the browser forget what was chosen."""
    remembered.LAYER.put("")


def keep() -> None:
    """Once a run of the page: have the browser keep, or forget, what was chosen in this session."""
    with st.container(key="layer-kept"):  # there in every run, so that what stands below it is not mounted anew
        if not remembered.LAYER.is_set:
            return
        keeping.keep(COOKIE, remembered.LAYER.value, urlsplit(addressbar.site()).path or "/")
