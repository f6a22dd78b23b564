"""A cluster that cannot be used, or would compute other figures, is refused in words that say what to do."""

import ast
import os
import subprocess
import sys
from functools import partial

import dask
import numpy as np
import pytest
from distributed import Client, LocalCluster, Security

from lifecycle import installed, work
from lifecycle.__main__ import main
from lifecycle.simulation.experiments.compare import compare
from lifecycle.simulation.model.scenario import Scenario
from tests.work.large_work import ANY_PORT, DAY, NETWORK, swept

pytestmark = pytest.mark.xdist_group("dask")  # one cluster for all of them


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
    monkeypatch.setattr(work, "_code", lambda: (str(os.getpid() == here), "2.0", ()))
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


def test_what_a_process_says_of_its_code_is_what_it_has_in_memory(monkeypatch):
    """As after an upgrade: the files are new, and who had read them before goes on by the old ones."""
    code = work._code()
    monkeypatch.setattr(installed, "code_digest", lambda *_: "that of other files")
    assert work._code() == code


def test_the_digest_of_the_code_is_of_what_stands_in_its_files(monkeypatch, tmp_path):
    (tmp_path / "module.py").write_text("HOUR_S = 3600.0\n")
    monkeypatch.setattr(installed, "PACKAGE", tmp_path)
    before = installed.code_digest()
    (tmp_path / "module.py").write_text("HOUR_S = 3601.0\n")
    assert installed.code_digest() != before


def test_a_worker_that_comes_later_with_another_version_is_refused_in_words(named):
    """As when one is started again after an upgrade, or added by a cluster that grows."""
    with work.workers() as workers, Client(named, set_as_default=False) as client:
        client.run(_says, "an older one")
        try:
            with pytest.raises(ValueError, match=r"a worker that came later has another Headwaters or NumPy than this"):
                swept(workers=workers)
        finally:
            client.run(_says, work._PROGRAM)


def _says(program: str) -> None:
    work._PROGRAM = program


LESS = "X86_V4 AVX512_ICL AVX512_SPR AVX512_SKX AVX512F"  # by the names of several releases of NumPy


def test_workers_whose_processors_round_in_another_way_are_refused_in_words(monkeypatch):
    monkeypatch.setattr(work, "_code", lambda: ("headwaters", "2.0", (f"on {os.getpid()}",)))
    with LocalCluster(n_workers=1, threads_per_worker=1, dashboard_address=ANY_PORT) as cluster:
        monkeypatch.setenv("HEADWATERS_DASK", cluster.scheduler_address)
        with pytest.raises(ValueError, match=r"tcp://\S+ has another kind of processor"), work.workers():
            pytest.fail("they have another processor")


def test_the_code_of_a_processor_is_known_by_what_numpy_would_use_there():
    here = work._code()
    if not any("X86_V4" in kernel or "AVX512" in kernel for kernel in work._kernels()):
        pytest.skip("LEFT OUT: a processor with AVX-512, of which some can be left unused")
    ask = "from lifecycle import work; print(repr(work._code()))"
    other = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", ask],
        env={**os.environ, "NPY_DISABLE_CPU_FEATURES": LESS},
        capture_output=True,
        text=True,
        check=True,
    )
    there = ast.literal_eval(other.stdout)
    assert there[:2] == here[:2]
    assert there[2] != here[2]


def test_what_fails_beside_the_cluster_is_not_told_of_it(named):
    with pytest.raises(OSError, match="No space left on device"), work.workers():
        raise OSError(28, "No space left on device")


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


def test_a_cluster_behind_tls_is_reached_with_certificates_and_told_in_words_without(monkeypatch):
    mine = Security.temporary()
    at = "distributed.comm.tls."
    named = {"ca-file": mine.tls_ca_file, "client.key": mine.tls_client_key, "client.cert": mine.tls_client_cert}
    with LocalCluster(n_workers=1, threads_per_worker=1, dashboard_address=ANY_PORT, security=mine) as cluster:
        monkeypatch.setenv("HEADWATERS_DASK", cluster.scheduler_address)
        with pytest.raises(ValueError, match="Dask has no certificates for it: name them"), work.workers():
            pytest.fail("there are none")
        with dask.config.set({at + name: value for name, value in named.items()}), work.workers() as workers:
            assert dict(workers.results(abs, [-1, -2])) == {-1: 1, -2: 2}


def test_without_dask_the_setting_says_how_to_get_it(monkeypatch):
    monkeypatch.setenv("HEADWATERS_DASK", "tcp://127.0.0.1:8786")
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(ValueError, match=r"needs Dask .*: pip install 'headwaters\[dask\]'"), work.workers():
        pytest.fail("there is no Dask")
