"""A click on a place is answered by the page itself; what the server then says is the same, or else it counts."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from playwright.sync_api import Page, Route, WebSocketRoute, expect
from streamlit.proto.BackMsg_pb2 import BackMsg

from lifecycle.course import load
from lifecycle.course.loading import SHIPPED
from tests.browser.support.explorer_page import panel_title, without_charts
from tests.browser.support.stillness import still
from tests.browser.support.wire import WIRE, Wire

ROOT = Path(__file__).parents[2]
COURSE = load(SHIPPED)
EXPLANATIONS = re.compile(r"/explanations/")
PANEL = ".st-key-stage-panel"
# Where each part of the title and the explanation stands, and what it says.
STANDS = """() => [...document.querySelectorAll('.st-key-panel-title h2, .explanation *')].map((part) => {
    const { left, top, width, height } = part.getBoundingClientRect();
    return [part.tagName, part.textContent, left, top, width, height].join(' ');
})"""
# Every change of the title's and the explanation's own nodes from now on.
WATCHED = """() => {
    window.changes = [];
    const watch = new MutationObserver((records) => window.changes.push(...records.map((record) => record.type)));
    for (const part of document.querySelectorAll('.st-key-panel-title h2, .explanation'))
        watch.observe(part, { childList: true, subtree: true, characterData: true });
}"""


def held(page: Page, url: str) -> Wire:
    """A page that has all it needs, and hears nothing of its server any more."""
    wire = Wire(page)
    with page.expect_response(EXPLANATIONS):
        without_charts(page, url)
    still(page)
    wire.hold()
    return wire


def explained(page: Page, place: str) -> None:
    """The panel shows this place: title, summary and explanation."""
    expect(panel_title(page)).to_have_text(COURSE.places[place].title)
    expect(page.locator(".explanation .lead")).to_have_text(COURSE.places[place].summary)
    expect(page.locator(".explanation")).to_contain_text(COURSE.places[place].sections[0].heading)


def ahead(page: Page, place: str) -> None:
    """In the very next frame the panel shows this place, and says that the server has not confirmed it yet."""
    page.evaluate("new Promise(requestAnimationFrame)")
    assert panel_title(page).inner_text() == COURSE.places[place].title
    explained(page, place)
    assert page.locator(f"{PANEL}[data-ahead]").count() == 1


def confirmed(page: Page) -> None:
    expect(page.locator(f"{PANEL}[data-ahead]")).to_have_count(0)
    still(page)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("size=stream&moment=43200&hide=charts", "stage=lake&size=stream&moment=43200&hide=charts"),
        (
            "embed_options=light_theme&moment=43200&hide=charts&embed=true&embed_options=show_footer",
            "embed_options=light_theme&embed_options=show_footer&embed=true&stage=lake&moment=43200&hide=charts",
        ),
        (
            "moment=43200&hide=charts&stage=oltp&embed_options=light_theme",
            "embed_options=light_theme&stage=lake&moment=43200&hide=charts",
        ),
    ],
)
def test_title_explanation_and_address_stand_before_the_server_has_answered_and_nothing_moves_then(
    page, app, before, after
):
    wire = held(page, f"{app}/?{before}")
    page.evaluate("document.fonts.ready.then(() => null)")  # those of code among them
    assert page.evaluate("document.fonts.check('1em \"Source Code Pro\"')")
    steps = page.evaluate("history.length")
    page.locator("#stage-lake").click()
    ahead(page, "lake")
    assert page.url == f"{app}/?{after}"
    stands = page.evaluate(STANDS)
    page.evaluate(WATCHED)
    wire.let_go()
    confirmed(page)
    assert page.evaluate(STANDS) == stands
    assert page.evaluate("window.changes") == []
    assert page.url == f"{app}/?{after}"
    assert page.evaluate("history.length") == steps + 1


def test_a_key_a_link_in_the_text_and_the_way_back_are_answered_as_a_click_is(page, app):
    wire = held(page, f"{app}/?stage=masking&moment=43200&hide=charts")
    page.locator("#stage-encryption").press("Enter")
    ahead(page, "encryption")
    wire.let_go()
    confirmed(page)
    wire.hold()
    page.locator(f"{PANEL} summary", has_text="Common misconception").click()
    page.locator(f"{PANEL} a[href='?stage=access']").click()
    ahead(page, "access")
    assert page.url == f"{app}/?stage=access&moment=43200&hide=charts"
    wire.let_go()
    confirmed(page)
    wire.hold()
    page.go_back()
    ahead(page, "encryption")
    wire.let_go()
    confirmed(page)
    explained(page, "encryption")
    assert page.url == f"{app}/?stage=encryption&moment=43200&hide=charts"


def test_watch_follows_from_the_server_and_answers_nothing_meanwhile(page, app):
    wire = held(page, f"{app}/?stage=oltp&view=watch&moment=43200&hide=charts")
    watch = page.get_by_role("tabpanel").filter(visible=True)
    expect(watch).to_contain_text("The extract's share")
    page.locator("#stage-lake").click()
    page.evaluate("new Promise(requestAnimationFrame)")
    assert panel_title(page).inner_text() == COURSE.places["lake"].title
    assert page.url == f"{app}/?stage=lake&view=watch&moment=43200&hide=charts"
    assert watch.evaluate("(panel) => getComputedStyle(panel).pointerEvents") == "none"
    wire.let_go()
    confirmed(page)
    expect(watch).not_to_contain_text("The extract's share")
    assert watch.evaluate("(panel) => getComputedStyle(panel).pointerEvents") == "auto"


def test_of_clicks_in_quick_succession_the_last_one_stays(page, app):
    wire = held(page, f"{app}/?moment=43200&hide=charts")
    for place in ("oltp", "bi", "oltp", "lake"):
        page.locator(f"#stage-{place}").click()
        ahead(page, place)
    page.evaluate(WATCHED)
    wire.let_go()
    confirmed(page)
    explained(page, "lake")
    assert page.evaluate("window.changes") == []
    assert page.url == f"{app}/?stage=lake&moment=43200&hide=charts"


@pytest.mark.parametrize("by", ["click", "link"])
def test_who_goes_back_before_the_server_has_answered_stays_there(page, app, by):
    wire = held(page, f"{app}/?stage=encryption&moment=43200&hide=charts")
    if by == "click":
        page.locator("#stage-access").click()
    else:
        page.locator(f"{PANEL} summary", has_text="Common misconception").click()
        page.locator(f"{PANEL} a[href='?stage=access']").click()
    ahead(page, "access")
    expect(page.locator("#stage-access")).to_have_attribute("aria-pressed", "true")
    page.go_back()
    expect(panel_title(page)).to_have_text(COURSE.places["encryption"].title)
    expect(page.locator("#stage-encryption")).to_have_attribute("aria-pressed", "true")
    wire.let_go()
    confirmed(page)
    explained(page, "encryption")
    expect(page.locator("#stage-encryption")).to_have_attribute("aria-pressed", "true")
    assert page.url == f"{app}/?stage=encryption&moment=43200&hide=charts"


def test_a_page_that_could_not_fetch_the_explanations_shows_what_the_server_says(page, app):
    page.route(EXPLANATIONS, lambda route: route.abort())
    without_charts(page, f"{app}/?stage=oltp&moment=43200&hide=charts")
    explained(page, "oltp")
    page.locator("#stage-lake").click()
    explained(page, "lake")
    expect(page).to_have_url(f"{app}/?stage=lake&moment=43200&hide=charts")
    assert page.locator(f"{PANEL}[data-ahead]").count() == 0


def test_where_the_server_says_something_else_that_counts(page, app):
    def misheard(route: WebSocketRoute) -> None:
        server = route.connect_to_server()

        def pass_on(data: str | bytes) -> None:
            assert isinstance(data, bytes)
            asked = BackMsg.FromString(data)
            asked.rerun_script.query_string = asked.rerun_script.query_string.replace("lake", "buffer")
            for state in asked.rerun_script.widget_states.widgets:
                if state.WhichOneof("value") == "json_trigger_value":
                    state.json_trigger_value = state.json_trigger_value.replace("lake", "buffer")
            server.send(asked.SerializeToString() if asked.HasField("rerun_script") else data)

        route.on_message(pass_on)

    page.route_web_socket(WIRE, misheard)
    with page.expect_response(EXPLANATIONS):
        without_charts(page, f"{app}/?stage=oltp&moment=43200&hide=charts")
    still(page)
    page.locator("#stage-lake").click()
    ahead(page, "lake")
    explained(page, "buffer")
    expect(page.locator(f"{PANEL}[data-ahead]")).to_have_count(0)
    expect(page).to_have_url(f"{app}/?stage=buffer&moment=43200&hide=charts")


@pytest.fixture(scope="session")
def large_site(tmp_path_factory) -> Path:
    """A site that takes its course for a large one."""
    folder = tmp_path_factory.mktemp("large")
    script = folder / "app.py"
    text = (ROOT / "app.py").read_text(encoding="utf-8")
    few = "from lifecycle.ui.components import explanation\n\nexplanation.MOST_AT_ONCE = 3\n"
    script.write_text(text.replace("import streamlit as st\n", f"import streamlit as st\n\n{few}", 1))
    for part in ("pages", ".streamlit"):
        shutil.copytree(ROOT / part, folder / part)
    return folder


@pytest.fixture
def large(serve, large_site) -> str:
    return serve(large_site / "app.py", {"HEADWATERS_CONTENT": "", "HEADWATERS_DATA": str(large_site / "data")})


def test_a_large_course_fetches_a_place_when_it_is_chosen(page, large):
    fetched: list[str] = []
    page.on("request", lambda request: fetched.append(request.url.rpartition("/")[2]))
    wire = Wire(page)
    without_charts(page, f"{large}/?stage=oltp&moment=43200&hide=charts")
    still(page)
    wire.hold()
    page.locator("#stage-lake").click()
    explained(page, "lake")
    wire.let_go()
    confirmed(page)
    explained(page, "lake")
    assert [name for name in fetched if name in COURSE.places] == ["lake"]


def test_a_text_that_comes_late_is_not_shown_where_another_place_was_chosen_since(page, large):
    late: list[Route] = []
    page.route(re.compile(r"/explanations/.*/bi$"), lambda route: late.append(route))
    wire = Wire(page)
    without_charts(page, f"{large}/?stage=oltp&moment=43200&hide=charts")
    still(page)
    wire.hold()
    page.locator("#stage-bi").click()
    page.locator("#stage-lake").click()
    explained(page, "lake")
    assert len(late) == 1  # title and explanation share what they fetch
    page.evaluate(WATCHED)
    with page.expect_response(late[0].request.url):
        late[0].continue_()
    page.wait_for_timeout(200)
    assert page.evaluate("window.changes") == []
    wire.let_go()
    confirmed(page)
    explained(page, "lake")
    assert page.url == f"{large}/?stage=lake&moment=43200&hide=charts"


def test_what_could_not_be_fetched_is_fetched_at_the_next_word_of_the_server(page, app):
    wire, broken = Wire(page), [True]
    page.route(EXPLANATIONS, lambda route: route.abort() if broken else route.continue_())
    without_charts(page, f"{app}/?stage=oltp&moment=43200&hide=charts")
    still(page)
    broken.clear()
    with page.expect_response(EXPLANATIONS):
        page.locator("#stage-lake").click()
    confirmed(page)
    explained(page, "lake")
    wire.hold()
    page.locator("#stage-bi").click()
    ahead(page, "bi")


def test_a_link_to_elsewhere_opens_a_page_of_its_own_that_does_not_know_where_it_came_from(page, app):
    def with_link(route: Route) -> None:
        answer = route.fetch()
        texts = answer.json()
        texts["lake"]["html"] += '<p><a href="https://example.org/">elsewhere</a></p>'
        route.fulfill(response=answer, json=texts)

    page.route(EXPLANATIONS, with_link)
    held(page, f"{app}/?stage=oltp&moment=43200&hide=charts")
    page.locator("#stage-lake").click()
    link = page.locator(".explanation a", has_text="elsewhere")
    expect(link).to_have_attribute("target", "_blank")
    expect(link).to_have_attribute("rel", "noopener noreferrer")
