"""What a comparison finds: parts by their ids, and figures of one day on the same luck."""

import json
import math
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from lifecycle.course import load
from lifecycle.course.pipeline_file import pipeline_of
from lifecycle.importing import Imported, ImportedEdge, ImportedNode, read_paths
from lifecycle.importing.drafting import course_files, drafted, pipeline_text, shared_ids, write_course
from lifecycle.importing.drafting import draft as draft_limits
from lifecycle.outputs.comparing import PipelineSide, as_dict, as_markdown, compared, promised, read_levels, read_sides
from lifecycle.outputs.comparing.days import readings, shared_day
from lifecycle.outputs.comparing.shapes import ChangeKind, figures_changed
from lifecycle.simulation.model.bounds import fitting_events
from lifecycle.simulation.model.kinds import Role
from lifecycle.simulation.model.scenario import Scenario
from lifecycle.simulation.model.ways import WAYS
from lifecycle.simulation.readings.bill import Prices
from tests.importing.reads import FIXTURES
from tests.outputs.comparing.versions import EVERY_FOUR_HOURS, HOURLY, day, shop, side, stage
from tests.support.narrow import not_none

ADDED, GONE, RENAMED, CHANGED = ChangeKind


def kinds(parts):
    return [(part.key, part.kind) for part in parts]


def flat(facts, before=""):
    """Every number of nested facts by its path."""
    if isinstance(facts, dict):
        return {path: value for key, item in facts.items() for path, value in flat(item, f"{before}/{key}").items()}
    if isinstance(facts, list):
        named = {
            str(item.get("id", place)) if isinstance(item, dict) else place: item for place, item in enumerate(facts)
        }
        return flat(named, before)
    return {before: facts}


def test_what_was_added_is_gone_was_renamed_and_changed_are_four_things():
    before = shop(extra=(stage("old", "consumer"),), flows=[("mart", "old")])
    after = shop(extra=(stage("crm", "consumer"),), flows=[("mart", "crm")], labels={"mart": "Sales mart"}, job_s=900.0)
    comparison = compared(side(before), side(after))
    assert kinds(comparison.stages) == [("crm", ADDED), ("old", GONE), ("mart", RENAMED), ("clean", CHANGED)]
    assert kinds(comparison.flows) == [(("mart", "crm"), ADDED), (("mart", "old"), GONE)]
    assert figures_changed(comparison.stages[-1]) == {"drawn_s": (600.0, 900.0)}
    assert comparison.schedules == ()


def test_another_role_is_a_change_and_its_figures_are_not_held_against_each_other():
    after = shop()
    after = replace(after, stages=tuple(replace(s, role=Role.LAKE) if s.id == "mart" else s for s in after.stages))
    (change,) = compared(side(shop()), side(after)).stages
    assert (change.key, change.kind, figures_changed(change)) == ("mart", CHANGED, {})


def test_a_figure_that_is_written_down_as_its_default_is_no_change():
    after = shop()
    after = replace(
        after, stages=tuple(replace(s, figures=(("interval_s", 0.0),)) if s.id == "looker" else s for s in after.stages)
    )
    assert compared(side(shop()), side(after)).stages == ()


def test_a_schedule_with_more_slots_or_a_stage_that_a_day_puts_elsewhere_is_a_change():
    comparison = compared(side(shop()), side(shop(schedule=replace(HOURLY, slots=8))))
    assert kinds(comparison.schedules) == [("hourly", CHANGED)]
    (orchestrator,) = comparison.orchestrators
    assert orchestrator.pair("slots").difference == 6
    own = replace(HOURLY, id="own")
    moved = compared(side(shop()), side(shop(), schedules=(own,), on_schedule=(("clean", "own"),)))
    assert kinds(moved.stages) == [("clean", CHANGED)]
    assert kinds(moved.schedules) == [("own", ADDED)]


def test_an_hour_more_at_a_job_makes_the_consumers_data_an_hour_older_and_breaks_what_was_promised():
    before = side(shop(job_s=60.0, schedule=EVERY_FOUR_HOURS))
    after = side(shop(job_s=3_660.0, schedule=EVERY_FOUR_HOURS))
    comparison = compared(before, after)
    (consumer,) = comparison.consumers
    assert consumer.age_s.difference > 0.0
    assert consumer.age_s.difference == pytest.approx(3_600.0, abs=300.0)
    assert comparison.orchestrators[0].pair("critical_s").difference == pytest.approx(3_600.0, abs=1.0)
    limit_s = not_none(consumer.age_s.before) + 1_800.0
    (promise,) = promised(comparison, read_levels(after, [f"looker={limit_s}"]))
    assert promise.broken
    assert "broken by " in promise.words
    (kept,) = promised(compared(after, before), read_levels(before, [f"LOOKER={limit_s}"]))
    assert not kept.broken
    assert "to spare" in kept.words


