"""What a presenter takes away before a class is erased: a table that computes nothing, paper, and the way back."""

import csv
import io
import json
from typing import Any

import pytest
from pypdf import PdfReader
from starlette.applications import Starlette
from starlette.testclient import TestClient

from lifecycle.classroom import (
    DELETED,
    AnswerKey,
    Ballot,
    Poll,
    ResultLine,
    ask_json,
    ask_of,
    open_question,
    prediction,
    results,
)
from lifecycle.classroom.polls import Ask
from lifecycle.classroom.results import COLUMNS, harmless, results_csv, words
from lifecycle.classroom.server import Press, routes, spelled
from lifecycle.classroom.server.guard import CLASSES, PRESENTER
from lifecycle.classroom.server.hub import Hub
from lifecycle.course.quizzes.questions import Option, Question, QuestionKind
from lifecycle.outputs.pdf import class_pdf, slips_pdf
from lifecycle.storage import Classes
from lifecycle.ui import server

CHOICE = ask_of(
    Question(
        "q1",
        "lake",
        QuestionKind.SINGLE,
        "What *is* it?",
        (Option("=1+1", True), Option("A sea", False), Option("A pond", False)),
    ),
    {},
    seed="s",
    rounds=2,
)
GUESS = prediction("guess", "p95 will be", unit="min", low=0, high=100, truth=48.0)
STEPS: list[dict[str, Any]] = [
    {"headline": "One", "ask": None},
    {"headline": "@Two", "ask": ask_json(CHOICE)},
    {"headline": "Three", "ask": ask_json(GUESS)},
]
RIGHT = CHOICE.key.options[0]
LETTERED = f"{'ABC'[RIGHT]}: =1+1"  # with the letter that hall and phones show
WROTE = open_question("aside-1", "What surprised you?")


def cast(poll, round_):
    other = (RIGHT + 1) % 3
    kept = {
        ("q1", 1): {"a": Ballot((RIGHT,)), "b": Ballot((other,))},
        ("q1", 2): {"a": Ballot((RIGHT,)), "b": Ballot((RIGHT,))},
        ("guess", 1): {"a": Ballot(number=-5.0), "b": Ballot(number=40.0), "c": Ballot(number=40.0)},
        ("aside-1", 1): {
            "a": Ballot(text='=HYPERLINK("http://evil")'),
            "b": Ballot(text="The, clock"),
            "c": Ballot(text="+1"),
        },
    }
    return kept.get((poll, round_), {})


def test_every_round_that_was_answered_is_told_with_each_answer_counted():
    found = results(STEPS, (WROTE,), cast)
    assert [(each.step, each.kind, each.round, each.voters, each.right) for each in found] == [
        (2, "single", 1, 2, 1),
        (2, "single", 2, 2, 2),
        (3, "predict", 1, 3, None),
        (0, "open", 1, 3, None),
    ]
    assert found[0].question == "What is it?"
    assert {line.answer: (line.count, line.right) for line in found[1].lines}[LETTERED] == (2, True)
    assert found[2].lines == (ResultLine(-5.0, 1), ResultLine(40.0, 2))
    assert [each.truth for each in found] == ["", "", "Simulated: 48 min", ""]
    assert results(STEPS, (WROTE,), lambda *_: {}) == ()


def test_places_that_nobody_tapped_are_left_away_unless_they_are_right():
    poll = Poll("c", "click", "<p>Where?</p>", places=(("lake", "Lake"), ("buffer", "Buffer"), ("bi", "BI")))
    steps = [{"headline": "Tap", "ask": ask_json(Ask(poll, AnswerKey(places=("lake",))))}]
    (found,) = results(steps, (), lambda _, nth: {"a": Ballot(place="bi")} if nth == 1 else {})
    assert found.lines == (ResultLine("Lake", 0, True), ResultLine("BI", 1, False))


