"""Figures in texts: read with their lines, drawn from the simulated day they name, told in words elsewhere."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from lifecycle import charts
from lifecycle.course import address, load
from lifecycle.course.illustrating.illustration import Illustration, illustration_faults, parted, without_pictures
from lifecycle.course.pipeline import Stage
from lifecycle.outputs.explanations import explanation
from lifecycle.outputs.illustrations import illustrations, name_of, problems, spec_of
from lifecycle.outputs.offline import texts
from lifecycle.outputs.pdf.illustration import as_fragment
from tests.ui.explorer_app import ROOT

COURSE = load(ROOT / "content")
FIGURES = [figure for _, figure in illustrations(COURSE)]
FENCE = """Before.

```figure
view: "?stage=buffer&size=stream"
chart: Waiting
caption: The line.
```

After.
"""


def test_a_text_is_parted_at_its_figures():
    before, figure, after = parted(FENCE, 10)
    assert [str(before).strip(), str(after).strip()] == ["Before.", "After."]
    assert figure == Illustration("?stage=buffer&size=stream", "Waiting", "The line.", 12)
    assert figure.stage == "buffer"
    assert without_pictures(FENCE).split("\n")[2] == "The line. [See it move](?stage=buffer&size=stream)"


@pytest.mark.parametrize(
    ("line", "instead", "at", "what"),
    [
        ("chart: Waiting", "chart: Wating", 14, "Wating"),
        ("caption: The line.", "", 13, "caption"),
        ("caption: The line.", "caption: The line: it grows.", 15, "colon"),
        ("stage=buffer&", "", 12, "of one stage"),
        ('view: "?stage=buffer&size=stream"\nchart: Waiting\ncaption: The line.', "just words", 12, "without keys"),
    ],
)
def test_what_is_wrong_with_a_figure_is_told_with_its_line(line, instead, at, what):
    (problem,) = illustration_faults(FENCE.replace(line, instead), "stages/buffer.md", 10)
    assert what in problem.what
    assert problem.line in (at, at + 1)


def test_the_course_has_figures_and_all_can_be_drawn():
    assert len(FIGURES) >= 6
    assert list(problems(COURSE)) == []


@pytest.mark.parametrize("figure", FIGURES, ids=lambda figure: f"{figure.view} {figure.chart}")
def test_a_figure_is_the_chart_that_the_page_shows_at_its_view(figure):
    state, notices = address.turned(address.State(), figure.view, COURSE)
    assert not notices
    run = COURSE.day(address.scenario_of(state, COURSE)).simulated()
    stage, of_stage = COURSE.pipeline.by_id.get(figure.stage), charts.STAGE_CHARTS.get(figure.chart)
    if of_stage is None:
        shown = charts.CHARTS[figure.chart](COURSE.pipeline, run, None)
    else:
        assert isinstance(stage, Stage)
        shown = of_stage(stage, run, None)
    spec = spec_of(COURSE, figure)
    assert spec.finding == shown.finding
    assert spec.table.equals(shown.table)


def test_a_view_that_turns_what_there_is_not_and_a_chart_that_a_stage_has_not_are_told():
    buffer = COURSE.places["buffer"]
    broken = FENCE.replace("size=stream", "size=flood")
    foreign = FENCE.replace("chart: Waiting", "chart: Users")
    for text, what in ((broken, "size"), (foreign, "no chart Users")):
        place = replace(buffer, sections=(replace(buffer.sections[0], markdown=text),))
        course = replace(COURSE, places={"buffer": place}, overview=None)
        (problem,) = problems(course)
        assert what in problem.what
        assert problem.file == "stages/buffer.md"


def test_a_fragment_takes_the_colours_of_its_page_and_has_nothing_that_runs_or_an_id():
    html = as_fragment(spec_of(COURSE, FIGURES[0]))
    assert html.startswith('<p class="finding">')
    assert "currentColor" in html
    assert not re.search(r"<script|<image|href=|\son\w+=|\sid=|url\(", html)
    assert "rgb(11%,16%,20%)" not in html  # ink would be unreadable on a dark page


def test_the_name_of_a_picture_changes_with_its_day():
    figure = FIGURES[0]
    assert name_of(COURSE, figure) == name_of(COURSE, replace(figure, caption="Other words."))
    assert name_of(COURSE, figure) != name_of(COURSE, replace(figure, view=f"{figure.view}&seed=2"))


def test_the_page_gets_a_name_to_ask_for_and_the_offline_copy_the_picture_itself():
    place = next(
        place for place in COURSE.places.values() for section in place.sections if "```figure" in section.markdown
    )
    figure = next(
        part for section in place.sections for part in parted(section.markdown) if isinstance(part, Illustration)
    )
    on_page, offline = explanation(COURSE, place).html, texts.place(COURSE, place)
    assert f'data-figure="{name_of(COURSE, figure)}"' in on_page
    assert "<svg" not in on_page
    assert spec_of(COURSE, figure).finding in offline
    assert "<svg" in offline
    for html in (on_page, offline):
        assert "See it move" in html
        assert "```" not in html