def test_the_critical_path_and_the_slots_tell_which_job_it_hangs_on():
    slow = stage("slow", "transform", schedule="hourly", figures=(("drawn_s", 1_800.0), ("drawn_spread", 1.0)))
    ends = [("load", "slow"), ("slow", "mart")]
    comparison = compared(side(shop()), side(shop(extra=(slow,), flows=ends)))
    (orchestrator,) = comparison.orchestrators
    assert (not_none(orchestrator.before).path, not_none(orchestrator.after).path) == (("clean",), ("slow",))
    assert orchestrator.pair("most_in_use").difference == 1
    one_slot = compared(side(shop()), side(shop(extra=(slow,), flows=ends, schedule=replace(HOURLY, slots=1))))
    assert one_slot.orchestrators[0].pair("waited_s").difference > 3_600.0


def test_luck_stays_with_the_stages_that_both_have():
    """A stage that hangs on a branch of its own changes no figure of the others, to the last bit."""
    before = shop(spread=3.0)
    after = shop(spread=3.0, extra=(stage("archive", "archive"),), flows=[("load", "archive")])
    comparison = compared(side(before), side(after))
    assert kinds(comparison.stages) == [("archive", ADDED)]
    assert [consumer.age_s.difference for consumer in comparison.consumers] == [0.0]
    assert comparison.cost.difference > 0.0


def test_a_consumer_that_nothing_reaches_any_more_breaks_every_promise():
    after = side(shop(job_s=86_400.0))
    comparison = compared(side(shop()), after)
    (promise,) = promised(comparison, read_levels(after, ["looker=1e9"]))
    assert promise.broken
    assert "nothing arrives" in promise.words
    assert as_markdown(comparison).startswith("**On this day nothing reaches Looker any more**")
    assert as_dict(comparison)["consumers"][0]["p95_age_s"]["after"] is None


def test_a_consumer_of_one_version_alone_has_an_age_there_alone():
    comparison = compared(side(shop()), side(shop(extra=(stage("crm", "consumer"),), flows=[("mart", "crm")])))
    ages = {consumer.id: consumer.age_s for consumer in comparison.consumers}
    assert ages["crm"].before is None
    assert not_none(ages["crm"].after) > 0.0
    assert math.isnan(ages["crm"].difference)
    assert "| p95 age at Crm | not there |" in as_markdown(comparison)


def test_bills_in_two_currencies_have_no_difference():
    euros = replace(side(shop()), prices=Prices(currency="EUR"))
    comparison = compared(replace(side(shop()), prices=Prices()), euros)
    assert as_dict(comparison)["cost"]["difference"] is None
    assert "another currency" in as_markdown(comparison)
    assert compared(side(shop()), euros).currencies == ("EUR", "EUR")  # who has no price book pays the other's prices


def test_the_day_is_the_first_that_both_have_or_the_one_that_is_named_or_a_plain_one():
    calm, rush = day(), replace(day(events=3_000), id="rush")
    one = PipelineSide("one", shop(), (replace(calm, id="new"), calm, rush))
    other = PipelineSide("other", shop(), (rush, calm))
    assert shared_day(one, other).scenario == "normal"
    assert shared_day(one, other, "rush").before.events == 3_000
    with pytest.raises(ValueError, match="no scenario 'new' in both: they have normal, rush"):
        shared_day(one, other, "new")
    assert shared_day(one, PipelineSide("drafted", shop())).before == Scenario()


def test_a_flow_that_moves_otherwise_is_a_change():
    def by(way):
        made = shop()
        return replace(made, flows=tuple(replace(f, way=way) if f.target == "load" else f for f in made.flows))

    comparison = compared(side(by(WAYS["cdc"])), side(by(WAYS["nightly-file"])))
    (change,) = comparison.flows
    assert change.kind is ChangeKind.CHANGED
    facts = as_dict(comparison)["flows"][0]
    assert (facts["before"]["moves"], facts["after"]["moves"]) == ("cdc", "nightly-file")
    assert WAYS["nightly-file"].title in as_markdown(comparison)
    later = compared(side(by(WAYS["nightly-file"])), side(by(replace(WAYS["nightly-file"], offset_s=3 * 3600.0))))
    assert "every 24 h from 03:00" in as_markdown(later)
    assert "every 24 h, was " not in as_markdown(later)


def test_a_day_that_its_author_changed_is_told():
    comparison = compared(side(shop()), side(shop(), events=2_500))
    assert comparison.day.settings_changed == ("events",)
    assert "The day itself is not the same in both: see its events." in as_markdown(comparison)


def test_a_very_large_pipeline_gets_fewer_events_in_both_and_says_so():
    extra = tuple(stage(f"s{place}", "archive") for place in range(1_000))
    large = shop(extra=extra, flows=[("load", one.id) for one in extra])
    shared = shared_day(side(shop(), events=120_000), side(large, events=120_000))
    assert shared.before.events == shared.after.events == shared.fewer == fitting_events(large.network, shared.after)
    assert shared.fewer < 120_000
    assert shared_day(side(shop()), side(large)).fewer is None


