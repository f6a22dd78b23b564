"""Who does work that is too large for a page: threads of this process, or the Dask cluster that HEADWATERS_DASK names.

Both are the same call, an executor of `concurrent.futures`. A cluster gives a worker's calls to another one where it is
lost. Its scheduler and workers need this very Headwaters and NumPy, and workers a processor for which NumPy computes by
the same code: then what comes of it is the same to the last bit. All are asked before anything is handed over, and
again at each day, since a worker may have joined later.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import CancelledError
from dataclasses import dataclass
from functools import cache, partial
from typing import TYPE_CHECKING, TypeAlias, cast

import numpy as np
from numpy.lib import introspect

from lifecycle import installed
from lifecycle.installed import Setting
from lifecycle.simulation.experiments.workers import Errand, Outcome, Workers, local

if TYPE_CHECKING:  # an extra that few install
    from distributed import Client

# A day is a matter of tens of milliseconds; handed over one by one, the way there would be a good part of it.
DAYS_PER_CALL = 8
CONNECT_S = 10
# Of what is in memory: the files may be newer than what this process, or a worker, read when it began.
_PROGRAM = installed.code_digest()

Code: TypeAlias = tuple[str, str, tuple[str, ...]]


def _code() -> Code:
    """What decides what a simulated day comes to, to the last bit: the program, NumPy, its code for this processor.

    A plain tuple, which every version of the program can read.
    """
    return _PROGRAM, np.__version__, _kernels()


@cache
def _kernels() -> tuple[str, ...]:
    """Which code NumPy chose for this processor when it was imported. To ask takes as long as a small day."""
    kernels = introspect.opt_func_info(signature="float64")
    return tuple(f"{name} {types}: {kernel['current']}" for name, of in kernels.items() for types, kernel in of.items())


def on_cluster() -> bool:
    """Whether a cluster is named."""
    return bool(Setting.DASK.text)


@contextlib.contextmanager
def workers() -> Iterator[Workers]:
    """Those who work for this server or command; ValueError in a line where the cluster cannot be used."""
    if not on_cluster():
        with local() as threads:
            yield threads
        return
    address = Setting.DASK.text
    try:
        from distributed import Client
    except ModuleNotFoundError as error:
        raise ValueError(f"HEADWATERS_DASK needs Dask ({error}): pip install 'headwaters[dask]'") from error
    # Dask tells a lost connection in many lines of its own log; what matters comes out as an error
    logging.getLogger("distributed").setLevel(logging.CRITICAL)
    with _silence_in_words(address):
        asyncio.run(_greet(address))
        client = Client(address, timeout=CONNECT_S, set_as_default=False)
    with client:
        with _silence_in_words(address):
            threads_of = client.nthreads()
            if not threads_of:
                raise ValueError(
                    f"the Dask cluster at {address} has no workers: start one with `dask worker {address}`"
                )
            _compare_code(client, address)
        yield _Cluster(client.get_executor(pure=False), sum(threads_of.values()), client, address)


@dataclass(frozen=True)
class _Cluster(Workers):
    """The workers of a Dask cluster."""

    client: Client
    address: str

    def results(
        self,
        work: Callable[[Errand], Outcome],
        items: Sequence[Errand],
        cancelled: Callable[[], bool] = lambda: False,
        *,
        per_call: int = DAYS_PER_CALL,
    ) -> Iterator[tuple[Errand, Outcome]]:
        """Each item with what `work` made of it; ValueError in a line where the cluster fails.

        `work` may hold a real day of a million events. It is sent once, as what a task comes of, which the cluster has
        made again should it be lost with its worker; calls only name it.
        """
        import dask

        checked = partial(_checked, _code(), self.address, work)
        with _losses_in_words(self.address):
            with dask.config.set({"distributed.admin.large-graph-warning-threshold": "1 GB"}):
                sent = self.client.submit(_same, checked, pure=False)
            # To a call the cluster gives what it stands for
            there = cast(Callable[[Errand], Outcome], sent)
            yield from super().results(there, items, cancelled, per_call=per_call)


def _same(work: Callable[[Errand], Outcome]) -> Callable[[Errand], Outcome]:
    return work


def _checked(code: Code, address: str, work: Callable[[Errand], Outcome], item: Errand) -> Outcome:
    """What `work` makes of an item; ValueError where this worker, which may be new, would make something else of it."""
    if problem := _problem(code, _code()):
        raise ValueError(f"in the Dask cluster at {address} a worker that came later has {problem}")
    return work(item)


async def _greet(address: str) -> None:
    """Raise where no scheduler answers: a client that cannot connect would go on trying behind our back."""
    from distributed import Security, rpc

    scheduler = rpc(address, connection_args=Security().get_connection_args("client"))
    try:
        await asyncio.wait_for(scheduler.identity(), CONNECT_S)
    except TypeError as error:
        raise ValueError(
            f"HEADWATERS_DASK is {address!r}, and Dask has no certificates for it: name them in Dask's own settings, "
            "distributed.comm.tls"
        ) from error
    except ValueError as error:
        raise ValueError(f"HEADWATERS_DASK is {address!r} ({error}): write tcp://HOST:PORT") from error
    finally:
        await scheduler.close_rpc()


def _compare_code(client: Client, address: str) -> None:
    """ValueError where scheduler or workers have another Headwaters than this machine, or none."""
    try:
        codes = {"the scheduler": client.run_on_scheduler(_code), **client.run(_code)}
    except OSError:
        raise
    except Exception as error:  # what cannot be imported there comes back in a class of its own in each version of Dask
        raise ValueError(
            f"scheduler and workers of the Dask cluster at {address} need Headwaters, too: install it there ({error})"
        ) from error
    # The scheduler simulates nothing, so that its processor does not matter
    mine, codes["the scheduler"] = _code(), (*codes["the scheduler"][:2], *_code()[2:])
    if problems := [(name, problem) for name, code in codes.items() if (problem := _problem(mine, code))]:
        (name, problem), more = problems[0], len(problems) - 1
        so_too = f" (and so have {more} more of {len(codes)} processes)" if more else ""
        raise ValueError(f"in the Dask cluster at {address} {name} has {problem}{so_too}")


def _problem(mine: Code, other: Code) -> str:
    """What another process has that makes its days others than ours, and what to do; "" for nothing."""
    if other[:2] != mine[:2]:
        return "another Headwaters or NumPy than this machine: install the same on all, and start it again"
    if other != mine:
        return (
            "another kind of processor than this machine, for which NumPy rounds in another way: use machines of one "
            "kind, or name in NPY_DISABLE_CPU_FEATURES, on all of them, what some lack"
        )
    return ""


@contextlib.contextmanager
def _silence_in_words(address: str) -> Iterator[None]:
    """Say that no cluster answers, where connecting fails."""
    try:
        yield
    except OSError as error:  # a time-out is one, too
        raise ValueError(
            f"no Dask cluster answers at {address}: see that its scheduler runs, and HEADWATERS_DASK"
        ) from error


@contextlib.contextmanager
def _losses_in_words(address: str) -> Iterator[None]:
    """Say that the cluster, or each worker at the same days, was lost while it worked."""
    from distributed import KilledWorker
    from distributed.comm.core import CommClosedError

    try:
        yield
    except (CancelledError, CommClosedError) as error:
        raise ValueError(f"the Dask cluster at {address} was lost on the way: see that its scheduler runs") from error
    except KilledWorker as error:
        raise ValueError(f"every worker of the Dask cluster at {address} ended at the same days: {error}") from error
