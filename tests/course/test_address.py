"""The address is the state: it goes both ways, and nothing in it can break the page."""

import math
import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lifecycle.cli.links import link_problems
from lifecycle.course import Course, Place, address
from lifecycle.course.address import FIELDS, MOST_FAULTS, State, merged, read, scenario_of, turned, write
from lifecycle.course.briefs import Brief
from lifecycle.course.pipeline import Flow, Pipeline, Stage, Undercurrent, Zone
from lifecycle.course.scenarios import NamedScenario
from lifecycle.simulation.faults import KINDS, can_happen
from lifecycle.simulation.model.figures import WHOLE
from lifecycle.simulation.model.kinds import Arrivals, FaultKind, Role, Size, Start
from lifecycle.simulation.model.scenario import Fault, Scenario
from lifecycle.simulation.roles import ROLES

PIPELINE = Pipeline(
    "A small one",
    (Zone("upstream", "Upstream"),),
    (
        Stage("shop", "upstream", "Shop", Role.SOURCE),
        Stage("pump", "upstream", "Pump", Role.INGESTION),
        Stage("desk", "upstream", "Desk", Role.CONSUMER),
    ),
    (Flow("shop", "pump"), Flow("pump", "desk")),
    (Undercurrent("keys", "Keys"),),
)
COURSE = Course(
    PIPELINE,
    {place: Place(place, place.title(), "") for place in PIPELINE.places},
    scenarios=(
        NamedScenario("calm", "A calm day", Brief(), Scenario(arrivals=Arrivals.STEADY)),
        NamedScenario("rush", "A rush", Brief(), Scenario(events=500, overrides=(("pump", "latency_s", 2.0),))),
    ),
)

KNOBS = [
    (stage.id, figure.name, figure.low, figure.high)
    for stage in PIPELINE.stages
    for figure in ROLES[stage.role]
    if not figure.options and figure.unit not in WHOLE
]


FAULTS = st.builds(
    lambda where, from_s, lasts_s, part: Fault(
        where[0],
        where[1],
        float(from_s),
        float(min(86_400, from_s + lasts_s)),
        float(f"{KINDS[where[0]].low + part * (KINDS[where[0]].high - KINDS[where[0]].low):.6g}"),
    ),
    st.sampled_from([(kind, stage.id) for kind in KINDS for stage in PIPELINE.stages if can_happen(kind, stage)]),
    st.integers(0, 86_399),
    st.integers(1, 86_400),
    st.floats(0, 1),
)


@st.composite
def states(draw):
    turned = draw(st.lists(st.sampled_from(KNOBS), unique_by=lambda knob: knob[:2], max_size=4))
    knobs = tuple((stage, name, float(f"{draw(st.floats(low, high)):.12g}")) for stage, name, low, high in turned)
    faults = draw(st.lists(FAULTS, max_size=3))
    return State(
        faults=tuple(faults),
        stage=draw(st.sampled_from([None, *PIPELINE.places])),
        view=draw(st.sampled_from(["explain", "watch", "quiz"])),
        scenario=draw(st.sampled_from(["", "rush"])),
        start=draw(st.sampled_from(["pull", "push"])),
        size=draw(st.sampled_from(["batch", "stream"])),
        transform=draw(st.sampled_from(["batch", "stream"])),
        events=draw(st.none() | st.integers(0, 1_000_000)),
        seed=draw(st.integers(0, 2**31 - 1)),
        moment=draw(st.integers(0, 86_400)),
        knobs=merged((), knobs),
    )


@given(states())
def test_a_state_written_and_read_is_the_same_state(state):
    assert read(write(state), COURSE) == (state, ())


def test_the_default_state_has_an_empty_address():
    assert write(State()) == {}


def test_every_field_of_the_state_is_in_the_table():
    assert set(FIELDS) == set(vars(State()))


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("stage", "nowhere"),
        ("stage", "../x"),
        ("stage", "<script>alert(1)</script>"),
        ("stage", "shop' OR 1=1 --"),
        ("stage", "shop\x00"),
        ("stage", "\u202eshop"),
        ("scenario", "gone-since-2024"),
        ("start", "shove"),
        ("size", ""),
        ("events", "NaN"),
        ("events", "1e308"),
        ("events", "-1"),
        ("events", "1000000000000"),
        ("events", "٣"),
        ("seed", "inf"),
        ("moment", "90000"),
        ("knobs", "pump.latency_s:nan"),
        ("knobs", "pump.latency_s:inf"),
        ("knobs", "pump.latency_s:-1"),
        ("knobs", "pump.latency_s:1e308"),
        ("knobs", "pump.colour:3"),
        ("knobs", "keys.latency_s:3"),
        ("knobs", "latency"),
        ("knobs", "pump.latency_s:1e"),
        ("knobs", "x" * 100_000),
        ("speed", "11"),
    ],
)
def test_a_bad_value_falls_back_and_says_so_without_echoing_marks(name, text):
    state, notices = read({name: text}, COURSE)
    assert state == State()
    assert len(notices) == 1
    assert len(notices[0]) < 300
    assert not set(notices[0]) & set("<>[]`*\x00\u202e'")


