"""Uploads without end, several tabs, Back and Forward, and browsers that lack something."""

from __future__ import annotations

import asyncio
import contextlib
import http.client
import itertools
import re
import signal
import urllib.request
from pathlib import Path

import websockets
from playwright.sync_api import expect

from benchmarks import sessions
from lifecycle.course import load
from tests.browser.support.explorer_page import opened, panel_title, ready, settled
from tests.browser.support.lake import answer, scored, select
from tests.support import coroutines

ROOT = Path(__file__).parents[2]
COURSE = load(ROOT / "content")
PLACE = COURSE.places["lake"]
SINGLE = [n for n, question in enumerate(PLACE.questions) if question.kind == "single"]


def put(server, session: str, token: str, length: int | None) -> int:
    """Upload zeros to a session, `length` bytes of them or, None, a gigabyte in pieces; the status of the answer."""
    piece = bytes(2**20)
    headers = {"Cookie": f"_streamlit_xsrf={token}", "X-Xsrftoken": token}
    headers["Content-Type"] = "multipart/form-data; boundary=x"
    headers |= {"Transfer-Encoding": "chunked"} if length is None else {}
    head = b'--x\r\nContent-Disposition: form-data; name="f"; filename="f"\r\n\r\n'
    body = (
        itertools.chain([head], itertools.repeat(piece, 1024))
        if length is None
        else head + bytes(length) + b"\r\n--x--\r\n"
    )
    line = http.client.HTTPConnection("127.0.0.1", server.port, timeout=20)
    with contextlib.suppress(BrokenPipeError, ConnectionResetError):  # who is refused may find the line closed
        line.request("PUT", f"/_stcore/upload_file/{session}/one", body, headers, encode_chunked=length is None)
    return line.getresponse().status


def test_an_upload_of_a_gigabyte_is_refused_and_not_kept(server):
    with urllib.request.urlopen(f"{server.url}/_stcore/health") as healthy:
        token = re.search(r"_streamlit_xsrf=([^;]+)", healthy.headers["Set-Cookie"])
    assert token

    async def uploads() -> tuple[list[int], int]:
        url = server.url.replace("http", "ws") + "/_stcore/stream"
        async with websockets.connect(url, subprotocols=[websockets.Subprotocol("streamlit")], max_size=None) as wire:
            told = sessions.Visit()
            await sessions.run(wire, "stage=lake", told)
            before = sessions.resident_bytes(server.process.pid)
            told_us = [await asyncio.to_thread(put, server, told.session, token[1], n) for n in (100, 3 * 2**20, None)]
            return told_us, sessions.resident_bytes(server.process.pid) - before

    statuses, grown_bytes = coroutines.run(uploads())
    assert [status < 300 for status in statuses] == [True, True, False]
    assert statuses[2] == 413
    assert grown_bytes < 200 * 2**20


def test_two_tabs_of_one_learner_lose_no_answer(new_page, server):
    first = opened(new_page(), f"{server.url}/?stage=lake&view=quiz&moment=43200")
    second = opened(first.context.new_page(), first.url)
    answer(first, SINGLE[0])
    scored(first, 1)
    scored(second, 0)
    answer(second, SINGLE[1])
    scored(second, 2)
    select(first, "bi")
    select(first, "lake")
    scored(first, 2)


def test_back_and_forward_lead_across_pages(page, server):
    opened(page, f"{server.url}/?stage=lake&moment=43200")
    select(page, "bi")
    page.locator(".st-key-header").get_by_text("Practice").click()
    expect(page.get_by_role("heading", name="Practice")).to_be_visible()
    page.go_back()
    ready(page)
    expect(panel_title(page)).to_have_text(COURSE.places["bi"].title)
    page.go_back()
    expect(panel_title(page)).to_have_text(COURSE.places["lake"].title)
    page.go_forward()
    expect(panel_title(page)).to_have_text(COURSE.places["bi"].title)
    page.go_forward()
    expect(page.get_by_role("heading", name="Practice")).to_be_visible()
    expect(page).to_have_url(re.compile("/practice"))


