"""Papers say what the course and the run say, and nothing in content means anything to their maker."""

import io
from dataclasses import replace
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit
from xml.etree import ElementTree

import numpy as np
import pytest
import segno
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader
from reportlab.graphics.shapes import Path as Drawn
from reportlab.graphics.shapes import String
from streamlit.testing.v1 import AppTest

from lifecycle import charts
from lifecycle.course import Course, Place, address, load
from lifecycle.course.address import State, scenario_of, write
from lifecycle.course.pipeline import Flow, Pipeline, Stage, Zone
from lifecycle.course.quizzes.questions import Option, Question, QuestionKind
from lifecycle.course.sources import Source
from lifecycle.course.talks import Ask, Step, Talk
from lifecycle.diagram.layout import dot, svg
from lifecycle.documents import Section
from lifecycle.outputs.pdf import Scene, chart_svg, stage_pdf, talk_pdf, view_pdf, view_svg
from lifecycle.outputs.pdf.codes import QUIET, matrix, qr
from lifecycle.outputs.pdf.diagram import Sign, diagram, signs
from lifecycle.outputs.pdf.plotting import plot
from lifecycle.outputs.pdf.typefaces import BODY, CODE, coverage, escaped, spans
from lifecycle.simulation.readings import measures
from lifecycle.simulation.readings.frames import Frames, StationFrames
from lifecycle.ui.panel import handouts
from lifecycle.ui.session import cached, naming, served

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


def texts(drawing):
    found = []

    def walk(part):
        if isinstance(part, String):
            found.append(part.text)
        for inner in getattr(part, "contents", ()):
            walk(inner)

    walk(drawing)
    return found


def test_every_letter_of_the_course_and_of_the_app_is_in_some_font():
    files = [
        *(ROOT / "content").rglob("*.md"),
        *(ROOT / "content").rglob("*.yaml"),
        # headers of other people's files, in every script, are read and never printed
        *(file for file in (ROOT / "lifecycle").rglob("*.py") if file.parent.name != "trace_files"),
    ]
    letters = {letter for file in files for letter in file.read_text(encoding="utf-8")} - {"\n"}
    held = coverage()
    for letter in sorted(letters):
        shown = list(spans(letter, BODY))
        assert shown, letter
        assert "U+" not in shown[0][1], letter
        assert all(ord(part) in held[font] for font, text in shown for part in text), letter


def test_a_letter_without_a_font_is_named_and_one_without_a_face_left_out():
    assert "".join(text for _, text in spans("漢 \u202e!", BODY)) == "[U+6F22] !"
    assert [font for font, _ in spans("a○", BODY)] == [BODY, CODE]


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("Fine \U0001f642", "Fine [slightly smiling face]"),
        ("\U0001f44d\U0001f3fd!", "[thumbs up sign]!"),  # the tint of a hand says nothing on paper
        ("from \U0001f1e9\U0001f1ea", "from DE"),
        ("\u2764\ufe0f", "[heavy black heart]"),
    ],
)
def test_an_emoji_that_no_font_holds_is_told_in_words(written, told):
    assert "".join(text for _, text in spans(written, BODY)) == told


@given(st.text(max_size=60))
def test_escaped_text_has_no_markup_but_ours(text):
    made = escaped(text)
    shown = "".join(part for _, part in spans(text, BODY))
    assert "".join(ElementTree.fromstring(f"<p>{made}</p>").itertext()) == shown


@pytest.mark.parametrize("place", [*COURSE.pipeline.places, ""])
def test_every_place_makes_a_hand_out_with_all_that_its_panel_says(place):
    shown = COURSE.places[place] if place else COURSE.overview
    told = scene_of(stage=place or None, seed=7, moment=37_800, start="push")
    text = read(stage_pdf(COURSE, shown, told))
    for wanted in (shown.title, shown.summary.rstrip("."), *(section.heading for section in shown.sections)):
        assert wanted.replace("*", "").replace("`", "")[:60] in text
    for chart in told.charts:
        assert chart.finding in text
    for figure in told.figures:
        assert figure.shown in text
    assert "Random seed 7" in text
    assert "push, in batches" in text
    assert "at 10:30" in text
    assert squeezed(told.link) in squeezed(text)
    assert "U+" not in text
    assert "\ufffd" not in text


