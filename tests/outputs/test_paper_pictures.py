"""Charts and diagrams on paper: the curves of the hall, within the width of the text."""

from __future__ import annotations

import re
from pathlib import Path
from xml.etree import ElementTree

import pytest
from reportlab.graphics.shapes import Group, String

from lifecycle.charts.spec import Bars, Legend
from lifecycle.classroom import rehearsal
from lifecycle.course import address, load
from lifecycle.course.address import State
from lifecycle.outputs.pdf.ink import WIDTH
from lifecycle.outputs.pdf.scene import picture
from lifecycle.ui.components.hall_charts import MOST_CURVES, for_a_hall, legend
from lifecycle.ui.panel import hall, handouts
from lifecycle.ui.session import cached
from tests.outputs.paper_front import plain
from tests.support.narrow import not_none

ROOT = Path(__file__).parents[2]
COURSE = load(ROOT / "content")
FRONT = "https://headwaters.example/"


@pytest.fixture(scope="module")
def written(papers):
    """The letters and digits of each talk on paper, by the same names."""
    talks = [f"{talk.id} {notes}" for talk in COURSE.talks for notes in (False, True)]
    return {name: plain(" ".join(page.extract_text() for page in papers[name][0].pages)) for name in talks}


@pytest.mark.parametrize("step", range(len(not_none(COURSE.talk("push-or-pull")).steps)))
def test_the_desks_picture_of_a_step_says_what_the_hall_will_see(step):
    talk = not_none(COURSE.talk("push-or-pull"))
    written = " ".join(
        "".join(ElementTree.fromstring(not_none(handouts.step_picture(talk.id, step))).itertext()).split()
    )
    assert talk.steps[step].headline in written
    scene = handouts.step_scene(COURSE, talk, step, "", COURSE.prices)
    for chart in scene.charts[:2]:
        assert chart.finding[:30] in written
    asked = hall.ask_of(COURSE, talk, step)
    assert (asked is None) == (talk.steps[step].ask is None)
    if asked and asked.poll.options:
        assert [f"{letter}: " in written for letter in asked.poll.letters] == [True] * len(asked.poll.letters)


STEPS = [(talk.id, nth) for talk in COURSE.talks for nth, step in enumerate(talk.steps) if step.drawn]


def boxes(svg):
    """Of every level text of a picture its words, left end, foot, width and size, in points from its lower left."""
    found = []

    def walk(node, sx, sy, dx, dy):
        if placed := re.search(r"matrix\(([^)]*)\)", node.get("transform", "")):
            a, b, _, d, e, f = map(float, placed[1].split(","))
            if b:  # turned, as an axis's title
                return
            sx, sy, dx, dy = sx * a, sy * d, dx + sx * e, dy + sy * f
        if node.tag.endswith("text") and (words := "".join(node.itertext()).strip()):
            size = float(not_none(re.search(r"font-size: ([\d.]+)", node.get("style")))[1])
            x, y, wide = (float(node.get(name)) for name in ("x", "y", "textLength"))
            found.append((words, dx + sx * x, dy + sy * y, sx * wide, sy * size))
        for each in node:
            walk(each, sx, sy, dx, dy)

    walk(ElementTree.fromstring(svg), 1.0, 1.0, 0.0, 0.0)
    return found


def charts_of(talk, step):
    """The charts of a step with all their curves, and the grey of the step before."""
    here, was = not_none(COURSE.talk(talk)).steps[step], rehearsal.before(not_none(COURSE.talk(talk)), step, COURSE)
    now = address.scenario_of(address.turned(State(), here.view, COURSE)[0], COURSE)
    about = rehearsal.about(here, COURSE)
    return [
        cached.chart_of_talk(name, about, COURSE.day(now), COURSE.day(was) if was else None)
        for name in here.drawn
        if name != "diagram"
    ]


def curves(spec):
    """Names and points of the curves that are drawn, and of what they were before."""
    now = [(line.name, False, line.x.tolist()) for line in spec.lines]
    return now + [(spec.before.name, True, line.before.x.tolist()) for line in spec.lines if line.before is not None]


