"""What a hall reads: every letter of every step large enough, nothing cut, and never a hint for the presenter alone."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import FloatRect, Page, TimeoutError, expect

from lifecycle.classroom import rehearsal
from tests.browser.classroom.test_presenting import ASKS, COURSE, HEADLINES, TALK, begun
from tests.browser.support.ink import ink_of
from tests.browser.support.reading import lonely, outgrown, texts
from tests.browser.support.shipped_talk import headline, of_talk, press, started
from tests.browser.support.stillness import resized
from tests.support.narrow import not_none

LEAST_PX = 24.0
SCREENS = [(1920, 1080), (1440, 900), (1024, 768)]
LABELS = {stage.label for stage in COURSE.pipeline.stages}


def shown(page: Page, talk, number: int) -> None:
    """Walk to a step by its number, and wait until all of it is drawn."""
    step = talk.steps[number - 1]
    press(page, *str(number), "Enter")
    expect(headline(page)).to_have_text(step.headline)
    # the headline comes first, and till the script ends what stands below it may be the step's before
    expect(page.locator("[data-testid=stApp][data-test-script-state=notRunning]")).to_be_visible()
    charts = [name for name in step.drawn if name != "diagram"]
    page.wait_for_function(
        """(charts) => charts === [...document.querySelectorAll(".st-key-talk-charts .js-plotly-plot")]
            .filter((each) => each.querySelector(".xtick, .ytick")).length""",
        arg=len(charts),
    )
    if "diagram" in step.drawn:
        expect(page.locator(".living[data-ready=true]")).to_be_visible()
    if step.ask:
        expect(page.locator(".hall")).to_be_visible()
        press(page, "r")
        expect(page.locator(".hall :is(.why:not([hidden]), .truth)").first).to_be_attached()
    else:
        expect(page.locator(".hall")).to_have_count(0)


def box_of(page: Page, selector: str) -> FloatRect:
    return not_none(page.locator(selector).first.bounding_box())


@pytest.mark.parametrize("talk", COURSE.talks, ids=lambda talk: talk.id)
def test_every_step_is_read_from_the_last_row_and_nothing_is_cut(new_page, app, talk):
    page = new_page(*SCREENS[0])
    page.goto(f"{app}/present?talk={talk.id}&step=1")
    expect(page.locator(".foot .count")).to_be_visible()
    for number, step in enumerate(talk.steps, 1):
        shown(page, talk, number)
        for width, height in SCREENS:
            at = f"step {number} at {width} x {height}"
            resized(page, width, height)
            found = texts(page)
            assert len(found) >= 3  # headline, place in the talk, its title: the last step may have no more at first
            assert [each for each in found if each["cuts"]] == [], at
            assert outgrown(page) == [], at
            assert lonely(page) == [], at
            if "diagram" in step.drawn:  # the clock's letters are those of the boxes, on every screen
                px = {each["text"]: each["px"] for each in found}
                clock = next(size for text, size in px.items() if re.fullmatch(r"\d\d:\d\d", text))
                names = [size for text, size in px.items() if text in LABELS]
                assert names, at
                assert 0.6 < clock / max(names) < 1.4, at
                words, picture, foot = (box_of(page, part) for part in (".st-key-talk-words", ".living", ".foot"))
                assert words["y"] + words["height"] <= picture["y"] + 1, at
                assert picture["y"] + picture["height"] <= foot["y"] + 1, at
            if width == 1920:
                assert [each for each in found if each["px"] < LEAST_PX - 0.01] == [], at
            assert not [each["text"] for each in found if re.search(r"\b[Pp]ress \w\b", each["text"])]


# Where the line of the moment stands on each chart of the day, in seconds; None where a chart has no line.
LINES = """() => [...document.querySelectorAll(".st-key-talk-charts .js-plotly-plot")]
    .filter((plot) => plot._fullLayout?.meta === "day").map((plot) => {
        const line = plot.querySelector(":scope > .playhead"), { xaxis } = plot._fullLayout;
        if (!line || line.style.display === "none") return null;
        const across = line.getBoundingClientRect().left - plot.getBoundingClientRect().left;
        return xaxis.p2c(across - xaxis._offset) / 1000;
    })"""
# Within a pixel and a half of a day that is seven hundred wide.
AT_IT = f"(until) => {{ const at = ({LINES})(); return at.length && at.every((s) => s && Math.abs(s - until) < 180); }}"


def stands_at(page: Page, until_s: float, where: str) -> None:
    """Wait until it does; where it never will, say what the page has instead."""
    try:
        page.wait_for_function(AT_IT, arg=until_s)
    except TimeoutError:
        state = "document.querySelector('[data-testid=stApp]').dataset"
        has = page.evaluate(f"[({LINES})(), window.headwatersMoment, window.headwatersCut, {{ ...{state} }}]")
        raise AssertionError(f"{where}: the line is to stand at {until_s} s; the page has {has}") from None


@pytest.mark.parametrize("talk", COURSE.talks, ids=lambda talk: talk.id)
def test_the_line_on_a_chart_stands_at_its_steps_moment_whatever_a_clock_showed_before(new_page, app, talk):
    page = new_page(1440, 900)
    page.goto(f"{app}/present?talk={talk.id}&step=1")
    expect(page.locator(".foot .count")).to_be_visible()
    of_a_day = [set(step.drawn) - {"diagram", "Losses", "Run"} for step in talk.steps]  # a run is minutes of one
    charted = [n for n, drawn in enumerate(of_a_day, 1) if drawn]
    for number in charted:
        step = talk.steps[number - 1]
        shown(page, talk, number)
        if step.plays:
            continue  # there the line goes with the clock
        stands_at(page, not_none(rehearsal.about(step, COURSE).moment_s), f"step {number}")
    alone = next((n for n in charted if "diagram" not in talk.steps[n - 1].drawn), None)
    if alone is not None:  # a reload, and a way back from exploring another moment
        until_s = not_none(rehearsal.about(talk.steps[alone - 1], COURSE).moment_s)
        page.goto(f"{app}/present?talk={talk.id}&step={alone}")
        expect(page.locator(".foot .count")).to_be_visible()  # what hears the keys
        stands_at(page, until_s, "loaded anew")
        press(page, "e")
        expect(page.locator(".living[data-ready=true]")).to_be_visible()
        page.locator(".living input[type=range]").first.fill("3600")
        press(page, "e")
        expect(headline(page)).to_have_text(talk.steps[alone - 1].headline)
        stands_at(page, until_s, "back from exploring")


ASKING = [pytest.param(talk, [n for n, step in enumerate(talk.steps) if step.ask], id=talk.id) for talk in COURSE.talks]
# What of a question's counts, options and places is not on the screen, between its top and the talk's foot.
COVERED = """() => {
    const deep = (selector, root = document) => [...root.querySelectorAll(selector),
        ...[...root.querySelectorAll("*")].flatMap((each) => each.shadowRoot ? deep(selector, each.shadowRoot) : [])];
    const end = deep(".foot")[0].getBoundingClientRect().top;
    const seen = deep(".hall .said, .hall .map text, .hall .options li").filter((each) => each.checkVisibility());
    return seen.filter((each) => {
        const at = each.getBoundingClientRect();
        return each.textContent && at.height && (at.top < 0 || at.bottom > end + 0.5);
    }).map((each) => each.textContent);
}"""


def nothing_covered(page: Page, whole: bool = False) -> None:
    """On none of the screens; of a `whole` step nothing has to be scrolled for either."""
    for width, height in SCREENS:
        resized(page, width, height)
        page.wait_for_function(f"!({COVERED})().length")
        if whole:
            page.wait_for_function("document.querySelector('.stMain').scrollHeight <= innerHeight")


@pytest.mark.parametrize(("talk", "asking"), ASKING)
def test_how_many_have_answered_is_seen_beside_every_question(new_page, site, folder, talk, asking):
    lesson = of_talk(site, folder, talk)
    page = new_page(*SCREENS[0])
    page.goto(f"{site}/present?talk={talk.id}&class={lesson.code}")
    for step in asking:
        lesson.act("go", step=step)
        expect(headline(page)).to_have_text(talk.steps[step].headline)
        lesson.act("ask")
        expect(page.locator(".said")).to_contain_text("The vote is open")
        charts = [name for name in talk.steps[step].drawn if name != "diagram"]
        expect(page.locator(".st-key-talk-charts .js-plotly-plot .xtick:first-child")).to_have_count(len(charts))
        nothing_covered(page, whole=True)
        for action in ("close", "reveal", "answer"):
            lesson.act(action)
            if action == "answer":  # the reason needs the room of what was said of the vote
                expect(page.locator(".said")).not_to_contain_text("The vote is")
            else:
                expect(page.locator(".said")).to_contain_text("The vote is closed")
            nothing_covered(page)


def test_beside_a_chart_the_diagram_shows_the_zone_that_matters_and_no_undercurrent(page, app):
    number = next(n for n, step in enumerate(TALK.steps) if step.stage == "ingestion")
    begun(page, app, number)
    expect(page.locator(".living[data-ready=true]")).to_be_visible()
    expect(page.locator(".node[data-stage=ingestion]")).to_be_visible()
    for other in ("buffer", "bi", "access"):
        expect(page.locator(f".node[data-stage={other}]")).to_be_hidden()
    begun(page, app, 0)
    expect(page.locator(".node[data-stage=bi]")).to_be_visible()
    expect(page.locator(".node[data-stage=access]")).to_be_hidden()


def test_a_step_that_there_is_not_is_said(page, app):
    begun(page, app, 1)
    press(page, "9", "9", "Enter")
    expect(page.locator(".foot .warn")).to_have_text(f"There is no step 99: the talk has {len(HEADLINES)}")
    expect(headline(page)).to_have_text(HEADLINES[1])


def test_the_overview_names_what_was_shown_and_numbers_what_is_to_come(page, app):
    begun(page, app, 2)
    press(page, "o")
    steps = page.get_by_role("dialog", name="All steps")
    expect(steps.get_by_role("button")).to_have_count(len(HEADLINES))
    expect(steps.get_by_role("button").nth(2)).to_contain_text(HEADLINES[2])
    expect(steps.get_by_role("button").nth(5)).to_have_text("6")
    press(page, "ArrowRight", "Enter")
    expect(headline(page)).to_have_text(HEADLINES[3])
    press(page, "o", "Escape")
    expect(steps).to_be_hidden()
    expect(headline(page)).to_have_text(HEADLINES[3])


def test_a_class_reads_one_order_and_one_set_of_letters_everywhere(page, new_page, app):
    code, desk_link, _ = started(page, app)
    page.get_by_role("button", name="Begin on this screen").click()
    expect(page.locator(".join")).to_be_visible()
    phone, desk = new_page(390, 844), new_page(1280, 800)
    phone.goto(f"{app}/join/{code}")
    desk.goto(desk_link)
    expect(desk.locator("#desk")).to_be_visible()
    press(page, str(ASKS + 1), "Enter")
    expect(headline(page)).to_have_text(HEADLINES[ASKS])
    press(page, "v")
    expect(phone.locator("label.option").first).to_be_visible()
    expect(desk.locator("#tally .row").first).to_be_visible()
    expect(page.locator(".options li").first).to_be_visible()

    def read(locator):
        return ["".join(each.split()) for each in locator.all_inner_texts()]

    options = not_none(COURSE.question(not_none(TALK.steps[ASKS].ask).question)).options
    hall = read(page.locator(".options li"))
    assert [each[0] for each in hall] == list("ABCDEFGH"[: len(options)])
    assert read(phone.locator("label.option")) == hall
    assert [each.removeprefix("✓") for each in read(desk.locator("#tally .row .text"))] == hall


def test_the_desk_sees_the_next_step_as_the_hall_will_and_nobody_else_does(page, new_page, app):
    code, desk_link, _ = started(page, app)
    desk = new_page(1280, 800)
    desk.goto(desk_link)
    picture = desk.locator("#picture")
    expect(picture).to_be_visible()
    assert picture.evaluate("(image) => image.naturalWidth") > 100
    expect(picture).to_have_attribute("alt", f"What comes next: {HEADLINES[1]}")
    drawn = desk.request.get(f"{app}/live/{code}/step/2.svg")
    assert HEADLINES[2] in drawn.text()
    assert desk.request.get(f"{app}/live/{code}/step/99.svg").status == 404
    assert new_page().request.get(f"{app}/live/{code}/step/2.svg").status == 403


def in_a_moment(page: Page) -> None:
    """Longer than a pointer has to rest before the diagram's card comes."""
    page.evaluate("new Promise((done) => setTimeout(done, 400))")