@pytest.mark.parametrize("named", COURSE.scenarios, ids=lambda named: named.id)
def test_every_scenario_makes_a_hand_out_that_tells_its_settings(named):
    id = "" if named is COURSE.default else named.id
    told = scene_of(stage="buffer", scenario=id)
    text = squeezed(read(stage_pdf(COURSE, COURSE.places["buffer"], told)))
    assert squeezed(named.title) in text
    for _, words in told.settings:
        assert squeezed(words) in text


def test_a_citation_becomes_a_number_and_its_source_stands_at_the_end():
    source = Source("dd", "Data, intensively", "Kleppmann", "https://example.org/dd", "book", 2017, "ISBN 1")
    section = Section("What it is", "A claim [@dd, chapter 11]. Another [@dd; @gone]. `[@dd]` is code.")
    course = replace(COURSE, sources={"dd": source})
    place = replace(COURSE.places["lake"], sections=(section,))
    text = read(stage_pdf(course, place, scene_of(course, stage="lake")))
    assert "A claim1. Another1. [@dd] is code." in text
    assert "1 Data, intensively. Kleppmann, 2017, ISBN 1. See chapter 11. https://example.org/dd" in text


def hostile_course():
    bad = '<b>&amp;</para><font size="900">"\'<a href="javascript:x">%s\\'
    markdown = (
        f"{bad}\n\n| a | {bad} |\n|---|---|\n| {'x' * 400} | `{bad}` |\n\n```\n{bad}{'y' * 500}\n```\n\n"
        f'- {bad}\n  - [click & "me"](https://e.example/?a=1&b=\'"&lt;c)\n\n# {bad}\n\n> {"deep " * 300}\n\n'
        "[x](#source-99) [7](#source-7) ![p](http://e.example/p.png) 漢字 🙂 \u202eabc\u202c\n\n"
        f"{'word ' * 3000}\n\n- {'item ' * 3000}\n\n| a | b |\n|---|---|\n| {'cell ' * 3000} | c |\n\n{'> ' * 19}deep\n"
    )
    pipeline = Pipeline(
        f"Course {bad}",
        (Zone("z", bad),),
        (Stage("s", "z", bad, "source"), Stage("c", "z", "C", "consumer")),
        (Flow("s", "c", bad),),
    )
    places = {"s": Place("s", f"Title {bad}", bad, (Section(f"Heading {bad}", markdown),)), "c": Place("c", "C", "C.")}
    return bad, Course(pipeline, places)


def test_hostile_content_is_shown_as_it_is_written_and_changes_nothing():
    bad, course = hostile_course()
    told = replace(scene_of(course, stage="s"), link=f'{FRONT}?x="><script>&y={"z" * 700}')
    pdf = stage_pdf(course, course.places["s"], told)
    text = squeezed(read(pdf))
    for wanted in (f"Title {bad}", f"Heading {bad}", told.link, "x" * 400, "y" * 500, "[U+6F22]"):
        assert squeezed(wanted) in text
    targets = [
        annotation.get_object()["/A"].get("/URI")
        for page in PdfReader(io.BytesIO(pdf)).pages
        for annotation in page.get("/Annots", ())
        if "/A" in annotation.get_object()
    ]
    assert targets
    assert not [each for each in targets if not str(each).startswith(("https://e.example/", FRONT))]
    for made in (view_pdf(course, told), view_svg(course, told)):
        assert made
    ElementTree.fromstring(view_svg(course, told))


@settings(max_examples=25)
@given(st.text(alphabet="ab*_`[]()<>|-#>~!1. \n\\&\"'é→漢", max_size=200))
def test_any_text_makes_a_paper(text):
    place = Place("lake", text, text, (Section(text or "x", text),))
    bare = Scene(FRONT, (("Seed", "1"),), None, 0.0, (), (), "", None)
    assert stage_pdf(COURSE, place, bare).startswith(b"%PDF-")


def test_equal_papers_have_equal_bytes():
    told = scene_of(stage="lake")
    assert stage_pdf(COURSE, COURSE.places["lake"], told) == stage_pdf(COURSE, COURSE.places["lake"], told)
    assert view_pdf(COURSE, told) == view_pdf(COURSE, told)


