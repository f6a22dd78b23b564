"""Incident drills: by seed, decided by the evidence, judged by simulation, and played to the end on the page."""

import json
import re
import shutil
import threading
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from streamlit.testing.v1 import AppTest

from lifecycle.course import load
from lifecycle.course.fault_words import FAULTS
from lifecycle.learning.drills import (
    HINT_COST,
    LEVELS,
    Shelf,
    against,
    complaints,
    drill,
    happened,
    helps,
    level_of,
    points,
    shipped,
    streak,
    supposed,
    unlike,
)
from lifecycle.learning.drills.evidence import QUARTERS, apart, evidence, unmarked, unrest
from lifecycle.learning.drills.making import APART, CAUSES, EVENTS, LUCK, _elsewhere
from lifecycle.simulation.day.run import simulate
from lifecycle.simulation.experiments.remedies import harmful, undone, verdict
from lifecycle.simulation.faults import KINDS, shows_s
from lifecycle.simulation.model.scenario import Fault, Scenario
from lifecycle.simulation.readings.accounts import summary
from lifecycle.simulation.readings.consequence import consequence
from lifecycle.simulation.readings.series import frames
from lifecycle.storage import Store
from lifecycle.ui.pages import drilling
from lifecycle.ui.pages.drilling import SUBJECTS
from lifecycle.ui.session import cached, stocking
from lifecycle.words import number
from tools import ship_drills

ROOT = Path(__file__).parents[2]
COURSE = load(ROOT / "content")
NETWORK = COURSE.pipeline.network
LABELS = {stage.id: stage.label for stage in COURSE.pipeline.stages}
SEEDS = [(0, 1), (2, 1), (1, 2), (2, 2), (1, 3), (2, 3)]
ME = "0123456789abcdef" * 2


# Drills take seconds to make: one worker makes them, once.
pytestmark = pytest.mark.xdist_group("drills")


@pytest.fixture(scope="module")
def drills():
    return {(seed, level): drill(NETWORK, LABELS, seed, level) for seed, level in SEEDS}


@pytest.fixture(params=SEEDS, ids=str)
def one(request, drills):
    return drills[request.param]


def test_a_seed_gives_the_same_drill_again_and_another_another(drills):
    assert drill(NETWORK, LABELS, *SEEDS[0]) == drills[SEEDS[0]]
    assert len({each.fault for each in drills.values()}) == len(drills)


def test_the_fault_does_harm_and_somebody_complains_without_naming_it(one):
    run, calm = simulate(NETWORK, one.scenario), simulate(NETWORK, one.calm)
    assert harmful(consequence(run, calm))
    assert one.complaints == complaints(run, calm, LABELS) != ()
    said = " ".join(one.complaints).lower()
    consumers = {LABELS[link] for link in ("bi", "ml", "reverse-etl")}
    assert LABELS[one.fault.station] in consumers or LABELS[one.fault.station].lower() not in said
    assert FAULTS[one.fault.kind][0].lower() not in said
    assert complaints(calm, calm, LABELS) == ()


def test_every_other_cause_at_every_stage_lies_apart_from_what_is_shown(one):
    shown = evidence(simulate(NETWORK, one.scenario))
    luck = [evidence(simulate(NETWORK, replace(one.scenario, seed=one.scenario.seed + n))) for n in range(1, LUCK + 1)]
    still = unrest([shown, *luck])
    assert one.fault.kind in one.causes
    assert len(set(one.causes)) == len(one.causes) == CAUSES
    for kind in one.causes:
        for other in _elsewhere(NETWORK, one.scenario, one.fault, kind):
            assert apart(shown, evidence(other), still) >= APART


def test_the_same_cause_with_other_luck_does_not_lie_apart(one):
    """The threshold is calibrated: what is not told apart here is luck."""
    days = [evidence(simulate(NETWORK, replace(one.scenario, seed=one.scenario.seed + n))) for n in range(2 * LUCK + 1)]
    still = unrest(days[: LUCK + 1])
    assert max(apart(days[0], other, still) for other in days[LUCK + 1 :]) < APART


