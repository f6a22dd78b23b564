"""The gallery of scenarios: all are there, no two alike, one press opens one; what was tried ticks off and stays."""

import re
from dataclasses import replace

import pytest

from lifecycle import charts
from lifecycle.course import address, load
from lifecycle.course.loading import SHIPPED
from lifecycle.course.scenarios import Showing
from lifecycle.learning.lessons import tried
from lifecycle.simulation.model.kinds import Size
from lifecycle.storage import AnswerRow, LessonRow, Store
from lifecycle.ui.components.prose import plain
from lifecycle.ui.gallery import GLANCES, cards
from lifecycle.ui.session import addressbar, cached
from tests.support.narrow import not_none
from tests.ui.explorer_app import MACHINE, opened
from tests.ui.pages.lesson_app import ME, address_of, labels, press, sound, visited

COURSE = load(SHIPPED)
CRASH = not_none(COURSE.named("consumer-crash"))
pytestmark = pytest.mark.usefixtures("own_folders")


@pytest.fixture
def store(tmp_path):
    return Store(tmp_path / "data" / "headwaters.db")


def story(app):
    return next(each.value for each in app.markdown if each.value.startswith("1. ") and "](?" in each.value)


def test_every_scenario_stands_in_one_group_and_groups_hold_together():
    grouped = cards.groups(COURSE)
    assert sorted(named.id for _, members in grouped for named in members) == sorted(n.id for n in COURSE.scenarios)
    assert len({group for group, _ in grouped}) == len(grouped) >= 4
    assert all(len(members) >= 3 for _, members in grouped)


def test_no_two_days_look_alike():
    """Each is drawn by its own chart; where two share one, their curves are apart."""
    glances = {named.id: cached.glance(COURSE.day(named.scenario), named.showing) for named in COURSE.scenarios}
    drawn = {re.sub(r'aria-label="[^"]*"', "", glance) for glance in glances.values()}
    assert len(drawn) == len(COURSE.scenarios)
    leads = [
        (named.showing.stage, named.showing.chart, named.scenario.faults, named.scenario.overrides)
        for named in COURSE.scenarios
    ]
    assert len(set(leads)) == len(leads)


def test_a_chart_that_its_stage_does_not_have_gives_way_to_the_one_that_always_leads():
    odd, usual = Showing(stage="buffer", chart="Users"), Showing()
    assert cached.glance(COURSE.day(CRASH.scenario), odd) == cached.glance(COURSE.day(CRASH.scenario), usual)


def test_a_press_opens_the_scenario_with_its_switches_and_its_story():
    app = press(visited(size="stream"), "All scenarios")
    assert {named.title for named in COURSE.scenarios} <= set(labels(app))
    app = press(app, CRASH.title)
    assert address_of(app) == {"scenario": "consumer-crash", "stage": "buffer", "size": "stream"}
    assert "Work it out first" in story(app)


def test_a_scenario_opens_with_the_stage_that_leads_in_it_and_one_without_with_none():
    app = press(visited(stage="ml"), "All scenarios")
    app = press(app, CRASH.title)
    assert address_of(app)["stage"] == "buffer"
    assert "Work it out first" in story(app)
    app = press(press(app, "All scenarios"), COURSE.default.title)
    assert "stage" not in address_of(app)


def test_a_link_that_names_another_stage_opens_that(monkeypatch):
    gone: dict[str, object] = {}
    monkeypatch.setattr(addressbar, "go", lambda _, **changes: gone.update(changes))
    monkeypatch.setattr("streamlit.session_state", {})
    cards.lead(COURSE, CRASH, "lake")
    assert gone == {"stage": "lake"}


def test_what_a_faulty_day_does_not_say_the_switches_of_its_author_do():
    named = replace(CRASH, switches=("size",), scenario=replace(CRASH.scenario, size=Size.STREAM))
    gone: dict[str, object] = {}
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(addressbar, "written", lambda _: address.State())
        patched.setattr(addressbar, "go", lambda _, **changes: gone.update(changes))
        patched.setattr("streamlit.session_state", {})
        cards.open_scenario(COURSE, named)
    assert gone == {"scenario": "consumer-crash", "stage": "buffer", "events": None, "moment": None, "size": "stream"}


def test_a_glance_has_the_hours_of_a_fault_hatched():
    assert 'fill="url(#h)"' in cached.glance(COURSE.day(CRASH.scenario), CRASH.showing)
    assert 'fill="url(#h)"' not in cached.glance(COURSE.day(CRASH.scenario).calm, CRASH.showing)