def test_the_table_says_all_of_it_and_holds_no_formula():
    made = results_csv(results(STEPS, (WROTE,), cast))
    assert made.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(made.decode("utf-8-sig"))))
    assert tuple(rows[0]) == COLUMNS
    assert {row["answer"] for row in rows if row["kind"] == "open"} == {
        '\'=HYPERLINK("http://evil")',
        "The, clock",
        "'+1",
    }
    assert {row["headline"] for row in rows if row["step"] == "2"} == {"'@Two"}
    assert next(row for row in rows if row["answer"] == LETTERED and row["round"] == "2")["votes"] == "2"
    assert [(row["answer"], row["unit"], row["votes"]) for row in rows if row["kind"] == "predict"] == [
        ("-5.0", "min", "1"),  # a number, which computes nothing
        ("40.0", "min", "2"),
    ]
    assert {row["truth"] for row in rows if row["kind"] == "predict"} == {"Simulated: 48 min"}


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20"])
def test_no_text_begins_with_what_a_spreadsheet_computes(sign):
    assert harmless(f"{sign}cmd|' /C calc'!A0") == f"'{sign}cmd|' /C calc'!A0"
    assert harmless(f"a{sign}") == f"a{sign}"


def test_the_words_of_some_html():
    assert words("<p>What <strong>is</strong> it?</p><p>a &lt;b&gt;</p>") == "What is it? a <b>"


def text_of(made):
    return " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(made)).pages).split())


def test_the_paper_says_what_was_asked_how_it_was_answered_and_when_it_is_erased():
    text = text_of(class_pdf("Push <or> pull", "BCDF-GH23", results(STEPS, (WROTE,), cast), "2 May 2030, 10:00 UTC"))
    for said in (
        "Push <or> pull",
        "BCDF-GH23",
        f"{DELETED} on 2 May 2030, 10:00 UTC",
        "What is it?",
        f"✓ {LETTERED}",
        "2 (100 %)",
        "Simulated: 48 min",
    ):
        assert said in text, said
    assert "second vote" in text
    assert '=HYPERLINK("http://evil")' in text
    assert "Nobody has voted yet" in text_of(class_pdf("A talk", "BCDF-GH23", (), "soon"))


# --- over the real routes


@pytest.fixture
def hub(tmp_path):
    hub = Hub(Classes(tmp_path / "headwaters.db"))
    yield hub
    hub.stop()


@pytest.fixture
def app(hub):
    return Starlette(routes=routes("", hub, Press(class_pdf, slips_pdf)), middleware=list(server.MIDDLEWARE))


def presenting(app, hub, title="A talk"):
    code, secret = hub.start({"id": "t", "title": title, "steps": STEPS})
    desk = TestClient(app)
    proof = {"authorization": f"Bearer {secret}"}
    assert desk.post(f"/live/{code}/presenter", headers=proof).status_code == 204
    return code, secret, desk


def test_results_are_the_presenters_as_a_table_and_on_paper(app, hub):
    code, secret, desk = presenting(app, hub)
    hub.act(code, secret, "go", step=1)
    hub.act(code, secret, "ask")
    phone = TestClient(app)
    phone.get(f"/live/{code}/state")
    sent = {"key": "k", "poll": "q1", "round": 1, "ballot": {"chosen": [RIGHT]}}
    assert phone.post(f"/live/{code}/vote", json=sent).status_code == 200
    hub.act(code, secret, "end")
    table = desk.get(f"/live/{code}/results.csv")
    assert table.headers["content-disposition"] == f'attachment; filename="headwaters-class-{code}.csv"'
    assert f"{LETTERED},,yes,1,1" in table.text
    paper = desk.get(f"/live/{code}/results.pdf")
    assert paper.headers["content-type"] == "application/pdf"
    assert spelled(code) in text_of(paper.content)
    for what in ("results.csv", "results.pdf", "seats.pdf?seats=3", "desk.svg"):
        assert phone.get(f"/live/{code}/{what}").status_code == 403


def test_who_proves_to_present_gets_the_notes_and_the_desks_link_and_nobody_else(hub):
    asked = []

    def notes(talk, front):
        asked.append((talk, front))
        return b"%PDF notes" if talk == "t" else None

    app = Starlette(routes=routes("", hub, Press(class_pdf, slips_pdf, notes)), middleware=list(server.MIDDLEWARE))
    code, secret, desk = presenting(app, hub)  # by its cookie alone: no session, no secret in the page
    made = desk.get(f"/live/{code}/notes.pdf")
    assert (made.status_code, made.content) == (200, b"%PDF notes")
    assert made.headers["content-disposition"].endswith('"headwaters-talk-t-notes.pdf"')
    assert asked[0][1].endswith("/")
    link = desk.post(f"/live/{code}/link").json()["link"]
    assert link.endswith(f"/desk/{code}#{secret}")
    foreign = desk.post(f"/live/{code}/link", headers={"sec-fetch-site": "cross-site"})
    assert (foreign.status_code, secret in foreign.text) == (403, False)
    stranger = TestClient(app)
    for answer in (stranger.get(f"/live/{code}/notes.pdf"), stranger.post(f"/live/{code}/link")):
        assert (answer.status_code, secret in answer.text) == (403, False)
    other, _ = hub.start({"id": "gone", "title": "", "steps": []})
    assert desk.get(f"/live/{other}/notes.pdf").status_code == 403


