"""Files of a folder replaced, moved and removed: all of it, or nothing where one of them cannot be."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path


def replace_files(folder: Path, write: Mapping[str, str], move: Mapping[str, str], remove: Sequence[str]) -> None:
    """Write files, move some and remove some, by their paths in the folder; ValueError in words where that fails."""
    try:
        made = Path(tempfile.mkdtemp(prefix=".headwaters-", dir=folder.parent))
    except OSError as error:
        raise ValueError(f"nothing can be written to {folder.parent}: {error.strerror}") from error
    done: list[tuple[Path, Path]] = []  # what was moved, from and to

    def shift(source: Path, target: Path) -> None:
        target.parent.mkdir(parents=True, exist_ok=True)
        source.rename(target)
        done.append((source, target))

    try:
        for path, text in write.items():
            (made / "new" / path).parent.mkdir(parents=True, exist_ok=True)
            (made / "new" / path).write_text(text, encoding="utf-8", newline="\n")
        for path, place in move.items():
            shift(folder / path, folder / place)
        for path in (*remove, *write):
            if (folder / path).exists():
                shift(folder / path, made / "old" / path)
        for path in write:
            shift(made / "new" / path, folder / path)
    except BaseException as error:
        for source, target in reversed(done):
            target.rename(source)
        if isinstance(error, OSError):
            raise ValueError(f"{folder} stays as it was: {error.strerror or error}") from error
        raise
    finally:
        shutil.rmtree(made, ignore_errors=True)