@pytest.mark.parametrize(("talk", "step"), STEPS)
def test_a_talk_on_paper_has_the_curves_of_the_hall_and_its_grey(written, talk, step):
    whole = charts_of(talk, step)
    made = handouts.step_scene(COURSE, not_none(COURSE.talk(talk)), step, FRONT, COURSE.prices).charts
    assert [each.finding for each in made] == [each.finding for each in whole]
    for chart, all_of_it in zip(made, whole, strict=True):
        seen, keys = for_a_hall(all_of_it)
        assert curves(chart) == curves(seen)
        assert len([name for name, grey, _ in curves(chart) if not grey]) <= MOST_CURVES
        assert len(keys) == len(curves(chart)) + sum(isinstance(each, Bars) for each in chart.series)
    notes = not_none(COURSE.talk(talk)).steps[step].notes
    if re.search(r"\bgrey\b", notes):
        assert any(grey for chart in made for _, grey, _ in curves(chart)), "the notes speak of a grey curve"
    for notes in (True, False):
        for chart in made:
            if chart.legend is not Legend.NONE:
                assert all(plain(name)[:8] in written[f"{talk} {notes}"] for name, *_ in curves(chart))


@pytest.mark.parametrize("talk", COURSE.talks, ids=lambda talk: talk.id)
def test_a_diagram_keeps_to_the_texts_width_and_cuts_no_word(talk):
    for nth, step in enumerate(talk.steps):
        if "diagram" in step.drawn:
            scene = handouts.step_scene(COURSE, talk, nth, FRONT, COURSE.prices)
            drawn = not_none(picture(COURSE.pipeline, scene, most=186.0))
            assert drawn.width <= WIDTH + 0.01
            assert not [text for text in texts_of(drawn) if "…" in text], step.headline


@pytest.mark.parametrize("place", [*COURSE.pipeline.places, ""])
def test_the_diagram_of_a_hand_out_keeps_to_the_texts_width(place):
    state = State(stage=place or None, scenario="consumer-crash", moment=30_600)
    drawn = not_none(picture(COURSE.pipeline, handouts.scene(COURSE, state, FRONT, COURSE.prices)))
    assert drawn.width <= WIDTH + 0.01
    assert not [text for text in texts_of(drawn) if "…" in text]


def texts_of(drawing):
    """Every text of a drawing."""
    for each in drawing.contents:
        if isinstance(each, Group):
            yield from texts_of(each)
        elif isinstance(each, String):
            yield each.text


@pytest.mark.parametrize(("talk", "step"), STEPS)
def test_the_desks_picture_shows_the_curves_that_the_hall_shows(talk, step):
    here = not_none(COURSE.talk(talk)).steps[step]
    words = [text for text, *_ in boxes(handouts.step_picture(talk, step))]
    for chart in charts_of(talk, step)[:2]:
        seen, keys = for_a_hall(chart)
        drawn = [name for name, *_ in curves(seen)]
        assert len(drawn) <= MOST_CURVES
        if legend(keys):
            for name in drawn:  # a long name is cut, and not left out
                assert any(name.startswith(word.rstrip("…").strip()) for word in words if word), name
        if "diagram" not in here.drawn:
            assert not [line.name for line in chart.lines if line.name not in drawn and line.name in words]


@pytest.mark.parametrize(("talk", "step"), STEPS)
def test_words_and_charts_of_the_desks_picture_have_their_own_room(talk, step):
    found = boxes(handouts.step_picture(talk, step))
    assert found
    for nth, (one, x, y, wide, size) in enumerate(found):
        for other, u, v, broad, tall in found[nth + 1 :]:
            apart = x + wide <= u + 1 or u + broad <= x + 1 or y + 0.72 * size <= v or v + 0.72 * tall <= y
            assert apart, f"{one!r} lies over {other!r}"


@pytest.mark.parametrize("talk", COURSE.talks, ids=lambda talk: talk.id)
def test_the_desks_picture_cuts_no_name_of_a_stage(talk):
    words = [word for stage in COURSE.pipeline.stages for word in (stage.label, *stage.label.split())]
    for step in range(len(talk.steps)):
        drawn = ElementTree.fromstring(not_none(handouts.step_picture(talk.id, step)))
        texts = ["".join(each.itertext()) for each in drawn.iter() if each.tag.endswith("text")]
        cut = [text for text in texts if text.endswith("…") and any(word.startswith(text[:-1]) for word in words)]
        assert cut == [], step + 1


def test_a_step_that_there_is_not_has_no_picture():
    assert handouts.step_picture("push-or-pull", 99) is None
    assert handouts.step_picture("nothing", 0) is None
