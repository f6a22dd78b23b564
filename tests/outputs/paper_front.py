"""Where papers lead, and what is on screen when they are made."""

from __future__ import annotations

import re
from pathlib import Path

from lifecycle import charts
from lifecycle.course import load
from lifecycle.course.address import State, scenario_of, write
from lifecycle.ui.panel import handouts
from tests.support.narrow import not_none, stage_of

ROOT = Path(__file__).parents[2]
COURSE = load(ROOT / "content")
FRONT = "https://headwaters.example/"


def scene_of(**state):
    now = State(**state)
    own = charts.of_stage(stage_of(COURSE.pipeline, not_none(now.stage)), scenario_of(now, COURSE))
    return handouts.scene(COURSE, now, handouts.at(FRONT, write(now)), COURSE.prices, None, own)


def plain(text):
    return re.sub(r"\W+", "", text)
