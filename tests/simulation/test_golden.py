"""The figures of every scenario under all switches are, to twelve digits, those that were written down."""

import math

import pytest

from lifecycle.course import SHIPPED, load
from lifecycle.words import DAY_S
from tools import golden

COURSE = load(SHIPPED)
HELD = golden.read()
# Moments are seconds of the day, so a wait, which is the difference of two, is known to their rounding and no better.
# NumPy's log and exp round their last bit one way or the other as the processor has AVX-512 or has not.
ROUNDED_S = 2 * math.ulp(DAY_S)


def differences(before, now, where=""):
    """Each place where two JSON values differ; numbers may in their twelfth digit, or by two roundings of a day."""
    if isinstance(before, dict) and isinstance(now, dict):
        for key in {**before, **now}:
            yield from differences(before.get(key), now.get(key), f"{where}.{key}")
    elif isinstance(before, list) and isinstance(now, list) and len(before) == len(now):
        for nth, pair in enumerate(zip(before, now, strict=True)):
            yield from differences(*pair, f"{where}[{nth}]")
    elif isinstance(before, float) and isinstance(now, int | float):
        if not math.isclose(before, now, rel_tol=2e-12, abs_tol=ROUNDED_S):
            yield f"{where}: {before!r} is now {now!r}"
    elif before != now:
        yield f"{where}: {before!r} is now {now!r}"


def test_every_scenario_is_held():
    assert list(HELD) == sorted(named.id for named in COURSE.scenarios)
    assert all(len(days) == len(golden.WAYS) == 8 for days in HELD.values())


@pytest.mark.parametrize("named", COURSE.scenarios, ids=lambda named: named.id)
def test_the_figures_are_those_that_were_written_down(named):
    changed = [
        line
        for way, figures in golden.printed(COURSE, named)
        for line in differences(HELD[named.id][way], figures, way)
    ]
    assert changed == [], "\n".join([*changed[:20], "if this was meant: python -m tools.golden"])


def test_a_changed_figure_is_seen():
    day = next(iter(HELD["normal-day"].values()))
    delivered = day["events"]["delivered"]
    other = {**day, "events": {**day["events"], "delivered": delivered + 1}}
    assert list(differences(day, other)) == [f".events.delivered: {delivered} is now {delivered + 1}"]
    assert list(differences({"a": 0.1}, {"a": 0.1 + 1e-9}))
    assert not list(differences({"a": [0.1]}, {"a": [0.1 + 1e-14]}))