@pytest.mark.parametrize("file", [path.name for path in sorted(FIXTURES.iterdir())])
def test_a_draft_in_memory_is_the_course_that_would_be_written(file, tmp_path):
    draft = drafted(read_paths([FIXTURES / file]), "Ours")
    write_course(course_files(draft), tmp_path / "course")
    written, made = load(tmp_path / "course").pipeline, pipeline_of(pipeline_text(draft))
    assert made.network == written.network
    assert made.labels == written.labels


def test_a_renamed_node_keeps_its_id_whichever_version_comes_first():
    def nodes(**names):
        return tuple(ImportedNode(id, name, Role.TRANSFORM, "") for id, name in names.items())

    one, other = nodes(a="Orders", b="Clean"), nodes(a="Order lines", b="Clean", c="Orders")
    ids = shared_ids(one, other)
    assert ids == shared_ids(other, one)
    assert ids["b"] == "clean"
    assert len({*ids.values()}) == 3


NAMES = ["orders", "Orders", "a | b", "日本", "x" * 90, "`q`", "lifecycle"]


@st.composite
def versions(draw):
    """Two graphs over the same few nodes, of which either may lack some, call them otherwise and join them anew."""
    ids = [f"n{place}" for place in range(7)]

    def graph():
        kept = draw(st.lists(st.sampled_from(ids), min_size=2, unique=True))
        nodes = tuple(
            ImportedNode(id, draw(st.sampled_from(NAMES)), draw(st.sampled_from(list(Role))), "a reason")
            for id in sorted(kept)
        )
        ends = st.sampled_from(kept)
        edges = draw(st.sets(st.tuples(ends, ends), min_size=1, max_size=9))
        assume(any(source != target for source, target in edges))
        return Imported(nodes, tuple(ImportedEdge(*edge) for edge in sorted(edges)))

    one, other = graph(), graph()
    ids_of = shared_ids(one.nodes, other.nodes)
    drafts = (pipeline_of(pipeline_text(drafted(each, "t", ids_of))) for each in (one, other))
    return tuple(PipelineSide(f"version {place}", pipeline, (day(events=60),)) for place, pipeline in enumerate(drafts))


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(versions())
def test_the_other_way_round_everything_is_turned_and_against_itself_nothing_differs(sides):
    one, other = sides
    there, back = as_dict(compared(one, other)), as_dict(compared(other, one))
    turned = {"added": "gone", "gone": "added"}
    for parts in ("stages", "flows", "schedules"):
        became = {json.dumps([part.get("id"), part.get("from"), part.get("to")]): part for part in there[parts]}
        for part in back[parts]:
            match = became.pop(json.dumps([part.get("id"), part.get("from"), part.get("to")]))
            assert part["change"] == turned.get(match["change"], match["change"])
            assert (part["before"], part["after"]) == (match["after"], match["before"])
        assert became == {}
    numbers, others = flat(there), flat(back)
    differences = [path for path in numbers if path.endswith("/difference")]
    assert "/cost/difference" in differences
    for path in differences:
        assert others[path] == (None if numbers[path] is None else -numbers[path])
    same = compared(one, one)
    assert not same.reshaped
    assert all(not value for path, value in flat(as_dict(same)).items() if path.endswith("/difference"))
    assert as_markdown(same).startswith("**Nothing changed**")


def test_both_versions_of_a_renamed_file_are_read_with_one_id(tmp_path):
    (tmp_path / "a.mmd").write_text("flowchart LR\n  x[Orders] --> y[Looker]\n", encoding="utf-8")
    (tmp_path / "b.mmd").write_text("flowchart LR\n  x[Order lines] --> y[Looker]\n", encoding="utf-8")
    before, after = read_sides(tmp_path / "a.mmd", tmp_path / "b.mmd")
    assert [stage.id for stage in before.pipeline.stages] == [stage.id for stage in after.pipeline.stages]
    assert [change.kind for change in compared(before, after).stages] == [RENAMED]


def test_what_is_too_large_to_be_simulated_is_refused_in_a_line(tmp_path, monkeypatch):
    (tmp_path / "a.mmd").write_text("flowchart LR\n  x --> y --> z\n", encoding="utf-8")
    monkeypatch.setattr(draft_limits, "MOST_STAGES", 2)
    with pytest.raises(ValueError, match="3 nodes and 2 edges, and a course has at most 2"):
        read_sides(tmp_path / "a.mmd", tmp_path / "a.mmd")


def test_readings_are_those_of_one_run():
    figures = readings(side(shop()), Scenario(events=500), Prices())
    assert list(figures.age_p95_s) == ["looker"]
    assert figures.orchestrators["hourly"].slots == 2
