"""How papers are made up: type that can be read, nothing parted that belongs together, links that lead somewhere."""

from __future__ import annotations

import io
import math
import re
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from pypdf import PdfReader

from lifecycle.classroom.server import reach
from lifecycle.classroom.server.reach import reachable
from lifecycle.course import load
from lifecycle.learning.mastery.certificate import Certificate
from lifecycle.outputs.pdf import certificate_pdf, stage_pdf, talk_pdf, view_pdf
from lifecycle.outputs.pdf.ink import LEAST, WIDTH, address_lines, style
from lifecycle.outputs.pdf.scene import NO_ADDRESS
from lifecycle.outputs.pdf.typefaces import width
from lifecycle.ui.panel import handouts
from tests.outputs.paper_front import plain, scene_of
from tests.support.narrow import not_none

ROOT = Path(__file__).parents[2]
COURSE = load(ROOT / "content")
FRONT = "https://headwaters.example/"


def sizes(page):
    """Every text of a page with its size in points, the height of its letters: font size times both matrices."""
    found = []

    def note(text, cm, tm, _, size):
        if text.strip():
            across, up = tm[2] * cm[0] + tm[3] * cm[2], tm[2] * cm[1] + tm[3] * cm[3]
            found.append((size * math.hypot(across, up), text.strip()))

    page.extract_text(visitor_text=note)
    return found


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
        assert str(pdf.root_object["/Lang"]) == "en", name
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
    assert str(pdf.root_object["/Lang"]) == "en"
    assert not_none(pdf.metadata).title == "Certificate: Course"
