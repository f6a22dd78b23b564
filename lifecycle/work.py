"""Who does work that is too large for a page: threads of this process, or the Dask cluster that HEADWATERS_DASK names.

Both are the same call, an executor of `concurrent.futures`. A cluster gives a worker's calls to another one where it is
lost. Its scheduler and workers need this very Headwaters and NumPy, which is asked before anything is handed over: then
what they compute is the same to the last bit.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Iterator
from concurrent.futures import CancelledError
from typing import TYPE_CHECKING

import numpy as np

from lifecycle import installed
from lifecycle.installed import Setting
from lifecycle.simulation.experiments.workers import Workers, local

if TYPE_CHECKING:  # an extra that few install
    from distributed import Client

# A day is a matter of tens of milliseconds; handed over one by one, the way there would be a good part of it.
DAYS_PER_CALL = 8
CONNECT_S = 10


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
    with _faults_in_words(address):
        asyncio.run(_greet(address))
    with _faults_in_words(address), Client(address, timeout=CONNECT_S, set_as_default=False) as client:
        threads_of = client.nthreads()
        if not threads_of:
            raise ValueError(f"the Dask cluster at {address} has no workers: start one with `dask worker {address}`")
        _compare_code(client, address)
        yield Workers(client.get_executor(pure=False), sum(threads_of.values()), DAYS_PER_CALL)


async def _greet(address: str) -> None:
    """Raise where no scheduler answers: a client that cannot connect would go on trying behind our back."""
    from distributed import rpc

    scheduler = rpc(address)
    try:
        await asyncio.wait_for(scheduler.identity(), CONNECT_S)
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
    if others := [name for name, code in codes.items() if code != _code()]:
        raise ValueError(
            f"in the Dask cluster at {address} {others[0]} has another Headwaters or NumPy than this machine, and "
            f"{len(others) - 1} more of {len(codes)} processes: install the same on all"
        )


def _code() -> tuple[str, str]:
    """What decides what a simulated day comes to, to the last bit."""
    return installed.code_digest(), np.__version__


@contextlib.contextmanager
def _faults_in_words(address: str) -> Iterator[None]:
    from distributed import KilledWorker

    try:
        yield
    except CancelledError as error:
        raise ValueError(f"the Dask cluster at {address} was lost on the way: see that its scheduler runs") from error
    except KilledWorker as error:
        raise ValueError(f"every worker of the Dask cluster at {address} ended at the same days: {error}") from error
    except OSError as error:  # a time-out is one, too
        raise ValueError(
            f"no Dask cluster answers at {address}: see that its scheduler runs, and HEADWATERS_DASK"
        ) from error
