"""The copy for a stick, opened as a file in a real browser: no server, no network."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from urllib.parse import parse_qsl

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from lifecycle import words
from lifecycle.classroom import rehearsal
from lifecycle.course import load
from lifecycle.course.quizzes.kinds.blank import hashed, normalised
from lifecycle.course.quizzes.kinds.match import left_hand
from lifecycle.course.quizzes.numbers import UNITS, accepted_number, doubt_in
from lifecycle.outputs import offline
from lifecycle.outputs.offline import asking
from lifecycle.outputs.offline.page import TYPING
from lifecycle.words import measured

ROOT = Path(__file__).parents[2]
READY = ".living[data-ready] g.node"
SHORT = ("normal-day", "flash-sale")


@pytest.fixture(scope="session")
def course():
    """Our own course with two of its days: all would take half a minute."""
    whole = load(ROOT / "content")
    return replace(whole, scenarios=tuple(named for named in whole.scenarios if named.id in SHORT))


@pytest.fixture(scope="session")
def url(course, tmp_path_factory) -> str:
    folder = tmp_path_factory.mktemp("stick") / "copy"
    offline.save(offline.files(course), folder)
    return (folder / offline.FILE).as_uri()


@pytest.fixture
def stick(new_page: Callable[..., Page], url: str) -> Callable[..., Page]:
    """`stick(hash, **window)` opens the copy; whatever it says on the console or asks of a network fails the test."""
    wrong: list[str] = []

    def visit(hash: str = "", width: int = 1440, height: int = 900, **settings) -> Page:
        page = new_page(width, height, **settings)
        page.on("console", lambda message: wrong.append(message.text) if message.type in ("error", "warning") else None)
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on("request", lambda asked: None if asked.url.startswith((url, "data:")) else wrong.append(asked.url))
        page.goto(url + hash)
        if settings.get("java_script_enabled", True):
            page.wait_for_selector(READY)
        return page

    yield visit
    assert wrong == []


def figure(page: Page, label: str):
    return page.locator("#figures > div", has_text=label)


def test_a_clicked_stage_is_explained_and_stands_in_the_address(stick, course):
    page = stick()
    page.locator("[data-stage=lake]").click()
    expect(page.locator("#panel-title")).to_have_text(course.places["lake"].title)
    expect(page.get_by_text("The junkyard, and meant kindly.")).to_be_visible()
    assert page.url.endswith("#stage=lake")
    page.go_back()
    expect(page.locator("#panel-title")).to_have_text(course.overview.title)
    page.keyboard.press("Tab")
    page.locator("#place").select_option("buffer")
    expect(page.locator(".living")).to_have_attribute("data-selected", "buffer")


def test_a_flipped_switch_changes_figures_charts_and_the_diagram(stick):
    page = stick()
    before = figure(page, "p95 freshness").locator("b").inner_text()
    finding = page.locator("#chart-freshness h3").inner_text()
    run = page.locator(".living").get_attribute("data-run")
    for name, value in (("start", "push"), ("size", "stream"), ("transform", "stream")):
        page.locator(f"#{name} input[value={value}]").check()
    expect(figure(page, "p95 freshness").locator("b")).not_to_have_text(before)
    expect(figure(page, "p95 freshness").locator(".was")).to_contain_text("was 15 min (−")
    expect(page.locator("#chart-freshness h3")).not_to_have_text(finding)
    expect(page.locator("#chart-freshness path.ghost").first).to_be_attached()
    assert page.locator(".living").get_attribute("data-run") != run
    expect(page.locator("#latency td").first).to_contain_text("was")


def test_a_shared_address_opens_the_same_view(stick):
    page = stick("#stage=buffer&view=watch&scenario=flash-sale&start=push&size=stream&moment=45000")
    expect(page.locator("#scenario")).to_have_value("flash-sale")
    expect(page.locator("#size input[value=stream]")).to_be_checked()
    expect(page.locator("#view-watch h3").first).to_contain_text("leave Transient storage")
    expect(page.locator(".living")).to_have_attribute("data-moment", "45000")
    expect(page.locator("#chart-load .legend b").first).not_to_have_text("0 /s")


def test_a_link_in_the_text_turns_a_knob_that_was_computed(stick):
    page = stick("#scenario=flash-sale&size=stream")
    page.get_by_role("link", name="a second consumer").click()
    assert "knobs=buffer.consumers:2" in page.url
    expect(page.locator("#panel-title")).to_contain_text("Transient storage")
    expect(page.locator("#ghost-words")).to_contain_text("Before: Flash sale at noon: pull, as a stream")
    page.locator("#start input[value=push]").check()
    assert "knobs=buffer.consumers:2" in page.url
    page.locator("#scenario").select_option("normal-day")
    expect(page.locator("#notice")).to_contain_text("was not computed for this copy")
    assert "knobs" not in page.url


def test_an_address_of_nonsense_shows_the_course_all_the_same(stick, course):
    page = stick("#stage=nowhere&scenario=%22%3E&size=huge&knobs=a.b:1&moment=x")
    expect(page.locator("#panel-title")).to_have_text(course.overview.title)
    expect(page.locator("#notice")).to_contain_text("was not computed")


def question_of(course, kind: str, number: bool = False):
    """The first question of a kind that has no computed numbers: its place's id, its place in the quiz, itself."""
    for place in course.places.values():
        for nth, each in enumerate(place.questions):
            if each.kind == kind and number == any(map(accepted_number, each.answers)):
                return place.id, nth, each
    raise AssertionError(kind)


