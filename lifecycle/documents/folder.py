"""Files of a content folder, read safely: never out of the folder, never without a bound, never anything but text."""

from __future__ import annotations

import os
import re
import stat
import unicodedata
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path

from lifecycle.documents.problems import CONTROL, WHOLE, Problem, shown

TEXT_LIMIT_BYTES = 512 * 1024
PIPELINE_LIMIT_BYTES = 4 * 1024 * 1024
TRACE_LIMIT_BYTES = 40 * 1024 * 1024
MAX_FILES = 8_000
MAX_DEPTH = 12
MAX_LINE_CHARACTERS = 20_000
# What programs put into a folder, such as `node_modules`, and what editors and file managers leave beside a file:
# `orders.md~`, `#orders.md#`, `orders.md.bak`, `Thumbs.db`. Names that begin with a dot (`.git`, `.orders.md.swp`,
# `.DS_Store`) are passed over in any case.
_LEFTOVER = re.compile(
    r".+~|\#.+\#|~\$.+|.+\.(bak|orig|rej|sw[a-p]|tmp|part|crdownload)|.+___jb_(tmp|old|bak)___"
    r"|(eh)?thumbs(_vista)?\.db|desktop\.ini|icon\r|__macosx|__pycache__|node_modules",
    re.IGNORECASE | re.DOTALL,
)