def test_a_pointer_that_rests_opens_no_card_and_one_that_moves_opens_it_in_the_halls_type(new_page, app):
    page = new_page(1920, 1080)
    begun(page, app, 0)
    expect(page.locator(".living[data-ready=true]")).to_be_visible()
    place = page.locator(".node[data-stage=oltp] .rim").bounding_box()
    assert place
    x, y = place["x"] + place["width"] / 2, place["y"] + 12
    press(page, "b")  # as under the card that says how to join: the diagram comes to the pointer, not the pointer to it
    expect(page.locator(".black")).to_be_visible()
    page.mouse.move(x - 300, y)
    page.mouse.move(x, y)
    press(page, "b")
    expect(page.locator(".black")).to_be_hidden()
    in_a_moment(page)
    card = page.locator(".living .card")
    expect(card).to_be_hidden()
    page.mouse.move(x + 3, y)
    page.mouse.move(x + 6, y + 2)
    expect(card).to_be_visible()
    for part in ("b", "p", "dt", "dd"):
        assert card.locator(part).first.evaluate("(e) => parseFloat(getComputedStyle(e).fontSize)") >= LEAST_PX
    press(page, "ArrowRight", "ArrowRight", "ArrowRight")
    expect(headline(page)).not_to_have_text(HEADLINES[0])
    in_a_moment(page)
    expect(card).to_be_hidden()