def test_another_real_day_has_other_pictures():
    id = next(named.trace for named in COURSE.scenarios if named.trace)
    other = replace(COURSE.traces[id], times_s=COURSE.traces[id].times_s[:10], weights=COURSE.traces[id].weights[:10])
    changed = replace(COURSE, traces={**COURSE.traces, id: other})
    assert cached.glances_version(changed) != cached.glances_version(COURSE)


def test_what_is_tried_with_the_drawer_open_ticks_off_as_well():
    app = visited(scenario="consumer-crash", layer="engineer")
    app = press(app, "More")
    app.query_params["start"], app.query_params["size"], app.query_params["transform"] = "push", "stream", "stream"
    app = sound(app.run())
    assert "✓" in story(press(app, "Close"))


def test_a_card_says_what_happens_how_hard_it_is_and_how_much_was_tried(store):
    store.add_lesson("l", ME, LessonRow("scenarios/consumer-crash", 1, True))
    app = press(visited(**MACHINE), "All scenarios")
    said = [each.value for each in app.caption]
    assert any(text.startswith("The process that reads the transient storage dies at\u00a002:00") for text in said)
    assert {"What waits at Transient storage", "The age of the data"} <= set(said)
    assert any("●○○ easy · 1 of 3 tried" in text for text in said)
    assert sum("tried" in text for text in said) == 1


def test_what_was_tried_ticks_off_and_what_the_scenario_opens_with_was_not_tried(store):
    app = visited(scenario="consumer-crash")
    assert "✓" not in story(app)
    app.query_params["start"], app.query_params["size"], app.query_params["transform"] = "push", "stream", "stream"
    app = sound(app.run())
    assert [line[:4] for line in story(app).split("\n")] == ["1. W", "2. ✓", "3. G"]
    again = visited(scenario="consumer-crash")
    assert "2. ✓" in story(again)
    assert tried(CRASH, store.lessons(ME)) == {1}
    fresh = visited(learner="f" * 32, scenario="consumer-crash", start="push", size="stream", transform="stream")
    assert "✓" not in story(fresh)  # a link that has it all already


def test_to_be_led_to_a_moment_tries_nothing_until_one_has_gone_on_from_there(store):
    app = visited(scenario="consumer-crash")
    app.query_params["moment"] = "30600"
    assert "✓" not in story(sound(app.run()))
    app.query_params["moment"] = "41000"  # the clock was started, and stopped again
    assert "1. ✓" in story(sound(app.run()))
    assert tried(CRASH, store.lessons(ME)) == {0}


def test_the_list_of_lessons_is_not_troubled_by_what_was_tried(store):
    store.add_lesson("l", ME, LessonRow("scenarios/consumer-crash", 1, True))
    store.add_answer("a", ME, AnswerRow("lake", "lake-1", True, "[0]"))
    assert "Go on" not in labels(visited(**MACHINE))


def test_a_course_of_one_scenario_has_no_gallery(small):
    for path in sorted((small / "scenarios").glob("*.md"))[1:]:
        path.unlink()
    assert "All scenarios" not in labels(visited(**MACHINE))


def test_the_pictures_come_from_the_server_under_the_courses_version():
    version = cached.glances_version(COURSE)
    assert version == cached.glances_version(load(SHIPPED))
    other = replace(COURSE, scenarios=COURSE.scenarios[1:])
    assert version != cached.glances_version(other)
    app = press(visited(**MACHINE), "All scenarios")
    assert f"![What waits at Transient storage, in this day](/{GLANCES}/{version}/flash-sale.svg)" in [
        each.value for each in app.markdown
    ]


@pytest.mark.parametrize("named", [each for each in COURSE.scenarios if each.showing.stage], ids=lambda each: each.id)
def test_the_chart_that_leads_stands_below_the_diagram_and_its_stage_may_show_it_as_well(named):
    app = opened(chosen=None, scenario=named.id, stage=named.showing.stage, view="watch", **switched(named))
    assert not app.exception
    assert not app.error
    day = COURSE.day(address.scenario_of(address.read(address_of(app), COURSE)[0], COURSE))
    stage = next(each for each in COURSE.pipeline.stages if each.id == named.showing.stage)
    of_stage = stage if named.showing.chart in charts.STAGE_CHARTS else None
    finding = cached.chart(named.showing.chart, day, None, of_stage).finding
    said = f"{stage.label}: {finding[0].lower()}{finding[1:]}" if of_stage else finding
    assert f"**{plain(said)}**" in [each.value for each in app.markdown]


def switched(named):
    return {name: str(getattr(named.scenario, name)) for name in named.switches}
