"""Named scenarios read from Markdown: a good one whole, a bad one with every fault at its line."""

import pytest

from lifecycle.course.briefs import Brief
from lifecycle.course.pipeline_file import read_pipeline
from lifecycle.course.scenarios import NamedScenario, Showing, read_scenario
from lifecycle.documents import read_document
from lifecycle.simulation.model.kinds import Arrivals, FaultKind, Start
from lifecycle.simulation.model.scenario import DAY_S, Fault, Scenario
from lifecycle.simulation.model.schedules import Schedule, every
from tests.support.narrow import not_none
from tests.support.small_course import BRIEF, PIPELINE, REAL_DAY, SCENARIO

NETWORK = not_none(read_pipeline(PIPELINE)[0]).network


def read(text: str):
    document, faults = read_document(text, "scenarios/rush.md")
    assert document is not None, faults
    return read_scenario(document, "rush", NETWORK, ["flights"])


def test_a_scenario_is_read_whole():
    named, problems = read(SCENARIO)
    assert problems == ()
    assert named == NamedScenario(
        id="rush",
        title="A rush",
        brief=Brief(
            story="Everybody comes at noon.",
            question="Where do they wait?",
            tries=(
                "Watch the store.",
                "Let the copy run [every hour](?knobs=copy.batch_interval_s:3600&size=stream).",
            ),
            see="The store fills.",
        ),
        order=1,
        switches=("start",),
        scenario=Scenario(
            start=Start.PUSH,
            arrivals=Arrivals.SPIKE,
            events=1000,
            spike_at_s=43_200,
            spike_length_s=1800,
            spike_factor=8,
            faults=(Fault(FaultKind.SLOW, "store", 43_200, 50_400, 0.5),),
            overrides=(("copy", "batch_interval_s", 600.0),),
        ),
    )
    assert isinstance(hash(named.scenario), int)


def test_how_it_stands_in_the_gallery_is_read_and_is_not_needed():
    said = "order: 1\ngroup: Too much at once\nlevel: 3\nstage: store\nchart: waiting"
    named, problems = read(SCENARIO.replace("order: 1", said))
    assert (named.showing, problems) == (Showing("Too much at once", 3, "store", "Waiting"), ())
    assert read(SCENARIO)[0].showing == Showing("", 1, "", "Freshness")


@pytest.mark.parametrize(
    ("said", "what"),
    [
        ("chart: waiting", "the chart waiting is of one stage"),
        ("chart: frehsness", "unknown chart 'frehsness', did you mean freshness?"),
        ("stage: stroe", "unknown stage 'stroe', did you mean store?"),
        ("level: 4", "level"),
        ("level: 1.5", "`level: 1.5` is not a whole number"),
        (f"group: {'x' * 41}", "`group` has 41 characters, shorten it to 40"),
    ],
)
def test_what_is_wrong_with_that_is_told_at_its_line(said, what):
    named, (problem,) = read(SCENARIO.replace("order: 1", f"order: 1\n{said}"))
    assert what in str(problem)
    assert problem.line == 4
    assert named.showing.chart == "Freshness"


def test_a_real_day_names_its_trace():
    named, problems = read(REAL_DAY)
    assert problems == ()
    assert (named.trace, named.scenario.arrivals) == ("flights", "real-day")


def test_what_is_not_said_is_as_in_any_scenario():
    named, problems = read(f"---\ntitle: Plain\narrivals: steady\n---\n{BRIEF}")
    assert problems == ()
    assert named.scenario == Scenario(arrivals=Arrivals.STEADY)
    assert named.switches == ()


@pytest.mark.parametrize(
    ("kind", "stage", "factor"),
    [
        ("down", "store", 1.0),
        ("slow", "store", 0.5),
        ("drift", "store", 1.0),
        ("cut", "store", 1.0),
        ("contend", "orders", 0.5),
        ("spike", "orders", 5.0),
        ("skew", "orders", 900.0),
    ],
)
def test_each_kind_of_fault_has_its_usual_factor_and_may_last_all_day(kind, stage, factor):
    named, problems = read(
        "---\ntitle: x\narrivals: daily\n"
        f'faults: [{{kind: {kind}, stage: {stage}, from: "00:00", to: "24:00"}}]\n---\n{BRIEF}'
    )
    assert problems == ()
    assert named.scenario.faults == (Fault(kind, stage, 0.0, 86_400.0, factor),)


