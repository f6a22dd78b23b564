"""What is broken on the diagram: two actions, the card, the way back, and where it is not offered.

The diagram needs a browser: here a button stands for each thing that it sends.
"""

import re
from concurrent.futures import Future
from dataclasses import replace
from typing import Any

import pytest
import streamlit as st

from lifecycle.course import load
from lifecycle.course.address import MOST_FAULTS, State, read, scenario_of, write
from lifecycle.course.worlds.breaks import unbroken
from lifecycle.simulation.model.kinds import FaultKind
from lifecycle.simulation.model.scenario import Fault
from lifecycle.ui.breaking import remedying, watching
from lifecycle.ui.breaking.telling import consequence_words
from lifecycle.ui.pages import explore
from lifecycle.ui.session import cached
from tests.ui.explorer_app import ROOT, opened

COURSE = load(ROOT / "content")
EVENTS = "3000"
STOPPED = Fault(FaultKind.DOWN, "ingestion", 50_400.0, 54_000.0)
STATE = State(events=int(EVENTS), faults=(STOPPED,))
LATER = "Watch the diagram. Who is behind, and what is lost, stands here at 15:00."


@pytest.fixture(autouse=True)
def _own_store(tmp_path, monkeypatch):
    monkeypatch.setenv("HEADWATERS_DATA", str(tmp_path))
    monkeypatch.delenv("HEADWATERS_CONTENT", raising=False)


@pytest.fixture
def diagram(monkeypatch):
    """What the diagram was given last, and under `sends` what it sends when its button is pressed."""
    sends = {"broken": "down.ingestion@50437", "repaired": "down.ingestion", "watched": "1", "moment": 51_000.0}
    given = {"sends": sends}
    names = {"broken": "on_break", "repaired": "on_repair", "watched": "on_watched", "moment": "on_moment"}

    def stands_in(*_, **settings):
        given.update(settings)
        for name, on in names.items():
            st.button(name, key=f"sends-{name}", on_click=lambda name=name, on=on: settings[on](given["sends"][name]))

    monkeypatch.setattr(explore, "living_diagram", stands_in)
    return given


def sent(app, name):
    app.button(key=f"sends-{name}").click().run()
    assert not app.exception
    return app


def press(app, key):
    app.button(key=key).click().run()
    assert not app.exception


def has(app, key):
    return any(button.key == key for button in app.button)


def said(app):
    return "\n".join(each.value for each in [*app.markdown, *app.caption])


def state_of(app):
    """What the address says."""
    state, notices = read(app.query_params, COURSE)
    assert not notices
    return state


def days(state):
    """The day of a state, and the same one without what the learner broke."""
    return COURSE.day(scenario_of(state, COURSE)), COURSE.day(unbroken(state, COURSE))


def told(state):
    day, calm = days(state)
    return consequence_words(COURSE.pipeline, cached.consequence(day, calm), beside_others=bool(calm.scenario.faults))


def test_a_stage_and_a_fault_are_two_actions_and_the_clock_goes_to_five_minutes_before(diagram):
    app = opened(events=EVENTS)
    assert diagram["breakable"] == ""
    assert diagram["replay"] is None
    app.selectbox(key="stage").set_value("ingestion").run()
    sent(app, "broken")
    assert state_of(app) == replace(STATE, stage="ingestion", moment=50_100)
    assert diagram["replay"] == ("1", 54_000.0)
    assert diagram["moment_s"] == 50_100
    assert "**Ingestion**: it stops, 14:00 to 15:00" in said(app)


def test_what_it_did_is_told_once_it_was_seen_in_the_words_of_the_panel(diagram):
    app = sent(opened(events=EVENTS), "broken")
    assert LATER in said(app)
    assert told(STATE) not in said(app)
    diagram["sends"]["watched"] = "7"  # of another replay
    assert LATER in said(sent(app, "watched"))
    diagram["sends"]["watched"] = "1"
    sent(app, "watched")
    assert told(STATE) in said(app)
    assert LATER not in said(app)


@pytest.mark.parametrize(("moment_s", "looked"), [(43_200.0, False), (51_000.0, True)])
def test_who_stops_the_clock_within_it_is_told_at_once(diagram, moment_s, looked):
    app = sent(opened(events=EVENTS), "broken")
    diagram["sends"]["moment"] = moment_s
    sent(app, "moment")
    assert (told(STATE) in said(app)) is looked
    assert diagram["replay"] is None, "the clock stays where it was put"


