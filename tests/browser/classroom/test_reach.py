"""The explorer for anyone who has no mouse, no large screen, no colours of ours, no animation, or paper only."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from lifecycle.course import load
from tests.browser.support.stillness import still
from tests.support.narrow import not_none

ROOT = Path(__file__).parents[3]
COURSE = load(ROOT / "content")
PLACE = COURSE.places["lake"]

# The element that has the focus, inside shadow roots too.
FOCUSED = """() => {
    let element = document.activeElement;
    while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
    return element;
}"""
# Whether it shows: an outline of it or of the few elements round it, or the dashed frame of a stage.
SHOWS = f"""() => {{
    const drawn = (style) => style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 1;
    let element = ({FOCUSED})();
    const frame = element.querySelector?.('.focus');
    if (frame) return getComputedStyle(frame).stroke !== 'none';
    if (element.closest('span')?.style.clip) element = element.closest('label');  // hidden boxes under painted ones
    for (let step = 0; step < 2 && element; step += 1, element = element.parentElement)
        if (drawn(getComputedStyle(element))) return true;
    return false;
}}"""
NAME = f"""() => {{
    const element = ({FOCUSED})();
    const label = element.closest('label') ?? element;
    return element.id?.startsWith('stage-') ? element.id : element.getAttribute('aria-label') || label.innerText || '';
}}"""
# Everything that can be used and lies over the edge of the window, unless a scroller of its own holds it.
OUTSIDE = """() => {
    const bad = [];
    const used = 'button, a, summary, select, input, [role=tab], [role=radio], g.node, p, h1, h2, h3';
    const held = 'details:not([open]) > :not(summary), .scroll, .breaks, .unseen, [style*="clip"]';
    const look = (root) => {
        for (const element of root.querySelectorAll('*')) {
            if (element.shadowRoot) look(element.shadowRoot);
            if (!element.matches(used) || element.closest(held)) continue;
            const box = element.getBoundingClientRect();
            if (box.width > 1 && (box.left < -1 || box.right > innerWidth + 1))
                bad.push(`${element.tagName} ${element.textContent.slice(0, 30)} ${box.left} ${box.right}`);
        }
    };
    look(document.querySelector('.stMain'));
    return bad;
}"""


def opened(page: Page, url: str) -> Page:
    page.goto(url)
    expect(page.locator(".living[data-ready=true]")).to_be_visible()
    expect(page.locator(".st-key-charts .js-plotly-plot")).to_have_count(2)
    return page


def title(page: Page):
    return page.locator(".st-key-stage-panel h2").first


def style(locator, name: str) -> str:
    return locator.evaluate("(element, name) => getComputedStyle(element)[name]", name)


def tab_to(page: Page, name: str, key: str = "Tab") -> int:
    """Press a key until the focus is on what is called `name`, and how often; the focus is seen at every step."""
    for steps in range(1, 61):
        page.keyboard.press(key)
        here = page.evaluate(NAME)
        page.wait_for_function(SHOWS)
        if re.search(name, here):
            return steps
    raise AssertionError(f"{key} never reaches {name}")


def test_a_whole_journey_needs_no_mouse_and_the_focus_is_always_seen(page, app):
    opened(page, f"{app}/?moment=43200")
    tab_to(page, "^Batch")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Space")
    expect(page).to_have_url(re.compile("size=stream"))
    expect(page.locator(".st-key-headline")).to_contain_text("was")
    tab_to(page, "^stage-")
    for _ in range(5):
        if page.evaluate(NAME) == "stage-lake":
            break
        page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    expect(title(page)).to_have_text(PLACE.title)
    tab_to(page, "^Explain")
    page.keyboard.press("ArrowRight")
    expect(page).to_have_url(re.compile("view=watch"))
    expect(page.locator(".st-key-stage-panel .js-plotly-plot").first).to_be_visible()
    expect(page.get_by_role("tab", name="Watch")).to_be_focused()
    expect(page.locator("[data-testid=stApp][data-test-script-state=notRunning]")).to_be_visible()
    page.keyboard.press("ArrowRight")
    expect(page).to_have_url(re.compile("view=quiz"))
    question = PLACE.questions[0]
    assert question.kind == "single"
    quiz = page.locator(".st-key-quiz")
    expect(quiz.locator("[data-testid=stRadioOption]").first).to_be_visible()
    shown = quiz.locator("[data-testid=stRadioOption]").all_inner_texts()
    tab_to(page, re.escape(shown[0][:20]))
    right = re.sub(r"[*`\\]", "", next(option for option in question.options if option.right).text)[:30]
    page.keyboard.press("Space")
    for _ in shown:
        if page.evaluate(NAME).startswith(right):
            break
        page.keyboard.press("ArrowDown")
    tab_to(page, "Check")
    page.keyboard.press("Enter")
    expect(quiz.get_by_text("Right.", exact=True)).to_be_visible()
    # the figures of the moment, in words
    page.locator(".words summary").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".words table")).to_be_visible()


@pytest.mark.parametrize(
    ("width", "height", "settings"),
    [(720, 450, {"device_scale_factor": 2}), (360, 740, {}), (320, 640, {})],
    ids=["zoomed to 200 %", "360 px", "320 px"],
)
def test_on_little_room_nothing_is_cut_off_and_nothing_scrolls_sideways(new_page, app, width, height, settings):
    page = opened(new_page(width, height, **settings), f"{app}/?stage=lake&moment=43200")
    for view in ("Explain", "Watch", "Quiz"):
        page.get_by_role("tab", name=view).click()
        expect(page.get_by_role("tab", name=view)).to_have_attribute("aria-selected", "true")
        page.wait_for_function("document.querySelector('.stMain').scrollWidth <= innerWidth")
        still(page)
        assert page.evaluate(OUTSIDE) == []
    page.locator(".st-key-header").get_by_text("Practice").click()
    page.get_by_role("radio", name="By place").click()
    expect(page.locator(".st-key-quiz")).to_be_visible()
    page.wait_for_function("document.querySelector('.stMain').scrollWidth <= innerWidth")
    still(page)
    assert page.evaluate(OUTSIDE) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_forced_colours_keep_what_is_chosen_lit_and_faulty_apart(new_page, app, scheme):
    page = opened(
        new_page(forced_colors="active", color_scheme=scheme),
        f"{app}/?stage=transform&scenario=consumer-crash&moment=10800",
    )
    plain = page.locator("#stage-api .rim")
    chosen = page.locator("#stage-transform .rim")
    assert style(chosen, "stroke") != style(plain, "stroke")
    assert float(style(chosen, "strokeWidth")[:-2]) > 2 * float(style(plain, "strokeWidth")[:-2])
    lit, dimmed = page.locator("#flow-lake-transform"), page.locator("#flow-lake-archive")
    assert style(lit.locator(".route"), "stroke") != style(dimmed.locator(".route"), "stroke")
    assert float(style(dimmed, "opacity")) <= 0.5 < float(style(lit, "opacity"))
    assert style(page.locator("#stage-buffer .rim"), "strokeDasharray") != style(plain, "strokeDasharray")
    expect(page.locator("#stage-buffer .badge")).to_be_visible()
    sign = page.locator("#stage-buffer .badge")
    assert style(sign.locator(".sign"), "fill") != style(sign.locator("text"), "fill")
    ring = page.locator("#stage-lake")
    assert style(ring.locator(".ring"), "stroke") != style(ring.locator(".ring-back"), "stroke")
    assert style(page.locator("#stage-lake .body"), "fill") == style(page.locator("body"), "backgroundColor")
    # what is chosen among buttons and tabs, and where the keyboard is, without a background or a shadow of ours
    start = page.locator(".st-key-start")
    widths = [style(start.get_by_role("radio", name=name), "borderTopWidth") for name in ("Pull", "Push")]
    assert widths[0] > widths[1]
    tabs = [style(page.get_by_role("tab", name=name), "borderBottomWidth") for name in ("Explain", "Quiz")]
    assert tabs[0] > tabs[1]
    knob = page.locator(".st-key-predict-first label:has([role=switch]) > div").first.locator("div")
    assert style(knob, "backgroundColor") == style(page.locator("body"), "color")
    tab_to(page, "^Batch")


def test_paper_shows_diagram_moment_figures_and_the_whole_explanation(page, app):
    opened(page, f"{app}/?stage=transform&moment=43200")
    panel = page.locator(".st-key-stage-panel")
    assert panel.evaluate("panel => panel.scrollHeight > panel.clientHeight")  # a screen scrolls it
    page.emulate_media(media="print")
    for width in (1100, 720):  # landscape and upright
        page.set_viewport_size({"width": width, "height": 900})
        page.wait_for_function("""() => [...document.querySelectorAll('.stApp, .stMain, .st-key-stage-panel')].every(
            (box) => box.scrollHeight <= box.clientHeight + 1 || getComputedStyle(box).overflowY === 'visible')""")
        for part in (".living .scene", ".living .time", ".st-key-headline", ".st-key-charts .js-plotly-plot"):
            expect(page.locator(part).first).to_be_visible()
        expect(page.locator(".living .time")).to_have_text("12:00")
        for part in (".living .tools", ".living .play", ".living input[type=range]"):
            expect(page.locator(part).first).to_be_hidden()
    page.set_viewport_size({"width": 1440, "height": 900})
    sheet = page.pdf(format="A4")
    # a printer has no fonts: whatever is not drawn as shapes is embedded
    assert not re.search(rb"/Subtype\s*/(Type1|TrueType|MMType1)\b", sheet)
    assert len(re.findall(rb"/CIDFontType[02]", sheet)) == len(re.findall(rb"/FontFile[23]?\s", sheet))


def test_two_fingers_zoom_the_picture_and_not_the_page(new_page, app):
    page = opened(new_page(390, 844, has_touch=True, is_mobile=True), f"{app}/?moment=43200")
    page.locator("#stage-ingestion").scroll_into_view_if_needed()
    box = not_none(page.locator("#stage-ingestion").bounding_box())
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    wire = page.context.new_cdp_session(page)

    def touch(kind: str, *points: tuple[float, float]) -> None:
        wire.send(
            "Input.dispatchTouchEvent",
            {"type": kind, "touchPoints": [{"x": x, "y": y, "id": n} for n, (x, y) in enumerate(points)]},
        )

    touch("touchStart", (x - 20, y), (x + 20, y))
    for spread in (30, 40, 50, 60):
        touch("touchMove", (x - spread, y), (x + spread, y))
    touch("touchEnd")
    living = page.locator(".living")
    expect(living).to_have_attribute("data-zoom", re.compile(r"^(1\.[5-9]|[23]\.)"))
    assert page.evaluate("visualViewport.scale") == 1
    expect(living).to_have_attribute("data-selected", "")
    # a tap selects, and one finger moves what is zoomed without selecting anything else
    page.locator("#stage-ingestion").tap()
    expect(title(page)).to_have_text(COURSE.places["ingestion"].title)
    window = not_none(page.locator(".living .stage.zoomed").bounding_box())  # its stage's sheet covers what is below
    x, y = window["x"] + window["width"] / 2, max(window["y"], 0) + 90
    before = page.locator(".living .view").get_attribute("transform")
    touch("touchStart", (x, y))
    for step in (10, 30, 50):
        touch("touchMove", (x - step, y - step))
    touch("touchEnd")
    expect(page.locator(".living .view")).not_to_have_attribute("transform", before)
    expect(living).to_have_attribute("data-selected", "ingestion")


def test_the_diagram_fills_the_screen_works_there_and_comes_back(page, app):
    opened(page, f"{app}/?moment=43200")
    before = page.locator(".living .scene").bounding_box()["height"]
    button = page.get_by_role("button", name="Full screen")
    button.click()
    page.wait_for_function("document.fullscreenElement !== null")
    page.wait_for_function(
        f"h => ({FOCUSED})().getRootNode().querySelector('.scene').getBoundingClientRect().height > h", arg=before
    )
    page.locator("#stage-lake").click()
    expect(page.locator("#stage-lake")).to_have_attribute("aria-pressed", "true")
    button.click()
    page.wait_for_function("document.fullscreenElement === null")
    expect(title(page)).to_have_text(PLACE.title)


def test_a_screen_reader_hears_the_choice_and_finds_the_same_state_in_the_table(page, app):
    opened(page, f"{app}/?moment=43200")
    status = page.locator(".living").get_by_role("status")
    page.locator("#stage-buffer").click()
    label = COURSE.pipeline.by_id["buffer"].label
    expect(status).to_have_text(re.compile(f"^{label} selected. "))
    told = status.inner_text().removeprefix(f"{label} selected. ")
    assert told[:20] in page.locator("#stage-buffer").get_attribute("aria-label")
    page.get_by_text("The same state in words").click()
    cells = page.get_by_role("row").filter(has=page.get_by_role("rowheader", name=label)).get_by_role("cell")
    waiting = cells.nth(2).inner_text()
    assert waiting in page.locator("#stage-buffer .state").text_content()
    page.keyboard.press("Escape")
    expect(status).to_have_text("Selection cleared.")
    page.locator(".living").get_by_role("slider", name="Time of day").press("ArrowRight")
    expect(status).to_contain_text("12:01")
