"""Kinds are types: files, addresses and JSON are turned into them once, and no table forgets one."""

from __future__ import annotations

import json
from abc import ABCMeta
from dataclasses import fields
from enum import IntEnum, StrEnum

import pytest

from lifecycle.course import Course, address, content_folder, load
from lifecycle.learning.drills.making import _FACTORS, _KINDS, _OF_SCHEDULES
from lifecycle.learning.drills.shelf import as_plain, from_plain
from lifecycle.learning.drills.shipped import FILE
from lifecycle.simulation.day.arrivals import SHAPES
from lifecycle.simulation.day.passage import REASONS
from lifecycle.simulation.faults import KINDS, fault_type
from lifecycle.simulation.faults.kind import FaultType
from lifecycle.simulation.faults.text import fault_text, read_fault
from lifecycle.simulation.model import kinds
from lifecycle.simulation.model.kinds import (
    Arrivals,
    Fate,
    FaultKind,
    Guarantee,
    OnDrift,
    OnLate,
    OnLimit,
    Role,
    Size,
    Start,
    WhenFull,
)
from lifecycle.simulation.model.scenario import Fault, Scenario
from lifecycle.simulation.roles import ROLE_TYPES, ROLES, role_type
from lifecycle.simulation.roles.kind import RoleType

TYPES = {"start": Start, "size": Size, "transform": Size, "arrivals": Arrivals}
CODES = {
    (Role.INTERFACE, "on_limit"): OnLimit,
    (Role.BUFFER, "policy"): WhenFull,
    (Role.BUFFER, "delivery"): Guarantee,
    (Role.TRANSFORM, "on_late"): OnLate,
    (Role.TRANSFORM, "on_drift"): OnDrift,
}


@pytest.fixture(scope="module")
def course() -> Course:
    return load(content_folder())


def typed(scenario: Scenario) -> bool:
    return all(type(getattr(scenario, name)) is known for name, known in TYPES.items()) and all(
        type(fault.kind) is FaultKind for fault in scenario.faults
    )


def test_the_files_of_a_course_are_turned_into_kinds(course: Course):
    assert {type(station.role) for station in course.pipeline.network.stations} == {Role}
    assert any(named.scenario.faults for named in course.scenarios)
    assert all(typed(named.scenario) for named in course.scenarios)


def test_an_address_is_turned_into_kinds(course: Course):
    query = {"view": "watch", "start": "push", "size": "stream", "faults": "down.buffer:0-60,slow.lake:0-60:0.3"}
    state, notices = address.read(query, course)
    assert not notices
    assert type(state.view) is address.View
    assert typed(address.scenario_of(state, course))
    assert address.write(state) == query


def test_a_fault_of_the_command_line_is_turned_into_its_kind(course: Course):
    fault = read_fault("buffer.down@10:00-11:00", course.pipeline.network)
    assert type(fault.kind) is FaultKind
    assert fault_text(fault) == "buffer.down@10:00-11:00"


def test_a_kept_drill_is_turned_into_kinds_and_spelled_as_it_was():
    plain = json.loads(FILE.read_text(encoding="utf-8"))["drills"][0]
    again = from_plain(plain)
    assert json.dumps(as_plain(again)) == json.dumps(plain)
    assert typed(again.scenario)
    assert type(again.fault.kind) is FaultKind
    assert {type(cause) for cause in again.causes} == {FaultKind}
    assert all(typed(remedy.scenario) for remedy in again.remedies)


@pytest.mark.parametrize("kind", [each for each in vars(kinds).values() if isinstance(each, type)])
def test_every_kind_is_an_enumeration(kind: type):
    assert issubclass(kind, StrEnum | IntEnum)


def test_a_kind_stands_in_text_as_it_is_spelled():
    fault = Fault(FaultKind.CUT, "lake", 0.0, 60.0)
    assert repr(fault) == "Fault(kind='cut', station='lake', start_s=0.0, end_s=60.0, factor=1.0)"
    assert f"{Arrivals.REAL_DAY}" == "real-day"
    assert json.dumps([Role.LAKE, Start.PUSH, Size.BATCH]) == '["lake", "push", "batch"]'


def test_no_table_forgets_a_kind():
    assert set(ROLES) == set(Role)
    assert set(KINDS) == {*_KINDS[max(_KINDS)], *_OF_SCHEDULES[max(_KINDS)]} == set(FaultKind)
    assert set(_FACTORS) == {kind for kind, known in KINDS.items() if known.unit}
    assert set(SHAPES) == set(Arrivals)
    assert set(REASONS) == set(Fate) - {Fate.OK}


def test_a_figure_that_is_the_code_of_a_kind_has_words_for_each_member():
    for (role, name), kind in CODES.items():
        figure = next(each for each in ROLES[role] if each.name == name)
        assert [code for code, _ in figure.options] == [member.value for member in kind]
        assert figure.default in [member.value for member in kind]
        assert (figure.low, figure.high) == (min(kind), max(kind))


def test_the_fields_of_a_scenario_that_are_kinds_are_all_looked_at():
    assert {each.name for each in fields(Scenario) if isinstance(each.default, StrEnum)} == set(TYPES)


def test_every_role_and_every_fault_is_a_module_of_its_own():
    assert {role: known.role for role, known in ROLE_TYPES.items()} == {role: role for role in Role}
    assert {type(known).__module__.rpartition(".")[2] for known in ROLE_TYPES.values()} == set(Role)
    assert {kind: known.kind for kind, known in KINDS.items()} == {kind: kind for kind in FaultKind}
    assert {type(known).__module__.rpartition(".")[2] for known in KINDS.values()} == set(FaultKind)


@pytest.mark.parametrize("base", [RoleType, FaultType])
def test_one_that_leaves_out_a_part_cannot_be_made(base: ABCMeta):
    parts = base.__abstractmethods__
    assert parts >= {"role", "keeps", "queues", "figures", "work"} or parts >= {"kind", "words", "unit", "roles"}
    type("Whole", (base,), dict.fromkeys(parts))()
    for missing in parts:
        with pytest.raises(TypeError, match=missing):
            type("Broken", (base,), dict.fromkeys(parts - {missing}))()


def test_a_new_member_without_a_module_is_refused_at_once():
    with pytest.raises(AssertionError, match="reverse-proxy"):
        role_type("reverse-proxy")  # type: ignore[arg-type]
    with pytest.raises(AssertionError, match="flood"):
        fault_type("flood")  # type: ignore[arg-type]


@pytest.mark.parametrize("known", KINDS.values(), ids=list(KINDS))
def test_a_fault_has_a_range_and_a_meaning_where_it_has_a_factor(known: FaultType):
    assert known.unit in ("", "share", "times", "s")
    assert known.low <= known.usual <= known.high
    assert bool(known.words.meaning) == bool(known.unit)
    assert "{start}" in known.words.when + known.words.headline
    assert "{end}" in known.words.when
    assert len(known.roles) == len(set(known.roles))
