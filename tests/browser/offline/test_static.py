"""The copy for a stick, opened as a file in a real browser: no server, no network."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from lifecycle.course.quizzes.checking import shuffled
from lifecycle.course.quizzes.kinds.match import left_hand
from lifecycle.course.quizzes.numbers import accepted_number
from tests.browser.support.accessibility import serious_faults
from tests.browser.support.offline_copy import question_of

READY = ".living[data-ready] g.node"


def figure(page: Page, label: str):
    return page.locator("#figures > div", has_text=label)


def test_a_clicked_stage_is_explained_and_stands_in_the_address(stick, copied):
    page = stick()
    page.locator("[data-stage=lake]").click()
    expect(page.locator("#panel-title")).to_have_text(copied.places["lake"].title)
    expect(page.get_by_text(copied.places["lake"].summary).locator("visible=true")).to_be_visible()
    assert page.url.endswith("#stage=lake")
    page.go_back()
    expect(page.locator("#panel-title")).to_have_text(copied.overview.title)
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


def test_a_recorded_order_is_followed_and_a_switch_keeps_it(stick):
    page = stick("#moment=45000")
    expect(page.locator(".follow")).to_be_hidden()
    page.locator("#follow").select_option("slowest")
    expect(page.locator(".follow")).to_be_visible()
    assert page.url.endswith("#follow=slowest")
    order = page.locator(".follow-tag").inner_text()
    expect(page.locator(".parts button").first).to_be_visible()
    page.get_by_role("button", name="To the next stage").click()
    expect(page.locator(".gold:not(.off) .gold-words")).to_contain_text(order.split(" ·")[0])
    words = page.locator(".ribbon-of").all_inner_texts()
    page.locator("#size input[value=stream]").check()
    expect(page.locator(".beside .ribbon-of")).to_contain_text(words[0].split(": ")[1])
    expect(page.locator(".follow-tag")).to_have_text(order)
    page.locator("#start input[value=push]").check()
    expect(page.locator("#notice")).to_contain_text("No such order was recorded on this run")
    expect(page.locator(".follow")).to_be_hidden()


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


def test_an_address_of_nonsense_shows_the_course_all_the_same(stick, copied):
    page = stick("#stage=nowhere&scenario=%22%3E&size=huge&knobs=a.b:1&moment=x")
    expect(page.locator("#panel-title")).to_have_text(copied.overview.title)
    expect(page.locator("#notice")).to_contain_text("was not computed")


def answer(page: Page, question, right: bool) -> None:
    """Give an answer through the controls of its kind."""
    form = page.locator(".question form")
    match question.kind:
        case "single" | "multiple":
            for index, listed in enumerate(shuffled(question, "static")):
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
            places = list(shuffled(question, "static"))
            while right and places != sorted(places):
                nth = next(n for n in range(len(places) - 1) if places[n] > places[n + 1])
                form.get_by_label(f"Move step {nth + 1} down", exact=True).click()
                places[nth], places[nth + 1] = places[nth + 1], places[nth]
        case "match":
            lefts = left_hand(question)
            for n, left in enumerate(lefts):
                others = (option.pair for option in question.options if option.pair != left.pair)
                pair = left.pair if right else next(others)
                form.locator("select").nth(n).select_option(label=pair)
        case "click":
            good = [option.text for option in question.options if option.right]
            form.locator("select").select_option(good[0] if right else "access")


@pytest.mark.parametrize("kind", ["single", "multiple", "blank", "order", "match", "click", "number"])
def test_each_kind_is_judged_and_a_reload_keeps_the_answer(stick, copied, kind):
    place, nth, question = question_of(copied, "blank" if kind == "number" else kind, kind == "number")
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


def test_a_click_on_the_picture_answers_while_it_is_asked_for_and_selects_again_after(stick, copied):
    place, nth, _ = question_of(copied, "click")
    page = stick(f"#stage={place}&view=quiz")
    page.locator(".numbers button").nth(nth).click()
    page.locator("[data-stage=warehouse]").click()
    expect(page.locator("#pointed")).to_have_value("warehouse")
    expect(page.locator(".living")).to_have_attribute("data-selected", place)
    page.locator("#tab-explain").click()
    page.locator("[data-stage=warehouse]").click()
    expect(page.locator(".living")).to_have_attribute("data-selected", "warehouse")


def test_where_the_browser_keeps_nothing_answers_last_for_the_visit(stick, copied, new_page, copy_url):
    place, nth, question = question_of(copied, "single")
    page = new_page()
    page.add_init_script("Object.defineProperty(window, 'localStorage', { get() { throw new Error('closed'); } })")
    page.goto(f"{copy_url}#stage={place}&view=quiz")
    page.locator(".numbers button").nth(nth).click()
    answer(page, question, right=True)
    page.get_by_role("button", name="Check").click()
    expect(page.locator(".verdict")).to_have_text("✓ Right.")
    expect(page.locator("#view-quiz")).to_contain_text("This browser keeps nothing")


def test_a_citation_opens_the_list_at_its_source(stick, copied):
    cited = next((p.id for p in copied.places.values() if any("[@" in s.markdown for s in p.sections[:1])), None)
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


def test_figures_share_a_row_where_there_is_room_and_wrap_evenly_where_there_is_not(stick):
    page = stick()
    page.locator("#start input[value=push]").check()
    rows = "[...document.querySelectorAll('#figures > div')].map((figure) => figure.offsetTop)"
    for width in (1920, 1440, 1280, 768, 390):
        page.set_viewport_size({"width": width, "height": 900})
        page.wait_for_function(
            f"""wide => {{
                const tops = {rows};
                const counts = [...new Set(tops)].map((top) => tops.filter((other) => other === top).length);
                return counts.length === 1 ? tops.length > 4 : !wide && Math.max(...counts) - counts.at(-1) <= 1;
            }}""",
            arg=width >= 1440,
        )


@pytest.mark.parametrize("hash", ["", "#stage=lake&view=watch", "#stage=masking&view=quiz"])
def test_axe_finds_nothing_serious_by_day_and_by_night(stick, hash):
    page = stick(hash)
    page.locator("#start input[value=push]").check()
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        assert serious_faults(page) == []


def test_on_paper_the_controls_are_gone_and_every_text_can_be_had(stick, copied):
    page = stick("#stage=lake")
    page.emulate_media(media="print")
    expect(page.locator("#controls")).to_be_hidden()
    expect(page.locator("article.on")).to_be_visible()
    page.evaluate("window.print = () => (window.printed = document.documentElement.className)")
    page.emulate_media(media="screen")
    page.get_by_role("button", name="Print every text").click()
    page.emulate_media(media="print")
    assert page.evaluate("window.printed") == "js whole"
    expect(page.locator("article.place:visible")).to_have_count(len(copied.places) + 1)
    page.evaluate("window.dispatchEvent(new Event('afterprint'))")
    expect(page.locator("article.place:visible")).to_have_count(1)


def test_without_javascript_the_texts_can_be_read(stick, copied):
    page = stick(java_script_enabled=False)
    expect(page.locator("article.place:visible")).to_have_count(len(copied.places) + 1)
    expect(page.locator(".noscript")).to_be_visible()
