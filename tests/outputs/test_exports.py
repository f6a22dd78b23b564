"""The bank in other programs' formats: read back by their rules, it is what the author wrote, or a loss is told."""

import dataclasses
import io
import json
import re
import sqlite3
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from lifecycle.cli.questions import places
from lifecycle.course import load
from lifecycle.course.loading import SHIPPED
from lifecycle.course.quizzes.questions import Option, Question, QuestionKind
from lifecycle.course.quizzes.reading import as_dict, read_questions
from lifecycle.documents import as_html, as_text
from lifecycle.outputs.question_formats import anki, gift, markdown, xhtml
from tests.course.quizzes.mkdocs_quiz_reading import read as theirs
from tests.outputs import gift_reading
from tests.outputs.bank_page import _PROBLEMS, PAGE, QUESTIONS

COURSE = load(SHIPPED)
PLACES = places(COURSE.pipeline)
BY_ID = {question.id: question for question in QUESTIONS}


def test_the_page_of_these_tests_has_every_kind():
    assert _PROBLEMS == ()
    assert [q.kind for q in QUESTIONS] == [
        "single", "multiple", "blank", "blank", "order", "match", "click", "click",
    ]  # fmt: skip


# --- Markdown to HTML


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("a **b**<!-- = x --> `c<d`", "<p>a <strong>b</strong> <code>c&lt;d</code></p>"),
        ("<script>alert(1)</script>", "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>"),
        ("x <img src=x onerror=y>", "<p>x &lt;img src=x onerror=y&gt;</p>"),
        ("[a](javascript:alert)", "<p>[a](javascript:alert)</p>"),
        ("[a](?stage=lake) [b](https://e.org)", '<p>a <a href="https://e.org">b</a></p>'),
        ("![a <b>](http://e.org/x.png)", "<p>a &lt;b&gt;</p>"),
        ("a\n\n---", "<p>a</p>\n<hr />"),
    ],
)
def test_html_is_safe_and_leads_somewhere(text, html):
    assert as_html(text) == html


def test_words_have_no_marks():
    assert as_text("## A **b**\n\n- `c`<!-- d -->\n- [e](https://e.org)") == "A b\nc\ne"


@given(st.text(max_size=200))
def test_any_text_becomes_well_formed_and_harmless(text):
    found = etree.fromstring(f"<div>{xhtml.words(as_html(text))}</div>")
    assert not {"script", "img", "iframe", "style"} & {each.tag for each in found.iter()}
    assert all(name in ("href", "class", "title", "start", "style") for e in found.iter() for name in e.attrib)
    assert all(e.attrib["href"].lower().startswith(("http:", "https:", "mailto:")) for e in found.iter("a"))


# --- GIFT


def gifted(*ids):
    exported = gift.export([BY_ID[id] for id in ids], PLACES)
    return gift_reading.read(exported.files[""].decode()), [loss.what for loss in exported.losses]


def test_gift_holds_a_choice_with_every_mark_of_its_own_in_it():
    ((read,), losses) = gifted("one")
    question = BY_ID["one"]
    assert (read.kind, read.category) == ("single", "$course$/top/place")
    assert read.stem == as_html(question.stem)
    assert [(a.text, a.share, a.feedback) for a in read.answers] == [
        (as_html(o.text, inline=True), 100.0 * o.right, as_html(o.feedback) if o.feedback else "")
        for o in question.options
    ]
    assert read.feedback == as_html(question.explanation)
    assert read.comment == "// [id:one] [tag:level explain] [tag:idea decoupling]"
    assert losses == ["the views that disprove an option (see)", "the misconceptions that wrong options stand for"]


def test_gift_gives_right_options_all_the_points_together_and_a_wrong_one_takes_them():
    ((read,), losses) = gifted("many")
    assert read.kind == "multiple"
    assert [(a.text, a.share) for a in read.answers] == [
        ("a", 33.33333),
        ("b", 33.33333),
        ("c", -100.0),
        ("d", 33.33333),
    ]
    assert losses == ["all or nothing: some of the right options give a part of the points (a wrong one takes all)"]


@pytest.mark.parametrize("count", sorted(gift.SHARES))
def test_gift_shares_make_a_whole(count):
    assert float(gift.SHARES[count]) * count == pytest.approx(100, abs=1e-4)


