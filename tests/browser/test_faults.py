"""What goes wrong round the app, met in a real Chromium: cut wires, dead servers, sleep, crowds, broken scripts."""

from __future__ import annotations

import itertools
import re
import time
from pathlib import Path

import pytest
from playwright.sync_api import WebSocketRoute, expect
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from benchmarks import sessions
from benchmarks.page import STAGES
from lifecycle.course import load
from tests.browser.support.explorer_page import opened, panel_title, ready, without_charts
from tests.browser.support.lake import answer, scored, select
from tests.support import coroutines
from tests.support.narrow import not_none

ROOT = Path(__file__).parents[2]
COURSE = load(ROOT / "content")
PLACE = COURSE.places["lake"]
SINGLE = [n for n, question in enumerate(PLACE.questions) if question.kind == "single"]
WIRE = re.compile(r"/_stcore/stream")


# --- sessions


def test_a_cut_wire_is_repaired_by_itself_and_place_switches_and_answers_are_kept(page, server):
    wires: list[WebSocketRoute] = []
    cut = False

    def wire(route: WebSocketRoute) -> None:
        if cut:
            route.close()
            return
        route.connect_to_server()
        wires.append(route)

    page.route_web_socket(WIRE, wire)
    opened(page, f"{server.url}/?stage=lake&view=quiz&moment=43200")
    page.locator(".st-key-size").get_by_text("Stream").click()
    # the ghost of the run before is known to the session only: it shows that this very session goes on
    expect(page.locator(".st-key-headline")).to_contain_text("was")
    answer(page, SINGLE[0])
    cut = True
    wires[-1].close()
    page.wait_for_function("document.querySelector('[data-testid=stApp]').dataset.testConnectionState !== 'CONNECTED'")
    page.locator("#stage-bi").click()  # lit at once, though nobody hears it yet
    expect(page.locator("#stage-bi")).to_have_attribute("aria-pressed", "true")
    cut = False
    expect(page.locator("[data-testid=stApp][data-test-connection-state=CONNECTED]")).to_be_attached()
    assert len(wires) == 2
    expect(page.locator(".st-key-headline")).to_contain_text("was")
    expect(page).to_have_url(re.compile("size=stream"))
    expect(panel_title(page)).to_have_text(COURSE.places["bi"].title)
    select(page, "lake")
    scored(page, 1)


def test_what_comes_while_the_wire_is_being_cut_is_shown_once_it_is_back(page, server):
    """The page takes in late what came early: words that arrived before the cut, and are read after it."""
    wires: list[WebSocketRoute] = []

    def wire(route: WebSocketRoute) -> None:
        route.connect_to_server()
        wires.append(route)

    page.route_web_socket(WIRE, wire)
    opened(page, f"{server.url}/?stage=lake&moment=43200")
    page.evaluate("window.headwatersCut = true")
    page.get_by_role("combobox", name="Stage", exact=True).fill(COURSE.pipeline.by_id["bi"].label)
    page.keyboard.press("Enter")
    expect(panel_title(page)).to_have_text(COURSE.places["bi"].title)
    expect(page.locator("#stage-lake")).to_have_attribute("aria-pressed", "true")
    wires[-1].close()
    expect(page.locator("[data-testid=stApp][data-test-connection-state=CONNECTED]")).to_be_attached()
    expect(page.locator("#stage-bi")).to_have_attribute("aria-pressed", "true")
    expect(panel_title(page)).to_have_text(COURSE.places["bi"].title)


