"""What a course says of its places, as a page is given it: all of it, safe as HTML, and nothing of its questions."""

import json
import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest

from lifecycle.course import load
from lifecycle.course.loading import SHIPPED
from lifecycle.documents import Section, as_text
from lifecycle.outputs.explanations import explanation, explanations
from tests.support.small_course import STAGE, write_course

COURSE = load(SHIPPED)
TAGS = {
    *("p", "h3", "h4", "ul", "ol", "li", "a", "b", "em", "strong", "s", "code", "pre", "blockquote", "br", "hr"),
    *("table", "thead", "tbody", "tr", "th", "td", "details", "summary"),
}
ATTRIBUTES = {"href", "title", "class", "id", "open", "start", "style"}
HOSTILE = """\
<script>alert(1)</script> <img src=x onerror=alert(1)> <a href="https://x.org" onclick="alert(1)">a</a>

[b](javascript:alert(1)) [c](data:text/html,x) [d](https://x.org/?"onclick="alert(1)) ![e](https://x.org/e.png)

<iframe src="https://x.org"></iframe>

[f](?stage=store) [g](https://x.org/ "t<b>\\"t")
"""


class Reader(HTMLParser):
    """Every tag with its attributes, and the words."""

    def __init__(self, html):
        super().__init__()
        self.tags, self.words = [], ""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data):
        self.words += data

    @property
    def links(self):
        return [attributes["href"] for tag, attributes in self.tags if tag == "a"]


def letters(text):
    """Without the numbers that stand for citations, and what stands between words."""
    return re.sub(r"[\W\d]+", "", text)


@pytest.mark.parametrize("place", COURSE.places.values(), ids=lambda place: place.id)
def test_all_that_an_author_wrote_of_a_place_is_there(place):
    shown = explanation(COURSE, place)
    read = Reader(shown.html)
    assert shown.title == place.title
    assert read.words.startswith(as_text(place.summary))
    for section in place.sections:
        assert section.heading in read.words
        plain = re.sub(r"\[@[^\]]*\]", "", section.markdown)
        assert letters(as_text(plain).splitlines()[0]) in letters(read.words)
    assert all(re.match(r"https?://|\?\w+=|#source-explain-\d+$|#term-[\w-]+$", link) for link in read.links)
    entries = {attributes["id"] for tag, attributes in read.tags if tag == "li" and "id" in attributes}
    assert {link[1:] for link in read.links if link.startswith("#source-")} == entries
    assert {link[6:] for link in read.links if link.startswith("#term-")} <= {term.id for term in COURSE.glossary}


def test_nothing_of_a_question_goes_to_the_page():
    assert any(place.questions for place in COURSE.places.values())
    bare = replace(COURSE, places={id: replace(place, questions=()) for id, place in COURSE.places.items()})
    assert explanations(bare).as_json() == explanations(COURSE).as_json()


def test_what_runs_is_shown_as_text_even_where_the_check_of_the_course_were_to_let_it_through():
    place = replace(
        COURSE.places["lake"],
        title="<b>A & B</b>",
        summary="<i onclick=x>One</i>",
        sections=(Section("<h1>", HOSTILE, 1), Section("<h2>", HOSTILE, 1)),
    )
    shown = explanation(COURSE, place)
    assert shown.title == "<b>A & B</b>"  # text, which the page writes as such
    read = Reader(shown.html)
    assert {tag for tag, _ in read.tags} <= TAGS
    assert {name for _, attributes in read.tags for name in attributes} <= ATTRIBUTES
    assert {re.split(r"[/?]", link.removeprefix("https://"))[0] for link in read.links} == {"x.org", ""}
    assert "?stage=store" in read.links
    assert "<script>alert(1)</script>" in read.words
    assert "<i onclick=x>One</i>" in read.words


def test_the_version_is_the_same_for_the_same_course_and_another_for_another_letter(tmp_path):
    first, again = (explanations(load(write_course(tmp_path / name))) for name in ("a", "b"))
    changed = {"stages/store.md": STAGE.format(title="Store").replace("Text.", "Test.")}
    assert first.version == again.version
    assert first.as_json() == again.as_json()
    assert explanations(load(write_course(tmp_path / "c", changed))).version != first.version


def test_a_page_may_fetch_all_places_or_one(tmp_path):
    known = explanations(load(write_course(tmp_path)))
    everything = json.loads(known.as_json())
    assert list(everything) == ["orders", "copy", "store", "report", "access"]
    assert json.loads(known.as_json("store")) == {"store": everything["store"]}
    assert everything["store"]["title"] == "Store"


def test_where_an_undercurrent_acts_is_part_of_its_explanation(tmp_path):
    course = load(write_course(tmp_path))
    assert "<b>Store</b>: Who reads what." in explanation(course, course.places["access"]).html
    assert "Where it acts" not in explanation(course, course.places["store"]).html


def test_the_name_of_the_stage_where_an_undercurrent_acts_is_text(tmp_path):
    course = load(write_course(tmp_path))
    label = "<script>alert(1)</script> & <b>"
    stages = tuple(replace(stage, label=label) for stage in course.pipeline.stages)
    shown = explanation(replace(course, pipeline=replace(course.pipeline, stages=stages)), course.places["access"])
    read = Reader(shown.html)
    assert f"{label}: Who reads what." in read.words
    assert "script" not in {tag for tag, _ in read.tags}
