"""Which observations belong to one run, and how many threads that had."""

import json

from lifecycle.importing import Imported, ImportedEdge, ImportedNode, Observation, read_files
from lifecycle.importing.drafting import drafted
from lifecycle.importing.drafting.observed import observed_runs, with_earlier_runs
from lifecycle.importing.opening import NamedBytes
from lifecycle.simulation.model.kinds import Role

MANIFEST = {
    "metadata": {"dbt_schema_version": "https://schemas.getdbt.com/dbt/manifest/v12.json"},
    "nodes": {
        f"model.p.{name}": {"resource_type": "model", "name": name, "depends_on": {"nodes": feeds}}
        for name, feeds in (("a", ["source.p.s.t"]), ("b", ["model.p.a"]))
    },
    "sources": {"source.p.s.t": {"resource_type": "source", "name": "t", "source_name": "s"}},
}


def results(invocation="", args=None, threads=("Thread-1", "Thread-1"), at="02:00"):
    """What dbt writes of a run of both models."""
    rows = [
        {"unique_id": f"model.p.{name}", "status": "success", "execution_time": 60.0, "thread_id": thread,
         "timing": [{"name": "execute", "started_at": f"2026-05-01T{at}:0{nth}Z"}]}
        for nth, (name, thread) in enumerate(zip("ab", threads, strict=True))
    ]  # fmt: skip
    return {
        "metadata": {
            "dbt_schema_version": "https://schemas.getdbt.com/dbt/run-results/v6.json",
            **({"invocation_id": invocation} if invocation else {}),
        },
        "results": rows,
        "args": args or {},
    }


def project(*runs):
    files = [("manifest.json", MANIFEST), *((f"run_{nth}.json", run) for nth, run in enumerate(runs))]
    return read_files([NamedBytes(name, json.dumps(value).encode()) for name, value in files])


def note_on_slots(graph):
    draft = drafted(graph, "t")
    return draft.slots, next((note for note in draft.notes if "at once" in note), "")


def test_dbt_says_its_threads_or_names_them_and_the_note_says_which():
    given = note_on_slots(project(results("one", {"threads": 8})))
    assert given == (
        8,
        "at most 8 of its jobs run at once: the last invocation had 8 threads, as it says itself",
    )
    named = note_on_slots(project(results("one", threads=("Thread-1 (worker)", "Thread-2 (worker)"))))
    assert named[0] == 2
    assert named[1].endswith("the last invocation had 2 threads, by the names of its threads")
    nobody = note_on_slots(project(results("one", threads=(None, None))))
    assert nobody == (2, "at most 2 of its jobs run at once: no more were seen at work")
    assert note_on_slots(project()) == (0, "")


def test_of_invocations_that_differ_the_last_one_counts_and_the_note_says_so():
    first, last = results("one", {"threads": 2}, at="02:00"), results("two", {"threads": 16}, at="05:00")
    for runs in ((first, last), (last, first)):
        slots, note = note_on_slots(project(*runs))
        assert slots == 16
        assert note.endswith("had 16 threads, as it says itself; the earlier ones had others")
    slots, note = note_on_slots(project(results("one", {"threads": 100})))
    assert (slots, note.endswith("and a course has at most 64")) == (64, True)


def test_what_is_no_number_of_threads_is_passed_over():
    for odd in ("four", 0, -3, True, None, [4], 2.5, 1e300, 10**400):
        (seen, *_) = project(results("one", {"threads": odd})).observed
        assert (seen.threads, seen.counted) == (1, True)


def test_an_invocation_keeps_runs_apart_whatever_lies_between_them():
    close = project(results("one", at="02:00"), results("two", at="02:02")).observed
    assert [len(run) for run in observed_runs(close)] == [2, 2]
    parted = [Observation("a", 0.0, 60.0, "success", "one"), Observation("b", 9_000.0, 60.0, "success", "one")]
    assert len(observed_runs(parted)) == 1
    assert len(observed_runs([Observation(one.node, one.start_s, 60.0, "success") for one in parted])) == 2


def test_runs_with_and_without_an_invocation_stand_in_order_of_time():
    mixed = [
        Observation("a", 9_000.0, 60.0, "success"),
        Observation("a", 50_000.0, 60.0, "success", "one"),
        Observation("a", 0.0, 60.0, "success", "two"),
    ]
    assert [run[0].start_s for run in observed_runs(mixed)] == [0.0, 9_000.0, 50_000.0]
    assert observed_runs([]) == ()