def answer(page: Page, question, right: bool) -> None:
    """Give an answer through the controls of its kind."""
    form = page.locator(".question form")
    shown = asking._variant(load(ROOT / "content"), question, {})
    match question.kind:
        case "single" | "multiple":
            for index, listed in enumerate(asking.shuffled(question, "static")):
                option = question.options[listed]
                if option.right == right:
                    form.locator(f"input[value='{index}']").check()
                    if question.kind == "single":
                        return
        case "blank":
            for n, accepted in enumerate(question.answers):
                number = accepted_number(accepted)
                form.locator("input.blank").nth(n).fill(
                    (str(number.value) if number else accepted) if right else "nothing"
                )
        case "order":
            places = list(asking.shuffled(question, "static"))
            while right and places != sorted(places):
                nth = next(n for n in range(len(places) - 1) if places[n] > places[n + 1])
                form.get_by_label(f"Move step {nth + 1} down", exact=True).click()
                places[nth], places[nth + 1] = places[nth + 1], places[nth]
        case "match":
            lefts = left_hand(question)
            for n, left in enumerate(lefts):
                pair = left.pair if right else next(p for p in shown["pairs"] if p != left.pair)
                form.locator("select").nth(n).select_option(label=pair)
        case "click":
            good = [option.text for option in question.options if option.right]
            form.locator("select").select_option(good[0] if right else "access")


@pytest.mark.parametrize("kind", ["single", "multiple", "blank", "order", "match", "click", "number"])
def test_each_kind_is_judged_and_a_reload_keeps_the_answer(stick, course, kind):
    place, nth, question = question_of(course, "blank" if kind == "number" else kind, kind == "number")
    page = stick(f"#stage={place}&view=quiz")
    number = page.locator(".numbers button").nth(nth)
    number.click()
    page.get_by_role("button", name="Check").click()
    if kind != "order":  # an order is always complete
        expect(page.locator(".missing")).to_have_text("Choose or write an answer first.")
        answer(page, question, right=False)
        page.get_by_role("button", name="Check").click()
    expect(page.locator(".verdict")).to_have_text("✗ Not yet.")
    expect(page.locator(".verdict")).to_be_focused()
    page.get_by_role("button", name="Try again").click()
    if question.computed:
        return  # the second try has other numbers
    answer(page, question, right=True)
    page.get_by_role("button", name="Check").click()
    expect(page.locator(".verdict")).to_have_text("✓ Right.")
    page.reload()
    page.wait_for_selector(READY)
    expect(number).to_have_accessible_name(f"Question {nth + 1}, right")
    expect(page.locator(f"[data-stage={place}] .ring")).not_to_have_attribute("stroke-dasharray", "0 100")
    page.get_by_role("button", name="Erase my answers").click()
    expect(number).to_have_accessible_name(f"Question {nth + 1}, open")
    page.get_by_role("button", name="Undo").click()
    expect(number).to_have_accessible_name(f"Question {nth + 1}, right")


def test_a_click_on_the_picture_answers_while_it_is_asked_for_and_selects_again_after(stick, course):
    place, nth, _ = question_of(course, "click")
    page = stick(f"#stage={place}&view=quiz")
    page.locator(".numbers button").nth(nth).click()
    page.locator("[data-stage=warehouse]").click()
    expect(page.locator("#pointed")).to_have_value("warehouse")
    expect(page.locator(".living")).to_have_attribute("data-selected", place)
    page.locator("#tab-explain").click()
    page.locator("[data-stage=warehouse]").click()
    expect(page.locator(".living")).to_have_attribute("data-selected", "warehouse")


def test_where_the_browser_keeps_nothing_answers_last_for_the_visit(stick, course, new_page, url):
    place, nth, question = question_of(course, "single")
    page = new_page()
    page.add_init_script("Object.defineProperty(window, 'localStorage', { get() { throw new Error('closed'); } })")
    page.goto(f"{url}#stage={place}&view=quiz")
    page.locator(".numbers button").nth(nth).click()
    answer(page, question, right=True)
    page.get_by_role("button", name="Check").click()
    expect(page.locator(".verdict")).to_have_text("✓ Right.")
    expect(page.locator("#view-quiz")).to_contain_text("This browser keeps nothing")


