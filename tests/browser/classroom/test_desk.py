"""The presenter's desk: it drives the class from another machine, and survives a reload."""

import pytest
from playwright.sync_api import expect

from tests.browser.classroom.test_phone import check_axe
from tests.browser.conftest import ROOT
from tests.browser.support.live_class import HEADLINES, start
from tests.browser.support.phone_page import choose

SCREEN = """(url) => {
    window.heard = [];
    new EventSource(url).onmessage = (event) => window.heard.push(JSON.parse(event.data));
}"""
IS_AT = """(at) => {
    const s = window.heard.at(-1)?.state;
    return s && JSON.stringify([s.step, s.points, s.black]) === JSON.stringify(at);
}"""
# A key, and the step and points that it leads to from where the one before led.
KEYS = (
    ("ArrowRight", 0, 1),
    ("PageDown", 0, 2),
    (" ", 1, 0),
    ("ArrowLeft", 0, 2),
    ("PageUp", 0, 1),
    ("End", 5, 0),
    ("Home", 0, 0),
)


def headline(page):
    return page.locator("#headline")


def test_the_secret_leaves_the_address_and_a_reload_keeps_the_desk(desk, lesson):
    expect(desk).to_have_url(f"{lesson.url}/desk/{lesson.code}")
    desk.keyboard.press("End")
    expect(headline(desk)).to_have_text(HEADLINES[-1])
    desk.reload()
    expect(headline(desk)).to_have_text(HEADLINES[-1])
    assert lesson.secret not in desk.content()


def test_without_the_secret_there_is_no_desk(page, lesson):
    page.goto(f"{lesson.url}/desk/{lesson.code}")
    expect(page.get_by_role("alert")).to_contain_text("the presenter’s own link")
    expect(page.locator("#desk")).to_be_hidden()
    page.goto(f"{lesson.url}/desk/{lesson.code}#wrong")
    page.reload()
    expect(page.get_by_role("alert")).to_contain_text("Only the presenter’s own link".replace("’", "'"))


def test_keys_and_buttons_drive_the_audiences_window_and_another_desk(desk, new_page, lesson):
    hall, other = new_page(), new_page(390, 844)
    hall.goto(f"{lesson.url}/join")
    hall.evaluate(SCREEN, f"{lesson.url}/live/{lesson.code}/events?screen=1")
    other.goto(lesson.desk)
    expect(other.locator("#desk")).to_be_visible()

    def hall_is_at(step, points=0, black=False):
        hall.wait_for_function(IS_AT, arg=[step, points, black])
        expect(headline(other)).to_have_text(HEADLINES[step])

    hall_is_at(0)
    for key, step, points in KEYS:
        desk.keyboard.press(key)
        hall_is_at(step, points)
    desk.keyboard.press("4")
    expect(desk.locator("#typed")).to_have_text("4")
    desk.keyboard.press("Enter")
    hall_is_at(3)
    desk.keyboard.press("b")
    hall_is_at(3, black=True)
    expect(desk.locator("#black")).to_have_attribute("aria-pressed", "true")
    desk.get_by_role("button", name="Next").click()
    hall_is_at(4)
    other.get_by_role("button", name="Back").click()
    hall_is_at(3)
    expect(headline(desk)).to_have_text(HEADLINES[3])
    expect(desk.locator("#next")).to_have_text(f"Next: {HEADLINES[4]} (a question)")
    expect(desk.locator("#notes")).to_have_text(f"Say {HEADLINES[3].lower()}.")


def test_the_desk_shows_what_the_hall_reads_and_which_point_comes_next(desk, lesson):
    seen, points = desk.locator("#seen"), desk.locator("#shown li")
    expect(seen).to_contain_text("The hall reads welcome.")
    expect(points).to_have_text(["▸ nextPoint 1", "laterPoint 2"])
    desk.keyboard.press("ArrowRight")
    expect(points).to_have_text(["✓ shownPoint 1", "▸ nextPoint 2"])
    desk.keyboard.press("ArrowRight")
    expect(points).to_have_text(["✓ shownPoint 1", "✓ shownPoint 2"])
    desk.keyboard.press("ArrowRight")
    expect(seen).to_contain_text("The hall reads a choice.")
    expect(points).to_have_count(0)


