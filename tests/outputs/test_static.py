"""The course as one file: all of it is there, nothing is loaded, nothing an author wrote becomes markup."""

import base64
import hashlib
import json
import re
from dataclasses import replace
from html import unescape
from html.parser import HTMLParser
from itertools import product
from pathlib import Path
from urllib.parse import parse_qsl

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lifecycle.__main__ import main
from lifecycle.course import address, load
from lifecycle.course.sources import Citation, Numbering, Source
from lifecycle.diagram import living
from lifecycle.diagram.journey_words import journey_words
from lifecycle.documents import Section, as_html, links
from lifecycle.outputs import offline
from lifecycle.outputs.offline import asking, days, texts
from lifecycle.simulation.model.kinds import Size, Start
from lifecycle.simulation.readings import measures
from lifecycle.simulation.readings.journey import Pick, choose, follow
from tests.support.kinds_course import kinds_course
from tests.support.narrow import not_none
from tests.support.small_course import FILES, write_course

ROOT = Path(__file__).resolve().parents[2]
OURS = load(ROOT / "content")
SEQUENCE = """sequenceDiagram
    participant P as Partner
    P->>S: rows
    Note over P,S: late
    alt fits
        S-->>P: ok
    else not
    end
"""
NASTY = "</script><img src=x onerror=alert(1)>"


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    return load(kinds_course(tmp_path_factory.mktemp("course")))


@pytest.fixture(scope="module")
def files(course):
    return offline.files(course)


@pytest.fixture(scope="module")
def page(files):
    return files[offline.FILE].decode()


