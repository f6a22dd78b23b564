"""What one can turn, break, price and predict on the explorer, and what stands beside it then."""

import re
from pathlib import Path

import pytest

from lifecycle.course import load
from lifecycle.course.address import State, scenario_of
from lifecycle.course.briefs import filled
from lifecycle.course.day_words import day_words
from lifecycle.simulation.day.run import simulate
from lifecycle.simulation.model.kinds import Size, Start
from lifecycle.simulation.readings.bill import LEFT_OUT
from lifecycle.simulation.theory.expected import expected
from lifecycle.simulation.theory.laws import NoLaw
from tests.support.narrow import not_none
from tests.support.unmarked import unmarked
from tests.ui.explorer_app import metric, opened, words

ROOT = Path(__file__).parents[3]
COURSE = load(ROOT / "content")
PUSHED = State(start=Start.PUSH, size=Size.STREAM, events=20_000)


@pytest.fixture(autouse=True)
def _own_store(tmp_path, monkeypatch):
    monkeypatch.setenv("HEADWATERS_DATA", str(tmp_path))
    monkeypatch.delenv("HEADWATERS_CONTENT", raising=False)


def test_predict_first_asks_before_it_shows_and_keeps_the_score():
    app = opened()
    before = metric(app, "p95 freshness").value
    app.toggle(key="predict-first").set_value(True).run()
    app.segmented_control(key="size").set_value("stream").run()
    assert metric(app, "p95 freshness").value == before
    guesses = [each for each in app.segmented_control if str(each.key).startswith("prediction-")]
    assert len(guesses) == 2
    for guess in guesses:
        guess.set_value("far lower")
    next(button for button in app.button if button.label == "Show me").click().run()
    assert metric(app, "p95 freshness").value != before
    assert "of 4 points" in app.info[0].value
    assert not app.exception


def test_a_stage_is_broken_and_repaired_and_the_address_carries_it():
    app = opened(stage="buffer", view="watch", size="stream")
    calm = metric(app, "p95 freshness").value
    app.selectbox(key="break-kind-buffer").set_value("down").run()
    app.select_slider(key="break-when-buffer").set_value((36_000, 72_000)).run()
    app.button(key="break-buffer").click().run()
    assert app.query_params["faults"] == "down.buffer:36000-72000"
    assert app.query_params["moment"] == "35700"  # to be watched from there
    app.button(key="broken-now").click().run()
    assert metric(app, "p95 freshness").value != calm
    assert "It stops, 10:00 to 20:00" in words(app)
    assert "**Analytics** is 10 h" in words(app)
    assert "Nothing is lost because of it." in words(app)
    assert "The backlog is worked off" in words(app)
    app.button(key="repair-buffer-0").click().run()
    assert "faults" not in app.query_params
    assert metric(app, "p95 freshness").value == calm
    assert not app.exception


@pytest.mark.parametrize("view", ["explain", "watch", "quiz"])
@pytest.mark.parametrize("stage", [place.id for place in COURSE.pipeline.stages])
def test_every_knob_can_be_shown_over_whatever_the_panel_shows(stage, view):
    """The drawer stands in the place of the panel, which has some of the same knobs."""
    app = opened(stage=stage, view=view, events="2000")
    next(button for button in app.button if button.label == "More").click().run()
    assert not app.exception
    assert "Something went wrong" not in words(app)
    assert any(str(key).startswith("all-knob-") for key in (each.key for each in (*app.slider, *app.select_slider)))


def test_what_would_have_saved_a_day_is_tried_and_set_beside_it():
    app = opened(stage="buffer", view="watch", size="stream", events="20000", faults="poison.buffer:36000-54000")
    app.button(key="saved-broken").click().run()
    table = next(each.value for each in app.dataframe if "What it saves" in each.value)
    assert table["Changed"].iloc[0] == "nothing: the day as it is"
    rows = table.set_index("Changed")
    assert rows.loc["set a record aside after three tries", "What it saves"] == "all of it"
    assert not app.exception


def test_where_a_fault_does_no_harm_nothing_needs_saving():
    app = opened(stage="buffer", view="watch", events="5000", faults="forget.buffer:36000-37000")
    assert "It forgets events after 10 min, 10:00 to 10:16" in words(app)
    assert not [button for button in app.button if button.key == "saved-broken"]


def story_of(app):
    return next(each for each in app.expander if each.label.startswith("**"))