def test_who_does_not_want_to_wait_asks_and_who_follows_a_link_has_nothing_to_wait_for(diagram):
    app = sent(opened(events=EVENTS), "broken")
    press(app, "broken-now")
    assert told(STATE) in said(app)
    link = opened(**write(STATE))
    assert told(STATE) in said(link)
    assert diagram["replay"] is None


def test_one_click_repairs_it_and_the_card_is_gone(diagram):
    app = sent(opened(events=EVENTS), "broken")
    press(app, "broken-repair-0")
    assert state_of(app).faults == ()
    assert "What is broken" not in said(app)
    assert diagram["replay"] is None


def test_what_stands_is_not_broken_twice_and_a_second_press_takes_it_back(diagram):
    app = sent(opened(events=EVENTS, stage="ingestion"), "broken")
    diagram["sends"]["broken"] = "down.ingestion@61200"
    sent(app, "broken")
    assert state_of(app).faults == (STOPPED,)
    assert diagram["broken"] == ["down.ingestion"]
    other = Fault(FaultKind.DOWN, "lake", 3_600.0, 7_200.0)
    app = opened(**write(replace(STATE, faults=(replace(STOPPED, start_s=0.0), other, STOPPED))))
    assert diagram["broken"] == ["down.ingestion", "down.lake"]
    assert state_of(sent(app, "repaired")).faults == (other,)


def test_a_remedy_is_watched_beside_the_day_as_it_was_and_taken_back(diagram):
    app = sent(opened(events=EVENTS), "broken")
    press(app, "broken-now")
    helps = [one for one in watching.remedies_of(*days(STATE)).result() if one.verdict != "nothing"]
    assert [one.remedy.what for one in helps][:1] == ["repair it within a quarter of an hour"]
    app.run()
    press(app, "broken-try-0")
    there = state_of(app)
    assert there.faults == (replace(STOPPED, end_s=51_300.0),)
    assert diagram["replay"] == ("2", 51_300.0)
    assert "Who is behind, and what is lost, stands here at 14:15." in said(app)
    diagram["sends"]["watched"] = "2"
    sent(app, "watched")
    before, now = (cached.consequence(*days(state)) for state in (STATE, there))
    assert "**Tried:** Repair it within a quarter of an hour at Ingestion" in said(app)
    assert remedying.beside(before, now) in said(app)
    press(app, "broken-back")
    assert state_of(app).faults == (STOPPED,)
    assert told(STATE) in said(app)


def test_a_remedy_of_a_day_that_is_gone_does_nothing(diagram):
    """Two clicks before the page is drawn anew, or a step back in between."""
    app = sent(opened(events=EVENTS), "broken")
    press(app, "broken-now")
    watching.remedies_of(*days(STATE)).result()
    app.run()
    app.button(key="broken-repair-0").click()
    press(app, "broken-try-0")
    assert state_of(app).faults == ()


@pytest.mark.parametrize("layer", ["learner", "engineer"])
def test_the_card_comes_before_the_story_and_the_place(diagram, layer):
    app = sent(opened(scenario="consumer-crash", events=EVENTS, stage="lake", layer=layer), "broken")
    panel = [each.value for each in app.markdown]
    card = panel.index("##### What is broken")
    assert card < next(n for n, text in enumerate(panel) if "dies at 02:00" in text)


def test_to_take_back_a_remedy_of_a_day_that_is_gone_undoes_nothing(diagram):
    app = sent(opened(events=EVENTS), "broken")
    press(app, "broken-now")
    watching.remedies_of(*days(STATE)).result()
    app.run()
    press(app, "broken-try-0")
    diagram["sends"]["watched"] = "2"
    sent(app, "watched")
    app.button(key="broken-repair-0").click()
    press(app, "broken-back")
    assert state_of(app).faults == ()


def test_nothing_is_cut_where_nothing_leaves():
    app = opened(events=EVENTS, stage="archive", view="watch")
    assert "Its way out is cut" not in app.selectbox(key="break-kind-archive").options
    app = opened(events=EVENTS, stage="lake", view="watch")
    assert "Its way out is cut" in app.selectbox(key="break-kind-lake").options


def test_a_second_remedy_is_named_with_the_first_beside_the_day_without_either(diagram):
    app = sent(opened(events=EVENTS), "broken")
    press(app, "broken-now")
    for nth in (1, 2):
        watching.remedies_of(*days(state_of(app))).result()
        app.run()
        press(app, "broken-try-0")
        diagram["sends"]["watched"] = str(nth + 1)
        sent(app, "watched")
    (named,) = re.findall(r"\*\*Tried:\*\* (.*)", said(app))
    assert "; " in named
    before, now = (cached.consequence(*days(state)) for state in (STATE, state_of(app)))
    assert remedying.beside(before, now) in said(app)