class Folder:
    """One content folder, or one file taken as a folder of one. What cannot be read is noted in `problems`.

    A symbolic link is refused wherever it points, so that a folder handed from one person to another is whole; the
    folder itself may be reached through one.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.problems: list[Problem] = []

    def report(self, file: str, line: int, what: str, fix: str) -> None:
        """Note one problem."""
        self.problems.append(Problem(file, line, what, fix))

    def files(self) -> tuple[str, ...]:
        """The path of every file in the folder, sorted.

        Hidden files and what editors leave behind are passed over in silence; links are left out and reported.
        """
        paths: list[str] = []
        for file in self._walk(self.path, ()):
            if len(paths) == MAX_FILES:
                self.report(WHOLE, 1, f"more than {MAX_FILES:,} files", "name the content folder, not one above it")
                break
            paths.append(file)
        self._one_on_other_machines(sorted(paths))
        return tuple(sorted(paths))

    def _one_on_other_machines(self, files: list[str]) -> None:
        """Report names that Windows and macOS take for one: they would keep only one of the files."""
        first: dict[str, str] = {}
        for file in files:
            other = first.setdefault(unicodedata.normalize("NFC", file).casefold(), file)
            if other != file:
                what = f"Windows and macOS take this name and {printable(other)} for one"
                self.report(printable(file), 1, what, "rename one of the two")

    def _walk(self, folder: Path, parts: tuple[str, ...]) -> Iterator[str]:
        try:
            entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
        except OSError as error:
            what, fix = unreadable(error)
            if parts:
                self.report("/".join(map(printable, parts)), 1, what, fix)
            else:
                self.report(WHOLE, 1, f"{shown(str(folder), 500)}: {what}", fix)
            return
        for entry in entries:
            if is_leftover(entry.name):
                continue
            file = "/".join((*parts, entry.name))
            if entry.is_symlink():
                self.report(printable(file), 1, "a symbolic link", "put the file itself into the folder")
            elif entry.is_dir(follow_symlinks=False):
                if len(parts) < MAX_DEPTH:
                    yield from self._walk(folder / entry.name, (*parts, entry.name))
                else:
                    self.report(printable(file), 1, f"more than {MAX_DEPTH} folders deep", "move it up")
            else:
                yield file

    def text(self, file: str, limit_bytes: int = TEXT_LIMIT_BYTES) -> str | None:
        r"""The text of a file with `\n` line ends and no byte order mark, or None after reporting what is wrong."""
        text, unfit = self.text_with_unfit(file, limit_bytes)
        return None if unfit else text

    def text_with_unfit(self, file: str, limit_bytes: int = TEXT_LIMIT_BYTES) -> tuple[str | None, frozenset[int]]:
        """As `text`, but lines that no page can show cost only themselves: their numbers are given, and all reported.

        Of lines that are too long to be read the text holds nothing.
        """
        data = self._bytes(file, limit_bytes)
        if data is None:
            return None, frozenset()
        if data.startswith((b"\xff\xfe", b"\xfe\xff")):
            self.report(printable(file), 1, "saved as UTF-16, not UTF-8", "save it again as UTF-8")
            return None, frozenset()
        try:
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            line = len(re.findall(rb"\r\n|\r|\n", error.object[: error.start])) + 1
            self.report(
                printable(file), line, f"not UTF-8: byte 0x{error.object[error.start]:02x}", "save the file as UTF-8"
            )
            return None, frozenset()
        return self._fit(file, text.replace("\r\n", "\n").replace("\r", "\n"))

    def _bytes(self, file: str, limit_bytes: int) -> bytes | None:
        name = printable(file)
        try:
            path = self._inside(file)
            status = path.lstat()
            if not stat.S_ISREG(status.st_mode):
                self.report(name, 1, "not a regular file", "put a text file in its place")
                return None
            if status.st_size <= limit_bytes:
                with path.open("rb") as stream:
                    data = stream.read(limit_bytes + 1)
                if len(data) <= limit_bytes:
                    return data
            self.report(
                name, 1, f"too large ({status.st_size:,} bytes)", f"keep it under {limit_bytes:,} bytes or split it"
            )
        except FileNotFoundError:
            self.report(name, 1, "missing file", f"write {name} (content/README.md shows the form)")
        except (OSError, ValueError) as error:
            self.report(name, 1, *unreadable(error))
        return None

    def _inside(self, file: str) -> Path:
        path = self.path / file
        if not path.resolve().is_relative_to(self._root):
            raise ValueError("leads out of the content folder")
        return path

    @cached_property
    def _root(self) -> Path:
        return self.path.resolve()

    def _fit(self, file: str, text: str) -> tuple[str, frozenset[int]]:
        if len(text) <= MAX_LINE_CHARACTERS and not CONTROL.search(text):
            return text, frozenset()
        unfit, lines = set(), text.split("\n")
        for number, line in enumerate(lines, 1):
            if control := CONTROL.search(line):
                self.report(printable(file), number, f"the control character U+{ord(control.group()):04X}", "delete it")
                unfit.add(number)
            if len(line) > MAX_LINE_CHARACTERS:
                what = f"a line of {len(line):,} characters"
                self.report(printable(file), number, what, f"break it before {MAX_LINE_CHARACTERS:,}")
                unfit.add(number)
                lines[number - 1] = ""
        return "\n".join(lines) if unfit else text, frozenset(unfit)


def is_leftover(name: str) -> bool:
    """Whether a file or folder of this name is none of the author's: hidden, or left behind by a program."""
    return name.startswith(".") or _LEFTOVER.fullmatch(name) is not None


def authored(folder: Path) -> Iterator[Path]:
    """The files that are a person's own: of a `.git` or a `node_modules` there may be more than anybody can look at."""
    for place, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if not is_leftover(name)]
        yield from (Path(place, name) for name in names if not is_leftover(name))


def printable(name: str) -> str:
    """A file name as it can be shown: control characters and bytes that are no text are written out."""
    plain = name.encode("utf-8", "backslashreplace").decode("utf-8")
    return CONTROL.sub(lambda match: f"\\u{ord(match.group()):04x}", plain).replace("\n", "\\n").replace("\t", "\\t")


def unreadable(error: Exception) -> tuple[str, str]:
    """What is wrong and how to fix it, for an error of the operating system."""
    if isinstance(error, FileNotFoundError):
        return "no such folder", "check the path"
    if isinstance(error, NotADirectoryError):
        return "a file, not a folder", "name the folder that holds pipeline.yaml"
    if isinstance(error, PermissionError):
        return "no permission to read it", "give the user who runs this the right to read it"
    why = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    return f"cannot be read: {shown(why)}", "check the path"