def test_the_best_remedy_is_the_best_by_simulation_and_alone(one):
    run, calm = simulate(NETWORK, one.scenario), simulate(NETWORK, one.calm)
    before = consequence(run, calm)
    for remedy in one.remedies:
        assert verdict(before, consequence(simulate(NETWORK, remedy.scenario), calm)) == remedy.verdict
    worths = sorted((remedy.worth for remedy in one.remedies), reverse=True)
    assert worths[0] == 1.0 > worths[1]
    assert len(worths) >= 3
    assert next(each for each in one.remedies if each.worth == 1.0).verdict != "nothing"


def test_what_speaks_against_a_stage_is_said_of_that_stage(one):
    run, calm = simulate(NETWORK, one.scenario), simulate(NETWORK, one.calm)
    for station, label in LABELS.items():
        if station != one.fault.station:
            assert against(run, calm, station, LABELS).startswith(label)


def test_before_a_stage_that_is_down_it_waits_behind_it_it_runs_dry_and_elsewhere_nothing_is_unusual():
    run, calm = (
        simulate(NETWORK, Scenario(faults=(Fault("down", "ingestion", 36_000.0, 39_600.0),))),
        simulate(NETWORK, Scenario()),
    )
    held, usual = (frames(day, QUARTERS).stations["jdbc"].inside for day in (run, calm))
    more = number(int((held - usual).max()))
    assert against(run, calm, "jdbc", LABELS).startswith(f"{LABELS['jdbc']}: at most {more} events more than usual")
    assert against(run, calm, "oltp", LABELS).startswith(f"{LABELS['oltp']}: nothing waited there")
    at = re.match(rf"{LABELS['buffer']} ran dry from about (\d\d):(\d\d): ", against(run, calm, "buffer", LABELS))
    assert 9.5 <= int(at[1]) + int(at[2]) / 60 <= 10.5


def test_rows_that_are_missing_are_counted_against_the_calm_day_and_only_there():
    run, calm = (
        simulate(NETWORK, Scenario(faults=(Fault("drift", "oltp", 36_000.0, 50_400.0, 1.0),))),
        simulate(NETWORK, Scenario()),
    )
    got, usual = (summary(day).deliveries["bi"].delivered for day in (run, calm))
    assert complaints(run, calm, LABELS)[0] == (
        f"{LABELS['bi']}: “About {number(usual - got)} rows fewer came than on other days.”"
    )
    more = complaints(calm, run, LABELS)
    assert more[0] == f"{LABELS['bi']}: “About {number(usual - got)} rows more came than on other days.”"


def test_the_diagram_that_asks_shows_no_sign_of_the_fault(one):
    shown = frames(simulate(NETWORK, one.scenario))
    assert any(station.faulty.any() for station in shown.stations.values())
    assert not any(station.faulty.any() for station in unmarked(shown).stations.values())


def test_a_level_that_there_is_not_and_a_pipeline_without_a_story_are_refused():
    with pytest.raises(ValueError, match="no level 4"):
        drill(NETWORK, LABELS, 1, 4)
    assert EVENTS > 0


# --- scoring


@dataclass
class Done:
    level: int
    points: int


@given(st.booleans(), st.booleans(), st.floats(0, 1), st.integers(0, 6))
def test_a_hint_never_raises_the_points_and_a_right_answer_never_lowers_them(stage, cause, worth, hints):
    earned = points(stage, cause, worth, hints)
    assert 0 <= points(stage, cause, worth, hints + 1) <= earned <= 100
    assert points(True, cause, worth, hints) >= earned <= points(stage, True, worth, hints)
    assert earned <= points(stage, cause, 1.0, hints)
    assert points(True, True, 1.0, 0) == 100


