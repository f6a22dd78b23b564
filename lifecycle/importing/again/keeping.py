"""What becomes of each file of the folder: made anew where nobody edited it, else left; nobody's text is lost."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from lifecycle.importing.again.memory import ImportMemory, digest

ANEW = ("TODO.md",)  # what each import writes, edited or not
ASIDE = "gone"  # the folder in which lies what people wrote of what is gone


@dataclass(frozen=True)
class KeptFiles:
    """What is to be done in the folder, by path: `write`, `move` (to where) and `remove`.

    `edited` are files that stay as people have them, `stale` those among them that the project would now write
    otherwise, `dangling` those that still speak of a stage that is gone.
    """

    write: Mapping[str, str]
    move: Mapping[str, str]
    remove: tuple[str, ...]
    edited: tuple[str, ...]
    stale: tuple[str, ...]
    dangling: tuple[str, ...]


def standing(folder: Path, memory: ImportMemory, path: str) -> str | None:
    """What people have at a path and what stays there: their text, "" where they deleted it; None for neither."""
    content, known = _content(folder / path), memory.digests.get(path)
    if content is None:
        return None if known is None else ""
    return None if digest(content) == known else content.decode("utf-8", "replace")


def kept(folder: Path, memory: ImportMemory, files: Mapping[str, str], needed: Collection[str]) -> KeptFiles:
    """Decide on each file. `needed`: paths without which the course is none, so that they are made anew if deleted."""
    write: dict[str, str] = {}
    move: dict[str, str] = {}
    edited: list[str] = []
    for path, text in files.items():
        own_text = standing(folder, memory, path)
        if _is(folder / path, text) or (own_text == "" and path not in needed):
            continue
        if own_text and path in ANEW:
            move[path] = free(folder, f"{ASIDE}/{path}")
        if own_text and path not in ANEW:
            edited.append(path)
        else:
            write[path] = text
    gone = _gone(memory, files)
    over = [path for path in memory.digests if path not in files and _content(folder / path) is not None]
    edits = {path: theirs for path in over if (theirs := standing(folder, memory, path))}
    homeless = [path for path, text in edits.items() if _of(path) in gone or _names(text, gone)]
    move |= {path: free(folder, f"{ASIDE}/{path}") for path in homeless}
    edited += [path for path in edits if path not in homeless]
    return KeptFiles(
        write,
        move,
        tuple(path for path in over if path not in edits),
        tuple(edited),
        tuple(path for path in edited if path in files and memory.digests.get(path) != digest(files[path].encode())),
        tuple(path for path in edited if _names(standing(folder, memory, path) or "", gone)),
    )


def _gone(memory: ImportMemory, files: Mapping[str, str]) -> frozenset[str]:
    """The stages of the last import of which there is no page any more."""
    return frozenset(node.stage for node in memory.nodes.values() if f"stages/{node.stage}.md" not in files)


def _of(path: str) -> str:
    """The stage that a file belongs to, "" for one of the course as a whole."""
    return PurePosixPath(path).stem if path.startswith(("stages/", "quizzes/")) else ""


def _names(text: str, stages: Collection[str]) -> bool:
    """Whether a text names one of the stages, as links and faults do."""
    any_of = "|".join(map(re.escape, sorted(stages)))
    return bool(stages) and re.search(rf"stage[=:]\s*[\"']?(?:{any_of})(?![a-z0-9-])", text) is not None


def _is(path: Path, text: str) -> bool:
    content = _content(path)
    return content is not None and digest(content) == digest(text.encode())


def free(folder: Path, path: str) -> str:
    """The path, with a number where there is such a file already."""
    plain, number = PurePosixPath(path), 1
    while (folder / path).exists():
        number += 1
        path = str(plain.with_stem(f"{plain.stem}-{number}"))
    return path


def _content(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        return None