class Read(HTMLParser):
    """The elements of a page with their attributes, and the text of each script and style."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.inside: list[tuple[str, dict[str, str], str]] = []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, {name: value or "" for name, value in attrs}))
        if tag in ("script", "style", "article"):
            self.inside.append((tag, dict(attrs), ""))

    def handle_endtag(self, tag):
        if tag in ("script", "style", "article"):
            self.inside.append(("", {}, ""))

    def handle_data(self, data):
        if self.inside:
            tag, attributes, text = self.inside[-1]
            self.inside[-1] = tag, attributes, text + data


def block(page: str, id: str):
    return json.loads(next(text for _, attributes, text in Read(page).inside if attributes.get("id") == id))


def test_every_place_question_and_setting_of_the_switches_is_in_the_file(course, page):
    known = block(page, "course")
    assert [place["id"] for place in known["places"]] == list(course.pipeline.places)
    articles = {attributes["data-place"] for tag, attributes, _ in Read(page).inside if tag == "article"}
    assert articles == {*course.places, course.overview.id}
    asked = {question["id"] for questions in known["questions"].values() for question in questions}
    assert asked == {question.id for question in course.questions}
    assert [each["id"] for each in known["scenarios"]] == [each.id for each in course.scenarios]
    wires = {stage.label for stage in course.pipeline.stages if stage.role == "ingestion"}
    for nth in range(len(course.scenarios)):
        day = block(page, f"day-{nth}")
        assert {",".join(each) for each in product(("pull", "push"), *[("batch", "stream")] * 2)} <= set(day["runs"])
        for run in day["runs"].values():
            assert set(run["charts"]) == {"Freshness", "Load"}
            first, second, *_ = (label for label, *_ in run["figures"])
            assert (first, second.removeprefix("Peak load at ")) in {("p95 freshness", wire) for wire in wires}
            assert run["frames"]["stations"].keys() == {stage.id for stage in course.pipeline.stages}


def test_a_run_in_the_file_is_the_run_of_the_simulation(course):
    scenario = address.scenario_of(address.State(start=Start.PUSH, size=Size.STREAM), course)
    day = days.day(course, course.default.id, {"one": scenario})
    frames = measures.frames(course.day(scenario).simulated())
    text = day["texts"][day["runs"]["one"]["frames"]["stations"]["store"]["came"]]
    assert living.unpack(text, 288).tolist() == frames.stations["store"].arrived.tolist()


def test_each_scenarios_orders_are_recorded_under_its_switches_and_the_other_size(course):
    named = course.scenarios[0]
    runs = days.wanted(course)[named.id]
    held = days.day(course, named.id, runs)["runs"]
    with_orders = {name: run["orders"] for name, run in held.items() if run["orders"]}
    own = f"{named.scenario.start},batch,batch"
    assert with_orders.keys() == {own, own.replace(",batch,", ",stream,")}
    labels = {stage.id: stage.label for stage in course.pipeline.stages}
    simulated = {name: course.day(runs[name]).simulated() for name in with_orders}
    for pick in (Pick.MEDIAN, Pick.SLOWEST, Pick.LAST):
        event = choose(simulated[min(with_orders)], pick, "report")
        for name, orders in with_orders.items():
            journey = follow(simulated[name], event, "report")
            assert orders[pick]["ribbon"]["words"] == journey_words(journey, labels)
            assert (orders[pick]["key"], orders[pick]["run"]) == (f"{named.id} {event}", f"{named.id} {name}")


def test_every_link_of_our_course_that_turns_a_knob_leads_to_a_run():
    wanted = days.wanted(OURS)
    assert set(wanted) == {named.id for named in OURS.scenarios}
    assert all(len(runs) >= 8 for runs in wanted.values())
    further = 0
    for named in OURS.scenarios:
        for _, target in links(named.brief.markdown):
            query = dict(parse_qsl(target.removeprefix("?")))
            if "knobs" in query:
                further += 1
                keys = [
                    key for key in wanted[query.get("scenario", named.id)] if key.endswith(f" knobs={query['knobs']}")
                ]
                assert len(keys) in (1, 2, 4, 8)
    for option in (option for question in OURS.questions for option in question.options if "knobs=" in option.see):
        query = {"start": "pull", "size": "batch", "transform": "batch", **dict(parse_qsl(option.see[1:]))}
        further += 1
        assert days.key(query, f"knobs={query['knobs']}") in wanted[query["scenario"]]
    assert further > 20


def test_a_link_that_names_what_there_is_not_asks_for_no_run(tmp_path):
    broken = FILES["scenarios/rush.md"].replace("copy.batch_interval_s:3600", "copy.colour:3")
    wanted = days.wanted(load(write_course(tmp_path, {"scenarios/rush.md": broken})))
    assert len(wanted["rush"]) == 8


def test_the_copy_says_which_flows_the_switches_do_not_turn(page, tmp_path):
    assert "turn nothing here" not in page
    told = FILES["pipeline.yaml"].replace("to: copy}", "to: copy, moves: cdc}")
    moving = offline.files(load(write_course(tmp_path, {"pipeline.yaml": told})))[offline.FILE].decode()
    assert re.search(r'<p class="small">Who starts and how much at a time turn nothing here.* by CDC\.</p>', moving)


def test_nothing_is_loaded_from_anywhere(page):
    read = Read(page)
    for tag, attributes in read.elements:
        assert "src" not in attributes, tag
        if tag != "a" and "href" in attributes:
            assert attributes["href"].startswith("data:image/svg+xml;base64,")
        assert not [name for name in attributes if name.startswith("on")], tag
    own = "\n".join(path.read_text() for path in (ROOT / "lifecycle/outputs/offline/page").glob("*.js"))
    assert not re.search(r"\b(fetch|XMLHttpRequest|WebSocket|EventSource|sendBeacon|import|eval)\b\s*\(", own)
    for _, _, style in (each for each in read.inside if each[0] == "style"):
        assert "url(" not in style
        assert "@import" not in style


def test_only_our_own_script_and_styles_may_run(page):
    read = Read(page)
    policy = next(a["content"] for tag, a in read.elements if a.get("http-equiv") == "Content-Security-Policy")
    assert policy.startswith("default-src 'none';")
    allowed = re.findall(r"'sha256-([^']+)'", policy)
    inline = [text for tag, a, text in read.inside if tag == "style" or (tag == "script" and "type" not in a)]
    assert sorted(allowed) == sorted(base64.b64encode(hashlib.sha256(t.encode()).digest()).decode() for t in inline)
    assert "script-src 'sha256-" in policy
    assert "unsafe-inline" not in policy.replace("style-src-attr 'unsafe-inline'", "")


def test_nothing_that_an_author_wrote_becomes_markup(course):
    stage, *stages = course.pipeline.stages
    place, told = course.places[stage.id], course.scenarios[0]
    hostile = replace(
        course,
        pipeline=replace(course.pipeline, title=NASTY, stages=(replace(stage, label="<b>&x", detail=NASTY), *stages)),
        places={
            **course.places,
            stage.id: replace(
                place,
                title=NASTY,
                summary=NASTY,
                sections=(Section(NASTY, f"{NASTY} [x](javascript:alert(1)) {{{{script}}}}"), Section(NASTY, NASTY)),
            ),
        },
        scenarios=(replace(told, title=NASTY, brief=replace(told.brief, story=NASTY)),),
        sources={"s": Source("s", NASTY, NASTY, "https://example.org/", "docs")},
    )
    page = offline.files(hostile)[offline.FILE].decode()
    read = Read(page)
    assert len([1 for tag, _ in read.elements if tag == "script"]) == 3
    assert not [1 for tag, _ in read.elements if tag in ("img", "b1")]
    assert not [a for tag, a in read.elements if "javascript" in a.get("href", "")]
    assert not [a for _, a in read.elements for name in a if name.startswith("on")]
    assert block(page, "course")["scenarios"][0]["title"] == NASTY
    assert "{{script}}" in unescape(page)


def test_equal_courses_give_equal_bytes(tmp_path, files):
    assert offline.files(load(kinds_course(tmp_path))) == files


def test_no_right_answer_and_no_feedback_stands_in_plain_sight(page):
    assert "Orders come when they like." not in page
    assert "600 ± 1" not in page
    known = block(page, "course")
    steps = next(q for q in known["questions"]["store"] if q["id"] == "steps")
    assert steps["variants"][0]["options"] != ["orders", "copy", "store"]


@given(st.text(max_size=200), st.text(max_size=20))
def test_what_is_veiled_twice_is_as_it_was(text, salt):
    data = text.encode("utf-8", "replace")
    assert asking.veiled(asking.veiled(data, salt), salt) == data


def key_of(course, id: str, nth: int = 0):
    question = next(q for questions in asking.by_place(course).values() for q in questions if q["id"] == id)
    variant = question["variants"][nth]
    return variant, json.loads(asking.veiled(base64.b64decode(variant["sealed"]), id))


def test_the_key_of_each_kind_fits_what_is_shown(course):
    variant, key = key_of(course, "steps")
    assert [variant["options"][key["places"].index(n)] for n in range(3)] == ["orders", "copy", "store"]
    variant, key = key_of(course, "pairs")
    assert [variant["pairs"][n] for n in key["pairs"]] == ["a source", "a warehouse"]
    assert sorted(variant["pairs"]) == ["a lake", "a source", "a warehouse"]
    assert key["options"][variant["pairs"].index("a lake")]["right"] is False
    variant, key = key_of(course, "where")
    assert {place for place, option in key["places"].items() if option["right"]} == {"copy", "copy->store"}
    assert key["places"]["orders"]["belief"] == "The copy comes first."
    assert key["places"]["orders"]["see"] == "stage=orders&view=watch"


def test_a_computed_question_is_its_example_first_and_then_others(course):
    stems = [key_of(course, "drawn", nth)[0]["stem"] for nth in range(asking.VARIANTS)]
    assert "10" in stems[0]
    assert len(set(stems)) == asking.VARIANTS
    for nth, stem in enumerate(stems):
        (blank,) = key_of(course, "drawn", nth)[1]["blanks"]
        assert blank["value"] == 60 * float(not_none(re.search(r"\d+", stem))[0])


def test_own_links_are_kept_where_the_page_follows_them():
    text = "[a](?stage=lake&knobs=a.b:3) [b](#source-x-1) [c](https://x.org/) [d](javascript:alert(1)) [e](other.md)"
    assert re.findall(r'href="([^"]*)"', as_html(text)) == ["https://x.org/"]
    kept = re.findall(r'href="([^"]*)"', as_html(text, own_links="#"))
    assert kept == ["#?stage=lake&amp;knobs=a.b:3", "#source-x-1", "https://x.org/"]


def test_citations_become_numbers_that_lead_to_their_list():
    book = Source("a", "A <Book>", "Who", "https://x.org/", "book", 2017)
    cited = texts.cited_in(replace(OURS, sources={"a": book}), "here")
    said = cited.html("Said [@a, chapter 3; @none].", inline=True)
    where = "A &lt;Book&gt;, Who, 2017, chapter 3"
    assert said == f'Said<a class="cite" href="#source-here-1" title="{where}">1</a>.'
    entry = '<li id="source-here-1"><a href="https://x.org/">A &lt;Book&gt;</a>. Who, 2017, book. See chapter 3.</li>'
    assert entry in cited.sources()


def test_sources_are_numbered_as_they_are_first_cited():
    known = {id: Source(id, id, "Who", "https://x.org/", "docs") for id in "ab"}
    numbering = Numbering(known)
    assert [
        not_none(numbering.number(Citation(id, at)))[0]
        for id, at in (("b", "p. 1"), ("a", ""), ("b", "p. 2"), ("b", "p. 1"))
    ] == [1, 2, 1, 1]
    assert numbering.number(Citation("c")) is None
    assert [(source.id, places) for source, places in numbering.entries()] == [("b", ("p. 1", "p. 2")), ("a", ())]


def test_a_sequence_diagram_is_told_as_steps():
    told = list(texts.sequence(SEQUENCE))
    assert told == ["Partner → S: rows", "(Partner and S) late", "If fits:", "S → Partner: ok", "Otherwise, if not:"]
    for transfer in OURS.transfers:
        assert not [
            step
            for step in texts.sequence(transfer.mermaid)
            if ">>" in step or step.startswith(("Note", "participant"))
        ]


# --- the folder


def test_an_earlier_copy_is_replaced_and_nothing_else_ever_is(tmp_path):
    made = {offline.FILE: b"one", offline.MARKER: b"marker"}
    offline.save(made, tmp_path / "new" / "folder")
    offline.save({**made, offline.FILE: b"two"}, tmp_path / "new" / "folder")
    assert (tmp_path / "new/folder/index.html").read_bytes() == b"two"
    assert sorted(path.name for path in (tmp_path / "new/folder").iterdir()) == sorted(made)
    (tmp_path / "new/folder/notes.txt").write_text("mine")
    with pytest.raises(ValueError, match=r"holds 'notes.txt' beside an earlier copy: move it away"):
        offline.save(made, tmp_path / "new/folder")
    assert (tmp_path / "new/folder/index.html").read_bytes() == b"two"
    (tmp_path / "index.html").write_text("somebody's")
    with pytest.raises(ValueError, match="is no earlier copy: name a new or an empty folder"):
        offline.save(made, tmp_path)
    assert (tmp_path / "index.html").read_text() == "somebody's"


def test_what_cannot_be_written_is_said_in_one_line(tmp_path):
    (tmp_path / "file").write_text("x")
    for folder in (tmp_path / "file", tmp_path / "file" / "in"):
        with pytest.raises(ValueError, match="file") as said:
            offline.save({offline.FILE: b"", offline.MARKER: b""}, folder)
        assert "\n" not in str(said.value)


def test_the_command_writes_the_copy_and_says_where(tmp_path, capsys):
    content = write_course(tmp_path / "content")
    assert main(["export", str(tmp_path / "out"), "--content", str(content)]) == 0
    told = capsys.readouterr()
    assert re.fullmatch(r".*index\.html: 0\.\d MB, open it with a double click\n", told.out)
    days = [line for line in told.err.splitlines() if " scenarios: " in line]
    assert [line.split()[0] for line in days] == [str(nth) for nth in range(1, len(days) + 1)]
    assert days
    assert all(line.split()[2] == str(len(days)) for line in days)
    assert main(["export", str(content), "--content", str(content)]) == 2
    assert "nothing was written" in capsys.readouterr().err
    (content / "stages/store.md").write_text("x")
    assert main(["export", str(tmp_path / "other"), "--content", str(content)]) == 1
    assert capsys.readouterr().err.startswith("stages/store.md:1: no front matter")
    assert not (tmp_path / "other").exists()