def test_three_good_ones_in_a_row_lead_a_level_up_and_never_above_the_top():
    good, bad = [Done(1, 90)], [Done(1, 10)]
    assert level_of([]) == 1
    assert level_of(good * 2 + bad + good * 2) == 1
    assert level_of(good * 3) == 2
    assert level_of(good * 3 + [Done(2, 80)] * 3) == 3
    assert level_of(good * 3 + [Done(2, 80)] * 3 + [Done(3, 100)] * 9) == 3
    assert streak(good * 2 + bad + good * 2) == 2
    assert level_of([Done(2, 10)]) == 2  # begun at a level of one's own choice
    assert level_of([Done(9, 80)]) == 3
    assert level_of(good * 2 + [Done(2, 80)] * 2) == 2  # what went well on another level is not of this row
    assert level_of(good * 3 + good * 3) == 2  # nor is what is easier
    assert level_of(good * 3 + [Done(2, 80)] * 2) == 2
    assert level_of([Done(1, 70)] * 3) == 2
    assert level_of([Done(1, 69)] * 3) == 1


# --- the page


@pytest.fixture
def store(tmp_path, monkeypatch):
    monkeypatch.setenv("HEADWATERS_DATA", str(tmp_path / "data"))
    monkeypatch.delenv("HEADWATERS_CONTENT", raising=False)
    return Store(tmp_path / "data" / "headwaters.db")


def opened(name=None):
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
    app.session_state["learner"], app.session_state["learner-stays"] = ME, True
    app.switch_page("pages/drills.py")
    if name:
        app.query_params["drill"] = name
    app.run()
    assert not app.exception
    return app


def press(app, label):
    next(button for button in app.button if button.label.startswith(label)).click().run()
    assert not app.exception
    return app


def words(app):
    return "\n".join(each.value for each in [*app.markdown, *app.caption, *app.info])


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


def test_what_speaks_against_a_cause_are_numbers_of_both_days(one):
    run = simulate(NETWORK, one.scenario)
    for kind in one.causes:
        if kind != one.fault.kind:
            other = supposed(NETWORK, one, kind, "")
            assert [fault.kind for fault in other.faults] == [kind]
            said = unlike(run, simulate(NETWORK, other), LABELS)
            would, did = re.search(r"(\S+(?: \w+)?) (?:events|at).*; (?:it was )?(.+?)\.(?: |$)", said).groups()
            assert would != did, said


def test_a_remedy_says_how_much_it_saves_from_both_days(one):
    calm = simulate(NETWORK, one.calm)
    before = consequence(simulate(NETWORK, one.scenario), calm)
    for each in one.remedies:
        after = consequence(simulate(NETWORK, each.scenario), calm)
        if each.verdict in ("some of it", "one thing for another"):
            assert each.saves, each
        if after.lost > 10 and 0 < after.lost < 0.9 * before.lost:
            assert f"{number(after.lost)} events lost, not {number(before.lost)}" in each.saves
        assert each.most == all(has <= 0.5 * had for had, has in undone(before, after))
        if each.verdict == "some of it":
            assert ("prevented most" if each.most else "prevented part") in helps(each, LABELS)


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


def test_what_is_left_out_on_purpose_is_told_from_what_is_lost():
    """The chart of losses beside the sentence shows both."""
    hours = (9 * 3600.0, 14 * 3600.0)
    day = Scenario(start="push", transform="stream", events=30_000, faults=(Fault("down", "buffer", *hours),))
    said = unlike(
        simulate(NETWORK, day), simulate(NETWORK, replace(day, faults=(Fault("drift", "transform", *hours),))), LABELS
    )
    lost, removed = re.search(
        r"lost at Transformation by .*; (\S+) were\. The (\S+) that .* are not lost", said
    ).groups()
    assert lost == "0"
    assert int(removed.replace(",", "")) > 0


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


