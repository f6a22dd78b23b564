"""The page put together: one HTML file that holds texts, diagram, questions and runs, and lets nothing else in."""

from __future__ import annotations

import base64
import hashlib
import json
import os
import re
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache
from html import escape
from pathlib import Path
from typing import Any

from lifecycle.course import Course, Place
from lifecycle.course.day_words import moving_words
from lifecycle.course.pipeline import Stage
from lifecycle.course.quizzes.numbers import DOUBT, DOUBTFUL, SIGNS, TYPED, UNITS
from lifecycle.course.talks import DayChart
from lifecycle.diagram import layout, living
from lifecycle.diagram.following.note import PICKS
from lifecycle.outputs import lookup
from lifecycle.outputs.offline import asking, days, talks, texts
from lifecycle.outputs.offline.message import HeldPlace, SentCourse, TypingRules
from lifecycle.simulation.model.scenario import Scenario

PAGE = Path(__file__).parent / "page"
FILE, MARKER = "index.html", "headwaters-export.txt"
ABOUT = (
    "{title}: a copy for file://, made by `python -m lifecycle export`.\n"
    "Open index.html. This file only says that the folder is such a copy, so that the next export may replace it.\n"
)
# What days.CHARTS does not say of a chart: its axis, the unit in its table, whether the axis is logarithmic.
AXES: Mapping[DayChart, tuple[str, str, bool]] = {
    "Freshness": ("age of data", "s", True),
    "Load": ("arrivals a second", "1/s", False),
}
# How typing.js reads a number that was typed: as quizzes/numbers.py does.
TYPING: TypingRules = {"form": TYPED, "doubtful": DOUBTFUL, "doubt": DOUBT, "signs": SIGNS}
ICON = (
    "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 24 24' fill='none' stroke='#0b6e8f' stroke-width='2.4' "
    "stroke-linecap='round'><path d='M2 7c2.500-2 4.500-2 6.700 0s4.300 2 6.600 0 4.200-2 6.700 0M2 12c2.500-2 4.500-2 "
    "6.700 0s4.300 2 6.600 0 4.200-2 6.700 0M2 17c2.500-2 4.500-2 6.700 0s4.300 2 6.600 0 4.200-2 6.700 0'/></svg>"
)


def _silent(_: str) -> None:
    pass


def _days(course: Course, wanted: Mapping[str, Mapping[str, Scenario]], tell: Callable[[str], None]) -> list[str]:
    """Each scenario's runs as JSON, in their order; NumPy lets go of Python's lock, so two cores share the work."""
    with ThreadPoolExecutor(os.cpu_count() or 1) as threads:
        begun = {id: threads.submit(days.day, course, id, runs) for id, runs in wanted.items()}
        held = []
        for nth, (id, made) in enumerate(begun.items(), 1):
            held.append(_json(made.result()))
            runs = len(wanted[id])
            tell(f"{nth} of {len(wanted)} scenarios: {id}, {runs} run{'s' * (runs != 1)}")
    return held


def files(course: Course, tell: Callable[[str], None] = _silent) -> dict[str, bytes]:
    """The files of the copy by name; equal courses give equal bytes. GraphvizError where there can be no diagram.

    `tell` is given a line for each scenario that is done, as they come.
    """
    wanted = days.wanted(course)
    held = _days(course, wanted, tell)
    tell("texts, questions and talks")
    style, living_style, script = _asset("page.css") + lookup.style(), living.style(), _script()
    parts = {
        "policy": _policy(script, style, living_style),
        "title": escape(course.pipeline.title),
        "icon": "data:image/svg+xml;base64," + base64.b64encode(ICON.encode()).decode(),
        "style": style,
        "living_style": living_style,
        "places": _places(course),
        "stories": _stories(course),
        "talks": talks.articles(course),
        "ways": _ways(course),
        "moving": _moving(course),
        "counts": _counts(course, wanted),
        "variants": str(asking.VARIANTS),
        "course": _json(_course(course, wanted)),
        "script": script,
        "first_day": held[0],
        "days": "\n".join(_day(nth, text) for nth, text in enumerate(held) if nth),
    }
    # in one pass: what a part holds is never taken for a place to fill
    page = re.sub(r"\{\{(\w+)\}\}", lambda gap: parts[gap[1]], _asset("page.html"))
    return {
        FILE: page.encode("utf-8", "replace"),
        MARKER: ABOUT.format(title=" ".join(course.pipeline.title.split())).encode("utf-8", "replace"),
    }


@lru_cache(maxsize=16)
def _asset(name: str) -> str:
    return (PAGE / name).read_text(encoding="utf-8")


def _script() -> str:
    """The page's modules and the diagram's in one classic script, which file:// allows."""
    return _asset("dist/page.js")


