"""Where this server keeps what it keeps."""

from __future__ import annotations

from pathlib import Path

import platformdirs

from lifecycle import installed
from lifecycle.installed import Setting


def place() -> Path | str:
    """The database of `HEADWATERS_DATABASE_URL`, else a file in `files()`."""
    url = Setting.DATABASE_URL.text
    return url or files() / "headwaters.db"


def files() -> Path:
    """The folder of what this server keeps in files: `HEADWATERS_DATA`, else `.headwaters`.

    An installed copy is started from anywhere, so without the setting it keeps to the folder that the user's system has
    for the data of programs.
    """
    if named := Setting.DATA.raw:
        return Path(named)
    return platformdirs.user_data_path("headwaters", appauthor=False) if installed.IS_INSTALLED else Path(".headwaters")
