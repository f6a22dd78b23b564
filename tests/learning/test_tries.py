"""Things to try tick off by what they ask for: what they set, or a look from which one has gone on."""

from dataclasses import replace

import pytest

from lifecycle.course import address, load
from lifecycle.course.address import State, View
from lifecycle.course.loading import SHIPPED
from lifecycle.learning.lessons import Trying, come_to, gone_to, wishes
from lifecycle.simulation.model.kinds import Size, Start
from tests.support.narrow import not_none

COURSE = load(SHIPPED)
CRASH, SALE, WIRE = (not_none(COURSE.named(id)) for id in ("consumer-crash", "flash-sale", "cut-wire"))


def visit(named, *states):
    """What is ticked off by going from state to state of a scenario."""
    trying: Trying | None = None
    done: frozenset[int] = frozenset()
    for state in states:
        trying, more = come_to(trying, named, state, COURSE)
        done |= more
    return done


def opening(named):
    switches = {switch: getattr(named.scenario, switch) for switch in named.switches}
    return State(scenario="" if named == COURSE.default else named.id, **switches)


def test_a_link_that_only_moves_the_clock_ticks_nothing_by_itself():
    start, at = opening(CRASH), replace(opening(CRASH), moment=30_600)
    assert visit(CRASH, start, at) == set()
    assert visit(CRASH, start, at, at) == set()
    assert visit(CRASH, start, at, replace(at, moment=41_000)) == {0}
    assert visit(CRASH, at, start) == set(), "who arrives there was not led there"


def test_what_is_set_counts_wherever_one_looks_and_a_look_beside_it_for_nothing():
    start = opening(CRASH)
    looking = replace(start, stage="buffer", view=View.WATCH)
    assert visit(CRASH, start, looking, start) == set()
    assert visit(CRASH, start, replace(start, knobs=(("buffer", "consumers", 2.0),))) == {2}


def test_a_thing_with_several_settings_is_done_by_one_of_them_that_was_not_there():
    nightly = not_none(COURSE.named("nightly-file"))
    assert visit(nightly, opening(nightly), replace(opening(nightly), start=Start.PUSH)) == {0}
    start = opening(SALE)
    assert 1 not in visit(SALE, start)
    assert 1 in visit(SALE, start, replace(start, size=Size.STREAM), start)


def test_another_scenario_that_is_asked_for_counts_where_it_was_left():
    trying, _ = come_to(None, WIRE, opening(WIRE), COURSE)
    assert gone_to(trying, State(scenario="catcher-down", start=Start.PUSH, size=Size.STREAM), COURSE) == {1}
    assert gone_to(trying, State(scenario="flash-sale", start=Start.PUSH, size=Size.STREAM), COURSE) == set()


@pytest.mark.parametrize("named", COURSE.scenarios, ids=lambda named: named.id)
def test_each_thing_to_try_of_ours_is_ticked_off_by_following_its_links_and_going_on(named):
    start = opening(named)
    elsewhere = replace(start, start=Start.PUSH, size=Size.STREAM, transform=Size.STREAM)
    done: set[int] = set()
    for begun in (start, elsewhere):
        for wish in wishes(named):
            there = address.turned(begun, wish.query, COURSE)[0]
            if (COURSE.named(there.scenario) or COURSE.default) == named:
                done |= visit(named, begun, there, begun)
            else:
                done |= gone_to(come_to(None, named, begun, COURSE)[0], there, COURSE)
    assert done == set(range(len(named.brief.tries)))
