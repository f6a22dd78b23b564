"""The index of a course: what the search finds, where it leads, and what it must not tell."""

import json
from dataclasses import replace

import pytest

from lifecycle.course import load
from lifecycle.course.address import slips
from lifecycle.course.glossary import Term
from lifecycle.course.loading import SHIPPED
from lifecycle.outputs import lookup as lookup_room
from lifecycle.outputs.lookup import KINDS, Lookup, Served, lookup, message
from tests.support.message_contract import differences, fits
from tests.support.narrow import not_none
from tests.support.small_course import write_course
from tests.test_house import ROOT

COURSE = load(SHIPPED)
INDEX = lookup(COURSE)
ENTRIES = INDEX["entries"]
SCRIPT = (ROOT / "lifecycle/outputs/lookup/message.js").read_text(encoding="utf-8")


def of(kind):
    return [entry for entry in ENTRIES if entry["kind"] == kind]


def test_both_sides_write_down_the_same_fields_and_types():
    assert differences(SCRIPT, [message]) == []
    assert differences(SCRIPT.replace("{string} view", "{number} view"), [message]) != []


@pytest.mark.parametrize("course", ["shipped", "small"])
def test_what_is_sent_is_of_these_types(course, tmp_path):
    made = INDEX if course == "shipped" else lookup(load(write_course(tmp_path)))
    assert fits(json.loads(json.dumps(made)), Lookup)


def test_everything_of_the_course_is_found():
    assert {entry["kind"] for entry in ENTRIES} == set(KINDS)
    places = [entry["name"] for entry in (*of("stage"), *of("undercurrent"))]
    assert sorted(places) == sorted(COURSE.pipeline.by_id[id].label for id in COURSE.pipeline.places)
    assert [entry["name"] for entry in of("scenario")] == [named.title for named in COURSE.scenarios]
    assert [entry["question"] for entry in of("question")] == [question.id for question in COURSE.questions]
    assert [entry["name"] for entry in of("talk")] == [talk.title for talk in COURSE.talks]
    assert [entry["name"] for entry in of("idea")] == [idea.label for idea in COURSE.ideas]
    found = {entry["name"] for entry in of("term")} | set(places)
    assert {term.name for term in COURSE.glossary} <= found
    assert INDEX["terms"].keys() == {term.id for term in COURSE.glossary}


def test_every_heading_of_every_page_is_found_and_leads_to_it():
    pages = [*(COURSE.places[id] for id in COURSE.pipeline.places), not_none(COURSE.overview)]
    wanted = [(place.id, section.heading) for place in pages for section in place.sections]
    assert [(entry["text"], entry["heading"]) for entry in of("section")] == wanted
    stages = {entry["text"]: entry["address"] for entry in of("section")}
    assert stages.pop("lifecycle") == "?view=explain"
    assert stages == {id: f"?stage={id}" for id in COURSE.pipeline.places}
    breaks = next(each for each in of("section") if each["text"] == "lake" and each["name"] == "What breaks")
    assert breaks["shown"].startswith("Raw storage: The swamp, Small files, A helpful edit")


def test_an_idea_leads_to_the_page_whose_questions_ask_about_it_most():
    addresses = {entry["name"]: entry["address"] for entry in of("idea")}
    assert addresses["Keep it raw"] == "?stage=lake"
    assert "" not in addresses.values()
    unasked = {id: replace(place, questions=()) for id, place in COURSE.places.items()}
    none = lookup(replace(COURSE, places=unasked, overview=None))["entries"]
    assert {entry["address"] for entry in none if entry["kind"] == "idea"} == {""}


def test_a_stage_has_one_entry_and_is_found_by_what_others_call_it():
    raw = next(entry for entry in of("stage") if entry["name"] == "Raw storage")
    assert {"data lake", "lake", "S3"} <= set(raw["synonyms"])
    assert raw["shown"] == COURSE.places["lake"].summary
    assert not any(entry["name"] == "Raw storage" for entry in of("term"))


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind not in ("lesson", "talk")])
def test_every_address_is_one_of_the_explorers(kind):
    for entry in of(kind):
        assert entry["address"].startswith("?"), entry
        assert list(slips(entry["address"], COURSE)) == []


def test_a_lesson_opens_as_a_lesson():
    assert [(entry["name"], entry["address"]) for entry in of("lesson")] == [
        (lesson.title, f"?lesson={lesson.id}") for lesson in COURSE.lessons
    ]


def test_a_talk_opens_as_a_talk():
    assert [entry["address"] for entry in of("talk")] == [f"?talk={talk.id}" for talk in COURSE.talks]


def test_a_scenario_opens_with_the_switches_that_its_author_set(tmp_path):
    course = load(write_course(tmp_path))
    address = next(entry["address"] for entry in lookup(course)["entries"] if entry["kind"] == "scenario")
    assert address == f"?scenario={course.scenarios[0].id}&start=push"


def test_nothing_that_is_shown_has_marks_citations_or_places_to_fill():
    for entry in ENTRIES:
        for text in (entry["name"], entry["shown"], entry["text"]):
            assert "[@" not in text, entry
            assert "](" not in text, entry
        if entry["kind"] != "question":
            assert "{" not in entry["shown"], entry


def test_the_places_of_a_scenarios_text_are_filled_with_its_own_day():
    named = COURSE.default
    asking = replace(named, brief=replace(named.brief, question="Where do {events} events wait?"))
    entries = lookup(replace(COURSE, scenarios=(asking,)))["entries"]
    assert next(entry["shown"] for entry in entries if entry["kind"] == "scenario") == "Where do 120,000 events wait?"


def test_the_index_answers_no_question():
    """It is the same whatever the options, answers, explanations and feedback are."""
    places = {
        id: replace(
            place,
            questions=tuple(replace(each, options=(), answers=(), explanation="") for each in place.questions),
        )
        for id, place in COURSE.places.items()
    }
    overview = COURSE.overview and replace(
        COURSE.overview,
        questions=tuple(replace(each, options=(), answers=(), explanation="") for each in COURSE.overview.questions),
    )
    assert lookup(replace(COURSE, places=places, overview=overview)) == INDEX


def test_a_term_without_a_view_leads_to_the_first_place_that_uses_it_or_nowhere():
    terms = (Term("page cache", "A place."), Term("no such word", "None."))
    entries = {entry["name"]: entry for entry in lookup(replace(COURSE, glossary=terms))["entries"]}
    assert entries["page cache"]["address"] == "?stage=logs"
    assert entries["no such word"]["address"] == ""


def test_the_version_is_that_of_what_is_sent():
    served = Served.of(COURSE)
    assert json.loads(served.content) == INDEX
    assert Served.of(replace(COURSE)).version == served.version
    assert Served.of(replace(COURSE, glossary=COURSE.glossary[1:])).version != served.version


def test_the_sheet_draws_no_dotted_lines_on_paper():
    sheet = lookup_room.style()
    on_paper = sheet[sheet.index("@media print") :]
    assert 'a[href^="#term-"][href] { text-decoration: none; }' in on_paper
