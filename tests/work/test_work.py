"""Work too large for a page is done by threads here or by a Dask cluster, with the same result to the last bit."""

import contextlib
import os
import signal
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from functools import partial

import numpy as np
import pytest
from distributed import Client

from lifecycle import work
from lifecycle.course import Course
from lifecycle.learning.drills import Shelf, drill
from lifecycle.simulation.experiments.compare import StoppedError
from lifecycle.simulation.experiments.sweeps import Axis, sweep
from lifecycle.simulation.experiments.workers import Workers
from lifecycle.simulation.model.kinds import Arrivals
from lifecycle.simulation.model.scenario import Scenario
from lifecycle.ui.session import cached, stocking
from tests.support.networks import at
from tests.work.large_work import DAYS, NETWORK, compared, swept, tables, values

pytestmark = pytest.mark.xdist_group("dask")  # one cluster for all of them


def test_a_sweep_on_a_cluster_is_the_local_one_to_the_last_bit(named):
    progress: list[tuple[int, int]] = []
    with work.workers() as workers:
        far = swept(workers=workers, progress=lambda *at: progress.append(at))
    assert tables(far) == tables(swept())
    assert progress == [(done, DAYS) for done in range(1, DAYS + 1)]


def test_a_comparison_on_a_cluster_is_the_local_one_to_the_last_bit(named):
    with work.workers() as workers:
        far = compared(workers=workers)
    assert values(far) == values(compared())
    assert far.differences == compared().differences


def test_the_days_are_simulated_by_the_workers_and_not_here(named):
    with work.workers() as workers:
        processes = dict(workers.results(_process_of, range(40)))
    assert len(processes) == 40
    assert os.getpid() not in processes.values()


def _process_of(_: int) -> int:
    return os.getpid()


def test_a_worker_that_is_killed_half_way_costs_nothing(named):
    killed: list[int] = []

    def kill(done: int, of: int) -> None:
        if not killed:
            with Client(named, set_as_default=False) as client:
                killed.extend(client.run(os.getpid).values())
            os.kill(killed[0], signal.SIGKILL)

    with work.workers() as workers:
        far = swept(workers=workers, progress=kill)
    assert killed
    assert far.done == DAYS
    assert tables(far) == tables(swept())


def test_all_workers_may_be_killed_at_once_and_come_again(named):
    """What was sent once, for all calls, is lost with them."""
    killed: list[int] = []

    def kill(done: int, of: int) -> None:
        if not killed:
            with Client(named, set_as_default=False) as client:
                killed.extend(client.run(os.getpid).values())
            for process in killed:
                os.kill(process, signal.SIGKILL)

    with work.workers() as workers:
        assert tables(swept(workers=workers, progress=kill)) == tables(swept())
    assert len(killed) == 2


def test_days_that_end_whoever_simulates_them_are_said_in_words(named, monkeypatch):
    monkeypatch.setattr(named.scheduler, "allowed_failures", 0)
    said = r"every worker of the Dask cluster at tcp\S+ ended at the same days"
    with pytest.raises(ValueError, match=said), work.workers() as workers:
        dict(workers.results(_end, [9]))


def _end(code: int) -> None:
    os._exit(code)


def test_what_is_computed_is_never_taken_from_an_earlier_call_that_was_alike(named):
    """The drills' making looks at the clock and files for all that Dask knows."""
    moments = []
    for _ in range(2):
        with work.workers() as workers:
            moments += [moment for _, moment in workers.results(_moment, [0, 0], per_call=1)]
    assert len(set(moments)) == 4


def _moment(_: int) -> float:
    return time.monotonic()


class Weighty:
    """Work that counts how often it is sent from here."""

    sent = 0

    def __call__(self, item: int) -> int:
        return item

    def __reduce__(self):
        Weighty.sent += 1
        return Weighty, ()


def test_what_all_days_share_is_sent_once_and_not_with_each_call(named):
    with work.workers() as workers:
        assert dict(workers.results(Weighty(), range(40), per_call=1)) == {n: n for n in range(40)}
    assert 0 < Weighty.sent < 5