def test_a_page_that_draws_behind_its_clicks_still_knows_what_it_was_sent(page, server):
    wires: list[WebSocketRoute] = []
    held: list[bytes] = []
    holding, finished = False, 0

    def wire(route: WebSocketRoute) -> None:
        def pass_on(data: str | bytes) -> None:
            nonlocal finished
            assert isinstance(data, bytes)
            finished += ForwardMsg.FromString(data).HasField("script_finished")
            held.append(data)
            if not holding:
                route.send(held.pop(0))

        route.connect_to_server().on_message(pass_on)
        wires.append(route)

    page.route_web_socket(WIRE, wire)
    talk = not_none(COURSE.talk("push-or-pull"))
    drawn = next(n for n, step in enumerate(talk.steps, 1) if "diagram" in step.drawn and n > 1)
    blank = [n for n, step in enumerate(talk.steps, 1) if "diagram" not in step.drawn]
    page.goto(f"{server.url}/present?talk={talk.id}&step={drawn}")
    expect(page.locator(".living[data-ready=true]")).to_be_visible()
    expect(page.locator(".foot .count")).to_have_text(f"{drawn} / {len(talk.steps)}")
    page.locator("[data-testid=stApp][data-test-script-state=notRunning]").wait_for()
    page.evaluate("window.before = true")
    holding = True
    # more runs without the diagram than Streamlit keeps it for, all under way before the page has drawn the first
    for number in (*blank, blank[0], drawn):
        before = finished
        page.keyboard.press(str(number))
        page.keyboard.press("Enter")
        end = time.monotonic() + 60
        while finished == before and time.monotonic() < end:
            page.evaluate("1")  # the wire is read while the page is asked
        assert finished > before
    for data in held:
        wires[0].send(data)
        page.evaluate("new Promise(requestAnimationFrame)")  # each is taken up before the next comes
    held.clear()
    holding = False
    expect(page.locator(".living[data-ready=true]")).to_be_visible()
    expect(page.locator(".st-key-talk h1")).to_have_text(talk.steps[drawn - 1].headline)
    assert page.evaluate("window.before")  # and was not loaded anew


@pytest.mark.parametrize("then", ["stream", "stage", "clock"])
def test_a_second_click_before_the_first_is_answered_undoes_nothing(page, server, then):
    wires: list[WebSocketRoute] = []
    held: list[bytes] = []
    holding = False

    def wire(route: WebSocketRoute) -> None:
        def pass_on(data: str | bytes) -> None:
            assert isinstance(data, bytes)
            held.append(data)
            if not holding:
                route.send(held.pop(0))

        route.connect_to_server().on_message(pass_on)
        wires.append(route)

    def written(parts: set[str]) -> None:
        """Wait until the server has written an address with these parts, of which the page hears nothing."""
        end = time.monotonic() + 60
        said: set[str] = set()
        while not parts <= said and time.monotonic() < end:
            page.evaluate("1")  # the wire is read while the page is asked
            said = {
                part for each in held for part in ForwardMsg.FromString(each).page_info_changed.query_string.split("&")
            }
        assert parts <= said, said

    page.route_web_socket(WIRE, wire)
    without_charts(page, f"{server.url}/?moment=43200")
    page.locator("[data-testid=stApp][data-test-script-state=notRunning]").wait_for()
    holding = True
    page.locator(".st-key-start").get_by_text("Push").click()
    written({"start=push"})
    if then == "stream":
        page.locator(".st-key-size").get_by_text("Stream").click()
    elif then == "stage":
        page.locator("#stage-lake").click()
    else:
        page.locator(".living input[type=range]").press("Home")
    added = {"stream": "size=stream", "stage": "stage=lake", "clock": "moment=0"}[then]
    written({added})
    while held:
        wires[0].send(held.pop(0))
        page.evaluate("new Promise(requestAnimationFrame)")  # each is taken up before the next comes
    holding = False
    expect(page).to_have_url(re.compile(f"start=push.*{added}|{added}.*start=push"))
    expect(page.locator(".st-key-start").get_by_role("radio", name="Push")).to_be_checked()


@pytest.mark.parametrize("free", [True, False])
def test_a_talk_that_shows_something_else_than_its_address_says_is_drawn_anew(page, server, free):
    """A word to the server carries the address that its page has: said before the answer to another, that of before.

    Then the address comes to be of the first word and the drawing of the second; here the address alone is sent.
    """
    wires: list[WebSocketRoute] = []

    def wire(route: WebSocketRoute) -> None:
        route.connect_to_server()
        wires.append(route)

    page.route_web_socket(WIRE, wire)
    talk = not_none(COURSE.talk("push-or-pull"))
    script = f"talk={talk.id}&step=2"
    page.goto(f"{server.url}/present?{script}{'' if free else '&free=1'}")
    expect(page.locator(".foot .count")).to_have_text(f"2 / {len(talk.steps)}")
    heading, explorer = page.locator(".st-key-talk h1"), page.locator(".st-key-start")
    expect(heading if free else explorer).to_be_visible()
    page.locator("[data-testid=stApp][data-test-script-state=notRunning]").wait_for()
    said = ForwardMsg()
    said.page_info_changed.query_string = f"{script}&free=1" if free else script
    wires[-1].send(said.SerializeToString())
    expect(explorer if free else heading).to_be_visible()
    expect(heading if free else explorer).to_have_count(0)
    expect(page).to_have_url(f"{server.url}/present?{said.page_info_changed.query_string}")