def test_each_kind_of_fault_is_told_as_a_sentence():
    for kind, known in KINDS.items():
        said = happened(Fault(kind, "buffer", 36_000.0, 39_600.0, known.usual), LABELS)
        assert re.fullmatch(r"[A-Z].*\.", said), said
        assert "{" not in said
        assert "10:00" in said
        assert "11:00" in said
        assert ("%" in said) == (known.unit == "share"), said


def test_a_kept_drill_is_the_drill_that_was_made_and_another_pipeline_finds_none(one, tmp_path):
    shelf = Shelf(tmp_path, NETWORK, LABELS)
    assert shelf.get(one.seed, one.level) is None
    shelf.put(one)
    assert shelf.has(one.seed, one.level)
    assert shelf.get(one.seed, one.level) == one
    assert Shelf(tmp_path, NETWORK, {**LABELS, "buffer": "Log"}).get(one.seed, one.level) is None
    file = next(tmp_path.rglob("*.json"))
    file.write_text(file.read_text()[:40])
    assert shelf.get(one.seed, one.level) is None


def test_the_drills_that_come_with_the_program_are_those_that_are_made():
    assert shipped.FILE.read_text(encoding="utf-8") == ship_drills.made(), "run python -m tools.ship_drills"


def test_another_course_gets_none_of_them():
    kept = shipped.shipped(NETWORK, LABELS, shipped.SEED, 2)
    assert kept is not None
    assert (kept.seed, kept.level) == (shipped.SEED, 2)
    assert shipped.shipped(NETWORK, {**LABELS, "buffer": "Log"}, shipped.SEED, 2) is None
    others = tuple(each for each in NETWORK.stations if each.id != "archive")
    assert shipped.shipped(replace(NETWORK, stations=others), LABELS, shipped.SEED, 2) is None
    assert shipped.shipped(NETWORK, LABELS, shipped.SEED + 1, 2) is None


@pytest.fixture
def makings(monkeypatch):
    """The (seed, level) of every drill that is made, none of which is."""
    asked = []

    def made(network, labels, seed, level):
        asked.append((seed, level))
        raise ValueError("no drill was found")

    cached.drill.cache_clear()
    monkeypatch.setattr(cached, "make_drill", made)
    yield asked
    cached.drill.cache_clear()


@pytest.mark.parametrize("level", LEVELS)
def test_nothing_is_made_for_the_first_drill_of_a_fresh_data_folder(store, makings, monkeypatch, level):
    monkeypatch.setattr(drilling, "level_of", lambda _: level)
    app = opened()
    assert f"{shipped.SEED}-{level}" in app.query_params["drill"]
    assert "1. Where is it broken?" in words(app)
    assert makings == []


def started():
    """Start as the server does, and wait for what that has made."""
    stocking.at_start()
    for thread in threading.enumerate():
        if thread.name == "drills":
            thread.join()


def test_a_course_of_ones_own_has_its_first_drills_made_at_the_start(store, makings, monkeypatch, tmp_path):
    started()
    assert makings == []  # the shipped course brought them along
    own = tmp_path / "own"
    shutil.copytree(ROOT / "content", own)
    pipeline = own / "pipeline.yaml"
    pipeline.write_text(pipeline.read_text().replace(f"label: {LABELS['lake']}", "label: Pond"))
    monkeypatch.setenv("HEADWATERS_CONTENT", str(own))
    started()
    assert makings == [(1, level) for level in LEVELS]
    pipeline.write_text("stages: [")
    started()  # says nothing: the page does
    assert len(makings) == len(LEVELS)


def test_a_shelf_that_cannot_be_written_keeps_nothing_and_fails_nothing(one, tmp_path):
    (tmp_path / "file").write_text("")
    shelf = Shelf(tmp_path / "file", NETWORK, LABELS)
    shelf.put(one)
    assert shelf.get(one.seed, one.level) is None


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
