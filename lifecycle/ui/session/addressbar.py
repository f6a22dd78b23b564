"""The browser's address bar, read into a `State` and written from one."""

from __future__ import annotations

import threading
from collections.abc import Mapping, Sequence
from dataclasses import replace
from enum import StrEnum
from typing import Any
from urllib.parse import urlsplit

import streamlit as st

from lifecycle import installed
from lifecycle.classroom.server import reachable
from lifecycle.course import Course, address
from lifecycle.course.lessons import Lesson
from lifecycle.ui import remembered

# What the page that compares runs adds to the address; it is no setting of a run.
RUNS = "runs"
# What the page of drills adds: which one is on.
DRILL = "drill"
# What the page of a learner's own pipeline adds: which draft is open.
DRAFT = "draft"
# What a talk adds: which it is, how far, whether its script is left just now, and the class that follows it.
TALK, STEP, FREE, CLASS = "talk", "step", "free", "class"
# What a lesson adds: which it is; its step, as a talk's; and, as FREE, that the settings are what the learner made of
# those that the step opens with.
LESSON = "lesson"
_OF_PAGES = (RUNS, DRILL, DRAFT, LESSON, TALK, STEP, FREE, CLASS)
_OF_TALKS = (LESSON, TALK, STEP, FREE, CLASS)
# How dense the page is, where that was chosen; it is no setting of a run, but other pages take it along.
LAYER = "layer"
# All that the explorer's address can hold, in the order in which it is written.
NAMES = (*_OF_TALKS, *address.FIELDS, LAYER)
_PLACE, _PART = "stage", "part"  # of `address.State`
# The pages' own addresses: the names of their files.
_PAGES = {page.stem for page in installed.PAGES.glob("*.py")}


# Where the session keeps the address that it wrote last, and those that the browser may still ask with.
_Address = tuple[tuple[str, tuple[str, ...]], ...]
# Whether the browser has not heard yet of the address that this run of the script has; each run has its own thread.
_run = threading.local()


class Layer(StrEnum):
    """How much of the machine the page shows: what a learner needs at first sight, or everything."""

    LEARNER = "learner"
    ENGINEER = "engineer"


def current(course: Course) -> tuple[address.State, tuple[str, ...]]:
    """What is drawn now, and notices about what in the address could not be used; a lesson hides what is to come."""
    query = carried()
    state, notices = address.read({name: text for name, text in query.items() if name != LAYER}, course)
    if LAYER in query and layer_named() is None:
        notices = (*notices, f"{address.LEFT_OUT}“{LAYER}”, because it must be one of {', '.join(Layer)}.")
    if on := on_step(course):
        state = replace(state, hide=on[0].hidden(on[1]))
    return state, notices


def written(course: Course) -> address.State:
    """The settings of the address: what is changed, compared and simulated; to hide is a lesson's own doing."""
    state, _ = address.read(carried(), course)
    return replace(state, hide=()) if LESSON in st.query_params else state


def on_step(course: Course) -> tuple[Lesson, int] | None:
    """The lesson that the address names, and the index of its step, kept within the lesson; None for no lesson."""
    lesson = course.lesson(st.query_params.get(LESSON, "")[:100])
    if lesson is None or not lesson.steps:
        return None
    step = st.query_params.get(STEP, "")[:4]
    return lesson, min(max(int(step), 1), len(lesson.steps)) - 1 if step.isdecimal() else 0


def layer_named() -> Layer | None:
    """The layer that the address names; None where it names none, or one that there is not."""
    named = st.query_params.get(LAYER, "")
    return Layer(named) if named in tuple(Layer) else None


def name_layer(layer: Layer) -> None:
    """Put a layer into the address, and leave all else as it is; only where a click is handled."""
    catch_up()
    _write({name: text for name, text in st.query_params.to_dict().items() if name != LAYER} | {LAYER: layer})


def open_step(course: Course, lesson: Lesson, step: int) -> None:
    """Go to a step of a lesson, counted from 0, with the settings that it opens with; only where a click is handled."""
    catch_up()
    _write(_step_opened(course, lesson, step))


def arrive_at_step(course: Course) -> None:
    """Where a link names a step and no settings, put those of the step into the address: from then on they count."""
    on = on_step(course)
    if on and FREE not in st.query_params and not carried().keys() & (address.FIELDS.keys() - {_PART}):
        _write(_step_opened(course, *on))


def _step_opened(course: Course, lesson: Lesson, step: int) -> dict[str, str]:
    view, _ = address.turned(address.State(), lesson.steps[step].view, course)
    view = replace(view, hide=(), part=part())  # what a talk leaves out before its hall; a frame shows what it did
    return {LESSON: lesson.id, STEP: str(step + 1), FREE: "1", **address.write(view)}


def tell(notices: Sequence[str]) -> None:
    """What of a link could not be used, in one bar however much it is."""
    if len(notices) > 1:
        items = "\n".join(f"- {notice.removeprefix(address.LEFT_OUT)}" for notice in notices)
        with st.container(key="left-out"):
            st.warning(f"{address.LEFT_OUT.strip()}\n{items}", icon=":material/link_off:")
    for notice in notices if len(notices) == 1 else ():
        st.warning(notice, icon=":material/link_off:")