def test_the_first_next_only_takes_the_card_away_and_the_desk_says_so(desk, new_page, lesson):
    hall = new_page(800, 600)
    hall.goto(f"{lesson.url}/join")
    hall.evaluate(SCREEN, f"/live/{lesson.code}/events?screen=1")
    desk.keyboard.press("j")
    expect(desk.locator("#covered")).to_contain_text("“Show the step” only takes it away")
    expect(desk.get_by_role("button", name="How to join")).to_have_attribute("aria-pressed", "true")
    hall.wait_for_function("() => window.heard.at(-1)?.state.joining")
    desk.get_by_role("button", name="Show the step ›").click()
    hall.wait_for_function("() => window.heard.at(-1)?.state.joining === false")
    hall.wait_for_function(IS_AT, arg=[0, 0, False])
    expect(desk.locator("#covered")).to_be_empty()
    desk.keyboard.press("j")
    desk.keyboard.press("ArrowRight")  # quick keys: the first for the card, the second for the point
    desk.keyboard.press("ArrowRight")
    hall.wait_for_function(IS_AT, arg=[0, 1, False])


def test_a_key_pressed_before_the_last_was_answered_acts_on_what_the_desk_shows(desk, new_page, lesson):
    hall = new_page(800, 600)
    hall.goto(f"{lesson.url}/join")
    hall.evaluate(SCREEN, f"/live/{lesson.code}/events?screen=1")
    held, holding = [], [True]
    desk.route("**/act", lambda route: held.append(route) if holding[0] else route.continue_())
    with desk.expect_request("**/act"):
        desk.keyboard.press("j")
    desk.keyboard.press("ArrowRight")
    with desk.expect_request(lambda asked: asked.post_data_json == {"action": "join", "on": False}):
        held[0].continue_()  # its answer says that the card is there, which the next key has taken away since
    expect(desk.locator("#covered")).to_be_empty()
    desk.keyboard.press("ArrowRight")
    holding[0] = False
    held[1].continue_()
    hall.wait_for_function(IS_AT, arg=[0, 1, False])


def test_quick_keys_arrive_all_and_in_their_order(desk):
    with desk.expect_response(lambda answer: answer.request.post_data_json == {"action": "go", "step": 4, "points": 0}):
        for key in [*["ArrowRight"] * 5, "End", "ArrowLeft"]:
            desk.keyboard.press(key)
    expect(headline(desk)).to_have_text(HEADLINES[4])
    desk.reload()
    expect(headline(desk)).to_have_text(HEADLINES[4])


def test_a_vote_is_asked_watched_voted_again_and_shown(desk, new_page, lesson):
    phone = new_page(390, 844)
    phone.goto(lesson.phone)
    expect(phone.locator("#wait")).to_be_visible()
    expect(desk.locator("#phones")).to_have_text("1")
    expect(desk.get_by_role("button", name="Ask")).to_be_disabled()
    desk.keyboard.press("2")
    desk.keyboard.press("Enter")
    desk.get_by_role("button", name="Ask").click()
    choose(phone, "In the sea")
    expect(desk.locator("#votes")).to_have_text("1")
    expect(desk.locator("#tally .row", has_text="In the sea")).to_contain_text("1")
    a_second_later(desk)
    desk.keyboard.press("v")
    expect(desk.locator("#poll")).to_contain_text("Round 1, closed, hidden from the hall.")
    desk.get_by_role("button", name="Second round").click()
    choose(phone, "In the lake")
    expect(desk.locator("#poll")).to_contain_text("1 voted twice: wrong at first, right now.")
    first = desk.locator("#tally .row").first  # the letter stands apart from words that may begin with "A"
    expect(first.locator(".letter")).to_have_text("A")
    assert first.locator(".letter").bounding_box()["width"] >= 16
    desk.get_by_role("button", name="Close").click()
    desk.keyboard.press("r")
    expect(desk.locator("#poll")).to_contain_text("bars shown to the hall")
    expect(phone.locator("#answer")).to_be_hidden()
    a_second_later(desk)
    desk.keyboard.press("PageDown")  # a clicker's key, too, comes to the answer before it goes on
    expect(desk.locator("#poll")).to_contain_text("answer shown to the hall")
    expect(headline(desk)).to_have_text(HEADLINES[1])
    expect(phone.locator("#answer h2")).to_have_text("Right")
    expect(desk.get_by_role("button", name="Reopen")).to_be_disabled()
    desk.keyboard.press("v")
    expect(desk.get_by_role("alert")).to_contain_text("This vote is over")
    desk.keyboard.press("PageDown")
    expect(headline(desk)).to_have_text(HEADLINES[2])


