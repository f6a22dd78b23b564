"""Papers that are made once for all tests that read them."""

from __future__ import annotations

import io

import pytest
from pypdf import PdfReader

from lifecycle.outputs.pdf import stage_pdf, talk_pdf, view_pdf
from lifecycle.ui.panel import handouts
from tests.outputs.paper_front import COURSE, FRONT, scene_of


@pytest.fixture(scope="session")
def papers():
    """Every talk on both papers, two stages and a crowded view: name to (reader, title)."""
    made = {}
    for talk in COURSE.talks:
        scenes = [handouts.step_scene(COURSE, talk, nth, FRONT, COURSE.prices) for nth in range(len(talk.steps))]
        for notes in (False, True):
            pdf = talk_pdf(COURSE, talk, scenes, f"{FRONT}present?talk={talk.id}", notes=notes)
            made[f"{talk.id} {notes}"] = (
                PdfReader(io.BytesIO(pdf)),
                f"{talk.title}: {'with notes' if notes else 'hand-out'}",
            )
    crash = scene_of(stage="buffer", scenario="consumer-crash", moment=30_600, seed=123_456_789)
    for place in ("buffer", "lake"):
        pdf = stage_pdf(COURSE, COURSE.places[place], crash)
        made[place] = PdfReader(io.BytesIO(pdf)), COURSE.places[place].title
    made["view"] = PdfReader(io.BytesIO(view_pdf(COURSE, crash))), COURSE.pipeline.title
    return made
