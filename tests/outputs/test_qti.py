"""Questions as QTI items."""

import io
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from lifecycle.cli.questions import places
from lifecycle.course import load
from lifecycle.course.loading import SHIPPED
from lifecycle.course.quizzes.questions import Option, Question, QuestionKind
from lifecycle.outputs.question_formats import qti
from tests.outputs.bank_page import QUESTIONS

COURSE = load(SHIPPED)
PLACES = places(COURSE.pipeline)
SCHEMA = etree.XMLSchema(etree.parse(Path(__file__).parent / "qti21_profile.xsd"))
QTI = {"q": qti.NAMESPACE}
BY_ID = {question.id: question for question in QUESTIONS}


# --- QTI


def item_of(question, places=PLACES):
    exported = qti.export([question], places)
    package = zipfile.ZipFile(io.BytesIO(exported.files[""]))
    return etree.fromstring(package.read(f"items/{question.id}.xml")), exported


@pytest.mark.parametrize("id", BY_ID)
def test_an_item_of_every_kind_keeps_the_profile_of_the_standard(id):
    SCHEMA.assertValid(item_of(BY_ID[id])[0])


def test_every_question_of_the_course_is_a_valid_item_listed_in_the_manifest():
    package = zipfile.ZipFile(io.BytesIO(qti.export(COURSE.questions, PLACES).files[""]))
    manifest = etree.fromstring(package.read("imsmanifest.xml"))
    listed = [each.get("href") for each in manifest.iter(f"{{{qti.PACKAGING}}}resource")]
    assert listed == [f"items/{question.id}.xml" for question in COURSE.questions]
    assert {*listed, "imsmanifest.xml"} == set(package.namelist())
    for name in listed:
        SCHEMA.assertValid(etree.fromstring(package.read(name)))


@pytest.mark.parametrize(
    ("was", "now"),
    [
        (b' adaptive="false"', b""),
        (b"<responseProcessing>", b"<itemBody><p/></itemBody><responseProcessing>"),
        (b'maxChoices="1"', b'maxChoices="one"'),
        (b"simpleChoice", b"choice"),
        (b"strong>", b"blink>"),
        (b"<strong>", b"<strong onclick='x'>"),
        (b'identifier="FEEDBACK" cardinality', b'identifier="SCORE" cardinality'),
    ],
)
def test_the_profile_refuses_what_the_standard_refuses(was, now):
    text = etree.tostring(item_of(BY_ID["one"])[0])
    assert was in text
    broken = text.replace(was, now)
    assert not SCHEMA.validate(etree.fromstring(broken))


def test_an_item_says_itself_what_is_right_and_every_id_it_names_is_declared():
    for question in (*COURSE.questions, *QUESTIONS):
        root, _ = item_of(question)
        declared = {each.get("identifier") for each in root.iter("{*}responseDeclaration", "{*}outcomeDeclaration")}
        used = {each.get("responseIdentifier") for each in root.iter() if each.get("responseIdentifier")}
        named = {each.get("identifier") for each in root.iter("{*}variable", "{*}correct", "{*}setOutcomeValue")}
        assert used | named <= declared
        assert used == declared - {"SCORE", "FEEDBACK"}
        choices = {e.get("identifier") for e in root.iter("{*}simpleChoice", "{*}simpleAssociableChoice")}
        values = [value for e in root.iter("{*}correctResponse") for value in e.itertext() if value.strip()]
        if question.kind != "blank":
            assert {part for value in values for part in value.split()} <= choices
        feedback = {e.get("identifier") for e in root.iter("{*}modalFeedback")}
        assert feedback <= choices | {"EXPLANATION"}


def test_qti_scores_as_we_do_by_all_or_nothing():
    root, exported = item_of(BY_ID["many"])
    values = root.xpath("//q:correctResponse/q:value/text()", namespaces=QTI)
    assert values == ["choice-1", "choice-2", "choice-4"]
    assert root.xpath("//q:responseIf/q:match", namespaces=QTI)
    assert exported.losses == ()


def test_qti_asks_in_the_text_for_words_and_numbers():
    root, _ = item_of(BY_ID["blanks"])
    gaps = root.xpath("//q:p/q:textEntryInteraction/@responseIdentifier", namespaces=QTI)
    assert gaps == ["RESPONSE-1", "RESPONSE-2"]
    paragraph = root.xpath("//q:p[q:textEntryInteraction]", namespaces=QTI)[0]
    assert "|".join(paragraph.itertext()) == "First the |, then |the| |."
    number, exported = item_of(BY_ID["number"])
    equal = number.xpath("//q:equal", namespaces=QTI)[0]
    assert equal.get("tolerance") == "5.0 5.0"
    assert "".join(equal.itertext()) == "75.0"
    assert [loss.what.split(":")[0] for loss in exported.losses] == ["units"]


def test_qti_holds_order_pairs_and_several_right_places():
    root, _ = item_of(BY_ID["steps"])
    assert root.xpath("//q:correctResponse/q:value/text()", namespaces=QTI) == ["step-1", "step-2", "step-3"]
    root, _ = item_of(BY_ID["pairs"])
    assert root.xpath("//q:correctResponse/q:value/text()", namespaces=QTI) == ["left-1 right-1", "left-2 right-2"]
    assert len(root.xpath("//q:simpleMatchSet[2]/q:simpleAssociableChoice", namespaces=QTI)) == 3
    root, _ = item_of(BY_ID["point"])
    right = root.xpath("//q:member/q:multiple/q:baseValue/text()", namespaces=QTI)
    assert right == ["choice-1", "choice-3"]
    assert len(root.xpath("//q:simpleChoice", namespaces=QTI)) == len(COURSE.pipeline.places)


def test_a_blank_where_there_is_no_place_for_it_is_asked_below():
    root, _ = item_of(Question("x", "p", QuestionKind.BLANK, "[a](https://e.org/[[]])", answers=("b",)))
    SCHEMA.assertValid(root)
    assert len(root.xpath("//q:textEntryInteraction", namespaces=QTI)) == 1


@given(st.text(max_size=120), st.text(max_size=60))
def test_any_words_make_a_valid_item(stem, option):
    question = Question(
        "x", "p", QuestionKind.SINGLE, stem, (Option(option, True, stem), Option("no", False)), (), option
    )
    SCHEMA.assertValid(item_of(question)[0])
