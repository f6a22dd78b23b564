"""Papers say what the course and the run say, and nothing in content means anything to their maker."""

import io
from dataclasses import replace
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from lifecycle.course import Course, Place, address, load
from lifecycle.course.address import State, write
from lifecycle.course.pipeline import Flow, Pipeline, Stage, Zone
from lifecycle.course.sources import Source
from lifecycle.documents import Section
from lifecycle.outputs.pdf import Scene, stage_pdf, view_pdf, view_svg
from lifecycle.outputs.pdf.typefaces import BODY, CODE, coverage, escaped, spans
from lifecycle.simulation.model.kinds import Role, Size
from lifecycle.ui.panel import handouts
from lifecycle.ui.session import naming
from tests.outputs.paper_scenes import read, scene_of, squeezed
from tests.support.narrow import not_none

ROOT = Path(__file__).parents[2]
COURSE = load(ROOT / "content")
FRONT = "https://headwaters.example/"


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
    shown = not_none(COURSE.places[place] if place else COURSE.overview)
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
        (Stage("s", "z", bad, Role.SOURCE), Stage("c", "z", "C", Role.CONSUMER)),
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


def test_links_on_paper_lead_where_the_server_says_it_is_found(monkeypatch):
    monkeypatch.setenv("HEADWATERS_PUBLIC_URL", " https://a.example/sub/ ")
    assert handouts.live(State(stage="lake")) == "https://a.example/sub/?stage=lake"
    assert handouts.live(State()) == "https://a.example/sub/"


def test_a_link_on_paper_opens_the_state_it_was_made_from():
    state = State(stage="buffer", size=Size.STREAM, knobs=(("buffer", "consumers", 2.0),), moment=100)
    query = dict(parse_qsl(urlsplit(handouts.at(FRONT, write(state))).query))
    assert address.read(query, COURSE) == (state, ())


def test_the_settings_in_words_name_all_that_makes_the_run():
    told = dict(naming.settings(State(scenario="consumer-crash", events=5_000, seed=3), COURSE))
    assert told["Scenario"] == not_none(COURSE.named("consumer-crash")).title
    assert told["Events in the day"].startswith("5,000")
    assert "it stops" in told["Broken"]
    assert told["Random seed"] == "3"