def before_a_hall() -> bool:
    """Whether the explorer stands on the screen of a hall: a talk has left its script."""
    return st.query_params.get(FREE) == "1" and TALK in st.query_params


def led_by() -> tuple[str, str]:
    """The lesson or talk that the address names, and its step; both "" for none."""
    script = next((f"{name} {st.query_params[name]}" for name in (LESSON, TALK) if name in st.query_params), "")
    return script, st.query_params.get(STEP, "") if script else ""


def go(course: Course, **changes: Any) -> None:
    """Change fields of the state; what the address said wrongly before is tidied away with it."""
    catch_up()
    _put(replace(written(course), **changes))


def choose(course: Course, place: str | None) -> None:
    """Go to another place of the diagram, None for the whole; the page may have written it into its address already."""
    catch_up(place)
    _put(replace(written(course), stage=place))


def follow(course: Course, query: str) -> None:
    """Go where a link in the text leads: what it names changes, all else stays."""
    catch_up(query.removeprefix(f"?{_PLACE}="))  # the page writes ahead where a link names a place and nothing else
    _put(address.turned(written(course), query, course)[0])


def _put(state: address.State) -> None:
    """Write a state; a presenter who explores does not lose the talk, nor a learner the lesson."""
    talk = {name: st.query_params[name] for name in _OF_TALKS if name in st.query_params}
    _write(talk | address.write(state))


def catch_up(ahead: str | None = None) -> None:
    """First in what a click does: take up the address written last, where the browser asked before it heard of that.

    Every click carries the address that its page has, and of two in quick succession the second one that of before the
    first, which would undo it. Where the page wrote the place `ahead` into its address before it asked, the rest of
    that address says what it had heard of.
    """
    aside = _PLACE if ahead and _parts().get(_PLACE) == [ahead] else ""
    written = remembered.ADDRESS_WRITTEN.get()
    if written is None:
        return
    asking, before = _address(), {_but(address, aside) for address in written["before"]}
    if _but(asking, aside) in before and _but(asking, aside) != _but(_sorted(written["now"]), aside):
        remembered.ADDRESS_WRITTEN.put({"now": written["now"], "before": (*written["before"], asking)})
        st.query_params.from_dict(written["now"])  # in its own order: a class compares addresses letter by letter
        _run.unheard = True


def _but(address: _Address, name: str) -> _Address:
    return tuple(pair for pair in address if pair[0] != name)


def write(params: Mapping[str, str]) -> None:
    """Make this the whole address; only where a click is handled, see `catch_up`."""
    catch_up()
    _write(params)


def _write(params: Mapping[str, str]) -> None:
    older = remembered.ADDRESS_WRITTEN.value["before"] if getattr(_run, "unheard", False) else ()
    before = _address()
    named = layer_named()  # goes along wherever one goes; a hall has none
    st.query_params.from_dict({**params, **({LAYER: named} if named and not {LAYER, TALK} & params.keys() else {})})
    remembered.ADDRESS_WRITTEN.put({"now": _parts(), "before": (*older, before)})
    _run.unheard = True


def arrive() -> None:
    """Before a page is drawn: with an address that this run did not write or take up, the browser is where that says.

    It may have gone back, to an address from before, which then is no old one.
    """
    if not getattr(_run, "unheard", False):
        remembered.ADDRESS_WRITTEN.forget()
    _run.unheard = False


def _parts() -> dict[str, list[str]]:
    return {name: st.query_params.get_all(name) for name in st.query_params}


def _sorted(parts: Mapping[str, list[str]]) -> _Address:
    return tuple(sorted((name, tuple(texts)) for name, texts in parts.items()))


def _address() -> _Address:
    return _sorted(_parts())


def hides(part: str) -> bool:
    """Whether the link that was followed leaves a part of the page out, for what stands round every page."""
    return part in st.query_params.get("hide", "").split(",")


def part() -> address.PagePart | None:
    """The part of the explorer that stands alone, None for the whole."""
    return address.part_of(st.query_params.get(_PART, ""))


def carried() -> dict[str, str]:
    """The address as it stands, for a link to another page."""
    return {name: text for name, text in st.query_params.to_dict().items() if name not in _OF_PAGES}


def onward() -> dict[str, str]:
    """The address as a link to another page takes it along; the settings of a lesson are its story's, and stay."""
    if LESSON not in st.query_params:
        return carried()
    named = layer_named()
    return {LAYER: named} if named else {}


def with_lesson() -> dict[str, str]:
    """The address as it stands, with the step of a lesson, for a way back to it."""
    return {name: text for name, text in st.query_params.to_dict().items() if name in (LESSON, STEP, FREE)} | carried()


def site_for_others() -> str:
    """Where other machines find this app, base path and all; "" where none can, or where that is not known."""
    return reachable(site(), installed.listens_at(str(st.get_option("server.address") or "")))


def site() -> str:
    """Where this app is, as the browser sees it, base path and all, without the page and the query; "" unasked."""
    url = urlsplit(str(st.context.url or ""))
    path = url.path.rstrip("/")
    base, _, last = path.rpartition("/")
    return f"{url.scheme}://{url.netloc}{base if last in _PAGES else path}" if url.netloc else ""
