"""How papers are made up: type that can be read, nothing parted that belongs together, links that lead somewhere."""

from __future__ import annotations

import io
import math
import re
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree

import pytest
from pypdf import PdfReader
from reportlab.graphics.shapes import Group, String

from lifecycle import charts
from lifecycle.classroom import rehearsal
from lifecycle.classroom.server import reach
from lifecycle.classroom.server.reach import reachable
from lifecycle.course import load
from lifecycle.course.address import State, write
from lifecycle.learning.mastery.certificate import Certificate
from lifecycle.outputs.pdf import certificate_pdf, stage_pdf, talk_pdf, view_pdf
from lifecycle.outputs.pdf.ink import LEAST, WIDTH, address_lines, style
from lifecycle.outputs.pdf.scene import NO_ADDRESS, picture
from lifecycle.outputs.pdf.typefaces import width
from lifecycle.ui.components.hall_charts import MOST_CURVES, for_a_hall, legend
from lifecycle.ui.panel import hall, handouts
from lifecycle.ui.session import cached

ROOT = Path(__file__).parents[2]
COURSE = load(ROOT / "content")
FRONT = "https://headwaters.example/"


def scene_of(**state):
    now = State(**state)
    own = charts.of_stage(COURSE.pipeline.by_id[now.stage], handouts.address.scenario_of(now, COURSE))
    return handouts.scene(COURSE, now, handouts.at(FRONT, write(now)), COURSE.prices, None, own)


@pytest.fixture(scope="module")
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


@pytest.fixture(scope="module")
def written(papers):
    """The letters and digits of each talk on paper, by the same names."""
    talks = [f"{talk.id} {notes}" for talk in COURSE.talks for notes in (False, True)]
    return {name: plain(" ".join(page.extract_text() for page in papers[name][0].pages)) for name in talks}


def sizes(page):
    """Every text of a page with its size in points, the height of its letters: font size times both matrices."""
    found = []

    def note(text, cm, tm, _, size):
        if text.strip():
            across, up = tm[2] * cm[0] + tm[3] * cm[2], tm[2] * cm[1] + tm[3] * cm[3]
            found.append((size * math.hypot(across, up), text.strip()))

    page.extract_text(visitor_text=note)
    return found


def plain(text):
    return re.sub(r"\W+", "", text)


def test_no_letter_on_any_paper_is_smaller_than_can_be_read(papers):
    measured = [
        (size, text, name) for name, (pdf, _) in papers.items() for page in pdf.pages for size, text in sizes(page)
    ]
    assert len(measured) > 3000
    small = [each for each in measured if each[0] < LEAST - 0.01]
    assert not small, small[:5]


def test_a_paper_has_its_title_its_language_and_bookmarks_in_the_order_of_its_text(papers):
    for name, (pdf, title) in papers.items():
        assert pdf.metadata.title == title, name
        assert pdf.root_object["/Lang"] == "en", name
        assert pdf.root_object["/ViewerPreferences"]["/DisplayDocTitle"], name
        marks = [(each.title, pdf.get_destination_page_number(each)) for each in pdf.outline]
        assert marks[0][0].startswith(title.partition(":")[0]), name
        text = [plain(page.extract_text()) for page in pdf.pages]
        at = (0, -1)
        for told, page in marks:
            here = (page, text[page].find(plain(told), at[1] + 1 if page == at[0] else 0))
            assert here[1] >= 0, (name, told)
            assert here > at, (name, told)
            at = here


@pytest.mark.parametrize("talk", COURSE.talks, ids=lambda talk: talk.id)
def test_bookmarks_name_every_step(papers, talk):
    headlines = [step.headline for step in talk.steps]
    for notes in (False, True):
        told = [each.title for each in papers[f"{talk.id} {notes}"][0].outline]
        assert [each for each in told if each in headlines] == headlines


@pytest.mark.parametrize("talk", COURSE.talks, ids=lambda talk: talk.id)
def test_a_headline_stands_with_its_charts_and_notes_are_never_parted(papers, talk):
    pages = [plain(page.extract_text()) for page in papers[f"{talk.id} True"][0].pages]
    for nth, step in enumerate(talk.steps):
        here = next(page for page in pages if plain(f"Step {nth + 1} of {len(talk.steps)} ") + "" in page)
        scene = handouts.step_scene(COURSE, talk, nth, FRONT, COURSE.prices)
        assert plain(step.headline) in here
        for chart in scene.charts:
            assert plain(chart.finding) in here, step.headline
        told = plain(step.notes.replace("*", "").replace("`", ""))
        assert any(told in page for page in pages), f"the notes of {step.headline!r} are on two pages"


def test_no_number_of_an_address_is_parted(papers):
    parted = 0
    for talk in COURSE.talks:
        text = "\n".join(page.extract_text() for page in papers[f"{talk.id} False"][0].pages)
        for nth in range(len(talk.steps)):
            link = handouts.step_scene(COURSE, talk, nth, FRONT, COURSE.prices).link
            here = re.search("\n?".join(map(re.escape, link)), text)
            assert here, link
            assert not re.search(r"[0-9]\n[0-9.]", here[0]), here[0]
            parted += "\n" in here[0]
    assert parted, "no link is longer than a line: nothing was put to the test"


