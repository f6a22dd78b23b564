"""What is round every page: title, style, navigation, and calm words when something fails."""

from __future__ import annotations

import logging
import threading
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import parse_qsl

import streamlit as st

from lifecycle import installed, metrics
from lifecycle.course.address import PagePart, View
from lifecycle.outputs.lookup import SearchKind, style
from lifecycle.ui import remembered, toasts
from lifecycle.ui.components import framing, keys, lookup, parts
from lifecycle.ui.components.prose import plain
from lifecycle.ui.gallery import cards
from lifecycle.ui.lessons import ways
from lifecycle.ui.pages import entrance
from lifecycle.ui.session import addressbar, layers, learner, served, writing
from lifecycle.ui.session.addressbar import Layer

APP = "Headwaters"
ICON = Path(__file__).parent / "icon.svg"
STYLE = (Path(__file__).parent / "style.css").read_text(encoding="utf-8") + style()

# File name in pages/ (also its address), title, icon, whether it is linked in the header. The first is the front page.
PAGES = (
    ("explore", "Explore", ":material/water:", True),
    ("compare", "Compare", ":material/compare_arrows:", True),
    ("sweep", "Sweep", ":material/grid_on:", True),
    ("present", "Present", ":material/co_present:", True),
    ("lessons", "Lessons", ":material/route:", True),
    ("practice", "Practice", ":material/school:", True),
    ("believe", "Why believe it", ":material/fact_check:", True),
    ("pipeline", "Your pipeline", ":material/account_tree:", True),
    ("drills", "Incident drills", ":material/emergency:", False),
    ("certificate", "Certificate", ":material/workspace_premium:", False),
    ("authors", "For authors and teachers", ":material/insights:", False),
)

OF_LEARNERS = ("explore", "lessons", "practice")
LAYERS: Mapping[Layer, str] = {Layer.LEARNER: "Learner", Layer.ENGINEER: "Engineer"}

# The addresses of the pages of which a part can stand alone.
_OF_PARTS = ("", "lessons")

# Whether the frame stands round the page that this thread is running; each script run has a thread of its own.
_framed = threading.local()

log = logging.getLogger(__name__)


@metrics.PAGE_SECONDS.labels("page").time()
def run() -> None:
    """Show the page that the address names, inside the frame."""
    st.set_page_config(page_title=_name(), page_icon=str(ICON), layout="wide")
    page = st.navigation(_pages(), position="hidden")
    st.html(f"<style>{STYLE}</style>")
    writing.follow()
    framing.watch()
    layers.keep()
    try:
        if entrance.is_shut():
            entrance.show(_name())
            return
        addressbar.arrive()
        part = addressbar.part() if page.url_path in _OF_PARTS else None
        if part is None:
            _header(page.url_path)
        elif part is PagePart.LESSON:
            _lookup(page.url_path, offered=False)
        if part in (None, PagePart.LESSON):  # elsewhere nothing is answered
            _tell_where_nothing_is_kept()
        _framed.on = True
        page.run()
        toasts.show()
    except Exception:
        # The traceback is for anyone who runs the server; the person in front of the page gets words.
        log.exception("page %s failed", page.title)
        metrics.PAGE_ERRORS.inc()
        st.error(
            "Something went wrong on this page. Nothing you answered is lost. Reload it, or start again from a "
            f"[clean address]({addressbar.site()}/).",
            icon=":material/error:",
        )
    finally:
        _framed.on = False


def require() -> None:
    """First line of every page: without the frame round it, put it there.

    On a server that has just started, Streamlit runs a file of `pages/` by itself for the first visitor. Calling
    `st.navigation` tells it that `app.py` decides, and the rerun starts there.
    """
    if not getattr(_framed, "on", False):
        run()
        st.stop()


def _pages() -> list[st.Page]:
    return [
        st.Page(installed.PAGES / f"{name}.py", title=title, icon=icon, default=index == 0)
        for index, (name, title, icon, _) in enumerate(PAGES)
    ]


