"""Where this server keeps what it keeps."""

from __future__ import annotations

from pathlib import Path

import platformdirs
import sqlalchemy as sa

from lifecycle import installed
from lifecycle.installed import Setting
from lifecycle.storage.engines import address


def place() -> Path | str:
    """The database of `HEADWATERS_DATABASE_URL`, else a file in `files()`."""
    url = Setting.DATABASE_URL.text
    return url or files() / "headwaters.db"


def problem() -> str:
    """What is wrong with what names the database or its folder, in a line that holds no password; "" for nothing."""
    if text := Setting.DATABASE_URL.text:
        return (
            ""
            if _is_usable(text)
            else (
                f"{Setting.DATABASE_URL} names no database that can be used: write it like "
                "postgresql://user:password@host:5432/name, or leave it out for a file."
            )
        )
    return f"{Setting.DATA}: {files()} is a file. Name a folder." if files().is_file() else ""


def _is_usable(text: str) -> bool:
    try:
        url = address(text)
    except (sa.exc.ArgumentError, ValueError):  # a port that is no number is a ValueError
        return False
    return url.get_backend_name() in ("postgresql", "sqlite") and bool(url.database)


def files() -> Path:
    """The folder of what this server keeps in files: `HEADWATERS_DATA`, else `.headwaters`.

    An installed copy is started from anywhere, so without the setting it keeps to the folder that the user's system has
    for the data of programs.
    """
    if named := Setting.DATA.raw:
        return Path(named)
    return platformdirs.user_data_path("headwaters", appauthor=False) if installed.IS_INSTALLED else Path(".headwaters")
