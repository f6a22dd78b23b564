"""Where this server keeps what it keeps."""

from __future__ import annotations

import os
from pathlib import Path


def place() -> Path | str:
    """The database of `HEADWATERS_DATABASE_URL`, else a file in `HEADWATERS_DATA` or in `.headwaters`."""
    url = os.environ.get("HEADWATERS_DATABASE_URL", "").strip()
    return url or Path(os.environ.get("HEADWATERS_DATA", ".headwaters")) / "headwaters.db"
