"""A stage's state in words: the table that js/tests/state_words.test.js holds the browser's words to."""

import json
import math
from pathlib import Path
from typing import Any

import pytest

from lifecycle.diagram.state_words import FEW_ASKERS, Now, askers, state
from lifecycle.simulation.model.kinds import Role
from lifecycle.simulation.roles import ROLE_TYPES

CASES = json.loads(Path(__file__).with_suffix(".json").with_stem("state_words").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['role']}: {case['state']}")
def test_a_stage_says_its_state_as_the_page_does(case):
    given: dict[str, Any] = {name: math.nan if value is None else value for name, value in case["now"].items()}
    now = Now(**given)
    assert state(Role(case["role"]), now) == case["state"]
    assert askers(now) == case["askers"]


@pytest.mark.parametrize("role", Role)
def test_the_table_says_what_keeps_as_the_payload_does(role):
    assert {case.get("keeps", False) for case in CASES if case["role"] == role} <= {ROLE_TYPES[role].keeps}


def test_the_table_reaches_both_sides_of_what_is_worth_a_line():
    assert {case["now"].get("queries", 0) >= FEW_ASKERS for case in CASES} == {True, False}
