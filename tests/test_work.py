"""Work too large for a page is done by threads here or by a Dask cluster, with the same result to the last bit."""

import os
import signal
import threading
from concurrent.futures import ThreadPoolExecutor
from functools import partial

import numpy as np
import pytest
from distributed import Client, LocalCluster

from benchmarks.simulate import default_network
from lifecycle import work
from lifecycle.__main__ import main
from lifecycle.course import Course
from lifecycle.learning.drills import Shelf, drill
from lifecycle.simulation.experiments.compare import StoppedError, compare
from lifecycle.simulation.experiments.sweeps import Axis, settings, sweep
from lifecycle.simulation.experiments.workers import Workers
from lifecycle.simulation.model.kinds import Size
from lifecycle.simulation.model.scenario import Scenario
from lifecycle.simulation.readings.costs import Prices
from lifecycle.ui.session import cached, stocking

pytestmark = pytest.mark.xdist_group("dask")  # one cluster for all of them
NETWORK = default_network()
ANY_PORT = "127.0.0.1:0"
DAY = Scenario(events=2_000, overrides=(("buffer", "retention_s", 600.0),))
SERVICE = Axis("buffer", "per_event_s", settings(0.01, 10.0, 6))
INTERVAL = Axis("ingestion", "batch_interval_s", settings(300.0, 86_400.0, 6))
DAYS = len(SERVICE.values) * len(INTERVAL.values)
swept = partial(sweep, NETWORK, DAY, SERVICE, INTERVAL, "bi", prices=Prices(always_on_per_hour=7.0))
compared = partial(compare, NETWORK, {"batch": DAY, "stream": Scenario(events=2_000, size=Size.STREAM)}, range(1, 11))


@pytest.fixture(scope="module")
def cluster():
    """Two processes that work, each of which is started again when it ends."""
    with LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=ANY_PORT) as cluster:
        yield cluster


@pytest.fixture
def named(cluster, monkeypatch):
    """The cluster, named in the setting, with both of its workers there."""
    with Client(cluster, set_as_default=False) as client:
        client.wait_for_workers(2, timeout=60)
    monkeypatch.setenv("HEADWATERS_DASK", cluster.scheduler_address)
    return cluster


def tables(result):
    return [table.tobytes() for table in (result.fresh_s, result.lost_share, result.peak_per_s, result.cost)]


def values(comparison):
    return [(name, figure, row[figure].tobytes()) for name, row in comparison.values.items() for figure in row]


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


def test_drills_are_made_here_where_the_cluster_is_away(monkeypatch, tmp_path, pipeline, caplog):
    monkeypatch.setenv("HEADWATERS_DATA", str(tmp_path))
    monkeypatch.setenv("HEADWATERS_DASK", "nowhere")
    cached.drill.cache_clear()
    stocking._make(Course(pipeline, {}), [(1, 1)])
    assert "drills are made by this server itself: HEADWATERS_DASK is 'nowhere'" in caplog.text
    assert cached.drill_is_kept(pipeline, 1, 1)


def test_what_cannot_be_simulated_is_said_as_it_is_here(named):
    broken = partial(compare, NETWORK, {"a": DAY, "b": Scenario(events=-1)}, range(1, 4))
    with pytest.raises(ValueError, match="events is -1") as here:
        broken()
    with work.workers() as workers, pytest.raises(ValueError, match="events is -1") as there:
        broken(workers=workers)
    assert str(there.value) == str(here.value)


def test_a_scheduler_that_ends_half_way_is_said_in_words(monkeypatch):
    with LocalCluster(n_workers=1, threads_per_worker=1, dashboard_address=ANY_PORT) as cluster:
        monkeypatch.setenv("HEADWATERS_DASK", cluster.scheduler_address)
        gone: list[int] = []

        def end(done: int, of: int) -> None:
            if not gone:
                gone.append(done)
                cluster.close()

        with pytest.raises(ValueError, match="was lost on the way"), work.workers() as workers:
            swept(workers=workers, progress=end)


def test_a_cluster_without_workers_is_said_in_words(monkeypatch):
    with LocalCluster(n_workers=0, dashboard_address=ANY_PORT) as cluster:
        monkeypatch.setenv("HEADWATERS_DASK", cluster.scheduler_address)
        with pytest.raises(ValueError, match="has no workers: start one with `dask worker tcp://"), work.workers():
            pytest.fail("it has no workers")


def test_workers_of_another_version_are_refused_in_words(named, monkeypatch):
    here = os.getpid()
    monkeypatch.setattr(work, "_code", lambda: os.getpid() == here)
    with pytest.raises(ValueError, match=r"tcp://\S+ has another Headwaters or NumPy .* 1 more of 3"), work.workers():
        pytest.fail("they are of another version")


def test_workers_without_headwaters_are_refused_in_words(named, monkeypatch):
    here = os.getpid()

    def imported() -> None:
        if os.getpid() != here:
            raise ModuleNotFoundError("No module named 'lifecycle'")

    monkeypatch.setattr(work, "_code", imported)
    with pytest.raises(ValueError, match=r"need Headwaters, too: install it there \(.*No module named"), work.workers():
        pytest.fail("they have none")


def test_what_decides_a_days_digits_is_the_code_and_numpy(monkeypatch):
    code = work._code()
    assert work._code() == code
    monkeypatch.setattr(np, "__version__", "0")
    assert work._code() != code


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("tcp://127.0.0.1:1", "no Dask cluster answers at tcp://127.0.0.1:1: see that its scheduler runs"),
        ("somewhere", "HEADWATERS_DASK is 'somewhere' (missing port number in address 'somewhere'): write tcp://"),
        ("ftp://here:21", "HEADWATERS_DASK is 'ftp://here:21' (unknown address scheme 'ftp'"),
    ],
)
def test_an_address_where_no_cluster_is_costs_one_line(address, words, monkeypatch, capfd):
    monkeypatch.setattr(work, "CONNECT_S", 1)
    monkeypatch.setenv("HEADWATERS_DASK", address)
    assert main(["sweep", "--x", "buffer.consumers=1,2", "--y", "ingestion.batch_interval_s=300,600"]) == 2
    (line,) = capfd.readouterr().err.splitlines()
    assert line.startswith(f"nothing was simulated: {words}")


def test_without_dask_the_setting_says_how_to_get_it(monkeypatch):
    monkeypatch.setenv("HEADWATERS_DASK", "tcp://127.0.0.1:8786")
    monkeypatch.setitem(__import__("sys").modules, "distributed", None)
    with pytest.raises(ValueError, match=r"needs Dask .*: pip install 'headwaters\[dask\]'"), work.workers():
        pytest.fail("there is no Dask")


def test_where_no_cluster_is_named_threads_of_this_process_work(monkeypatch):
    monkeypatch.delenv("HEADWATERS_DASK", raising=False)
    with work.workers() as workers:
        assert {process for _, process in workers.results(_process_of, range(4))} == {os.getpid()}