def test_gift_asks_for_one_blank_at_a_time_and_for_numbers_with_their_tolerance():
    (first, second, number), losses = gifted("blanks", "number")
    assert [(read.kind, read.answers[0].text) for read in (first, second)] == [
        ("short", "buffer"),
        ("short", "data lake\\*"),
    ]
    assert "(1) _____" in first.stem
    assert first.stem.endswith("<p>(1)</p>")
    assert second.stem.endswith("<p>(2)</p>")
    assert (number.kind, number.answers) == ("numerical", [(75.0, 5.0)])
    assert number.stem.endswith("<p>In min.</p>")
    assert [what.split(":")[0] for what in losses] == ["2 blanks in one question", "units"]


def test_gift_matches_pairs_and_steps_to_their_numbers():
    (steps, pairs), losses = gifted("steps", "pairs")
    assert steps.answers == [("Read = first", "1"), ("Write", "2"), ("Move", "3")]
    assert pairs.answers == [("Buffer", "taking writes"), ("Lake", "keeping = all"), ("", "changing a -> b")]
    assert [what.split(":")[0] for what in losses] == ["moving steps", "feedback", "all or nothing"]


def test_a_click_is_a_choice_of_all_places_or_of_all_flows_by_name():
    (point, flow), _ = gifted("point", "flow")
    labels = dict(PLACES)
    assert [a.text for a in point.answers if a.share] == [as_html(labels[i], inline=True) for i in ("lake", "archive")]
    assert sorted(a.text for a in point.answers) == sorted(
        as_html(place.label, inline=True) for place in PLACES if "->" not in place.id
    )
    assert len(flow.answers) == len(COURSE.pipeline.flows)
    assert [a.text for a in flow.answers if a.share] == [as_html(labels["buffer->lake"], inline=True)]


def test_what_gift_cannot_hold_at_all_is_left_out_and_told():
    arrow = Question("a", "p", QuestionKind.BLANK, "[[]]", answers=("a->b",))
    eleven = Question("m", "p", QuestionKind.MULTIPLE, "Q", options=tuple(Option(str(n), True) for n in range(11)))
    alone = Question("s", "p", QuestionKind.SINGLE, "Q", options=(Option("x", True),))
    exported = gift.export([arrow, eleven, alone])
    assert exported.files[""] == b""
    assert [loss.whole for loss in exported.losses] == [True] * 3


@given(st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=80))
def test_gift_brings_any_text_back(text):
    """Moodle trims what it reads, and a carriage return is no mark of a text."""
    escaped = gift.escaped(text)
    assert gift_reading._shown(gift_reading._hidden(escaped)) == text.replace("\r", "")
    assert "\n" not in escaped


# --- Anki


def cards(questions, places=PLACES):
    package = zipfile.ZipFile(io.BytesIO(anki.export(questions, places).files[""]))
    base = sqlite3.connect(":memory:")
    base.deserialize(package.read("collection.anki2"))
    notes = {
        guid: (fields.split("\x1f"), tags.split())
        for guid, fields, tags in base.execute("select guid, flds, tags from notes")
    }
    (decks,) = base.execute("select decks from col").fetchone()
    return notes, {deck["name"] for deck in json.loads(decks).values()}


def test_anki_gets_a_card_a_question_in_a_deck_a_place():
    notes, decks = cards(QUESTIONS)
    assert len(notes) == len(QUESTIONS)
    assert "Headwaters::place" in decks
    (front, back), tags = notes[anki.guid(BY_ID["one"])]
    assert as_html(BY_ID["one"].stem) in front
    assert '<ol type="A">' in front
    assert as_html(BY_ID["one"].explanation) in back
    assert "✓ B. Right &amp; <strong>bold</strong>" in back
    assert as_html(BY_ID["one"].options[0].feedback) in back
    assert set(tags) == {"place::place", "level::explain", "idea::decoupling"}
    assert "Right &amp;" in front
    assert "✓" not in front


def test_the_card_of_a_question_keeps_its_name_when_the_words_change():
    question = BY_ID["one"]
    reworded = dataclasses.replace(question, stem="Other words", line=99, tags=())
    assert anki.guid(question) == anki.guid(reworded) != anki.guid(BY_ID["many"])
    assert list(cards([reworded])[0]) == [anki.guid(question)]


