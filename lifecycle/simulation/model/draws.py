"""Random numbers: each station and purpose has its own stream, so that one knob leaves all other luck as it was.

Draws are indexed by event, cached, read-only, and only ever rescaled (common random numbers): two runs that differ in
one figure differ by that figure alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from hashlib import blake2b
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

from lifecycle.simulation.model.inputs import Seconds

Mask = NDArray[np.bool_]
Ids = NDArray[np.int32]

_CACHED = 24  # streams of the last runs, at most 8 MB each at a million events


def rng(seed: int, station: str, purpose: str) -> np.random.Generator:
    """Return the generator of the stream named (seed, station, purpose): PCG64, seeded by a hash of the name."""
    name = f"{seed}\0{station}\0{purpose}".encode()
    return np.random.Generator(np.random.PCG64(int.from_bytes(blake2b(name, digest_size=16).digest())))


@lru_cache(maxsize=_CACHED)
def uniforms(seed: int, station: str, purpose: str, size: int) -> Seconds:
    """Return the first `size` draws in [0, 1) of a stream, shape (size,), read-only."""
    draws = rng(seed, station, purpose).random(size)
    draws.flags.writeable = False
    return draws


@lru_cache(maxsize=_CACHED)
def exponentials(seed: int, station: str, purpose: str, size: int) -> Seconds:
    """Return `size` exponential draws with mean 1, shape (size,), read-only.

    By inversion, -log1p(-u): NumPy's own distributions may change between versions, this may not.
    """
    draws = rng(seed, station, purpose).random(size)
    np.negative(draws, out=draws)
    np.log1p(draws, out=draws)
    np.negative(draws, out=draws)
    draws.flags.writeable = False
    return draws


@lru_cache(maxsize=_CACHED)
def sorted_uniforms(seed: int, station: str, purpose: str, size: int) -> Seconds:
    """Return `size` uniform draws in (0, 1) in ascending order, shape (size,), read-only, without sorting.

    The partial sums of size + 1 exponential gaps, divided by their total, are the order statistics of uniforms; a
    Poisson process that is known to have `size` events in its window has its events there.
    """
    sums = np.cumsum(exponentials(seed, station, purpose, size + 1))
    times: Seconds = sums[:-1] / sums[-1]
    times.flags.writeable = False
    return times


def normal(seed: int, station: str, purpose: str, size: int, nth: int) -> float:
    """Return the draw `nth` of `size` from a normal distribution with mean 0 and deviation 1, by inversion."""
    return NormalDist().inv_cdf(max(float(uniforms(seed, station, purpose, size)[nth]), 2.0**-54))


def one_of(values: Sequence[float], seed: int, station: str, purpose: str, size: int, nth: int) -> float:
    """Return one of the values, each as likely, by the draw `nth` of `size`: the higher that is, the later one."""
    return values[int(float(uniforms(seed, station, purpose, size)[nth]) * len(values))]


def coins(seed: int, station: str, purpose: str, size: int, ids: Ids, share: float) -> Mask | None:
    """Return which of the events `ids` (of `size` in all) fall into `share`, shape (m,); None for none at all."""
    if share <= 0.0 or ids.size == 0:
        return None
    if share >= 1.0:
        return np.ones(ids.size, dtype=np.bool_)
    return _chosen(seed, station, purpose, size, share).take(ids)


@lru_cache(maxsize=_CACHED)
def _chosen(seed: int, station: str, purpose: str, size: int, share: float) -> Mask:
    """Which of all events fall into `share`: an eighth of the draws to look at, and seldom another share."""
    return np.less(uniforms(seed, station, purpose, size), share)