def modules_of(drawing, count):
    """The matrix that a drawn code shows: what of each module's middle lies within a dark stretch."""
    (path,) = (part for part in drawing.contents if isinstance(part, Drawn))
    step = drawing.width / (count + 2 * QUIET)
    shown = np.zeros((count, count), dtype=int)
    points = np.array(path.points).reshape(-1, 4, 2)  # four corners a stretch
    for (left, foot), (right, _), *_ in points:
        row = round((drawing.height - foot) / step) - QUIET - 1
        shown[row, round(left / step) - QUIET : round(right / step) - QUIET] = 1
    return shown


@pytest.mark.parametrize("link", [FRONT, f"{FRONT}?stage=lake&knobs=lake.x:1,{'y' * 250}", f"{FRONT}?{'z' * 900}"])
def test_the_drawn_code_is_the_links_and_has_its_quiet_zone(link):
    wanted = np.array([list(row) for row in matrix(link)])
    code = segno.make_qr(link, error="m" if len(link) < 300 else "l")
    assert np.array_equal(wanted, np.array([list(row) for row in code.matrix]))
    drawn = modules_of(qr(link, 100.0), len(wanted))
    assert np.array_equal(drawn, (wanted > 0).astype(int))
    assert QUIET == 4


def test_a_link_too_long_for_paper_has_no_code_and_says_so():
    assert qr("x" * 5000, 50) is None
    assert qr("", 50) is None
    told = replace(scene_of(stage="lake"), link=f"{FRONT}?{'z' * 5000}")
    assert "too long for a QR code" in read(stage_pdf(COURSE, COURSE.places["lake"], told))


def test_the_diagram_names_every_place_and_writes_the_state_into_it(pipeline, batch_run):
    frames = measures.frames(batch_run)
    at = signs(pipeline, frames, 43_200.0)
    shown = texts(diagram(pipeline, svg(dot(pipeline)), 480.0, marked="dock", at=at))
    for stage in pipeline.stages:
        assert stage.label in shown
        assert at[stage.id].state in shown
    assert at["desk"].state.endswith(" old")
    assert signs(pipeline, frames, 0.0)["desk"].state == "no data yet"


def test_what_is_lost_or_faulty_stands_in_its_place(pipeline, lossy_run):
    last = signs(pipeline, measures.frames(lossy_run), 86_400.0)
    lost = sum(measures.losses(lossy_run, "dock").values())
    assert lost > 0
    assert last["dock"].lost.startswith("−")
    assert "!" in texts(diagram(pipeline, svg(dot(pipeline)), 480.0, at={"dock": Sign("idle", faulty=True)}))


def test_a_diagram_fits_the_room_it_is_given(pipeline):
    drawn = diagram(pipeline, svg(dot(pipeline)), 480.0, most=60.0)
    assert drawn.height <= 60.01
    assert drawn.width <= 480.01


@pytest.mark.parametrize("name", charts.CHARTS)
@pytest.mark.parametrize("day", ["batch_run", "empty_run"])
def test_every_chart_of_a_day_can_be_drawn_with_and_without_a_ghost(name, day, pipeline, batch_run, request):
    run = request.getfixturevalue(day)
    for ghost in (None, batch_run):
        chart = charts.CHARTS[name](pipeline, run, ghost)
        drawn = plot(chart, 480, 120)
        assert (drawn.width, drawn.height) == (480, 120)
        if ghost and name in ("Freshness", "Load", "Queues"):
            assert "before: the same settings" in texts(drawn) or "before: 5,000 events" in texts(drawn)
    ElementTree.fromstring(chart_svg(chart))


def test_a_chart_has_its_axes_its_units_and_a_legend_of_its_own_lines(pipeline, batch_run):
    shown = texts(plot(charts.CHARTS["Load"](pipeline, batch_run, None), 480, 120))
    assert {"arrivals a second", "00:00", "24:00", "Pump", "=Mill"} <= set(shown)


def test_what_is_hidden_in_the_legend_is_not_drawn(batch_run):
    chart = charts.CHARTS["Queues"](COURSE.pipeline, measured(), None)
    shown = [trace.name for trace in chart.figure.data if trace.visible is True]
    hidden = [trace.name for trace in chart.figure.data if trace.visible == "legendonly"]
    drawn = texts(plot(chart, 480, 120))
    assert hidden
    assert not set(hidden) & set(drawn)
    assert set(shown) <= set(drawn)