def test_a_real_day_travels_with_a_sweep_without_a_word(named, recwarn):
    """18 MB for a million events; Dask would warn of ten."""
    x, y = Axis("buffer", "per_event_s", (0.0, 1.0)), Axis("ingestion", "batch_interval_s", (300.0,))
    day = Scenario(arrivals=Arrivals.REAL_DAY, trace="long", events=2_000)
    real = partial(sweep, NETWORK, day, x, y, "bi", at(np.linspace(0.0, 43_200.0, 600_000).tolist()))
    with work.workers() as workers:
        far = real(workers=workers)
    assert tables(far) == tables(real())
    assert [str(each.message) for each in recwarn if "large graph" in str(each.message)] == []


def test_a_sweep_that_is_cancelled_ends_at_once_and_keeps_what_was_simulated(named):
    done = []
    with work.workers() as workers:
        far = swept(workers=workers, progress=lambda *at: done.append(at), cancelled=lambda: bool(done))
    assert 0 < far.done == len(done) < DAYS
    whole = swept()
    made = ~np.isnan(far.peak_per_s)
    assert (far.cost[made] == whole.cost[made]).all()


def test_a_comparison_that_is_cancelled_has_no_result(named):
    done = []
    with work.workers() as workers, pytest.raises(StoppedError):
        compared(workers=workers, progress=lambda *at: done.append(at), cancelled=lambda: bool(done))
    assert len(done) < 20


def test_what_is_cancelled_while_nothing_gets_done_ends_too():
    """As where every worker of a cluster is away: calls wait, and none of them ends."""
    stop = threading.Event()

    def never(_: int) -> None:
        stop.wait(60)

    with ThreadPoolExecutor(1) as pool:
        pool.submit(never, 0)
        looks = iter([False, True])
        assert list(Workers(pool, 2).results(never, range(4), lambda: next(looks))) == []
        stop.set()


def test_after_a_call_that_failed_none_of_those_that_wait_begins():
    go_on, begun = threading.Event(), []

    def work_on(item: int) -> None:
        begun.append(item)
        if item == 0:
            raise ValueError("item 0")
        go_on.wait(60)

    with ThreadPoolExecutor(1) as pool:
        with pytest.raises(ValueError, match="item 0"):
            list(Workers(pool, 2).results(work_on, range(4)))
        go_on.set()
    assert set(begun) <= {0, 1}


def test_drills_are_made_by_the_workers_and_are_those_that_are_made_here(named, monkeypatch, tmp_path, pipeline):
    monkeypatch.setenv("HEADWATERS_DATA", str(tmp_path))
    monkeypatch.setattr(cached, "drill", lambda *_: None)  # what is not made there is not made
    stocking._make(Course(pipeline, {}), [(1, 1), (2, 1)])
    labels = {stage.id: stage.label for stage in pipeline.stages}
    shelf = Shelf(tmp_path / "drills", pipeline.network, labels)
    assert [shelf.get(seed, 1) for seed in (1, 2)] == [drill(pipeline.network, labels, seed, 1) for seed in (1, 2)]


def test_drills_of_which_each_takes_seconds_are_handed_over_one_by_one(monkeypatch, tmp_path, pipeline):
    counts: list[int] = []

    class Noting(Workers):
        def results(self, work, items, cancelled=lambda: False, *, per_call=8):
            counts.append(per_call)
            return super().results(work, items[:0], cancelled, per_call=per_call)

    monkeypatch.setenv("HEADWATERS_DATA", str(tmp_path))
    with ThreadPoolExecutor(1) as pool:
        monkeypatch.setattr(work, "workers", lambda: contextlib.nullcontext(Noting(pool, 1)))
        cached.make_drills(pipeline, [(1, 1), (2, 1)])
    assert counts == [1]


def test_drills_are_made_here_where_the_cluster_is_away(monkeypatch, tmp_path, pipeline, caplog):
    monkeypatch.setenv("HEADWATERS_DATA", str(tmp_path))
    monkeypatch.setenv("HEADWATERS_DASK", "nowhere")
    cached.drill.cache_clear()
    stocking._make(Course(pipeline, {}), [(1, 1)])
    assert "drills are made by this server itself: HEADWATERS_DASK is 'nowhere'" in caplog.text
    assert cached.drill_is_kept(pipeline, 1, 1)


def test_where_no_cluster_is_named_threads_of_this_process_work(monkeypatch):
    monkeypatch.delenv("HEADWATERS_DASK", raising=False)
    with work.workers() as workers:
        assert {process for _, process in workers.results(_process_of, range(4))} == {os.getpid()}
