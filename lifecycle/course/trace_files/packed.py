"""A trace as few bytes, and back again: the same to the last bit, but without its name and licence.

Those are one person's words, and who unpacks it may be another.
"""

from __future__ import annotations

import io
import json
import zipfile
import zlib

import numpy as np

from lifecycle.simulation.model.traces import Trace


def packed(trace: Trace) -> bytes:
    """The moments, their weights and what was taken for them, as a compressed NumPy archive."""
    data = io.BytesIO()
    np.savez_compressed(
        data,
        times_s=np.array(trace.times_s, dtype=np.float64),
        weights=np.array(trace.weights, dtype=np.float64),
        spread_s=np.float64(trace.spread_s),
        words=np.frombuffer(json.dumps({"source": trace.source}).encode(), dtype=np.uint8),
    )
    return data.getvalue()


def unpacked(data: bytes) -> Trace:
    """The trace that was packed; ValueError in words where the bytes are none."""
    try:
        with np.load(io.BytesIO(data), allow_pickle=False) as arrays:
            words = json.loads(arrays["words"].tobytes())
            return Trace(
                times_s=tuple(arrays["times_s"].tolist()),
                weights=tuple(arrays["weights"].tolist()),
                spread_s=float(arrays["spread_s"]),
                source=str(words["source"]),
            )
    except (ValueError, KeyError, EOFError, OSError, AttributeError, zipfile.BadZipFile, zlib.error) as error:
        raise ValueError(f"these are not the moments of a day ({error})") from error