def a_second_later(page):
    """Keys of one kind within a second count once: let it pass by the page's own clock."""
    page.wait_for_function("(until) => performance.now() > until", arg=page.evaluate("performance.now() + 1050"))


def test_a_key_that_bounces_skips_no_discussion_and_an_open_vote_is_left_by_two_presses(desk, lesson):
    for key in ("2", "Enter", "v"):
        desk.keyboard.press(key)
    expect(desk.locator("#poll")).to_contain_text("Round 1, open")
    desk.keyboard.press("ArrowRight")
    expect(desk.get_by_role("alert")).to_contain_text("The vote is open: press again to leave it.")
    desk.keyboard.press("ArrowRight")  # a bounce
    expect(headline(desk)).to_have_text(HEADLINES[1])
    a_second_later(desk)
    for _ in range(3):
        desk.keyboard.press("v")
    expect(desk.locator("#discussed")).to_contain_text("They talk it over: 1:")
    expect(desk.locator("#poll")).to_contain_text("Round 1, closed")
    desk.get_by_role("button", name="Second round").click()
    expect(desk.locator("#poll")).to_contain_text("Round 2, open")
    desk.get_by_role("button", name="Talk it over").click()
    expect(desk.locator("#poll")).to_contain_text("Round 1, closed")
    desk.get_by_role("button", name="Reopen").click()
    expect(desk.locator("#poll")).to_contain_text("Round 1, open")
    desk.keyboard.press("End")
    expect(desk.get_by_role("alert")).to_contain_text("press again to leave it")
    a_second_later(desk)
    desk.keyboard.press("End")
    expect(headline(desk)).to_have_text(HEADLINES[-1])


def test_texts_reach_the_hall_one_by_one_when_the_desk_shows_them(desk, new_page, lesson):
    hall, phone = new_page(), new_page(390, 844)
    hall.goto(f"{lesson.url}/join")
    hall.evaluate(SCREEN, f"{lesson.url}/live/{lesson.code}/events?screen=1")
    phone.goto(lesson.phone)
    desk.get_by_text("Ask in your own words").click()
    desk.get_by_label("A question that phones answer").fill("What surprised you?")
    desk.get_by_role("button", name="Ask the class").click()
    phone.locator("#text").fill("<img src=x onerror=alert(1)> v r b 2")
    phone.locator("#send").click()
    text = desk.locator("#texts li")
    expect(text).to_contain_text("<img src=x onerror=alert(1)> v r b 2")
    expect(desk.locator("#texts img")).to_have_count(0)
    assert hall.evaluate("window.heard.every((each) => !each.texts.length)")
    check_axe(desk)
    text.get_by_role("button").click()
    hall.wait_for_function("() => window.heard.at(-1)?.texts[0]?.text.startsWith('<img')")
    desk.get_by_role("button", name="Hide all texts").click()
    hall.wait_for_function("() => window.heard.at(-1)?.texts.length === 0")


def test_the_door_is_shut_at_the_desk_and_more_phones_are_let_in(desk, new_page, lesson):
    desk.get_by_text("Who may join").click()
    desk.get_by_label("Phones from one address, at most").fill("1")
    desk.get_by_role("button", name="Set").click()
    inside, outside = new_page(390, 844), new_page(390, 844)
    inside.goto(lesson.phone)
    expect(inside.locator("#wait")).to_contain_text("You are in")
    outside.goto(lesson.phone)
    expect(outside.locator("#wait")).to_contain_text("ask the presenter")
    expect(desk.locator("#away")).to_have_text(
        "1 phone from one address was turned away: raise the limit under “Who may join”."
    )
    desk.get_by_label("Phones from one address, at most").fill("20")
    desk.get_by_role("button", name="Set").click()
    expect(outside.locator("#wait")).to_contain_text("You are in")
    expect(desk.locator("#away")).to_be_empty()
    desk.get_by_label("The door").select_option("present")
    expect(desk.locator("#door-said")).to_have_text("those who are in")
    with desk.expect_download() as slips:
        desk.get_by_role("button", name="Print slips").click()
    assert slips.value.suggested_filename == f"headwaters-class-{lesson.code}-seats.pdf"
    desk.get_by_text("Results, keys, and the end").click()
    expect(desk.locator("#erased")).not_to_be_empty()
    check_axe(desk)
    for kind in ("CSV", "PDF"):
        with desk.expect_download() as results:
            desk.get_by_role("link", name=f"Results ({kind})").click()
        assert results.value.suggested_filename == f"headwaters-class-{lesson.code}.{kind.lower()}"
    desk.get_by_role("button", name="This desk on your phone").click()
    expect(desk.get_by_role("img", name="The desk’s link as a QR code")).to_be_visible()
    assert desk.evaluate("document.querySelector('#scan-code').complete")
    assert lesson.secret not in desk.content()


