"""The page of drills: one is played, hinted at, kept, and followed by the next."""

import json
import re
from dataclasses import replace

import pytest

from lifecycle.course.fault_words import FAULTS
from lifecycle.learning.drills import (
    HINT_COST,
    Shelf,
    against,
    happened,
    shipped,
)
from lifecycle.simulation.day.run import simulate
from lifecycle.simulation.faults import shows_s
from lifecycle.ui.pages import drilling
from lifecycle.ui.pages.drilling import SUBJECTS
from lifecycle.ui.session import cached
from tests.learning.drills_made import LABELS, ME, NETWORK, SEEDS, opened, words

# Drills take seconds to make: one worker makes them, once.
pytestmark = pytest.mark.xdist_group("drills")


def press(app, label):
    next(button for button in app.button if button.label.startswith(label)).click().run()
    assert not app.exception
    return app


def play(app, asked, stage, cause, remedy):
    app.selectbox(key="drill-pointed").set_value(stage).run()
    press(app, "It is here")
    app.radio[0].set_value(cause)
    press(app, "That is it")
    app.radio[0].set_value(remedy)
    return press(app, "Try it")


def best(asked):
    return max(range(len(asked.remedies)), key=lambda n: asked.remedies[n].worth)


def test_a_drill_is_played_to_the_end_and_kept_and_the_next_one_comes(store, drills):
    asked = drills[SEEDS[0]]
    app = opened("0-1")
    for complaint in asked.complaints:
        assert complaint.split("“")[0] in words(app)
    app = play(app, asked, asked.fault.station, asked.fault.kind, best(asked))
    assert app.metric[0].value == "100 of 100"
    (row,) = store.drills(ME)
    assert (row.drill, row.level, row.points, row.hints) == ("0-1", 1, 100, 0)
    assert (row.stage_right, row.cause_right, row.remedy_right) == (True, True, True)
    app = press(app, "Next drill")
    assert app.query_params["drill"] != ["0-1"]
    assert "1. Where is it broken?" in words(app)
    assert "1 drill done" in words(app)


def test_wrong_answers_are_told_what_speaks_against_them_and_what_was_right(store, drills):
    asked = drills[SEEDS[0]]
    wrong_stage = next(id for id in LABELS if id != asked.fault.station)
    wrong_cause = next(kind for kind in asked.causes if kind != asked.fault.kind)
    worst = min(range(len(asked.remedies)), key=lambda n: asked.remedies[n].worth)
    app = play(opened("0-1"), asked, wrong_stage, wrong_cause, worst)
    assert against(simulate(NETWORK, asked.scenario), simulate(NETWORK, asked.calm), wrong_stage, LABELS)[:30] in words(
        app
    )
    told = words(app)
    pairs = (
        ("Stage", LABELS[wrong_stage], LABELS[asked.fault.station]),
        ("Cause", FAULTS[wrong_cause][0], FAULTS[asked.fault.kind][0]),
        ("Remedy", asked.remedies[worst].what, asked.remedies[best(asked)].what),
    )
    for what, said, right in pairs:
        assert f":material/cancel: {what}: you said **{said}" in told
        assert f":material/check_circle: {what}: **{right}" in told
        assert told.index(f"you said **{said}") < told.index(f"{what}: **{right}")
    assert told.count(":material/cancel:") == 3
    assert re.search(r"With that at [^,]+, .*(\d|not there yet)", told)
    assert f"{asked.remedies[worst].what[1:]}”" in told
    plots = [json.loads(node.proto.spec) for node in app.get("plotly_chart")]
    ghosts = {trace["name"] for plot in plots for trace in plot["data"] if trace.get("legendgroup") == "before"}
    assert ghosts == {"what happened"}
    assert store.drills(ME)[0].points < 40


def test_hints_come_one_at_a_time_and_cost(store, drills):
    asked = drills[SEEDS[0]]
    app = opened("0-1")
    assert not app.info
    app = press(press(app, "A hint"), "A hint")
    assert len(app.info) == 2
    assert "It began at" in app.info[0].value
    assert LABELS[asked.fault.station] not in app.info[1].value
    app = play(app, asked, asked.fault.station, asked.fault.kind, best(asked))
    assert app.metric[0].value == f"{100 - 2 * HINT_COST} of 100"