def _tell_where_nothing_is_kept() -> None:
    """In a frame of another site a browser may keep no cookie of ours; elsewhere Practice says so."""
    if framing.foreign() and not learner.is_remembered():
        st.warning(
            "This page stands inside another site, and here your browser keeps nothing of it: what you answer is "
            f"forgotten when you leave. [Open it in a window of its own]({addressbar.site()}/) to keep your progress.",
            icon=":material/cookie_off:",
        )


def _name() -> str:
    """What stands at the top of every page: a team's own title and the app's; our own course goes by the app's."""
    title = served.own_title()
    return f"{title} · {APP}" if title else APP


def _header(page: str) -> None:
    """The name and the links; they carry the address, so that nobody loses their place by changing pages.

    `page` is the address of the page below, "" for the front page.
    """
    parts.ways({"content": "Skip the navigation"} | ({"diagram": "Skip to the diagram"} if page == "" else {}))
    with st.container(key="header", horizontal=True, vertical_alignment="center", gap="medium"):
        st.markdown(f"# {plain(_name())}", anchors=False, width="content")
        if not addressbar.hides("pages"):
            _links(page)
            if page == "":
                _layers()
        talks = addressbar.TALK in st.query_params  # a talk has keys of its own
        _lookup(page, offered=not talks)
        if not talks:
            keys.button(diagram=page in ("", "drills", "lessons", "pipeline"), edits=page == "pipeline")
    parts.target("content")


def _layers() -> None:
    """The switch between the layers; a lesson and a talk show what they say themselves, and so does the opening."""
    if addressbar.LESSON in st.query_params or addressbar.before_a_hall() or ways.is_first_visit():
        return
    remembered.LAYER_SHOWN.put(layers.chosen())
    st.segmented_control(
        "How much to show",
        list(LAYERS),
        format_func=LAYERS.__getitem__,
        key=remembered.LAYER_SHOWN.name,
        required=True,
        label_visibility="collapsed",
        on_change=lambda: layers.choose(Layer(remembered.LAYER_SHOWN.value)),
    )


def _lookup(page: str, *, offered: bool) -> None:
    """The search, where it is `offered`, and the cards of terms; a link that hides a part hides it from the search."""
    known = served.looked_up()
    if known is None:
        return
    without = [kind for kind, part in _HIDDEN_WITH.items() if addressbar.hides(part)]
    on_go = _go if page == "" else None
    lookup.show(addressbar.site(), known.version, offered=offered, without=without, on_go=on_go)


# What the search leaves out where a link hides a part of the page.
_HIDDEN_WITH: Mapping[SearchKind, str] = {
    "scenario": "scenario",
    "question": "quiz",
    "lesson": "pages",
    "talk": "pages",
}


def _go(address: str, question: str) -> None:
    """Follow what was chosen: a question opens in the quiz of its place, a scenario with its story.

    A lesson is left for it, since its steps have settings of their own.
    """
    course = served.course()
    if addressbar.on_step(course):
        ways.leave(course)
    posed = course.question(question) if question else None
    if posed is None:
        addressbar.follow(course, address)
        settings = dict(parse_qsl(address.removeprefix("?")))
        if opened := course.named(settings.get("scenario", "")):
            cards.lead(course, opened, settings.get("stage"))
        return
    place = course.places.get(posed.place) or course.overview
    if place is not None and posed in place.questions:
        remembered.question_of(place.id).put(place.questions.index(posed))
    addressbar.go(course, stage=posed.place if posed.place in course.places else None, view=View.QUIZ)


def _links(page: str) -> None:
    """The pages; in the learner's layer those of a learner and the one that is shown, the others behind a button."""
    linked = [entry for entry in PAGES if entry[3]]
    few = layers.chosen() is Layer.LEARNER
    near = [entry for entry in linked if not few or entry[0] in (*OF_LEARNERS, page)]
    for name, title, icon, _ in near:
        _link(name, title, icon)
    if few:
        # another one on each page: it would stay open over the page that was just chosen in it
        with st.popover("More pages", type="tertiary", key=f"more-pages-{page}"):
            for name, title, icon, _ in linked:
                if name not in OF_LEARNERS:
                    _link(name, title, icon)


def _link(name: str, title: str, icon: str) -> None:
    st.page_link(
        installed.PAGES / f"{name}.py", label=title, icon=icon, query_params=addressbar.onward(), width="content"
    )
