"""The copy put into a folder, in which nothing of anybody else is ever overwritten."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

from lifecycle.outputs.offline.page import FILE, MARKER

# A file is written beside its place first: what an export that was cut off left is ours, too.
OURS = {name + ending for name in (FILE, MARKER) for ending in ("", ".new")}


def refuse(folder: Path) -> None:
    """Raise ValueError, in one line that says how to fix, unless the folder is new, empty, or an earlier copy."""
    try:
        entries = sorted(entry.name for entry in os.scandir(folder))
    except FileNotFoundError:
        return
    except NotADirectoryError:
        raise ValueError(f"{folder} is a file: name a folder for the copy") from None
    except OSError as error:
        raise ValueError(f"cannot look into {folder}: {error.strerror or error}") from error
    if entries and MARKER not in entries:
        raise ValueError(f"{folder} holds {entries[0]!r} and is no earlier copy: name a new or an empty folder")
    if strange := [name for name in entries if name not in OURS]:
        raise ValueError(f"{folder} holds {strange[0]!r} beside an earlier copy: move it away, or name another folder")


def save(files: Mapping[str, bytes], folder: Path) -> None:
    """Write the files, the marker first; each stands whole or not at all. ValueError in words where it cannot be."""
    refuse(folder)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name in sorted(files, key=lambda name: name != MARKER):
            new = folder / f"{name}.new"
            new.write_bytes(files[name])
            new.replace(folder / name)
    except OSError as error:
        raise ValueError(f"cannot write {folder}: {error.strerror or error}") from error