def test_what_is_broken_with_the_drawer_open_is_told_in_its_place(diagram):
    app = opened(events=EVENTS)
    press(app, "more")
    app = sent(app, "broken")
    assert "What is broken" in said(app)


def test_remedies_that_cannot_be_worked_out_are_a_line_and_no_trouble(diagram, monkeypatch):
    failed: Future[Any] = Future()
    failed.set_exception(ValueError("no"))
    monkeypatch.setattr(watching, "remedies_of", lambda *_: failed)
    app = sent(opened(events=EVENTS), "broken")
    press(app, "broken-now")
    assert not app.error
    assert "cannot be worked out just now" in said(app)


def test_a_day_that_is_full_of_faults_says_why_nothing_more_breaks(diagram):
    full = tuple(replace(STOPPED, start_s=60.0 * i, end_s=60.0 * i + 30.0) for i in range(MOST_FAULTS))
    app = opened(**write(replace(STATE, faults=full)))
    assert diagram["breakable"] == "20 faults are all that a day holds. Repair one first."
    sent(app, "broken")
    assert state_of(app).faults == full


@pytest.mark.parametrize("click", ["", "down.ingestion", "spike.lake@50400", "down.<b>@5", "down.ingestion@1e9"])
def test_what_names_nothing_that_can_break_breaks_nothing(diagram, click):
    app = opened(events=EVENTS)
    diagram["sends"]["broken"] = click
    sent(app, "broken")
    assert state_of(app).faults == ()


def test_the_faults_of_a_scenario_are_its_story_and_stay(diagram):
    app = sent(opened(scenario="consumer-crash", events=EVENTS), "broken")
    press(app, "broken-now")
    assert "This day already has: Transient storage stopped, 02:00 to 08:30. That is its story." in said(app)
    assert has(app, "broken-repair-0")
    assert not has(app, "broken-repair-1")
    assert "What is broken" not in said(opened(scenario="consumer-crash", events=EVENTS))


def test_what_a_harmless_fault_did_is_told_without_the_disaster_of_the_scenario(diagram):
    app = sent(opened(scenario="consumer-crash", events=EVENTS), "broken")
    press(app, "broken-now")
    assert "behind at its worst from then on; without yours" in said(app)  # the ingestion stopped as well
    press(app, "broken-repair-0")
    diagram["sends"]["broken"] = "slow.archive@50437"
    sent(app, "broken")
    press(app, "broken-now")
    state = state_of(app)
    assert told(state) in said(app)
    assert "Nobody's data gets older because of it." in said(app)
    assert "behind at its worst" not in said(app)
    assert not has(app, "saved-broken"), "there is nothing to save"


def test_before_a_prediction_nothing_is_told_and_nothing_is_played(diagram):
    app = opened(events=EVENTS)
    app.toggle(key="predict-first").set_value(True).run()
    sent(app, "broken")
    assert state_of(app).faults == (STOPPED,)
    assert diagram["replay"] is None
    assert "Say what you expect first; then you will hear what it did." in said(app)
    assert told(STATE) not in said(app)
    assert not has(app, "broken-now")


@pytest.mark.parametrize(
    ("params", "offered"),
    [
        ({"hide": "knobs", "faults": "down.ingestion:50400-54000"}, False),
        ({"lesson": "when-it-breaks", "step": "1"}, True),
        ({"lesson": "undercurrents", "step": "1"}, False),
        ({"part": "diagram"}, False),
    ],
)
def test_a_page_without_the_form_that_breaks_a_stage_has_neither_tools_nor_card(diagram, params, offered):
    app = opened(**params)
    assert diagram["breakable"] == ("" if offered else None)
    assert "What is broken" not in said(app)
    sent(app, "broken")
    assert ("What is broken" in said(app)) is offered


def test_breaking_it_completes_the_step_of_a_lesson_that_waits_for_it(diagram):
    app = opened(lesson="when-it-breaks", step="1")
    assert "Nicely broken." not in "\n".join(each.value for each in app.success)
    sent(app, "broken")
    assert "Nicely broken." in "\n".join(each.value for each in app.success)


def test_an_event_that_is_followed_has_a_clock_of_its_own_and_is_let_go(diagram):
    app = sent(opened(events=EVENTS, follow="100"), "broken")
    assert state_of(app).follow is None
