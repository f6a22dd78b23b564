"""The whole app in a real Chromium, as the learner, the presenter and the team use it."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import numpy as np
import pytest
from playwright.sync_api import Page, expect

from lifecycle.course import load
from lifecycle.simulation.day.run import simulate
from lifecycle.simulation.readings.measures import edges, freshness
from lifecycle.simulation.readings.measures import load as arrivals
from lifecycle.words import duration, number
from tests.browser.support.explorer_page import choose, opened, panel_title, ready, settled, without_charts
from tests.support.narrow import not_none

ROOT = Path(__file__).parents[2]
COURSE = load(ROOT / "content")


def metric(page: Page, label: str):
    return page.locator(".st-key-headline [data-testid=stMetric]", has_text=label).locator(
        "[data-testid=stMetricValue]"
    )


@pytest.mark.parametrize(
    ("scenario", "words", "begins", "ends"),
    [
        ("flash-sale", "Rush of customers, 12:00 to 13:00", 12, 13),
        ("monday-dashboards", f"Rush of viewers at {COURSE.pipeline.by_id['bi'].label}, 09:00 to 10:00", 9, 10),
        ("nightly-file", f"Timetable of {COURSE.pipeline.by_id['api'].label}, 03:00", 3, 3),
    ],
)
def test_what_a_day_is_about_stands_above_the_slider_where_it_is_no_fault(page, app, scenario, words, begins, ends):
    without_charts(page, f"{app}?scenario={scenario}")
    mark, said = page.locator(".faults span"), page.locator(".marks li")
    expect(said).to_have_text(words)
    expect(said).to_be_visible()
    assert said.bounding_box()["y"] >= page.get_by_role("slider", name="Time of day").bounding_box()["y"] + 20
    expect(mark).to_have_class("occasion")
    box, way = mark.bounding_box(), page.locator(".faults").bounding_box()
    assert (box["x"] - way["x"]) / way["width"] == pytest.approx(begins / 24, abs=0.01)
    assert box["width"] / way["width"] == pytest.approx((ends - begins) / 24, abs=0.01)


@pytest.mark.parametrize("moment_s", [8.5 * 3600, 13 * 3600 + 37 * 60])
def test_the_age_that_the_diagram_shows_is_that_of_the_very_minute(page, app, moment_s):
    """On an edge of the frames and between two, while newer data comes every hour."""
    day = not_none(COURSE.named("consumer-crash")).scenario
    run = simulate(COURSE.pipeline.network, day, COURSE.traces.get(day.trace))
    (age_s,) = freshness(run, "bi", np.array([moment_s]))
    without_charts(page, f"{app}?scenario=consumer-crash&moment={moment_s:.0f}")
    expect(page.locator("#stage-bi .state")).to_have_text(f"{duration(age_s)} old")


def test_a_figure_has_one_unit_in_the_diagram_the_headline_and_the_title(page, app):
    """The peak at the ingestion, in the very five minutes of it, and the age at a whole hour."""
    run = simulate(COURSE.pipeline.network, not_none(COURSE.named("double-run")).scenario)
    per_s = arrivals(run, "ingestion", edges(run))
    opened(page, f"{app}?scenario=double-run&moment={300 * int(per_s.argmax()) + 150}")
    peak = f"{number(per_s.max())}/s"
    expect(metric(page, "Peak load at Ingestion")).to_have_text(peak)
    expect(page.locator(".st-key-chart-load")).to_contain_text(f"Ingestion on the wire at {peak.removesuffix('/s')}")
    page.get_by_text("The same state in words").click()
    row = page.get_by_role("row").filter(has=page.get_by_role("rowheader", name="Ingestion"))
    expect(row.locator("td").first).to_have_text(peak.removesuffix("/s"))
    expect(page.locator("#stage-oltp .state")).to_have_text(re.compile(r"^[\d.]+/s$"))
    expect(page.locator("#stage-bi .state")).to_have_text(re.compile(r"^(\d+ h )?\d+ min old$"))


def test_a_click_on_a_stage_explains_it_and_writes_the_address(page, app):
    without_charts(page, app)
    for stage in ("lake", "oltp", "reverse-etl", "masking"):
        page.locator(f"#stage-{stage}").click()
        expect(panel_title(page)).to_have_text(COURSE.places[stage].title)
        expect(page).to_have_url(re.compile(f"stage={stage}"))


def test_back_goes_back_and_a_reload_loses_nothing(page, app):
    opened(page, app)
    for stage in ("lake", "bi"):
        page.locator(f"#stage-{stage}").click()
        expect(panel_title(page)).to_have_text(COURSE.places[stage].title)
        settled(page)  # else what the server says of the click comes between Back and the reload
        expect(page).to_have_url(re.compile(f"stage={stage}"))
    page.go_back()
    expect(panel_title(page)).to_have_text(COURSE.places["lake"].title)
    page.reload()
    ready(page)
    expect(panel_title(page)).to_have_text(COURSE.places["lake"].title)
    expect(page.locator("#stage-lake")).to_have_attribute("aria-pressed", "true")


def test_the_plain_control_and_the_diagram_say_the_same(page, app):
    without_charts(page, f"{app}/?stage=lake")
    control = page.locator(".st-key-stage")
    expect(control.locator("input")).to_have_value(re.compile("Raw storage|"))
    control.locator("input").click()
    page.get_by_role("option", name="Transformation").click()
    expect(page.locator("#stage-transform")).to_have_attribute("aria-pressed", "true")
    expect(panel_title(page)).to_have_text(COURSE.places["transform"].title)


def test_a_thing_to_try_turns_its_setting_in_place_and_the_run_before_is_the_ghost(page, app):
    opened(page, f"{app}/?scenario=flash-sale&seed=3")
    page.evaluate("document.querySelector('.stApp').dataset.mark = 'here'")
    panel = page.locator(".st-key-stage-panel")
    expect(panel.get_by_text(not_none(COURSE.named("flash-sale")).brief.see[:40])).to_be_hidden()
    panel.get_by_role("link", name="a second consumer").press("Enter")
    expect(page).to_have_url(re.compile("knobs=buffer.consumers%3A2"))
    expect(page).to_have_url(re.compile("seed=3"))
    expect(panel_title(page)).to_have_text(COURSE.places["buffer"].title)
    expect(page.locator(".st-key-headline")).to_contain_text("was")
    assert page.locator(".stApp[data-mark=here]").count() == 1
    panel.get_by_text("Flash sale at noon").click()
    panel.get_by_text("What you will see").click()
    expect(panel.get_by_text(not_none(COURSE.named("flash-sale")).brief.see[:40])).to_be_visible()


def bring(page, name, text):
    page.get_by_role("button", name="More", exact=True).click()
    page.locator(".st-key-drawer input[type=file]").set_input_files(
        {"name": name, "mimeType": "text/csv", "buffer": text.encode()}
    )


def test_a_day_of_ones_own_is_replayed_survives_a_reload_and_is_let_go(page, app):
    opened(page, f"{app}/?size=stream&transform=stream&start=push")
    usual = metric(page, "Delivered").inner_text()
    bring(page, "tills.csv", "at\n" + "".join(f"2026-03-02T09:{i // 60:02d}:{i % 60:02d}\n" for i in range(900)))
    shown = page.locator(".st-key-own-day-shown")
    expect(shown).to_contain_text("tills.csv: 900 events.")
    expect(page.locator(".st-key-drawer")).to_have_count(0)
    expect(metric(page, "Delivered")).to_have_text(re.compile(r"^8\d\d$|^900$"))
    expect(page).to_have_url(re.compile("trace=own-[0-9a-f]{16}"))
    page.reload()
    ready(page)
    expect(shown).to_contain_text("tills.csv: 900 events.")
    page.get_by_role("button", name="Back to the scenario's arrivals").click()
    expect(shown).to_have_count(0)
    expect(metric(page, "Delivered")).to_have_text(usual)
    assert "trace=" not in page.url


def test_a_file_that_cannot_be_read_is_told_with_its_row_and_nothing_else_changes(page, app):
    opened(page, app)
    usual = metric(page, "Delivered").inner_text()
    bring(page, "broken.csv", "at\n" + 60 * "2026-03-02T09:00:00\n" + "soon\n")
    expect(page.locator(".st-key-drawer").get_by_role("alert")).to_contain_text("line 62")
    page.locator(".st-key-drawer").get_by_role("button", name="Close").press("Escape")
    expect(page.locator(".st-key-drawer")).to_have_count(0)
    expect(metric(page, "Delivered")).to_have_text(usual)
    assert "trace=" not in page.url


def test_a_switch_changes_figures_diagram_charts_and_address_together(page, app):
    opened(page, app)
    before = metric(page, "p95 freshness").inner_text()
    # the same drawing goes on living: the node that was there before is there after
    page.evaluate("document.querySelector('.stApp').dataset.mark = 'here'")
    svg = page.locator(".living svg.front").element_handle()
    choose(page, "size", "Stream")
    choose(page, "transform", "Stream")
    expect(metric(page, "p95 freshness")).not_to_have_text(before)
    expect(page).to_have_url(re.compile("size=stream"))
    expect(page.locator(".st-key-headline")).to_contain_text("was")
    assert svg.evaluate("node => node.isConnected")


def test_a_link_opens_the_very_same_picture(new_page, app):
    first = opened(new_page(), f"{app}/?stage=buffer&scenario=flash-sale&start=push&size=stream&seed=5&moment=45000")
    second = opened(new_page(), first.url)
    for label in ("p95 freshness", "Peak load", "Delivered", "Lost"):
        assert metric(first, label).inner_text() == metric(second, label).inner_text()
    expect(second.locator(".living .time")).to_have_text("12:30")
    assert first.locator("#flow-buffer-lake").get_attribute("data-tokens") == second.locator(
        "#flow-buffer-lake"
    ).get_attribute("data-tokens")


def test_a_wrong_link_says_so_and_shows_the_default(page, app):
    without_charts(page, f"{app}/?stage=nowhere&seed=NaN")
    expect(page.get_by_role("alert").first).to_contain_text("Left out of the link")
    expect(panel_title(page)).to_have_text(not_none(COURSE.overview).title)


def test_answers_survive_a_reload_and_the_ring_shows_them(page, app):
    opened(page, f"{app}/?stage=lake&view=quiz")
    quiz = page.locator(".st-key-quiz")
    place = COURSE.places["lake"]
    question = next(q for q in place.questions if q.kind == "single")
    index = place.questions.index(question)
    quiz.get_by_text(re.compile(f"^{index + 1} ")).first.click()
    right = next(option for option in question.options if option.right)
    quiz.locator("label", has_text=re.sub(r"[*`\\]", "", right.text)[:30]).first.click()
    quiz.get_by_role("button", name="Check").click()
    expect(quiz.get_by_text("Right.", exact=True)).to_be_visible()
    expect(quiz).to_contain_text(f"1 of {len(place.questions)} right")
    page.reload()
    ready(page)
    expect(page.locator(".st-key-quiz")).to_contain_text(f"1 of {len(place.questions)} right")
    expect(page.locator("#stage-lake")).to_have_attribute("aria-label", re.compile(r"quiz|question", re.I))


def test_right_answers_do_not_reach_the_browser_before_they_are_given(page, app):
    frames: list[bytes] = []
    page.on(
        "websocket",
        lambda socket: socket.on(
            "framereceived", lambda data: frames.append(data if isinstance(data, bytes) else data.encode())
        ),
    )
    without_charts(page, f"{app}/?stage=lake&view=quiz")
    expect(page.locator(".st-key-quiz")).to_contain_text("Check")
    sent = b"".join(frames)
    question = COURSE.places["lake"].questions[0]
    for option in question.options:
        if option.feedback:
            assert option.feedback[:40].encode() not in sent


def test_predict_first_asks_before_it_shows(page, app):
    opened(page, app)
    before = metric(page, "p95 freshness").inner_text()
    page.locator(".st-key-predict-first label").first.click()
    choose(page, "size", "Stream")
    form = page.locator(".st-key-predict")
    expect(form).to_be_visible()
    expect(metric(page, "p95 freshness")).to_have_text(before)
    for _ in range(2):
        form.get_by_text("far lower", exact=True).nth(_).click()
    form.get_by_role("button", name="Show me").click()
    expect(page.locator(".st-key-charts")).to_contain_text("of 4 points")
    expect(metric(page, "p95 freshness")).not_to_have_text(before)


def test_every_chart_gives_its_data_as_csv(page, app):
    opened(page, app)
    with page.expect_download() as download:
        page.locator(".st-key-csv-freshness button").first.click()
    rows = list(csv.reader(Path(download.value.path()).read_text(encoding="utf-8").splitlines()))
    assert rows[0] == ["time", "consumer", "age (s)"]
    (drawn,) = page.evaluate(
        """[...document.querySelectorAll('.js-plotly-plot')]
            .filter((each) => each.layout.yaxis.title.text === 'age of data')
            .map((each) => each._fullData.map((line) => [line.name, line._length]))"""
    )
    for name, points in drawn:
        assert sum(row[1] == name for row in rows) == points


def test_under_the_pointer_a_chart_says_the_moment_as_a_clock_does(page, app):
    opened(page, f"{app}/?moment=43200")
    charts = page.locator(".st-key-charts .js-plotly-plot")
    for nth in range(2):
        charts.nth(nth).scroll_into_view_if_needed()
        box = charts.nth(nth).locator(".nsewdrag").bounding_box()
        page.mouse.move(box["x"] + box["width"] / 3, box["y"] + box["height"] / 2)
        said = charts.nth(nth).locator(".hoverlayer .legendtitletext")
        expect(said).to_have_text(re.compile(r"^0[78]:\d\d$"))
        page.mouse.move(0, 0)


def test_the_charts_carry_the_diagrams_moment(page, app):
    opened(page, f"{app}/?moment=43200")
    lines = page.locator(".st-key-charts .js-plotly-plot > .playhead")
    expect(lines).to_have_count(2)
    noon = lines.first.bounding_box()["x"]
    scrub = page.locator(".living input[type=range]")
    scrub.focus()
    scrub.press("Home")
    page.wait_for_function(
        "x => document.querySelector('.st-key-charts .js-plotly-plot > .playhead').getBoundingClientRect().x < x - 50",
        arg=noon,
    )


def test_nothing_is_loaded_from_anywhere_else(page, app):
    strangers: list[str] = []
    page.on(
        "request",
        lambda request: (
            strangers.append(request.url)
            if not request.url.startswith((app, app.replace("http", "ws"), "data:", "blob:"))
            else None
        ),
    )
    opened(page, f"{app}/?stage=ingestion")
    page.get_by_role("button", name="How it moves").click()
    page.goto(f"{app}/practice")
    expect(page.locator(".st-key-review")).to_be_visible()
    assert strangers == []