def test_nothing_on_the_page_gives_the_fault_away_before_it_is_found(store, drills):
    asked = drills[SEEDS[0]]
    app = opened("0-1")
    sent = json.dumps([str(node.proto) for node in app.main if hasattr(node, "proto")])
    assert asked.fault.kind not in app.query_params["drill"][0]
    assert FAULTS[asked.fault.kind][0] not in words(app) + sent


def test_before_the_place_is_found_no_finding_names_it_and_the_clock_stands_where_nothing_has_broken(
    store, drills, monkeypatch
):
    drawn = []
    monkeypatch.setattr(drilling, "living_diagram", lambda *_, **how: drawn.append(how))
    asked = drills[SEEDS[0]]
    app = opened("0-1")
    findings = [each.value for each in app.markdown if each.value.startswith("**") and each.value.endswith("**")]
    assert set(SUBJECTS.values()) <= {each.strip("*") for each in findings}
    assert not [each for each in findings if LABELS[asked.fault.station] in each and "**What people" not in each]
    assert [how["moment_s"] for how in drawn] == [0.0]
    assert asked.fault.start_s > 0.0


def test_in_the_end_the_clock_stands_shortly_before_what_broke_and_its_mark_is_there(store, drills, monkeypatch):
    drawn = []
    monkeypatch.setattr(drilling, "living_diagram", lambda *made, **how: drawn.append((made[2], how)))
    asked = drills[SEEDS[0]]
    play(opened("0-1"), asked, asked.fault.station, asked.fault.kind, best(asked))
    shown, how = drawn[-1]
    assert how["moment_s"] == shows_s(asked.fault)[0] - 300 > 0
    assert shown.faults == asked.remedies[best(asked)].scenario.faults


def test_the_complaint_comes_before_the_evidence_in_the_page(store):
    app = opened("0-1")
    order = [each.value for each in app.markdown]
    assert order.index("**What people say**") < order.index(f"**{SUBJECTS['Freshness']}**")


def test_a_drill_that_has_just_ended_is_counted_and_told_in_plain_words(store, drills):
    asked = drills[SEEDS[0]]
    app = opened("0-1")
    assert "0 drills done" in words(app)
    app = play(app, asked, asked.fault.station, asked.fault.kind, best(asked))
    assert "1 drill done" in words(app)
    assert "0 drills" not in words(app)
    assert f"**What happened.** {happened(asked.fault, LABELS)}" in words(app)
    assert "**How people noticed.**" in words(app)
    assert "would have prevented all of the damage" in words(app)


def test_the_next_drill_is_one_that_is_there_and_not_yet_done(store, drills, monkeypatch, tmp_path):
    monkeypatch.setattr(shipped, "shipped", lambda *_: None)  # this one has come, and no other
    kept = replace(drills[SEEDS[1]], seed=3, level=1)
    Shelf(tmp_path / "data" / "drills", NETWORK, LABELS).put(kept)
    app = opened()
    assert "3-1" in app.query_params["drill"]
    app = play(app, kept, kept.fault.station, kept.fault.kind, best(kept))
    monkeypatch.setattr(cached, "drill", lambda *_: None)
    press(app, "Next drill")
    assert "3-1" not in app.query_params["drill"]


def test_a_drill_done_twice_counts_once(store, drills):
    asked = drills[SEEDS[0]]
    play(opened("0-1"), asked, next(id for id in LABELS if id != asked.fault.station), asked.fault.kind, best(asked))
    play(opened("0-1"), asked, asked.fault.station, asked.fault.kind, best(asked))
    (row,) = store.drills(ME)
    assert not row.stage_right


@pytest.mark.parametrize("name", ["", "x", "1-9", "99999999999-1", "-1-1", "<b>"])
def test_an_address_that_names_no_drill_gets_one(store, name):
    assert "1. Where is it broken?" in words(opened(name))
