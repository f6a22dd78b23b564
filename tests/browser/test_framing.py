"""The app in a frame of another site: refused unless that is named; by HTTPS it keeps its progress, else it says so."""

from __future__ import annotations

import http.server
import threading
from pathlib import Path

import pytest
from playwright.sync_api import FrameLocator, Page, expect

from lifecycle.installed import Setting
from lifecycle.ui.session.identity import COOKIE
from tests.browser.support.explorer_page import settled
from tests.support.narrow import not_none

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def lms():
    """Another site: a page of 127.0.0.1 that frames whatever follows the `?` of its address."""

    class Page(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = (
                f'<!doctype html><iframe src="{self.path.partition("?")[2]}" width=1300 height=900></iframe>'.encode()
            )
            self.send_response(200)
            self.send_header("content-type", "text/html")
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Keep the tests' output clean."""

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Page) as site:
        threading.Thread(target=site.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{site.server_port}"
        site.shutdown()


@pytest.fixture
def url(serve, lms, kinds, answers):
    """The app, which that site may frame, under another name than that site's."""
    env = {"HEADWATERS_CONTENT": str(kinds), "HEADWATERS_DATA": str(answers / "framed"), Setting.FRAME_ANCESTORS: lms}
    return serve(ROOT / "app.py", env).replace("127.0.0.1", "localhost")


def framed(page: Page, lms: str, url: str) -> FrameLocator:
    page.goto(f"{lms}/?{url}")
    return page.frame_locator("iframe")


def quiz(page: Page, lms: str, url: str) -> FrameLocator:
    frame = framed(page, lms, f"{url}/?stage=store&view=quiz&moment=40000")
    expect(frame.locator(".living[data-ready=true]")).to_be_visible()
    settled(frame)  # what still comes would move what is clicked
    return frame


def test_by_https_progress_is_kept_in_the_frame_and_stays_apart_from_other_sites(new_page, lms, url):
    page = new_page(extra_http_headers={"x-forwarded-proto": "https"})
    frame = quiz(page, lms, url)
    frame.get_by_role("radio", name="3 ○").click(force=True)
    expect(frame.locator(".living.pointing")).to_be_visible()  # from here a click answers; before, it selects
    frame.locator("#stage-copy").click()
    expect(frame.get_by_role("combobox", name="Your answer")).to_have_value("Nightly copy")
    frame.get_by_role("button", name="Check").click()
    expect(frame.get_by_text("Right.", exact=True)).to_be_visible()
    expect(frame.get_by_text("stands inside another site")).to_have_count(0)
    cookies = {each["name"]: each for each in page.context.cookies()}
    for name in (COOKIE, "_streamlit_xsrf"):
        assert (cookies[name]["sameSite"], cookies[name]["secure"]) == ("None", True)
        assert cookies[name]["partitionKey"].startswith("http://127.0.0.1")
    frame = quiz(page, lms, url)
    expect(frame.locator(".st-key-quiz")).to_contain_text("1 of 4 right")


def test_without_https_the_page_tells_that_nothing_is_kept_and_leads_out_of_the_frame(new_page, lms, url):
    page = new_page()
    frame = quiz(page, lms, url)
    told = frame.get_by_text("stands inside another site")
    expect(told).to_be_visible()
    expect(frame.get_by_role("link", name="Open it in a window of its own")).to_have_attribute("href", f"{url}/")
    page.goto(f"{url}/?stage=store")
    expect(page.locator(".living[data-ready=true]")).to_be_visible()
    expect(page.get_by_text("stands inside another site")).to_have_count(0)


def test_another_site_that_is_not_named_shows_nothing_and_nobody_frames_desk_or_phone(page, lms, url, app):
    refused: list[str] = []
    page.on("console", lambda said: refused.append(said.text) if "frame-ancestors" in said.text else None)
    for address in (app.replace("127.0.0.1", "localhost"), f"{url}/join", f"{url}/desk/BCDFGHJK"):
        refused.clear()
        with page.expect_event("console", lambda said: "frame-ancestors" in said.text):
            page.goto(f"{lms}/?{address}")
        assert refused
        expect(page.frame_locator("iframe").locator("#root, main")).to_have_count(0)


def test_a_part_fills_its_frame_and_tells_the_page_around_how_high_it_is(new_page, lms, url):
    page = new_page(width=1340, height=700)
    page.add_init_script(
        "window.heights = []; addEventListener('message', ({ data }) => "
        "data.type === 'headwaters:height' && heights.push(data.height))"
    )
    frame = framed(page, lms, f"{url}/?part=diagram")
    picture = frame.locator(".living[data-ready=true] svg.front")
    expect(picture).to_be_visible()
    expect(
        frame.locator(".st-key-header, .st-key-stage-panel, .st-key-charts, [data-testid=stHeader]:visible")
    ).to_have_count(0)
    page.wait_for_function("heights.length > 0")
    box = not_none(picture.bounding_box())
    assert box["width"] > 1_200
    frame_at = page.locator("iframe")
    frame_at.evaluate(
        "at => { at.height = 400 }"
    )  # too low for the picture: it becomes smaller, and says what it needs
    expect(frame.get_by_text("open the whole page")).to_be_in_viewport()
    page.wait_for_function("heights.at(-1) > 400")
    assert frame.locator("html").evaluate("page => page.scrollHeight <= innerHeight")