LOOK = style("link", 7.8)


@pytest.mark.parametrize(
    "link",
    [
        f"{FRONT}?stage=buffer&view=watch&scenario=consumer-crash&seed=2147483647&moment=30600&knobs=buffer.consumers:2.25,"
        "ingestion.interval_s:3600,transform.interval_s:123456.5&faults=stop.buffer:7200-30600",
        f"{FRONT}{'x' * 300}1234567890",
        f"{FRONT}?{'z' * 700}&y=1",
    ],
)
def test_an_address_is_parted_at_its_signs_and_comes_out_whole(link):
    lines = address_lines(link, LOOK, WIDTH, 20.0)
    assert "".join(lines) == link
    assert len(lines) > 1
    for nth, each in enumerate(lines):
        assert width(each, LOOK.fontName, LOOK.fontSize) <= WIDTH - (0 if nth else 20.0)
    for one, two in pairwise(lines):
        assert not (one[-1].isdigit() and two[0].isdigit())
        assert not (one[-1] == "." and two[0].isdigit())


def test_without_an_address_that_leads_there_the_papers_say_so_and_carry_no_code():
    told = replace(scene_of(stage="lake"), link="")
    talk = COURSE.talks[0]
    scenes = [handouts.step_scene(COURSE, talk, nth, "", COURSE.prices) for nth in range(len(talk.steps))]
    assert all(scene.link == "" for scene in scenes)
    for pdf in (
        stage_pdf(COURSE, COURSE.places["lake"], told),
        view_pdf(COURSE, told),
        talk_pdf(COURSE, talk, scenes, ""),
    ):
        text = " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages).split())
        assert text.count("No address is known") == 1
        assert "HEADWATERS_PUBLIC_URL" in text
        assert "localhost" not in text
        assert "too long" not in text
    assert NO_ADDRESS.startswith("No address is known")


@pytest.mark.parametrize(
    ("here", "bound", "expected"),
    [
        ("https://school.example/learn", "", "https://school.example/learn"),
        ("http://192.0.2.5:8501", "", "http://192.0.2.5:8501"),
        ("http://localhost:8501", "", "http://192.0.2.9:8501"),
        ("http://LOCALHOST:8501/learn", "", "http://192.0.2.9:8501/learn"),
        ("http://127.0.0.1", "0.0.0.0", "http://192.0.2.9"),
        ("http://[::1]:8501", "", "http://192.0.2.9:8501"),
        ("http://localhost:8501", "127.0.0.1", ""),
        ("http://localhost:8501", "localhost", ""),
        ("http://school.example", "127.0.0.1", "http://school.example"),  # a proxy of this machine stands before it
        ("", "", ""),
    ],
)
def test_an_address_for_others_is_never_this_machines_own_name(monkeypatch, here, bound, expected):
    monkeypatch.delenv("HEADWATERS_PUBLIC_URL", raising=False)
    monkeypatch.setattr(reach, "own_address", lambda: "192.0.2.9")
    assert reachable(here, bound) == expected


@pytest.mark.parametrize("own", ["", "127.0.1.1"])
def test_a_machine_without_a_network_knows_no_address(monkeypatch, own):
    monkeypatch.delenv("HEADWATERS_PUBLIC_URL", raising=False)
    monkeypatch.setattr(reach, "own_address", lambda: own)
    assert reachable("http://localhost:8501") == ""


def test_the_address_that_the_server_is_told_comes_first(monkeypatch):
    monkeypatch.setenv("HEADWATERS_PUBLIC_URL", " https://a.example/sub/ ")
    assert reachable("http://localhost:8501", "127.0.0.1") == "https://a.example/sub"
    assert reachable("") == "https://a.example/sub"


def test_type_that_would_be_smaller_than_can_be_read_is_cut_instead():
    from lifecycle.outputs.pdf.ink import fitted

    assert fitted("short", "FiraGO", 12.0, 100.0) == ("short", 12.0)
    text, size = fitted("a label that is far too long for its box", "FiraGO", 8.0, 60.0)
    assert size >= LEAST
    assert text.endswith("…")


def test_no_line_of_a_paragraph_is_left_alone_on_a_page():
    assert (LOOK.allowWidows, LOOK.allowOrphans) == (0, 0)


def test_a_certificate_has_its_language_too():
    from datetime import date

    told = Certificate((), (), 0, 0)
    pdf = PdfReader(io.BytesIO(certificate_pdf(told, "Course", "Ada", date(2026, 1, 1))))
    assert pdf.root_object["/Lang"] == "en"
    assert pdf.metadata.title == "Certificate: Course"