@pytest.mark.parametrize(
    ("old", "new", "line", "word", "fix"),
    [
        ("title: A rush", "titel: A rush\ntitle: x", 2, "unknown key 'titel'", "did you mean title?"),
        ("arrivals: spike", "arrivals: spkie", 4, "unknown arrivals 'spkie'", "did you mean spike?"),
        ("events: 1000", "events: 1000001", 5, "out of range", "0 to 1e+06"),
        ("events: 1000", "events: -1", 5, "out of range", "0 to 1e+06"),
        ("events: 1000", "events: 1.5", 5, "not a whole number", "round"),
        ("events: 1000", "events: .inf", 5, "not finite", "plain number"),
        ("events: 1000", "events: many", 5, "not a number", "plain number"),
        ('at: "12:00"', "at: 12:00", 6, "base sixty", 'at: "12:00"'),
        ('at: "12:00"', "at: 43200", 6, "a number", "hh:mm in quotes"),
        ('at: "12:00"', 'at: "25:00"', 6, "not a time of the day", "00:00"),
        ('length: "00:30"', 'length: "00:00"', 6, "no length", "01:00"),
        ("factor: 8", "factor: -8", 6, "out of range", "0 to 1000"),
        ("factor: 8}", "factor: 8, factr: 2}", 6, "unknown key 'factr'", "factor"),
        ("start: push", "start: psuh", 7, "unknown start 'psuh'", "push"),
        ("start: push", "start: no", 7, "true or false", 'start: "no"'),
        ("kind: slow", "kind: sloow", 9, "unknown kind 'sloow'", "slow"),
        ("stage: store", "stage: stroe", 9, "unknown stage 'stroe'", "did you mean store?"),
        ("stage: store", "stage: access", 9, "unknown stage 'access'", "use one of"),
        ("kind: slow", "kind: spike", 9, "a spike does nothing to a warehouse", "put it at a source"),
        ('to: "14:00"', 'to: "12:00"', 9, "ends before it begins", "later"),
        ("factor: 0.5", "factor: 1.5", 9, "out of range", "to 1"),
        ("{kind: slow", "{kin: slow", 9, "without `kind`", "add"),
        ("copy.batch_interval_s", "cpoy.batch_interval_s", 10, "unknown stage 'cpoy'", "did you mean copy?"),
        ("copy.batch_interval_s", "copy.batch_intervl_s", 10, "no figure 'batch_intervl_s'", "batch_interval_s"),
        ("copy.batch_interval_s", "batch_interval_s", 10, "names no stage", "stage.figure"),
        (": 600}", ": .nan}", 10, "not finite", "plain number"),
        (": 600}", ": quick}", 10, "not a number", "plain number"),
        (": 600}", ": 0}", 10, "batch_interval_s is 0", "write 60 to"),
        ("Watch the store.", "Watch <b>the</b> store.", 23, "HTML in Markdown", "backticks"),
        ("events: 1000", "events: 1000\ntrace: flights", 6, "a `trace` with arrivals spike", "real-day"),
    ],
)
def test_each_fault_is_reported_at_its_line_with_its_fix(old, new, line, word, fix):
    assert old in SCENARIO
    problems = read(SCENARIO.replace(old, new))[1]
    problem = next(problem for problem in problems if word in problem.what)
    assert problem.line == line
    assert fix in problem.fix


def test_a_spike_belongs_to_spiky_arrivals():
    problems = read(SCENARIO.replace("arrivals: spike", "arrivals: steady"))[1]
    assert [(problem.line, problem.what) for problem in problems] == [(6, "a `spike` with arrivals steady")]


@pytest.mark.parametrize("trace", ["", "trace: flihgts\n"])
def test_a_real_day_needs_a_trace_that_is_there(trace):
    problems = read(REAL_DAY.replace("trace: flights\n", trace))[1]
    assert len(problems) == 1
    assert "trace" in problems[0].what


# --- schedules of a day alone

JOBS = PIPELINE.replace("flows:\n", "  - {id: sums, zone: office, label: Sums, role: transform}\nflows:\n").replace(
    "  - {from: store, to: report}\n", "  - {from: store, to: sums}\n  - {from: sums, to: report}\n"
)
HOURLY = "schedules: [{id: hourly, every: 3600, retries: 1}]\non_schedule: {sums: hourly}\n"


def read_on(head: str, fault: str = "slow, stage: store"):
    text = SCENARIO.replace("order: 1\n", f"order: 1\n{head}").replace("slow, stage: store", fault)
    document, faults = read_document(text.replace(", factor: 0.5}", "}"), "scenarios/rush.md")
    assert document is not None, faults
    return read_scenario(document, "rush", not_none(read_pipeline(JOBS)[0]).network, ["flights"])


def test_a_scenario_may_put_a_stage_on_a_schedule_and_its_job_may_fail_then():
    named, problems = read_on(HOURLY, "fail, stage: sums")
    assert problems == ()
    assert named.scenario.schedules == (Schedule("hourly", every(3600.0, DAY_S), retries=1),)
    assert named.scenario.on_schedule == (("sums", "hourly"),)
    assert "a fail does nothing to a transform without a schedule" in str(read_on("", "fail, stage: sums")[1])
    assert "a poison does nothing to a transform on a schedule" in str(read_on(HOURLY, "poison, stage: sums")[1])


@pytest.mark.parametrize(
    ("head", "what"),
    [
        (HOURLY.replace("{sums: hourly}", "{smus: hourly}"), "unknown stage smus in `on_schedule`"),
        (HOURLY.replace("{sums: hourly}", "{sums: daily}"), "unknown schedule daily of sums"),
        (HOURLY.replace("{sums: hourly}", "{store: hourly}"), "on a schedule: store"),
        (HOURLY.partition("on_schedule")[0], "nothing is on the schedule hourly"),
    ],
)
def test_what_is_wrong_with_a_schedule_of_a_day_is_told(head, what):
    _, problems = read_on(head)
    assert any(what in str(problem) for problem in problems), problems