def test_an_address_without_switches_is_told_that_the_story_has_others_and_turns_them():
    app = opened(scenario="full-slot")
    (caption,) = [each.value for each in app.caption if "other switches than these" in each.value]
    assert caption.endswith("[Turn them as it has them](?start=pull&size=stream)")
    assert caption not in [each.value for each in story_of(app).caption]  # the story may be folded
    for address in ({"scenario": "full-slot", "size": "stream"}, {"scenario": "monday-dashboards"}):
        assert not [each.value for each in opened(**address).caption if "other switches than these" in each.value]


def test_the_story_of_the_scenario_is_open_beside_the_whole_and_folded_beside_a_stage():
    app = opened(scenario="flash-sale")
    brief = not_none(COURSE.named("flash-sale")).brief
    shown = unmarked("\n".join(each.value for each in story_of(app).markdown))
    day = day_words(COURSE.pipeline.network, scenario_of(State(scenario="flash-sale"), COURSE), brief.asks)
    assert filled(brief.story, day) in shown
    assert "{" not in shown
    assert f"**{filled(brief.question, day)}**" in shown
    assert filled(brief.tries[0], day) in shown
    see = next(each for each in app.expander if each.label == "What you will see")
    assert unmarked(see.markdown[0].value) == filled(brief.see, day)
    assert not see.proto.expanded
    assert story_of(app).proto.expanded
    app.selectbox(key="stage").set_value("lake").run()
    assert not story_of(app).proto.expanded
    app.selectbox(key="scenario").set_value("steady-day").run()
    assert story_of(app).proto.expanded
    assert story_of(app).label == "**A steady day**"
    assert not app.exception


def test_the_table_of_the_day_and_the_headline_agree_on_what_was_removed():
    app = opened(view="watch", events="30000")
    table = app.dataframe[0].value
    caption = next(one.value for one in app.caption if one.value.startswith("Every event of the day"))
    copies = int(not_none(re.search(r"([\d,]+) of those removed are copies", caption))[1].replace(",", ""))
    assert copies > 0
    assert table["Removed"].sum() == int(metric(app, "Removed").value.replace(",", "")) + copies


def test_is_it_chance_sets_both_runs_side_by_side_over_many_days():
    app = opened(events="3000")
    assert not [button for button in app.button if button.key == "chance"]
    app.segmented_control(key="size").set_value("stream").run()
    app.button(key="chance").click().run()
    table = app.dataframe[0].value
    fresh = table[table["Figure"] == "p95 freshness"].iloc[0]
    assert fresh["In words"] == "now is lower than before, beyond chance"
    assert fresh["Difference"].startswith("−")
    assert table[table["Figure"] == "Cost of the day"].iloc[0]["In words"] == "now is higher than before, beyond chance"
    assert not app.exception


def test_a_price_is_edited_and_the_bill_follows_and_goes_back():
    app = opened(events="3000")
    before = metric(app, "Cost a day").value
    next(button for button in app.button if button.label == "More").click().run()
    assert any(LEFT_OUT in each.value for each in app.caption)
    app.number_input(key="price-credit_each").set_value(20.0).run()
    dear = metric(app, "Cost a day").value
    assert float(dear.split()[0]) > 5 * float(before.split()[0])
    next(button for button in app.button if button.label == "The course's own prices").click().run()
    assert metric(app, "Cost a day").value == before
    assert not app.exception


def test_theory_stands_beside_the_day_where_it_holds_and_says_why_where_it_does_not():
    app = opened(stage="buffer", view="watch", start="push", size="stream", events="20000")
    assert "theory says" not in words(app)
    app.toggle(key="theory").set_value(True).run()
    laws = expected(simulate(COURSE.pipeline.network, scenario_of(PUSHED, COURSE)), "buffer")
    assert len([each for each in app.markdown if "theory says" in each.value]) == sum(
        law.value is not None for law in laws
    )
    assert all(law.name in words(app) for law in laws)
    batch = opened(stage="buffer", view="watch", events="20000")
    batch.toggle(key="theory").set_value(True).run()
    reasons = [
        found.why
        for found in expected(simulate(COURSE.pipeline.network, scenario_of(State(events=20_000), COURSE)), "buffer")
        if isinstance(found, NoLaw)
    ]
    assert reasons
    assert all(f"No law to compare it with: {why}." in words(batch) for why in reasons)
    assert not app.exception


def test_a_fault_of_the_scenario_is_said_and_cannot_be_repaired():
    named = next(named for named in COURSE.scenarios if named.scenario.faults)
    app = opened(stage=named.scenario.faults[0].station, view="watch", scenario=named.id)
    assert "part of the scenario" in words(app)
    assert not [button for button in app.button if button.label == "Repair"]
