"""Where this server keeps what it keeps."""

from __future__ import annotations

import os
from pathlib import Path


def place() -> Path | str:
    """The database of `HEADWATERS_DATABASE_URL`, else a file in `HEADWATERS_DATA` or in `.headwaters`."""
    url = os.environ.get("HEADWATERS_DATABASE_URL", "").strip()
    return url or files() / "headwaters.db"


def files() -> Path:
    """The folder of what this server keeps in files: `HEADWATERS_DATA`, else `.headwaters`."""
    return Path(os.environ.get("HEADWATERS_DATA", ".headwaters"))
