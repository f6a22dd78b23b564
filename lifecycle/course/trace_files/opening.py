"""The bytes of a file, fetched with a bound: a regular file only, and all members of a gzip."""

from __future__ import annotations

import os
import stat
import zlib
from pathlib import Path

MAX_BYTES = 256 * 1024 * 1024
MAX_MEMBERS = 100_000  # bgzip cuts at 64 kB, so that MAX_BYTES are 4,096 members
GZIP = b"\x1f\x8b"
_KINDS = (
    (stat.S_ISDIR, "a directory"),
    (stat.S_ISFIFO, "a pipe"),
    (stat.S_ISSOCK, "a socket"),
    (stat.S_ISCHR, "a device"),
    (stat.S_ISBLK, "a device"),
)


def read_bytes(path: Path) -> bytes:
    """The whole of a regular file; ValueError in words for anything else, which is never opened.

    A link to a regular file is followed. The file that was opened is looked at again, since the name may have come to
    mean another one meanwhile; opening does not wait, as that of a pipe would.
    """
    try:
        _regular(path.stat())
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0))
        with os.fdopen(descriptor, "rb") as stream:
            _regular(os.fstat(descriptor))
            data = stream.read(MAX_BYTES + 1)
    except OSError as error:
        raise ValueError(error.strerror or str(error)) from error
    if len(data) > MAX_BYTES:  # it grew while it was read, or is of a kind that tells no size
        raise ValueError(_too_large("the file has"))
    return data


def _regular(status: os.stat_result) -> None:
    if not stat.S_ISREG(status.st_mode):
        kind = next((words for is_one, words in _KINDS if is_one(status.st_mode)), "no file")
        raise ValueError(f"it is {kind}; name a regular file")
    if status.st_size > MAX_BYTES:
        raise ValueError(_too_large("the file has"))


def unzipped(data: bytes) -> tuple[bytes, tuple[str, ...]]:
    """The data itself, or what all members of its gzip hold, never more than MAX_BYTES; and notes on what was left."""
    if data[:2] != GZIP:
        if len(data) > MAX_BYTES:
            raise ValueError(_too_large("the file has"))
        return data, ()
    plain, at, members = bytearray(), 0, 0
    while data[at : at + 2] == GZIP:
        members += 1
        if members > MAX_MEMBERS:
            raise ValueError(f"the gzip has more than {MAX_MEMBERS:,} members; pack it again as one")
        try:
            at = _member(data, at, plain)
        except zlib.error as error:
            if members > 1 and at + 2 < len(data):
                raise ValueError(f"member {members:,} of the gzip cannot be unpacked ({error})") from None
            raise ValueError(f"the gzip cannot be unpacked ({error}); was the file cut short?") from None
    left = len(data[at:].lstrip(b"\0"))  # zeros pad a gzip to a block, and mean nothing
    return bytes(plain), (f"{left:,} bytes after the end of the gzip are no gzip and were left out",) if left else ()


def _member(data: bytes, at: int, plain: bytearray) -> int:
    """Unpack the member that begins at `at` onto `plain`; where it ends.

    It is fed piece by piece, small ones first: what is left of the last piece is copied, and members may be tiny.
    """
    unpack, size, view = zlib.decompressobj(wbits=31), 256, memoryview(data)
    while not unpack.eof:
        if at >= len(data):
            raise ValueError("the gzip ends before its end; was the file cut short?")
        piece = view[at : at + size]
        plain += unpack.decompress(piece, MAX_BYTES + 1 - len(plain))
        if len(plain) > MAX_BYTES:
            raise ValueError(_too_large("the gzip unpacks to"))
        at += len(piece) - len(unpack.unused_data)
        size = min(2 * size, 2**20)
    return at


def _too_large(what: str) -> str:
    return f"{what} more than {MAX_BYTES // 2**20} MB; cut it to one day"
