"""Runs that really happened, played again: what the graph explains, and what it does not, is said with the error."""

import math
from dataclasses import replace

import pytest

from lifecycle.importing import Imported, ImportedEdge, ImportedNode
from lifecycle.importing.drafting import drafted
from lifecycle.importing.drafting.observed import APART_S
from lifecycle.importing.graph import Observation
from lifecycle.outputs import sketching
from lifecycle.outputs.sketching.replaying import replay_rows, replay_sentence, replayed
from lifecycle.simulation.model.kinds import Role

DAY_S = 86_400.0


def diamond(*observed):
    """A source, a job, two beside each other, and one that waits for both."""
    nodes = [ImportedNode("s", "s", Role.SOURCE, "x")]
    nodes += [ImportedNode(name, name, Role.TRANSFORM, "x") for name in ("a", "b", "c", "d")]
    edges = [("s", "a"), ("a", "b"), ("a", "c"), ("b", "d"), ("c", "d")]
    return Imported(tuple(nodes), tuple(ImportedEdge(*edge) for edge in edges), observed=tuple(observed))


def night(begin_s, *, gap_s=0.0, status="success"):
    """A for 60 s, then b and c at once (120 and 30 s), then d for 10 s: 190 s, and the gaps between them."""
    b = begin_s + 60 + gap_s
    return [
        Observation("a", begin_s, 60.0, status),
        Observation("b", b, 120.0, "success"),
        Observation("c", b, 30.0, "success"),
        Observation("d", b + 120 + gap_s, 10.0, "success"),
    ]


def play(*observed):
    graph = diamond(*observed)
    return replayed(drafted(graph, "t"), graph)


def test_a_run_that_the_graph_explains_ends_when_it_really_did():
    replay = play(*night(0.0), *night(DAY_S))
    assert [(run.real_s, run.simulated_s, run.error) for run in replay.runs] == [(190.0, 190.0, 0.0)] * 2
    assert ([run.at_once for run in replay.runs], replay.left_out) == ([2, 2], 0)
    assert "at most 2 at once" in replay_sentence(replay)
    assert [row["Error"] for row in replay_rows(replay)] == ["0.0\u00a0%"] * 2
    assert "typically 0.0\u00a0% off" in replay_sentence(replay)
    assert "order and slots explain" in replay_sentence(replay)


def test_a_run_that_something_else_held_up_is_said_to_be_missed():
    replay = play(*night(0.0, gap_s=60.0))
    assert replay.runs[0].real_s == 310.0
    assert replay.runs[0].simulated_s == 190.0
    assert replay.typical_error == pytest.approx(120 / 310)
    assert "the model misses" in replay_sentence(replay)
    assert replay_rows(replay)[0]["Error"] == "−38.7\u00a0%"


def test_of_jobs_that_were_never_seen_side_by_side_one_runs_at_a_time():
    turns = [Observation("a", 0, 60, "success"), Observation("b", 60, 120, "success")]
    turns += [Observation("c", 180, 30, "success"), Observation("d", 210, 10, "success")]
    replay = play(*turns)
    assert replay.runs[0].at_once == 1
    assert replay.runs[0].simulated_s == replay.runs[0].real_s == 220.0


def test_a_run_with_a_failed_job_or_without_one_is_left_out_and_counted():
    replay = play(*night(0.0, status="error"), *night(DAY_S)[:3], *night(2 * DAY_S))
    assert len(replay.runs) == 1
    assert replay.left_out == 2
    assert "2 runs in which a job failed, ran again or is missing" in replay_sentence(replay)


def test_a_run_with_a_second_try_is_left_out_and_a_pause_within_a_run_does_not_part_it():
    again = Observation("a", 100.0, 60.0, "success")
    rest = [Observation(one.node, one.start_s + 100.0, one.seconds, one.status) for one in night(0.0)[1:]]
    replay = play(Observation("a", 0.0, 60.0, "error"), again, *rest)
    assert (len(replay.runs), replay.left_out) == (0, 1)
    late = [Observation(one.node, one.start_s + APART_S - 1.0, one.seconds, one.status) for one in night(0.0)[1:]]
    assert len(play(night(0.0)[0], *late).runs) == 1