def test_forward_to_another_page_before_the_server_has_heard_of_the_way_back_arrives_there(page, server):
    opened(page, f"{server.url}/?stage=lake&moment=43200")
    select(page, "bi")
    settled(page)
    page.locator(".st-key-header").get_by_text("Practice").click()
    expect(page.get_by_role("heading", name="Practice")).to_be_visible()
    page.go_back()
    ready(page)
    settled(page)
    server.process.send_signal(signal.SIGSTOP)
    try:
        for go, stage in ((page.go_back, "lake"), (page.go_forward, "bi")):
            go()
            expect(panel_title(page)).to_have_text(COURSE.places[stage].title)
        page.go_forward()
        expect(page).to_have_url(re.compile("/practice"))
    finally:
        server.process.send_signal(signal.SIGCONT)
    expect(page.get_by_role("heading", name="Practice")).to_be_visible()
    settled(page)
    expect(page).to_have_url(re.compile("/practice"))
    expect(page.get_by_role("heading", name="Practice")).to_be_visible()


def test_a_link_that_is_pressed_before_the_page_is_whole_leads_there(page, server):
    """The first paint leaves the charts out and asks for them by itself, in the name of the page it stands on."""
    page.add_init_script(
        "Object.defineProperty(window, 'headwatersMoment', { get() {}, set() {} })"
    )  # so in two seconds
    page.goto(f"{server.url}/?stage=lake&seed=4")
    page.locator(".st-key-after").wait_for(state="attached")
    asked = page.evaluate("performance.now() + 2500")
    server.process.send_signal(signal.SIGSTOP)
    try:
        page.locator(".st-key-header").get_by_text("Practice").click()
        page.wait_for_function("(asked) => performance.now() > asked", arg=asked)
    finally:
        server.process.send_signal(signal.SIGCONT)
    expect(page.get_by_role("heading", name="Practice")).to_be_visible()
    settled(page)
    expect(page).to_have_url(re.compile("/practice"))


def test_back_and_forward_in_quick_succession_end_where_the_address_says(page, server):
    opened(page, f"{server.url}/?stage=lake&moment=43200")
    select(page, "bi")
    settled(page)
    # forward again before the server can have heard of the way back
    page.evaluate("""new Promise((gone) => {
      addEventListener("popstate", gone, { once: true });
      history.back();
    }).then(() => history.forward())""")
    expect(page).to_have_url(re.compile("stage=bi"))
    settled(page)
    expect(panel_title(page)).to_have_text(COURSE.places["bi"].title)


# --- scripts that fail


def test_with_the_diagrams_script_broken_the_plain_control_selects_and_explains(page, server):
    page.add_init_script(
        "Object.defineProperty(window, 'headwatersDiagrams', { get() { throw new Error('broken'); } })"
    )
    page.goto(f"{server.url}/?stage=lake")
    expect(panel_title(page)).to_have_text(PLACE.title)
    page.locator(".st-key-stage input").click()
    page.get_by_role("option", name="Transformation").click()
    expect(panel_title(page)).to_have_text(COURSE.places["transform"].title)
    expect(page).to_have_url(re.compile("stage=transform"))
    expect(page.locator(".st-key-charts .js-plotly-plot")).to_have_count(2)
    assert page.locator(".living .scene").count() == 0


def test_without_webgl_diagram_and_charts_are_drawn(page, server):
    page.add_init_script("""for (const kind of [HTMLCanvasElement, OffscreenCanvas]) {
        const context = kind.prototype.getContext;
        kind.prototype.getContext = function (name, ...rest) {
            return /webgl|webgpu/.test(name) ? null : context.call(this, name, ...rest);
        };
    }""")
    opened(page, f"{server.url}/?stage=lake&moment=43200")
    expect(page.locator(".living .scene g.node")).to_have_count(len(COURSE.pipeline.places))
    for plot in page.locator(".st-key-charts .js-plotly-plot").all():
        assert plot.locator("path.js-line").count() > 0 or plot.locator(".bars path").count() > 0