def test_a_card_shows_no_answer_in_the_order_of_its_front():
    front = anki.front(BY_ID["steps"], PLACES)
    assert front.index("Move") < front.index("Read") < front.index("Write")
    front = anki.front(BY_ID["pairs"], PLACES)
    assert front.index("changing") < front.index("keeping")


# --- Markdown


def reread(questions):
    exported = markdown.export(questions)
    found: list[Question] = []
    for name, data in exported.files.items():
        read, problems = read_questions(data.decode(), name, name.removesuffix(".md"))
        assert problems == ()
        found += read
    return found, exported


def same(questions):
    return [dataclasses.replace(question, file="", line=1) for question in questions]


def shown_there(page):
    """What mkdocs-quiz shows: comments are not seen, and an arrow is an arrow."""
    return theirs(re.sub(r"[ \t]*<!-- (see|misconception|within).*?-->", "", page).replace(" -> ", " → "))


def test_the_course_comes_back_from_its_markdown_as_it_was():
    found, exported = reread(COURSE.questions)
    assert same(found) == same(COURSE.questions)
    assert exported.losses == ()


def test_every_kind_comes_back_here_and_in_mkdocs_quiz():
    found, exported = reread(QUESTIONS)
    assert same(found) == same(QUESTIONS)
    assert shown_there(exported.files["place.md"].decode()) == shown_there(PAGE)


PIECES = st.sampled_from(
    ["- [x] a", "- [ ] b", "- [ ] b <!-- see: ?stage=lake; misconception: m -->", "* [X] **c**", "- [ ] ", "> f",
     ">  g", ">", "", "", "---", "Q?", "  indented", "```", "    code", "[[a]]", "[[5 ± 1 s]] x", "> q", "| a |",
     "a → b", "- [x] l → r", "- [x] m -> s", "- [ ] 9 <!-- within: 0..1e999 -->", "1. x", "<!-- = x -->", "`<quiz>`",
     "- item", "`[[a]]`", "    [[a]]", "<code>[[a]]</code> b"]
)  # fmt: skip
COMMENTS = st.sampled_from(
    ["", "<!-- question: a-1; level: recall; x: y z -->", "<!-- question: a; kind: order -->",
     "<!-- question: b; kind: match -->"]
)  # fmt: skip


@given(st.lists(st.tuples(COMMENTS, st.lists(PIECES, max_size=9)), min_size=1, max_size=2))
def test_whatever_reads_as_a_question_is_written_so_that_it_reads_the_same_here_and_there(blocks):
    page = "\n\n".join("\n".join([comment, "<quiz>", *lines, "</quiz>"]) for comment, lines in blocks)
    questions, _ = read_questions(page, "a.md", "p")
    found, exported = reread(questions)
    assert same(found) == same(questions)
    assert exported.losses == ()
    for question in questions:
        lines = page.split("\n")
        end = lines.index("</quiz>", question.line - 1)
        alone = "\n".join(lines[question.line - 1 : end + 1])
        there = theirs(alone)[0]  # where the two readers do not agree (docs/QUIZZES.md), there is no one page to keep
        if there and there[1] == question.stem and (there[0] == "blank") == (question.kind == "blank"):
            assert shown_there(markdown.block(question)) == shown_there(alone)


def test_what_cannot_be_written_is_left_out_and_told():
    bad = Question("a", "p", QuestionKind.SINGLE, "Q\n- [x] sly", (Option("x", True),))
    exported = markdown.export([bad])
    assert exported.files == {}
    assert [loss.whole for loss in exported.losses] == [True]


# --- JSON


def test_json_tells_all_there_is_to_know_of_a_question():
    """Every field of the types, so that one added later is told as well."""
    for question in (*COURSE.questions, *QUESTIONS):
        told = json.loads(json.dumps(as_dict(question)))
        tags, aliases = tuple(told.pop("tags").items()), told.pop("aliases", ())
        told["also"] = tuple(map(tuple, told.pop("also", ())))
        options = tuple(
            Option(**{**each, "within": tuple(each["within"]) if "within" in each else None})
            for each in told.pop("options")
        )
        assert (
            Question(
                **{
                    **told,
                    "answers": tuple(told["answers"]),
                    "tags": tags,
                    "options": options,
                    "aliases": tuple(aliases),
                }
            )
            == question
        )