def lineage(*runs):
    """Events of OpenLineage: of each run its job, its id, its parent's, its root's, and when it began (minutes)."""
    events = []
    for job, run, parent, root, minute in runs:
        facet = {"run": {"runId": parent}, "job": {"namespace": "n", "name": "dag"}}
        facets = {"parent": {**facet, **({"root": {"run": {"runId": root}}} if root else {})}} if parent else {}
        for kind, late in (("START", 0), ("COMPLETE", 1)):
            events.append(
                {"eventType": kind, "eventTime": f"2026-05-01T{minute // 60:02}:{minute % 60:02}:{late:02}Z",
                 "run": {"runId": run, "facets": facets}, "job": {"namespace": "n", "name": job},
                 "inputs": [{"namespace": "x", "name": "in"}], "outputs": [{"namespace": "x", "name": job}]}
            )  # fmt: skip
    return read_files([NamedBytes("events.json", json.dumps(events).encode())]).observed


def test_openlineage_names_the_run_at_the_top():
    seen = lineage(("a", "r1", "day", "", 60), ("b", "r2", "day", "", 200), ("a", "r3", "next", "", 300),
                   ("b", "r4", "next", "", 301))  # fmt: skip
    assert [one.invocation for one in seen] == ["day", "day", "next", "next"]
    nested = lineage(("a", "task", "day", "", 60), ("b", "spark", "task", "", 61), ("c", "deep", "spark", "", 62))
    assert {one.invocation for one in nested} == {"day"}
    rooted = lineage(("a", "r1", "task1", "day", 60), ("b", "r2", "task2", "day", 61))
    assert {one.invocation for one in rooted} == {"day"}


def test_a_parent_of_a_single_run_and_parents_in_a_circle_say_nothing_of_what_belongs_together():
    assert {one.invocation for one in lineage(("a", "r1", "p1", "", 60), ("b", "r2", "p2", "", 61))} == {""}
    assert len(lineage(("a", "r1", "r2", "", 60), ("b", "r2", "r1", "", 61))) == 2


def test_a_draft_without_jobs_has_no_slots():
    nodes = (ImportedNode("s", "s", Role.SOURCE, "x"), ImportedNode("c", "c", Role.CONSUMER, "x"))
    assert drafted(Imported(nodes, (ImportedEdge("s", "c"),)), "t").slots == 0


def test_what_is_read_again_keeps_the_runs_of_before_each_once():
    def graph(nodes, *runs):
        made = tuple(ImportedNode(name, name, Role.TRANSFORM, "x") for name in nodes)
        return Imported(made, observed=tuple(Observation(node, at_s, 60.0, "success") for node, at_s in runs))

    earlier = graph("ab", ("a", 0.0), ("b", 60.0))
    assert with_earlier_runs(graph("ab"), earlier).observed == earlier.observed
    newer = graph("ac", ("a", 0.0), ("a", 86_400.0), ("c", 86_460.0))
    kept = with_earlier_runs(newer, earlier).observed
    assert [(run.node, run.start_s) for run in kept] == [("a", 0.0), ("a", 86_400.0), ("c", 86_460.0)]


def test_times_that_no_job_can_have_are_told():
    nodes = (ImportedNode("s", "s", Role.SOURCE, "x"), ImportedNode("a", "a", Role.TRANSFORM, "x"))
    runs = [Observation("a", n * 1e6, lasted_s, "success") for n, lasted_s in enumerate((0.0, 60.0, 260_000.0))]
    notes = drafted(Imported(nodes, (ImportedEdge("s", "a"),), observed=tuple(runs)), "t").notes
    assert "1 run of no time at all left out of the durations" in notes
    assert "1 run of more than a day counted as a day, the longest that a job can take" in notes


def test_odd_times_of_what_is_no_job_are_not_told():
    nodes = (ImportedNode("s", "s", Role.SOURCE, "x"), ImportedNode("d", "d", Role.CONSUMER, "x"))
    runs = (Observation("s", 0.0, 0.0, "success"), Observation("d", 0.0, 90_000.0, "success"))
    assert not [
        note for note in drafted(Imported(nodes, (ImportedEdge("s", "d"),), observed=runs), "t").notes if "run" in note
    ]


def test_a_run_lasts_as_long_as_its_longest_job_whichever_ended_last():
    long, short, late = Observation("a", 0.0, 7_200.0, "success"), Observation("b", 60.0, 10.0, "success"), 6_000.0
    assert len(observed_runs([long, short, Observation("c", late, 10.0, "success")])) == 1
    assert len(observed_runs([short, Observation("c", late, 10.0, "success")])) == 2
