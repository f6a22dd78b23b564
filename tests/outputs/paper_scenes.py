"""What is on screen when a paper is made, and what is read of the paper."""

import io
from pathlib import Path

from pypdf import PdfReader

from lifecycle import charts
from lifecycle.course import load
from lifecycle.course.address import State, scenario_of, write
from lifecycle.course.pipeline import Stage
from lifecycle.ui.panel import handouts

ROOT = Path(__file__).parents[2]
COURSE = load(ROOT / "content")
FRONT = "https://headwaters.example/"


def scene_of(course=COURSE, **state):
    now = State(**state)
    here = course.pipeline.by_id.get(now.stage or "")
    own = charts.of_stage(here, scenario_of(now, course)) if isinstance(here, Stage) else ()
    return handouts.scene(course, now, handouts.at(FRONT, write(now)), course.prices, None, own)


def read(pdf):
    """The text of all pages, every stretch of white as one space."""
    return " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages).split())


def squeezed(text):
    """Without white: a line may have been broken anywhere in an address."""
    return "".join(text.split())