def test_the_desk_asks_before_phones_drop_out_and_what_was_voted_stays(desk, new_page, lesson):
    lesson.ask(1)
    phone = new_page(390, 844)
    phone.goto(lesson.phone)
    choose(phone, "Nowhere")
    expect(desk.locator("#votes")).to_have_text("1")
    bars = desk.locator("#tally").get_attribute("aria-label")
    asked = []
    desk.get_by_text("Who may join").click()

    def refuse(dialog):
        asked.append(dialog.message)
        dialog.dismiss()

    desk.once("dialog", refuse)
    desk.get_by_label("The door").select_option("seats")
    expect(desk.get_by_label("The door")).to_have_value("open")  # it was not done, and the field says so
    desk.once("dialog", lambda dialog: dialog.accept())
    desk.get_by_label("The door").select_option("seats")
    expect(desk.locator("#door-said")).to_have_text("seats")
    assert asked[0].startswith("1 phone without a slip cannot vote from now on; its votes so far stay.")
    expect(phone.locator("#wait")).to_contain_text("What you voted before counts")
    expect(desk.locator("#votes")).to_have_text("1")
    expect(desk.locator("#tally")).to_have_attribute("aria-label", bars)
    desk.get_by_label("The door").select_option("open")  # nobody drops out: nothing is asked
    expect(phone.locator("#ask")).to_be_visible()


def test_the_desk_says_what_all_explore_and_brings_them_back(desk, lesson):
    lesson.act("look", view="?stage=lake&x=%22%3E")
    expect(desk.locator("#view")).to_have_attribute("href", f"{lesson.url}/?stage=lake&x=%22%3E")
    desk.get_by_role("button", name="Back to the script").click()
    expect(desk.locator("#exploring")).to_be_hidden()


def test_the_time_runs_from_the_first_step_and_is_held_against_the_plan(desk):
    expect(desk.locator("#plan")).to_contain_text("starts with your first step")
    expect(desk.locator("#planned")).to_have_text("12:00")
    desk.keyboard.press("3")
    desk.keyboard.press("Enter")
    expect(desk.locator("#plan")).to_contain_text("ahead of the plan")
    expect(desk.locator("#elapsed")).not_to_have_text("0:00")


def test_the_end_is_asked_for_twice_and_told_to_all(desk, new_page, lesson):
    phone = new_page(390, 844)
    phone.goto(lesson.phone)
    expect(phone.locator("#wait")).to_be_visible()
    desk.get_by_text("Keys, and the end").click()
    desk.once("dialog", lambda dialog: dialog.accept())
    desk.get_by_role("button", name="End the class").click()
    expect(phone.locator("#over")).to_be_visible()
    expect(desk.get_by_role("alert")).to_contain_text("The class is over")


def test_a_desk_goes_on_after_the_server_was_killed(own_server, page, tmp_path):
    server = own_server(ROOT / "app.py", {"HEADWATERS_DATA": str(tmp_path), "HEADWATERS_CONTENT": ""})
    lesson = start(server.url, tmp_path)
    page.goto(lesson.desk)
    expect(headline(page)).to_have_text(HEADLINES[0])
    page.keyboard.press("End")
    expect(headline(page)).to_have_text(HEADLINES[-1])
    server.kill()
    expect(page.locator("#line")).to_contain_text("No connection")
    server.start()
    expect(page.locator("#line")).to_be_empty()
    page.keyboard.press("Home")
    expect(headline(page)).to_have_text(HEADLINES[0])


@pytest.mark.parametrize(("width", "height", "scheme"), [(1280, 800, "light"), (390, 844, "dark")])
def test_axe_finds_nothing_on_the_desk(new_page, lesson, width, height, scheme):
    page = new_page(width, height, color_scheme=scheme)
    page.goto(lesson.desk)
    expect(page.locator("#desk")).to_be_visible()
    for step in (0, 1, 5):
        lesson.act("go", step=step)
        if step:
            lesson.act("ask")
        expect(headline(page)).to_have_text(HEADLINES[step])
        check_axe(page)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
