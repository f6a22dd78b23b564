"""The canvas of what moves: its ink is where the picture says, zoomed, dark, on fine screens and on paper too."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.support.diagram_page import stage, visit
from tests.browser.support.ink import ink_of, painted

APP = Path(__file__).with_name("diagram_app.py")
MOVING = {"reduced_motion": "no-preference"}


@pytest.fixture
def url(serve: Callable[..., str]) -> str:
    return serve(APP)


def holds(page: Page) -> int:
    """Every circle is on the canvas and nothing else is; how many there are."""
    drawn = ink_of(page)
    assert {name: flow for name, flow in drawn["flows"].items() if flow["circles"] != flow["inked"]} == {}
    assert drawn["stray"] == 0
    assert drawn["left"] == 0
    return sum(flow["circles"] for flow in drawn["flows"].values())


@pytest.mark.parametrize(
    ("width", "height", "settings"),
    [(1440, 900, {}), (1440, 900, {"device_scale_factor": 2}), (390, 844, {"has_touch": True, "is_mobile": True})],
)
def test_the_canvas_has_ink_where_the_dots_are_and_nowhere_else(new_page, url, width, height, settings) -> None:
    page = visit(new_page(width, height, **MOVING, **settings), f"{url}/?moment=30600")
    assert holds(page) > 10
    drawn = ink_of(page)
    assert drawn["width"] == round(drawn["home"] * settings.get("device_scale_factor", 1))
    page.get_by_role("slider", name="Time of day").fill("43260")
    assert holds(page) > 20


def test_dots_stay_on_their_flows_when_the_picture_is_zoomed_moved_and_made_smaller(new_page, url) -> None:
    page = visit(new_page(**MOVING), f"{url}/?moment=43260")
    whole = holds(page)
    page.get_by_role("button", name="Zoom in").click()
    page.get_by_role("button", name="Zoom in").click()
    box = page.locator(".scene").bounding_box()
    assert box
    page.mouse.move(box["x"] + 300, box["y"] + 250)
    page.mouse.down()
    page.mouse.move(box["x"] + 200, box["y"] + 200, steps=4)
    page.mouse.up()
    assert 0 < holds(page) < whole
    page.get_by_role("button", name="Fit the whole picture").click()
    page.set_viewport_size({"width": 1100, "height": 800})
    assert holds(page) == whole


# How many of the canvas' pixels have full ink, and how many that of a dot off the path of the selection.
FAINT = """(canvas) => {
    const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
    const levels = data.filter((_, i) => i % 4 === 3);
    return [levels.filter((a) => a === 255).length, levels.filter((a) => Math.abs(a - 46) <= 2).length];
}"""


def test_dots_off_the_path_of_the_selection_are_fainter_and_bright_again_after_it(new_page, url) -> None:
    page = visit(new_page(**MOVING), f"{url}/?moment=44760")
    canvas = page.locator(".dots-canvas")
    painted(page)
    bright, dim = canvas.evaluate(FAINT)
    assert bright > 20 * dim
    stage(page, "archive").click()
    assert holds(page) > 10
    less, more = canvas.evaluate(FAINT)
    assert 0 < less < bright
    assert more > 50
    stage(page, "archive").click()
    holds(page)
    assert canvas.evaluate(FAINT) == [bright, dim]


# The colour that most of the canvas' ink has.
COLOUR = """(canvas) => {
    const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
    const pixels = {};
    for (let i = 0; i < data.length; i += 4) if (data[i + 3] === 255) {
        const colour = data.slice(i, i + 3).join(' ');
        pixels[colour] = (pixels[colour] ?? 0) + 1;
    }
    return Object.entries(pixels).sort((a, b) => b[1] - a[1])[0][0];
}"""


def test_dots_change_their_colour_with_the_theme_while_the_clock_stands(new_page, url) -> None:
    page = visit(new_page(**MOVING), f"{url}/?moment=30600")
    canvas = page.locator(".dots-canvas")
    painted(page)
    assert canvas.evaluate(COLOUR) == "11 99 129"
    canvas.evaluate("""(canvas) => new Promise((done) => {
        canvas.addEventListener('transitionend', done, { once: true });
        canvas.closest('.living').style.setProperty('--dot', 'rgb(200, 10, 20)');
    })""")
    painted(page)
    assert canvas.evaluate(COLOUR) == "200 10 20"


@pytest.mark.parametrize("told", [True, False])
def test_a_finer_screen_gets_finer_dots_at_once_or_at_the_next_moment_where_the_page_was_not_told(
    new_page, url, told
) -> None:
    page = visit(new_page(**MOVING), f"{url}/?moment=30600")
    clock = page.get_by_role("slider", name="Time of day")
    expect(clock).to_have_value("30600")
    painted(page)
    page.evaluate("Object.defineProperty(window, 'devicePixelRatio', { value: 2 })")
    if told:
        page.evaluate("dispatchEvent(new Event('resize'))")
    else:
        clock.fill("43260")
    assert holds(page) > 10
    drawn = ink_of(page)
    assert drawn["width"] == round(2 * drawn["home"])


def test_paper_gets_the_dots_as_circles_and_loses_them_again(new_page, url) -> None:
    page = visit(new_page(**MOVING), f"{url}/?moment=30600")
    page.locator(".living").evaluate("""(living) => {
        window.printed = [];
        const count = () => window.printed.push(living.querySelectorAll('.all-dots circle').length);
        for (const name of ['beforeprint', 'afterprint']) window.addEventListener(name, count);
    }""")
    page.pdf(format="A4")
    before, after = page.evaluate("window.printed")
    assert before > 10
    assert after == 0
    page.emulate_media(media="print")
    expect(page.locator(".dots-canvas")).to_be_hidden()


# Counts what is drawn, what is changed in the picture and what those hear who follow the clock, from now on.
COUNTING = """(living) => {
    const { prototype } = CanvasRenderingContext2D, clear = prototype.clearRect;
    prototype.clearRect = function (...box) { window.drawn += 1; return clear.apply(this, box); };
    window.addEventListener('headwaters:moment', () => (window.heard += 1));
    new MutationObserver((all) => (window.changed += all.length))
        .observe(living, { subtree: true, childList: true, characterData: true, attributes: true });
    (window.anew = () => Object.assign(window, { drawn: 0, changed: 0, heard: 0 }))();
}"""
# The same, once the picture has been scrolled out of sight and the page has seen to it.
AWAY = """(room) => {
    room.style.marginTop = '4000px';
    new IntersectionObserver(([entry]) => {
        const away = () => (window.away = !!window.anew());
        if (!entry.isIntersecting) requestAnimationFrame(() => requestAnimationFrame(away));
    }).observe(room);
}"""


def test_nothing_is_drawn_out_of_sight_and_the_clock_goes_on(new_page, url) -> None:
    page = visit(new_page(**MOVING), url)
    living, room = page.locator(".living"), page.locator(".st-key-diagram")
    expect(living).to_have_attribute("data-playing", "true")
    living.evaluate(COUNTING)
    page.wait_for_function("window.drawn > 5 && window.changed > 5")
    room.evaluate(AWAY)
    page.wait_for_function("window.away && window.heard > 10")
    assert page.evaluate("[window.drawn, window.changed]") == [0, 0]
    room.evaluate("(room) => (room.style.marginTop = '')")
    page.wait_for_function("window.drawn > 5 && window.changed > 5")


# Only what lies below the picture is on the screen.
BELOW = """(clock) => {
    const gone = (entries) => {
        if (entries.some((entry) => entry.isIntersecting)) return;
        requestAnimationFrame(() => requestAnimationFrame(() => (window.away = !!window.anew())));
    };
    document.querySelector('.st-key-diagram').style.marginBottom = '2000px';
    clock.scrollIntoView({ block: 'start' });
    new IntersectionObserver(gone).observe(clock.parentNode.querySelector('.stage'));
}"""


def test_with_the_picture_above_the_screen_its_clock_below_goes_on_and_no_dot_is_drawn(new_page, url) -> None:
    page = visit(new_page(900, 300, **MOVING), url)
    living, clock = page.locator(".living"), page.locator(".living .clock")
    living.evaluate(COUNTING)
    clock.evaluate(BELOW)
    page.wait_for_function("window.away && window.heard > 10 && window.changed > 10")
    assert page.evaluate("window.drawn") == 0
    moment = clock.locator(".time").inner_text()
    expect(clock.locator(".time")).not_to_have_text(moment)


def test_in_a_hidden_tab_the_clock_stands_and_nothing_is_drawn_until_it_is_seen_again(new_page, url) -> None:
    page = visit(new_page(**MOVING), url)
    living = page.locator(".living")
    living.evaluate(COUNTING)
    page.wait_for_function("window.drawn > 5 && window.heard > 5")
    hide = """async (hidden) => {
        Object.defineProperty(document, 'hidden', { value: hidden, configurable: true });
        document.dispatchEvent(new Event('visibilitychange'));
        window.anew();
        for (let nth = 0; nth < 10; nth++) await new Promise(requestAnimationFrame);
        return [window.drawn, window.heard, window.changed];
    }"""
    assert page.evaluate(hide, True) == [0, 0, 0]
    expect(living).to_have_attribute("data-playing", "true")
    page.evaluate(hide, False)
    page.wait_for_function("window.drawn > 5 && window.heard > 5")