@given(st.dictionaries(st.sampled_from(sorted(FIELDS)) | st.text(), st.text(), max_size=20))
def test_no_address_whatever_breaks_the_reading(params):
    state, notices = read(params, COURSE)
    assert len(notices) <= 6
    assert scenario_of(state, COURSE)


def test_good_values_stay_when_others_are_bad():
    state, notices = read({"stage": "pump", "start": "shove", "seed": "7"}, COURSE)
    assert (state.stage, state.start, state.seed) == ("pump", "pull", 7)
    assert "shove" in notices[0]
    assert "pull, push" in notices[0]


def test_a_flood_of_parameters_is_summed_up():
    _, notices = read({f"x{i}": "1" for i in range(1000)}, COURSE)
    assert len(notices) == 6
    assert "995 more" in notices[-1]


def test_switches_knobs_and_seed_are_laid_over_the_named_scenario():
    state = State(scenario="rush", start=Start.PUSH, seed=9, knobs=(("pump", "batch_interval_s", 600.0),))
    scenario = scenario_of(state, COURSE)
    assert (scenario.start, scenario.seed, scenario.events) == ("push", 9, 500)
    assert scenario.overrides == (("pump", "batch_interval_s", 600.0), ("pump", "latency_s", 2.0))


def test_without_a_scenario_named_the_first_of_the_course_is_meant():
    assert scenario_of(State(), COURSE).arrivals == "steady"
    assert scenario_of(State(), Course(PIPELINE, {})) == Scenario()


def test_a_turned_knob_wins_over_the_scenario_that_turned_it_first():
    assert merged((("pump", "latency_s", 2.0),), (("pump", "latency_s", 3.0),)) == (("pump", "latency_s", 3.0),)
    assert not math.isnan(scenario_of(State(knobs=(("pump", "latency_s", 3.0),)), COURSE).overrides[0][2])


def test_a_value_too_long_to_be_meant_is_left_out_before_it_is_read():
    state, notices = read({"knobs": "pump.latency_s:1," * 6_000}, COURSE)
    assert state == State()
    assert "longer than 2000 characters" in notices[0]
    assert len(notices[0]) < 200


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("melt.pump:0-60", "kinds are down"),
        ("down.pump", "kind.stage:from-to"),
        ("down.gone:0-60", "no stage gone"),
        ("down.keys:0-60", "no stage keys"),
        ("down.pump:60-60", "begins before it ends"),
        ("down.pump:0-86401", "by second 86400"),
        ("slow.pump:0-60:0", "between 0.0001 and 1"),
        ("slow.pump:0-60:nan", "kind.stage:from-to"),
        ("slow.pump:0-60:1e9", "between"),
    ],
)
def test_a_fault_that_cannot_be_is_left_out_and_said(text, why):
    state, notices = read({"faults": text, "seed": "7"}, COURSE)
    assert state == State(seed=7)
    assert len(notices) == 1
    assert why in notices[0]


def test_of_too_many_faults_the_first_are_kept():
    state, notices = read({"faults": ",".join(["down.pump:0-60"] * 22)}, COURSE)
    assert len(state.faults) == 20
    assert ["at most 20 of them" in notice for notice in notices] == [True, True]


def test_the_learners_faults_are_added_to_the_scenarios():
    fault = Fault(FaultKind.SLOW, "pump", 60.0, 120.0, 0.25)
    assert write(State(faults=(fault,))) == {"faults": "slow.pump:60-120:0.25"}
    assert scenario_of(State(faults=(fault,)), COURSE).faults == (fault,)


def test_a_link_in_a_text_turns_what_it_names_and_leaves_the_rest():
    interval, here, there = (
        ("pump", "batch_interval_s", 60.0),
        Fault(FaultKind.DOWN, "pump", 0, 60),
        Fault(FaultKind.DOWN, "desk", 0, 60),
    )
    state = State(stage="shop", seed=7, knobs=(interval,), faults=(here,))
    link = "?size=stream&knobs=pump.job_overhead_s:5&faults=down.desk:0-60,down.pump:0-60"
    found, notices = turned(state, link, COURSE)
    assert notices == ()
    assert (found.stage, found.seed, found.size) == ("shop", 7, "stream")
    assert found.knobs == (interval, ("pump", "job_overhead_s", 5.0))
    assert found.faults == (here, there)
    assert turned(found, "?size=batch", COURSE)[0] == replace(found, size=Size.BATCH)  # a default can be asked for


def test_a_link_adds_faults_up_to_as_many_as_an_address_can_have_and_keeps_those_that_were_there():
    there = tuple(Fault(FaultKind.DOWN, "pump", 60.0 * n, 60.0 * n + 30.0) for n in range(MOST_FAULTS - 1))
    found, _ = turned(State(faults=there), "?faults=down.desk:0-60,down.desk:60-120,down.desk:120-180", COURSE)
    assert found.faults == (*there, Fault(FaultKind.DOWN, "desk", 0.0, 60.0))
    assert read(write(found), COURSE) == (found, ())  # with one more, the address would not be read as it was written


