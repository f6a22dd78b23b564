"""`expect:` in a scenario: what holds is silent; what fails, leads nowhere or cannot be read is one line."""

import json
import re
from dataclasses import replace
from itertools import pairwise

import pytest

from lifecycle.__main__ import main
from lifecycle.course import computed, day, load
from lifecycle.course.expecting.expectation import DayExpectation
from lifecycle.course.loading import SHIPPED
from lifecycle.course.worlds import expectations
from tests.cli.command_line import run
from tests.support.narrow import not_none
from tests.support.small_course import SCENARIO, write_course

COURSE = load(SHIPPED)
LINE = 11  # of the file, on which `expect` stands


@pytest.fixture
def checked(tmp_path, capsys):
    """The exit code and the lines of `check` for a scenario that expects this."""

    def command(*lines):
        listed = lines[0] if len(lines) == 1 else "\n" + "\n".join(f"  - {line}" for line in lines)
        text = SCENARIO.replace("\n---\n\n## Story", f"\nexpect: {listed}\n---\n\n## Story")
        folder = write_course(tmp_path / "course", {"scenarios/rush.md": text})
        code = main(["check", str(folder)])
        return code, capsys.readouterr().out.splitlines()

    return command


def test_what_holds_is_silent_alone_or_in_a_list(checked):
    assert checked("events.born > 900")[0] == 0
    code, out = checked("events.born > 900", "consumers.report.freshness_s.p95 >= 1", "events.refused == 0")
    assert code == 0, out


def test_one_that_fails_says_where_what_was_expected_and_what_came_out(checked):
    code, out = checked("events.born > 900", "events.born == 7")
    assert code == 1
    assert len(out) == 1
    born = re.fullmatch(
        rf"scenarios/rush\.md:{LINE + 2}: `expect: events\.born == 7`: it is ([\d,]+), correct the text .*", out[0]
    )
    assert 900 < int(not_none(born)[1].replace(",", "")) < 1_100


@pytest.mark.parametrize("sign", ["<", "<=", ">", ">=", "=="])
def test_each_sign_means_what_it_says(sign):
    holds = [DayExpectation("x", sign, 2.0).holds_of(value) for value in (1.0, 2.0, 3.0)]
    assert holds == [eval(f"{value} {sign} 2.0") for value in (1.0, 2.0, 3.0)]


def test_its_day_is_the_scenarios_own_and_with_lays_a_links_settings_over_it(checked):
    assert checked("consumers.report.freshness_s.p95 > 3600 with knobs=copy.batch_interval_s:3600&size=batch")[0] == 0
    faster = "consumers.report.freshness_s.p95 < 1300 with ?size=stream"
    assert checked(faster)[0] == 0
    assert checked(faster.partition(" with")[0])[0] == 1


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("consumers.looker.freshness_s.p95 < 1", "consumers has no 'looker', it has report"),
        ("consumer.report.freshness_s.p95 < 1", "the day has no 'consumer', it has events, stages, consumers"),
        ("consumers.report.freshness_s.p90 < 1", "has no 'p90', it has mean, p50, p95, p99, max"),
        ("consumers.report.freshness_s < 1", "it has parts, and is no number, go on with one of mean, p50"),
        ("exposure.store.readers > 1", "it is 'analysts' on this day, and no number"),
        ("alarms.99.rang_s > 1", "alarms has no '99', it has 0"),
        ("events.born.more > 1", "events.born has no parts on this day"),
        ("events.born > 1 with size=huge", "size"),
        ("events.born > 1 with sise=batch", "did you mean size?"),
    ],
)
def test_a_path_or_setting_that_leads_nowhere_names_what_there_is(checked, line, words):
    code, out = checked(line)
    assert (code, len(out)) == (1, 1)
    assert out[0].startswith(f"scenarios/rush.md:{LINE}: `expect: ")
    assert words in out[0]


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("events.born", "is no figure, sign and number"),
        ("12", "read as a number"),
        ("events.born ~= 3", "compares by '~='"),
        ("events.born != 3", "compares by '!='"),
        ("events.born < some", "compares with 'some', which is no plain number"),
        ("events.born < nan", "no plain number"),
        ("events.born < 1,000", "no plain number"),
        ("events.born < 3 without size=batch", "is no figure, sign and number"),
        ("{a: 1}", "should be text"),
        (f"events.born < {'1' * 400}", "shorten it to 300"),
        ("'<' ", "is no figure, sign and number"),
    ],
)
def test_what_cannot_be_read_is_told_in_one_line(checked, line, words):
    code, out = checked(line)
    assert (code, len(out)) == (1, 1), out
    assert out[0].startswith(f"scenarios/rush.md:{LINE}: ")
    assert words in out[0]


def test_at_most_forty_stand_in_one_file(checked):
    code, out = checked(*["events.born > 1"] * 41)
    assert code == 1
    assert "41 expect" in out[0]


def test_a_figure_is_what_simulate_prints(tmp_path):
    printed = json.loads(run("simulate", str(write_course(tmp_path / "course")), "--json").stdout)
    course = load(tmp_path / "course")
    for path in ("events.delivered", "consumers.report.latency_s.max", "cost.total", "stages.store.max_queue"):
        value = printed
        for name in path.split("."):
            value = value[name]
        named = not_none(course.named("rush"))
        assert list(expectations.problems(_expecting(course, named, path, value))) == []


def _expecting(course, named, path, value):
    return replace(course, scenarios=(replace(named, expected=(DayExpectation(path, "==", value),)),))


def test_ours_are_proven_and_there_are_ten_or_more():
    assert sum(bool(named.expected) for named in COURSE.scenarios) >= 10
    with day.in_turn():
        assert list(expectations.problems(COURSE)) == []


def test_of_ours_none_holds_whatever_comes_out():
    """A bound that a wrong number would meet, too, proves nothing: each fails on a tenth or on ten times its figure."""
    with day.in_turn():
        for named in COURSE.scenarios:
            for expected in named.expected:
                value = expectations.figure(expected, named, COURSE)
                assert not all(map(expected.holds_of, (value / 10, value * 10 or 1.0))), (named.id, str(expected))


def test_the_days_of_one_scenario_are_walked_one_after_the_other_each_once(monkeypatch):
    days = []

    def noted(of, prices):
        days.append(of)
        return computed.figures_of(of, prices)

    monkeypatch.setattr(expectations, "figures_of", noted)
    with day.in_turn():
        list(expectations.problems(COURSE))
    changes = sum(before != after for before, after in pairwise(days)) + 1
    assert changes == len(set(days))
