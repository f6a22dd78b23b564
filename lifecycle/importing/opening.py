"""From the paths that somebody names to the bytes of files: single files, folders and zip archives, all bounded."""

from __future__ import annotations

import io
import stat
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from lifecycle.documents import authored, printable, unreadable
from lifecycle.importing.graph import ImportProblem, TooMuch
from lifecycle.words import plural

MOST_BYTES = 160 * 1024 * 1024
MOST_FILES = 20_000
# What is looked at in a folder or an archive; a file that is named by itself may be called anything.
SUFFIXES = frozenset({
    ".json", ".jsonl", ".ndjson", ".log", ".mmd", ".mermaid", ".md", ".markdown", ".dot", ".gv", ".yml", ".yaml",
    ".properties", ".py",
})  # fmt: skip
_TOO_MUCH = f"more than {MOST_BYTES // 1024 // 1024} MB in all", "name fewer files, or a part of the project"


@dataclass(frozen=True)
class NamedBytes:
    """A file's bytes and its name; `within` is the folder or archive it lies in, "" where a person named it itself."""

    name: str
    data: bytes
    within: str = ""


def open_paths(paths: Sequence[Path]) -> tuple[NamedBytes, ...]:
    """The files that the paths name, in their order, those of a folder by name. Raises ImportProblem."""
    files, left = [], MOST_BYTES
    for path in paths:
        for file in _opened(path, left):
            files.append(file)
            left -= len(file.data)
            if left < 0:
                raise TooMuch(*_TOO_MUCH)
            if len(files) > MOST_FILES:
                raise TooMuch(f"more than {MOST_FILES:,} files", "name the folder that holds what is meant")
    return tuple(files)


def open_named(files: Sequence[tuple[str, bytes]]) -> tuple[NamedBytes, ...]:
    """The files that somebody brought, each a name and its bytes; a zip gives those in it. Raises ImportProblem."""
    opened = []
    left = MOST_BYTES
    for name, data in files:
        for file in _of_archive(name, data) if _is_archive(data) else [NamedBytes(name, data)]:
            opened.append(file)
            left -= len(file.data)
            if left < 0:
                raise TooMuch(*_TOO_MUCH)
            if len(opened) > MOST_FILES:
                raise TooMuch(f"more than {MOST_FILES:,} files", "bring those that hold what is meant")
    return tuple(opened)


def _opened(path: Path, left: int) -> Iterator[NamedBytes]:
    try:
        if path.is_dir():
            yield from _of_folder(path, left)
        else:
            data = _read(path, left)
            yield from _of_archive(path.name, data) if _is_archive(data) else [NamedBytes(path.name, data)]
    except FileNotFoundError as error:
        raise ImportProblem("no such file or folder", "check the path", str(path)) from error
    except (OSError, ValueError) as error:
        if isinstance(error, ImportProblem):
            raise
        raise ImportProblem(*unreadable(error), str(path)) from error


def _read(path: Path, left: int) -> bytes:
    status = path.stat()
    if not stat.S_ISREG(status.st_mode):
        raise ImportProblem("not a regular file", "name a file, a folder or a zip archive", path.name)
    if status.st_size <= left:
        with path.open("rb") as stream:
            data = stream.read(left + 1)
        if len(data) <= left:
            return data
    raise TooMuch(*_TOO_MUCH, path.name)


def _of_folder(folder: Path, left: int) -> Iterator[NamedBytes]:
    meant = (path for path in authored(folder) if path.suffix.lower() in SUFFIXES)
    paths = sorted(path for path in meant if path.is_file() and not path.is_symlink())
    if not paths:
        raise ImportProblem("a folder without a file that could be meant", "name the files themselves", folder.name)
    for path in paths:
        data = _read(path, left)
        left -= len(data)
        yield NamedBytes(path.relative_to(folder).as_posix(), data, str(folder))


def _is_archive(data: bytes) -> bool:
    return data.startswith((b"PK\x03\x04", b"PK\x05\x06"))


def _of_archive(name: str, data: bytes) -> Iterator[NamedBytes]:
    left = MOST_BYTES
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = [member for member in archive.infolist() if _is_meant(member)]
            if not members:
                raise ImportProblem("an archive without a file that could be meant", "pack `target/` itself", name)
            if len(members) > MOST_FILES:
                raise TooMuch(f"an archive of {plural(len(members), 'file')}", "pack `target/` alone", name)
            for member in sorted(members, key=lambda member: member.filename):
                with archive.open(member) as stream:
                    content = stream.read(left + 1)  # what it inflates to, whatever the archive says of it
                left -= len(content)
                if left < 0:
                    raise TooMuch(*_TOO_MUCH, name)
                yield NamedBytes(printable(member.filename), content, name or "the archive")
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as error:
        locked = "encrypted" in str(error)
        raise ImportProblem(
            "an archive that is locked" if locked else "an archive that cannot be read",
            "pack it again, as a plain zip",
            name,
        ) from error


def _is_meant(member: zipfile.ZipInfo) -> bool:
    parts = member.filename.replace("\\", "/").split("/")
    hidden = any(part.startswith(".") or part == "__MACOSX" for part in parts)
    return not member.is_dir() and not hidden and Path(parts[-1]).suffix.lower() in SUFFIXES