def measured():
    return cached.run(COURSE.day(COURSE.default.scenario))


def test_the_view_is_one_page_with_diagram_figures_charts_and_the_seed():
    told = scene_of(stage="buffer", scenario="consumer-crash", moment=30_600, seed=11)
    pdf = view_pdf(COURSE, told)
    assert len(PdfReader(io.BytesIO(pdf)).pages) == 1
    text = read(pdf)
    for wanted in (
        "Analytics",
        told.charts[0].finding,
        told.charts[1].finding,
        told.figures[0].shown,
        "Random seed: 11",
    ):
        assert wanted in text
    picture = ElementTree.fromstring(view_svg(COURSE, told))
    written = " ".join(picture.itertext())
    assert told.charts[0].finding in written
    assert "Fira Sans" in view_svg(COURSE, told).decode()


def test_without_a_drawn_pipeline_the_papers_still_come():
    told = replace(scene_of(stage="lake"), svg="")
    assert COURSE.places["lake"].title in read(stage_pdf(COURSE, COURSE.places["lake"], told))
    assert view_pdf(COURSE, told)


OWN = Question(
    "own",
    "lifecycle",
    QuestionKind.SINGLE,
    "Which **one**?",
    (Option("This one", True), Option("That one", False)),
    explanation=".",
)
TALK = Talk(
    "rush",
    "A rush at noon",
    "What a rush does.",
    3.0,
    steps=(
        Step("At rest", text="Nothing *moves*.", notes="Say hello.\n\n- slowly"),
        Step(
            "It comes",
            "?scenario=flash-sale&stage=buffer&view=watch&moment=46800",
            show=("diagram", "panel", "Freshness", "Waiting"),
            points=("First point", "Second"),
            notes="A long breath.",
            ask=Ask("own"),
        ),
        Step("Words alone", show=(), text="The end."),
    ),
    questions=(OWN,),
)


def talked(notes):
    scenes = [handouts.step_scene(COURSE, TALK, nth, FRONT, COURSE.prices) for nth in range(len(TALK.steps))]
    return scenes, read(talk_pdf(COURSE, TALK, scenes, f"{FRONT}present?talk=rush", notes=notes))


def test_a_talk_on_paper_has_every_step_with_its_picture_and_link():
    scenes, text = talked(False)
    for wanted in ("A rush at noon", "What a rush does.", "Nothing moves.", "First point", "Words alone", "Which one?"):
        assert wanted in text
    assert [len(scene.charts) for scene in scenes] == [0, 2, 0]
    assert scenes[1].charts[1].finding in text
    for scene in scenes:
        assert squeezed(scene.link) in squeezed(text)
    assert scenes[1].link.startswith(f"{FRONT}?stage=buffer&view=watch&scenario=flash-sale")
    assert scenes[0].frames is None


def test_notes_times_and_answers_stand_on_the_presenters_paper_alone():
    learners, presenters = talked(False)[1], talked(True)[1]
    for secret in ("Say hello.", "A long breath.", "✓ This one", "from 1 min on"):
        assert secret in presenters
        assert secret not in learners


@pytest.mark.parametrize("talk", COURSE.talks, ids=lambda talk: talk.id)
def test_every_talk_of_the_course_makes_both_papers(talk):
    scenes = [handouts.step_scene(COURSE, talk, nth, FRONT, COURSE.prices) for nth in range(len(talk.steps))]
    for notes in (False, True):
        text = read(talk_pdf(COURSE, talk, scenes, FRONT, notes=notes))
        assert all(squeezed(step.headline) in squeezed(text) for step in talk.steps)
        assert "U+" not in text
        for step in talk.steps:  # who answers by a click finds on paper what may be clicked
            asked = step.ask and COURSE.question(step.ask.question)
            if asked and asked.kind == "click":
                flows = any("->" in option.text for option in asked.options)
                named = (
                    [f"{flow.source}->{flow.target}" for flow in COURSE.pipeline.flows]
                    if flows
                    else COURSE.pipeline.places
                )
                for each in named:
                    said = " → ".join(COURSE.pipeline.by_id[end].label for end in each.split("->"))
                    assert squeezed(said) in squeezed(text), said