def test_a_link_that_names_nonsense_is_told_at_its_line_and_changes_nothing_else():
    assert turned(State(), "?size=lots&start=push", COURSE)[0] == State(start=Start.PUSH)
    text = "---\n---\n\nSee [this](?size=stream), [that](?size=lots)\nor [all](?knobs=pump.nothing:1&stage=desk).\n"
    lots, knob = link_problems(text, "scenarios/x.md", COURSE)
    assert (lots.file, lots.line, knob.line) == ("scenarios/x.md", 4, 5)
    assert "“lots”" in lots.what
    assert "pump.nothing" in knob.what
    (near,) = link_problems("[x](?momnt=32400)", "a.md", COURSE)
    assert (near.what, near.fix) == ("the setting “momnt” of a link", "did you mean moment?")


def test_links_are_those_that_the_page_shows_wherever_they_stand():
    text = """---
title: x
summary: "See [it](?size=a)."
---

`[x](?size=b)` and [titled](?size=c "A title") and [angled](<?size=d>)

```
[x](?size=e)
```

    [x](?size=f)

[![a picture](x.png)](?size=g) and [by *name*][far], [far][], [far]
and <!-- [x](?size=h) --> [(round)](?size=i) \\[x](?size=j)

<quiz>
Is it [so](?size=k)?
- [x] [Yes](?size=l)
> [Look](?size=m).
- [ ] `[No](?size=n)`
</quiz>

[far]: ?size=o
"""
    found = link_problems(text, "a.md", COURSE)
    named = sorted({(problem.what.split("“")[2][0], problem.line) for problem in found})
    assert named == [
        ("a", 3), ("c", 6), ("d", 6), ("g", 14), ("i", 15), ("k", 18), ("l", 19), ("m", 20), ("o", 24),
    ]  # fmt: skip


@given(st.text(st.sampled_from('[]()<>`?=\\\n s!:"&;*'), max_size=200))
def test_no_text_whatever_breaks_the_look_for_links(text):
    lines = text.count("\n") + 1
    assert all(1 <= problem.line <= lines for problem in link_problems(text, "a.md", COURSE))


@given(st.text(max_size=80))
def test_no_link_whatever_breaks_the_page(query):
    turned(State(), f"?{query}", COURSE)


def test_a_link_hides_what_it_names_and_writes_it_in_the_order_of_the_page():
    state, notices = read({"hide": "more,scenario"}, COURSE)
    assert (state.hide, notices) == (("scenario", "more"), ())
    assert write(state) == {"hide": "scenario,more"}


def test_what_cannot_be_hidden_is_told():
    state, notices = read({"hide": "diagram"}, COURSE)
    assert state.hide == ()
    assert "what can be hidden is scenario" in notices[0]


@pytest.mark.parametrize(
    ("name", "text", "value", "left_out"),
    [
        ("hide", "quiz,story,nonsense,charts", ("story", "quiz", "charts"), "nonsense"),
        ("knobs", "pump.latency_s:2,pump.gone:1", (("pump", "latency_s", 2.0),), "pump.gone:1"),
        ("faults", "down.pump:60-120,down.gone:1-2", (Fault(FaultKind.DOWN, "pump", 60.0, 120.0),), "down.gone:1-2"),
    ],
)
def test_one_part_of_a_list_that_cannot_be_used_costs_none_of_the_others(name, text, value, left_out):
    state, notices = read({name: text}, COURSE)
    assert getattr(state, name) == value
    assert len(notices) == 1
    assert f"“{name}” with “{left_out}”" in notices[0]


def test_every_list_of_the_address_keeps_its_other_parts():
    default = State()
    lists = {name for name in FIELDS if isinstance(getattr(default, name), tuple)}
    assert lists == {name for name, field in FIELDS.items() if field.joined} == {"hide", "knobs", "faults"}


@pytest.mark.parametrize(
    "name",
    re.findall(
        r"\S+",
        """
        fbclid gclid utm_source utm_campaign msclkid mc_cid mc_eid igshid igsh dclid twclid yclid gbraid wbraid
        gad_source _ga _gl srsltid ref ref_src _hsenc mtm_campaign mkt_tok UTM_MEDIUM embed embed_options
        """,
    ),
)
def test_what_others_hang_on_a_link_is_no_notice(name):
    assert read({name: "x" * 3_000, "size": "stream"}, COURSE) == (State(size=Size.STREAM), ())


def test_what_only_looks_so_is_told():
    for name in ("stages", "clid", "reference", "utm", "embedded"):
        assert len(read({name: "x"}, COURSE)[1]) == 1
    assert not any(address.FOREIGN.fullmatch(name) for name in FIELDS)
    assert len(link_problems("[x](?utm_source=mail)", "a.md", COURSE)) == 1  # an author wrote it: worth a word