def test_a_citation_opens_the_list_at_its_source(stick, course):
    cited = next((p.id for p in course.places.values() if any("[@" in s.markdown for s in p.sections[:1])), None)
    if cited is None:
        return  # the course cites nothing yet
    page = stick(f"#stage={cited}")
    page.locator("article.on .cite").first.click()
    expect(page.locator("article.on .sources li a").first).to_be_focused()


def test_narrow_bars_differ_in_width_and_have_no_dashes(stick):
    page = stick()
    page.locator("#chart-load path.line").nth(1).wait_for(state="attached")
    looks = page.evaluate(
        """id => [...document.querySelectorAll(id)].map((line) => {
            const look = getComputedStyle(line);
            return [look.strokeWidth, look.strokeDasharray];
        })""",
        "#chart-load path.line",
    )
    assert {dash for _, dash in looks} == {"none"}
    assert len({width for width, _ in looks}) == len(looks) > 1


def test_a_chart_has_its_table(stick):
    page = stick()
    chart = page.locator("#chart-load")
    chart.get_by_text("As a table").click()
    expect(chart.locator("tbody tr")).to_have_count(288)
    expect(chart.locator("thead th").nth(1)).to_have_text("Ingestion (1/s)")


def test_the_keyboard_reaches_tabs_switches_and_stages(stick):
    page = stick()
    page.locator("#tab-explain").focus()
    page.keyboard.press("ArrowRight")
    expect(page.locator("#tab-watch")).to_be_focused()
    expect(page.locator("#view-watch table")).to_be_visible()
    page.locator("#size input").first.focus()
    page.keyboard.press("ArrowRight")
    expect(page.locator("#size input[value=stream]")).to_be_checked()
    assert "size=stream" in page.url
    page.locator("[data-stage=oltp]").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".living")).to_have_attribute("data-selected", "oltp")


def test_who_wants_less_motion_gets_a_still_picture(stick):
    page = stick(reduced_motion="reduce")
    expect(page.locator(".living")).to_have_attribute("data-playing", "false")


@pytest.mark.parametrize("width", [390, 768, 1440, 1920])
def test_nothing_is_wider_than_the_window(stick, width):
    page = stick("#stage=lake", width=width, height=844)
    for view in ("explain", "watch", "quiz"):
        page.locator(f"#tab-{view}").click()
        assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("hash", ["", "#stage=lake&view=watch", "#stage=masking&view=quiz"])
def test_axe_finds_nothing_serious_by_day_and_by_night(stick, hash):
    page = stick(hash)
    page.locator("#start input[value=push]").check()
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        found = Axe().run(page).response["violations"]
        assert [(each["id"], each["nodes"]) for each in found if each["impact"] in ("serious", "critical")] == []


def test_on_paper_the_controls_are_gone_and_every_text_can_be_had(stick, course):
    page = stick("#stage=lake")
    page.emulate_media(media="print")
    expect(page.locator("#controls")).to_be_hidden()
    expect(page.locator("article.on")).to_be_visible()
    page.evaluate("window.print = () => (window.printed = document.documentElement.className)")
    page.emulate_media(media="screen")
    page.get_by_role("button", name="Print every text").click()
    page.emulate_media(media="print")
    assert page.evaluate("window.printed") == "js whole"
    expect(page.locator("article.place:visible")).to_have_count(len(course.places) + 1)
    page.evaluate("window.dispatchEvent(new Event('afterprint'))")
    expect(page.locator("article.place:visible")).to_have_count(1)


def test_without_javascript_the_texts_can_be_read(stick, course):
    page = stick(java_script_enabled=False)
    expect(page.locator("article.place:visible")).to_have_count(len(course.places) + 1)
    expect(page.locator(".noscript")).to_be_visible()


CHANGES = [(1, 2), (2, 1), (0, 5), (3, 3), (1, 3.2), (100, 99.96), (3600, 3), (7, 7.3), (100, 0.01), (5, 0)]
TIMES_S = [0, 0.001, 0.0123, 0.5, 1, 1.04, 9.9, 12, 99, 120, 3500, 3599, 3600, 5000, 90_000, 172_800, 400_000]
NUMBERS = [0, 0.25, 0.123, 1.5, 12, 99.9, 100, 3400, 9999, 12_345, 120_000, 1_234_567]
TYPED = {
    "75 ± 5 % min": ["75", "1.25 h", "4500 s", "78.7 min", "80", "75 GB", "", "min", "−75"],
    "lake": [" Lake ", "lak"],
}
SAY = """(asked) => {
    window.headwaters = (() => { %FRAMES; return { duration, number }; })();
    %s
    const say = { change, duration, number, hashed, fits, doubt };
    return asked.map(([name, ...values]) => say[name](...values));
}"""