def test_runs_close_to_each_other_are_told_apart_by_what_was_done_already():
    replay = play(*night(0.0), *night(300.0), *night(600.0))
    assert [run.real_s for run in replay.runs] == [190.0] * 3
    assert replay.left_out == 0


def test_each_run_is_played_with_the_threads_of_its_own_invocation():
    """With one thread b and c take turns: 220 s; with four they do not."""
    few = [replace(one, invocation="one", threads=1) for one in night(0.0)]
    many = [replace(one, invocation="two", threads=4) for one in night(DAY_S)]
    replay = play(*few, *many)
    assert [(run.at_once, run.simulated_s) for run in replay.runs] == [(1, 220.0), (4, 190.0)]
    assert "at most 1 to 4 (the threads that each had) at once" in replay_sentence(replay)
    unknown = play(*few, *night(DAY_S))
    assert [run.at_once for run in unknown.runs] == [1, 2]  # as many as were ever seen at work


def test_invocations_close_to_each_other_and_pauses_within_one_are_no_matter():
    first = [replace(one, invocation="one", start_s=2 * one.start_s * APART_S / 60.0) for one in night(0.0)]
    second = [replace(one, invocation="two") for one in night(first[-1].start_s + 20.0)]
    assert len(play(*first, *second).runs) == 2


def test_a_job_that_was_never_observed_takes_no_time_and_drops_no_run():
    graph = diamond(*night(0.0), *night(DAY_S))
    tables = (*graph.nodes, ImportedNode("t", "t", Role.SOURCE, "x"))
    between = [edge for edge in graph.edges if edge != ImportedEdge("b", "d")]
    edges = (*between, ImportedEdge("b", "t"), ImportedEdge("t", "d"))
    fed = replace(graph, nodes=tables, edges=edges)  # a source that something leads to is a job
    replay = replayed(drafted(fed, "t"), fed)
    assert [run.simulated_s for run in replay.runs] == [190.0, 190.0]
    assert (replay.left_out, replay.unseen) == (0, 1)
    assert "1 job was never observed, and takes no time in these runs." in replay_sentence(replay)
    first = replace(fed, observed=(*fed.observed, Observation("t", 185.0, 1.0, "success")))
    assert replayed(drafted(first, "t"), first).left_out == 1  # now the other run lacks it


def test_where_nothing_was_observed_nothing_is_claimed():
    replay = play()
    assert replay.runs == ()
    assert math.isnan(replay.typical_error)
    assert "nothing says how well the model fits" in replay_sentence(replay)


def test_the_samples_seven_nights_are_played():
    graph = sketching.sample()
    replay = replayed(drafted(graph, "t"), graph)
    assert len(replay.runs) == 7
    assert replay.typical_error < 0.1


def test_a_job_that_was_added_later_is_missing_in_no_run_before_it():
    early = [seen for seen in night(0.0) if seen.node != "c"]
    replay = play(*early, *night(DAY_S), *[seen for seen in night(2 * DAY_S) if seen.node != "c"])
    assert [run.began_s for run in replay.runs] == [0.0, DAY_S]
    assert replay.left_out == 1  # by then the job was known


def test_a_row_says_when_the_run_was_and_how_long_it_took_to_the_second():
    (row,) = replay_rows(play(*night(DAY_S + 3 * 3600.0)))
    assert (row["Run (UTC)"], row["Really took"], row["Simulated"]) == ("1970-01-02 03:00", "3 min 10 s", "3 min 10 s")


def test_the_verdict_says_the_runs_that_it_does_not_explain_and_is_silent_of_a_single_job():
    some = play(*night(0.0), *night(DAY_S), *night(2 * DAY_S, gap_s=600.0))
    assert "explain when most runs end, and miss in 1 of 3" in replay_sentence(some)
    nodes = (ImportedNode("s", "s", Role.SOURCE, "x"), ImportedNode("a", "a", Role.TRANSFORM, "x"))
    alone = Imported(nodes, (ImportedEdge("s", "a"),), observed=(Observation("a", 0.0, 60.0, "success"),))
    words = replay_sentence(replayed(drafted(alone, "t"), alone))
    assert "With one job there is no order to test" in words
    assert "explain" not in words