@pytest.mark.parametrize("step", range(len(COURSE.talk("push-or-pull").steps)))
def test_the_desks_picture_of_a_step_says_what_the_hall_will_see(step):
    talk = COURSE.talk("push-or-pull")
    written = " ".join("".join(ElementTree.fromstring(handouts.step_picture(talk.id, step)).itertext()).split())
    assert talk.steps[step].headline in written
    scene = handouts.step_scene(COURSE, talk, step, "", COURSE.prices)
    for chart in scene.charts[:2]:
        assert chart.finding[:30] in written
    if talk.steps[step].ask and (asked := hall.asked(COURSE, talk, step)).poll.options:
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
            size = float(re.search(r"font-size: ([\d.]+)", node.get("style"))[1])
            x, y, wide = (float(node.get(name)) for name in ("x", "y", "textLength"))
            found.append((words, dx + sx * x, dy + sy * y, sx * wide, sy * size))
        for each in node:
            walk(each, sx, sy, dx, dy)

    walk(ElementTree.fromstring(svg), 1.0, 1.0, 0.0, 0.0)
    return found


def charts_of(talk, step):
    """The charts of a step with all their curves, and the grey of the step before."""
    here, was = COURSE.talk(talk).steps[step], rehearsal.before(COURSE.talk(talk), step, COURSE)
    now = handouts.address.scenario_of(handouts.address.turned(State(), here.view, COURSE)[0], COURSE)
    about = rehearsal.about(here, COURSE)
    return [
        cached.told(name, about, COURSE.day(now), COURSE.day(was) if was else None)
        for name in here.drawn
        if name != "diagram"
    ]


def curves(figure):
    """Names and points of the curves and greys that are drawn."""
    return [
        (str(each.name), each.legendgroup == "before", list(each.x))
        for each in figure.data
        if each.visible in (None, True)
    ]


@pytest.mark.parametrize(("talk", "step"), STEPS)
def test_a_talk_on_paper_has_the_curves_of_the_hall_and_its_grey(written, talk, step):
    whole = charts_of(talk, step)
    made = handouts.step_scene(COURSE, COURSE.talk(talk), step, FRONT, COURSE.prices).charts
    assert [each.finding for each in made] == [each.finding for each in whole]
    for chart, all_of_it in zip(made, whole, strict=True):
        seen, keys = for_a_hall(all_of_it.figure, all_of_it.finding)
        assert curves(chart.figure) == curves(seen)
        assert len({name for name, grey, _ in curves(chart.figure) if not grey}) <= MOST_CURVES or not keys
    notes = COURSE.talk(talk).steps[step].notes
    if re.search(r"\bgrey\b", notes):
        assert any(grey for chart in made for _, grey, _ in curves(chart.figure)), "the notes speak of a grey curve"
    for notes in (True, False):
        for chart in made:
            if chart.figure.layout.showlegend:
                assert all(
                    plain(name)[:8] in written[f"{talk} {notes}"] for name, *_ in curves(chart.figure) if name != "None"
                )


@pytest.mark.parametrize("talk", COURSE.talks, ids=lambda talk: talk.id)
def test_a_diagram_keeps_to_the_texts_width_and_cuts_no_word(talk):
    for nth, step in enumerate(talk.steps):
        if "diagram" in step.drawn:
            drawn = picture(COURSE.pipeline, handouts.step_scene(COURSE, talk, nth, FRONT, COURSE.prices), most=186.0)
            assert drawn.width <= WIDTH + 0.01
            assert not [text for text in texts_of(drawn) if "…" in text], step.headline


@pytest.mark.parametrize("place", [*COURSE.pipeline.places, ""])
def test_the_diagram_of_a_hand_out_keeps_to_the_texts_width(place):
    state = State(stage=place or None, scenario="consumer-crash", moment=30_600)
    drawn = picture(COURSE.pipeline, handouts.scene(COURSE, state, FRONT, COURSE.prices))
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
    here = COURSE.talk(talk).steps[step]
    words = [text for text, *_ in boxes(handouts.step_picture(talk, step))]
    for chart in charts_of(talk, step)[:2]:
        seen, keys = for_a_hall(chart.figure, chart.finding)
        named = [each for each in seen.data if each.type == "scatter" and each.showlegend is not False]
        drawn = [each for each in named if each.visible is not False]
        assert len(drawn) <= MOST_CURVES
        if legend(keys):
            for each in drawn:  # a long name is cut, and not left out
                assert any(str(each.name).startswith(word.rstrip("…").strip()) for word in words if word), each.name
        if "diagram" not in here.drawn:
            assert not [each.name for each in named if each.visible is False and str(each.name) in words]


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
        drawn = ElementTree.fromstring(handouts.step_picture(talk.id, step))
        texts = ["".join(each.itertext()) for each in drawn.iter() if each.tag.endswith("text")]
        cut = [text for text in texts if text.endswith("…") and any(word.startswith(text[:-1]) for word in words)]
        assert cut == [], step + 1


def test_a_step_that_there_is_not_has_no_picture():
    assert handouts.step_picture("push-or-pull", 99) is None
    assert handouts.step_picture("nothing", 0) is None