def test_links_on_paper_lead_where_the_server_says_it_is_found(monkeypatch):
    monkeypatch.setenv("HEADWATERS_PUBLIC_URL", " https://a.example/sub/ ")
    assert handouts.live(State(stage="lake")) == "https://a.example/sub/?stage=lake"
    assert handouts.live(State()) == "https://a.example/sub/"


def test_a_link_on_paper_opens_the_state_it_was_made_from():
    state = State(stage="buffer", size="stream", knobs=(("buffer", "consumers", 2.0),), moment=100)
    query = dict(parse_qsl(urlsplit(handouts.at(FRONT, write(state))).query))
    assert address.read(query, COURSE) == (state, ())


def test_the_settings_in_words_name_all_that_makes_the_run():
    told = dict(naming.settings(State(scenario="consumer-crash", events=5_000, seed=3), COURSE))
    assert told["Scenario"] == COURSE.named("consumer-crash").title
    assert told["Events in the day"].startswith("5,000")
    assert "it stops" in told["Broken"]
    assert told["Random seed"] == "3"


def opened(**params):
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=30)
    for name, value in params.items():
        app.query_params[name] = value
    return app.run()


def labels_of(app):
    return [each.label for each in app.get("download_button")]


@pytest.mark.parametrize("params", [{}, {"stage": "lake"}, {"stage": "masking", "view": "watch"}])
def test_the_panel_offers_the_hand_out_and_the_charts_their_picture(params, tmp_path, monkeypatch):
    monkeypatch.setenv("HEADWATERS_DATA", str(tmp_path))
    app = opened(**params)
    assert not app.exception
    assert labels_of(app).count("Hand-out (PDF)") == 1
    assert {f"{kind} *of the whole view*" for kind in ("PDF", "SVG")} <= set(labels_of(app))
    assert sum(label.startswith("CSV *of ") for label in labels_of(app)) >= 2
    assert len(set(labels_of(app))) == len(labels_of(app))  # no two are called the same


@pytest.mark.parametrize("presents", [False, True])
def test_a_talks_page_offers_the_notes_to_who_presents_alone(presents):
    def page(presents):
        from lifecycle.course.talks import Talk
        from lifecycle.ui.panel import handouts

        handouts.talk_buttons(served.course(), Talk("rush", "A rush", "What it does.", 3.0), presents=presents)

    app = AppTest.from_function(page, args=(presents,), default_timeout=30).run()
    assert not app.exception
    assert labels_of(app) == ["Hand-out (PDF) *of A rush*", *["With notes (PDF) *of A rush*"] * presents]
    assert any("for the presenter" in each.value for each in app.caption) is not presents


def test_the_state_between_two_edges_is_read_as_the_living_diagram_reads_it(pipeline):
    """Two buckets of half a day: levels go evenly, an age is that of the last of its looks."""
    whole, none = np.array([0, 0]), np.zeros(2)
    desk = StationFrames(whole, whole, np.array([4, 0]), whole, whole, whole, none, np.array([60.0, 180.0]), none > 0)
    desk = replace(desk, ages_s=np.array([np.nan, 15.0, 30.0, 45.0, 50.0, 60.0, 90.0, 120.0, 150.0, 170.0, 180.0]))
    dock = replace(desk, inside=np.array([100, 200]))
    shop = replace(desk, departed=np.array([108_000, 43_200]))  # 2.5 and 1 a second, as charts and headlines count
    frames = Frames(
        np.array([0.0, 43_200.0, 86_400.0]),
        {"shop": shop, "pump": desk, "dock": dock, "mill": desk, "desk": desk},
        {},
    )
    assert [signs(pipeline, frames, at_s)["shop"].state for at_s in (21_600.0, 64_800.0)] == ["2.5/s", "1/s"]
    assert signs(pipeline, frames, 64_800.0)["desk"].state == "2 min old"
    assert signs(pipeline, frames, 64_800.0)["dock"].state == "150 waiting"
    assert signs(pipeline, frames, 21_600.0)["dock"] == Sign("50 waiting", "−2 lost")
    assert signs(pipeline, frames, 86_400.0)["dock"].state == "200 waiting"
    ages = [signs(pipeline, frames, at_s)["desk"].state for at_s in (0.0, 43_199.0, 43_200.0, 86_400.0)]
    assert ages == ["no data yet", "50 s old", "60 s old", "3 min old"]