def _policy(script: str, *styles: str) -> str:
    """What the browser may do with the page: its own script and styles, by their digests, and nothing from elsewhere.

    Style attributes are the diagram's and those of tables in Markdown; an author cannot write one.
    """

    def digest(text: str) -> str:
        return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"

    rules = {
        "default-src": "'none'",
        "script-src": digest(script),
        "style-src": " ".join(map(digest, styles)),
        "style-src-attr": "'unsafe-inline'",
        "img-src": "data: blob:",
        "base-uri": "'none'",
        "form-action": "'none'",
    }
    return "; ".join(f"{name} {value}" for name, value in rules.items())


def _json(value: Any) -> str:
    """JSON that may stand within a script element: nothing in it ends the element or opens a comment."""
    text = json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    return text.replace("<", "\\u003c")


def _day(nth: int, text: str) -> str:
    return f'<script type="application/json" id="day-{nth}">{text}</script>'


def _every_place(course: Course) -> list[Place]:
    return [*course.places.values(), *([course.overview] if course.overview else [])]


def _places(course: Course) -> str:
    return "\n".join(
        f'<article class="place" data-place="{escape(place.id)}"><h2 class="unseen">{escape(place.title)}</h2>'
        f"{texts.place(course, place)}</article>"
        for place in _every_place(course)
    )


def _stories(course: Course) -> str:
    stories = ((named.id, named.title, texts.story(course, named)) for named in course.scenarios)
    return "\n".join(
        f'<div class="story" data-day="{escape(id)}"><h2 class="unseen">{escape(title)}</h2>{text}</div>'
        for id, title, text in stories
        if text
    )


def _ways(course: Course) -> str:
    return "\n".join(
        f'<div class="way" data-way="{transfer.start}-{transfer.size}">{texts.transfer(course, transfer)}</div>'
        for transfer in course.transfers
    )


def _moving(course: Course) -> str:
    """Which flows move how whatever the switches say."""
    words = moving_words(course.pipeline.network, course.pipeline.labels)
    return f'<p class="small">{escape(words)}</p>' if words else ""


def _counts(course: Course, wanted: Mapping[str, Mapping[str, object]]) -> str:
    runs = sum(map(len, wanted.values()))
    counts = [(len(wanted), "day"), (runs, "run"), (len(course.questions), "question")]
    counts += [(len(some), noun) for some, noun in ((course.lessons, "lesson"), (course.talks, "talk")) if some]
    *some, last = (f"{count:,} {noun}{'' if count == 1 else 's'}" for count, noun in counts)
    return f"{', '.join(some)} and {last}"


def _course(course: Course, wanted: Mapping[str, Mapping[str, object]]) -> SentCourse:
    """What the page's script knows from the start: everything but the runs and the texts."""
    summaries = {place.id: place.summary for place in course.places.values()}
    overview = course.overview
    return {
        "key": f"headwaters-copy-{hashlib.sha256(course.pipeline.title.encode('utf-8', 'replace')).hexdigest()[:12]}",
        "living": {**living.payload(layout.picture(course.pipeline), course.pipeline, summaries), "name": "diagram"},
        "pointable": living.pointable(course.pipeline),
        "places": [_place(course, id) for id in course.pipeline.places],
        "overview": overview.id if overview else "",
        "whole": course.pipeline.title,
        "overviewTitle": overview.title if overview else course.pipeline.title,
        "scenarios": [
            {
                "id": day.id,
                "title": day.title,
                "switches": {name: getattr(day.scenario, name) for name in day.switches},
            }
            for day in course.scenarios or (course.default,)
        ],
        "picks": {pick.value: words for pick, words in PICKS.items()},
        "further": _further(wanted),
        "furtherNames": list(days.FURTHER),
        "questions": asking.by_place(course),
        "talks": talks.sent(course),
        "gap": asking.GAP,
        "units": UNITS,
        "typed": TYPING,
        "percents": [f"{percent:g}" for percent in days.PERCENTS],
        "charts": {
            name: {"heading": name, "steps": steps, "axis": AXES[name][0], "per": AXES[name][1], "log": AXES[name][2]}
            for name, steps in days.CHARTS.items()
        },
        "lookup": lookup.lookup(course),
    }


def _place(course: Course, id: str) -> HeldPlace:
    part = course.pipeline.by_id[id]
    title = course.places[id].title if id in course.places else part.label
    return {
        "id": id,
        "kind": "stage" if isinstance(part, Stage) else "undercurrent",
        "label": part.label,
        "title": title,
    }


def _further(wanted: Mapping[str, Mapping[str, object]]) -> dict[str, dict[str, list[str]]]:
    """Of each setting that only links turn: the days, and their switches, for which there is a run with it."""
    result: dict[str, dict[str, list[str]]] = {}
    for day, runs in wanted.items():
        for switches, _, further in (key.partition(" ") for key in runs):
            if further:
                result.setdefault(further, {}).setdefault(day, []).append(switches)
    return result