def test_a_slip_for_every_seat_is_printed_and_its_code_takes_the_seat(app, hub):
    code, _, desk = presenting(app, hub)
    paper = desk.get(f"/live/{code}/seats.pdf?seats=31")
    text = text_of(paper.content)
    assert all(f"Seat {seat}" in text for seat in range(1, 32))
    assert "Seat 32" not in text
    for wrong in ("", "0", "-1", "2001", "many", "9" * 50):
        assert desk.get(f"/live/{code}/seats.pdf?seats={wrong}").status_code == 400


def test_slips_lead_to_seats(hub, app):
    code, secret, desk = presenting(app, hub)
    printed = []

    def slips(*made):
        printed.extend(made[-1])
        return b"%PDF"

    press = Press(class_pdf, slips)
    with TestClient(Starlette(routes=routes("", hub, press)), cookies=desk.cookies) as other:
        headers = {"authorization": f"Bearer {secret}"}
        assert other.get(f"/live/{code}/seats.pdf?seats=2", headers=headers).status_code == 200
    hub.act(code, secret, "door", door="seats")
    (seat, link), _ = printed
    assert (seat, link.startswith(f"http://testserver/join/{code}?seat=1-")) == (1, True)
    assert TestClient(app).get(f"/live/{code}/state?{link.partition('?')[2]}").json()["votes_here"]


def test_a_browser_finds_the_classes_that_it_presents_and_no_others(app, hub):
    first, secret, desk = presenting(app, hub, "First")
    second, other_secret = hub.start({"id": "u", "title": "Second", "steps": STEPS})
    proof = {"authorization": f"Bearer {other_secret}"}
    answer = desk.post(f"/live/{second}/presenter", headers=proof)
    assert f"{PRESENTER}={other_secret}" in answer.headers["set-cookie"]
    assert [(each["code"], each["title"]) for each in desk.get("/live/mine").json()["classes"]] == [
        (second, "Second"),
        (first, "First"),
    ]
    assert secret not in desk.get("/live/mine").text
    assert TestClient(app).get("/live/mine").json()["classes"] == []
    forged = TestClient(app, cookies={CLASSES: f"{first}-{secret[:-1]}.{second}-x.nonsense..BCDFGHJK-y"})
    assert forged.get("/live/mine").json()["classes"] == []
    hub.erase(second, other_secret)
    assert [each["code"] for each in desk.get("/live/mine").json()["classes"]] == [first]


def test_the_desks_own_code_to_scan_says_its_link_in_no_words(app, hub):
    code, secret, desk = presenting(app, hub)
    drawn = desk.get(f"/live/{code}/desk.svg")
    assert drawn.headers["content-type"] == "image/svg+xml"
    assert secret not in drawn.text
    assert secret not in json.dumps(dict(drawn.headers))


def test_short_texts_are_a_list_without_bars_under_a_name_that_says_what_they_are():
    texts = ["Fine \U0001f642", "Fine \U0001f642", "The, clock"]
    cast_texts = {f"p{nth}": Ballot(text=text) for nth, text in enumerate(texts)}
    found = results((), (WROTE,), lambda _, nth: cast_texts if nth == 1 else {})
    assert [each.headline for each in found] == ["Questions asked in the room"]
    made = class_pdf("A talk", "BCDF-GH23", found, "soon")
    text = text_of(made)
    assert "Questions asked in the room" in text
    assert "• Fine [slightly smiling face] (2 times) • The, clock" in text
    assert "%" not in text
    assert "(33" not in text


def test_a_slip_can_be_typed_too():
    link = "https://learn.example.org/join/BCDFGH23?seat=3-" + "a1" * 11
    made = slips_pdf("A talk", "BCDF-GH23", [(nth, link) for nth in range(1, 13)])
    text = "".join(page.extract_text() for page in PdfReader(io.BytesIO(made)).pages)
    assert "".join(text.split()).count(link) == 12
    assert len(PdfReader(io.BytesIO(made)).pages) == 1