def fits(typed: str, accepted: str) -> bool:
    number = accepted_number(accepted)
    return normalised(typed) == normalised(accepted) or bool(number and number.fits(typed))


def test_a_talk_is_read_step_by_step_with_its_views_and_a_reload_stays(stick, course):
    talk = next(each for each in course.talks if each.id == "push-or-pull")
    page = stick(f"#talk={talk.id}")
    headline = page.locator(".talk-step.on h3")
    for nth, step in enumerate(talk.steps[:3], 1):
        expect(headline).to_have_text(step.headline)
        expect(page.locator("#talk-where")).to_have_text(f"Step {nth} of {len(talk.steps)}")
        for name, value in parse_qsl(step.view.removeprefix("?")):
            if name in ("start", "size", "transform"):
                expect(page.locator(f"#{name} input:checked")).to_have_value(value)
        page.keyboard.press("ArrowRight") if nth > 1 else page.get_by_role("button", name="Next", exact=True).click()
    expect(headline).to_be_focused()
    page.reload()
    expect(headline).to_have_text(talk.steps[3].headline)
    page.get_by_role("button", name="Leave the talk").click()
    expect(page.locator("#talk")).to_be_hidden()
    assert "talk=" not in page.url


def test_a_talks_questions_are_answered_and_revealed_and_its_predictions_told(stick, course):
    talk = next(each for each in course.talks if each.id == "push-or-pull")
    page = stick(f"#talk={talk.id}&step=4")
    truth = rehearsal.truth(talk.steps[3].ask.predict, course)
    page.get_by_role("button", name="Show what the simulation says").click()
    expect(page.locator("#talk-ask")).to_contain_text(f"Simulated: {measured(truth, 'min')}.")
    page.get_by_role("button", name="Next", exact=True).click()
    page.get_by_role("button", name="Next", exact=True).click()
    asked = page.locator("#talk-ask")
    expect(asked.locator(".explanation")).to_have_count(0)
    asked.get_by_role("button", name="Show the answer").click()
    expect(asked.locator(".explanation")).to_be_visible()
    asked.locator("input").first.check()
    asked.get_by_role("button", name="Check").click()
    expect(asked.locator(".verdict")).to_be_focused()


def right(case) -> bool:
    number = accepted_number(case["accepted"])
    return case["value"] is not None and abs(case["value"] - number.value) <= number.tolerance


def doubted(case) -> str:
    return doubt_in(case["typed"], accepted_number(case["accepted"]).unit)


def test_a_number_that_can_mean_two_is_asked_about_and_not_counted(stick, course):
    place, nth, _ = question_of(course, "blank", number=True)
    page = stick(f"#stage={place}&view=quiz")
    page.locator(".numbers button").nth(nth).click()
    page.locator("input.blank").first.fill("1,500")
    page.get_by_role("button", name="Check").click()
    expect(page.locator(".missing")).to_contain_text("1,500 can mean 1500 or 1.5")
    expect(page.locator(".verdict")).to_have_count(0)


def test_the_page_says_figures_and_takes_numbers_as_python_does(page: Page):
    page.set_content(
        f"<script type='application/json' id='course'>{json.dumps({'units': UNITS, 'typed': TYPING})}</script>"
    )
    long = "wärme" * 30
    calls = [
        *((("change", *pair), words.change(*pair)) for pair in CHANGES),
        *((("duration", time_s), words.duration(time_s)) for time_s in TIMES_S),
        *((("number", value), words.number(value)) for value in NUMBERS),
        *(
            (("fits", one, asking._blank(key, "id"), "id"), fits(one, key))
            for key, typed in TYPED.items()
            for one in typed
        ),
        *(
            ((name, case["typed"], asking._blank(case["accepted"], "id"), "id"), said(case))
            for case in json.loads((ROOT / "tests/typed_numbers.json").read_text(encoding="utf-8"))
            for name, said in (("fits", right), ("doubt", doubted))
        ),
        (("hashed", long, "salt"), hashed(long, "salt")),
    ]
    script = (ROOT / "lifecycle/outputs/offline/page/1-words.js").read_text(encoding="utf-8")
    frames = (ROOT / "lifecycle/diagram/living/1-frames.js").read_text(encoding="utf-8")
    said = page.evaluate(SAY.replace("%FRAMES", frames).replace("%s", script), [call for call, _ in calls])
    assert list(zip((call for call, _ in calls), said, strict=True)) == calls