def test_a_page_whose_wire_is_given_up_is_loaded_anew_where_it_was(page, server):
    wires: list[WebSocketRoute] = []

    def wire(route: WebSocketRoute) -> None:
        route.connect_to_server()
        wires.append(route)

    page.route_web_socket(WIRE, wire)
    opened(page, f"{server.url}/?stage=lake&view=quiz&size=stream&moment=43200")
    page.evaluate("window.before = true")
    unknown = ForwardMsg(ref_hash="0" * 32).SerializeToString()  # what Streamlit takes for the end of all
    wires[-1].send(unknown)
    page.wait_for_function("!window.before")
    ready(page)
    expect(panel_title(page)).to_have_text(COURSE.places["lake"].title)
    expect(page.locator(".st-key-size").get_by_role("radio", name="Stream")).to_be_checked()
    page.evaluate("window.before = true")
    wires[-1].send(unknown)  # once more at once: a page that cannot live stands still and says so
    page.wait_for_function("document.querySelector('[data-testid=stApp]').dataset.testConnectionState !== 'CONNECTED'")
    expect(page.get_by_role("dialog")).to_be_visible()
    assert page.evaluate("window.before")


def test_a_server_killed_and_started_again_gives_open_pages_their_place_back(page, own_server, tmp_path):
    server = own_server(ROOT / "app.py", {"HEADWATERS_DATA": str(tmp_path), "HEADWATERS_CONTENT": ""})
    opened(page, f"{server.url}/?stage=lake&view=quiz&start=push&moment=43200")
    answer(page, SINGLE[0])
    server.kill()
    page.wait_for_function("document.querySelector('[data-testid=stApp]').dataset.testConnectionState !== 'CONNECTED'")
    page.locator("#stage-bi").click()  # nobody is there to hear it
    server.start()
    expect(panel_title(page)).to_have_text(COURSE.places["bi"].title)
    ready(page)
    select(page, "lake")
    scored(page, 1)
    expect(page.locator(".st-key-start").get_by_role("radio", name="Push")).to_be_checked()
    expect(page).to_have_url(re.compile("start=push"))


def test_a_browser_that_slept_for_an_hour_goes_on_from_where_it_was(moving_page, server):
    sent: list[object] = []
    moving_page.on("websocket", lambda wire: wire.on("framesent", lambda data: sent.append(data)))
    moving_page.clock.install()
    without_charts(moving_page, f"{server.url}/?stage=lake")
    expect(moving_page.locator(".living")).to_have_attribute("data-playing", "true")
    moving_page.evaluate("""() => {
        window.steps = [];
        window.addEventListener('headwaters:moment', (event) => window.steps.push(event.detail));
    }""")
    moving_page.wait_for_function("window.steps.length > 3")
    before, frames = moving_page.evaluate("window.steps.length"), len(sent)
    moving_page.clock.fast_forward("01:00:00")
    moving_page.wait_for_function("n => window.steps.length > n + 3", arg=before)
    steps = moving_page.evaluate("window.steps")
    # a frame moves the day by 100 ms of watching at most, however long nobody looked
    assert max(abs(b - a) for a, b in itertools.pairwise(steps)) <= 0.1 * 86_400 / 300 + 1e-6
    assert len(sent) - frames <= 1
    select(moving_page, "bi")


def test_a_crowd_is_served_each_its_own_page_and_a_browser_after_it(page, server):
    visits = coroutines.run(sessions.crowd(server.url, 24))
    assert [each.errors for each in visits if each.errors] == []
    assert len({each.session for each in visits}) == len(visits)
    for number, each in enumerate(visits):
        stages = [STAGES[(number + step) % len(STAGES)] for step in (0, 1)]
        assert each.headings == [COURSE.places[stage].title for stage in stages]
    without_charts(page, f"{server.url}/?stage=lake")
    select(page, "bi")