def test_what_is_striped_over_the_clock_is_said_and_piles_of_dots_end_whole(new_page, app):
    page = new_page(1920, 1080, reduced_motion="no-preference")
    number = next(n for n, step in enumerate(TALK.steps) if "scenario=catcher-down" in step.view and step.drawn)
    begun(page, app, number)
    expect(page.locator(".living .struck")).to_have_text("Ingestion stopped, 14:00 to 15:00")
    number = next(n for n, step in enumerate(TALK.steps) if step.stage == "ingestion" and "size=batch" in step.view)
    begun(page, app, number)
    expect(page.locator(".living .struck")).to_be_hidden()
    expect(page.locator("g.edge:not(.off):not([data-tokens='0'])").first).to_be_attached()
    drawn = ink_of(page)
    assert drawn["ink"] > 0
    assert drawn["stray"] == 0
    cut = """(svg) => {
        const frame = svg.getBoundingClientRect();
        const view = svg.viewBox.baseVal, scale = Math.min(frame.width / view.width, frame.height / view.height);
        const left = frame.left + (frame.width - view.width * scale) / 2;
        const top = frame.top + (frame.height - view.height * scale) / 2;
        window.dispatchEvent(new Event('beforeprint')); // what the canvas shows, as circles
        const drawn = [...svg.querySelectorAll(".dots:not(.off) :is(.dot, .packet)")];
        const dots = drawn.map((dot) => dot.getBoundingClientRect());
        window.dispatchEvent(new Event('afterprint'));
        return [dots.length, dots.filter((at) => at.left < left - 0.5 || at.right > left + view.width * scale + 0.5
            || at.top < top - 0.5 || at.bottom > top + view.height * scale + 0.5).length];
    }"""
    dots, beyond = page.locator(".living svg.back").evaluate(cut)
    assert dots >= 4
    assert beyond == 0
