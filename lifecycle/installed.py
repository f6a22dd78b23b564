"""Where this copy of the program stands: in its source tree, or installed as a package."""

from __future__ import annotations

from pathlib import Path

import lifecycle

PACKAGE = Path(lifecycle.__file__).resolve().parent
# In a wheel, what lies beside the package in the source tree travels inside it (see pyproject.toml).
_INSIDE = PACKAGE / "_app"
IS_INSTALLED = _INSIDE.is_dir()
# The folder of `app.py`, `pages/`, `content/` and `.streamlit/`.
ROOT = _INSIDE if IS_INSTALLED else PACKAGE.parent
APP = ROOT / "app.py"
PAGES = ROOT / "pages"
COURSE = ROOT / "content"
# What a person types here to serve the app, and before the name of any other command.
SERVE, COMMANDS = ("headwaters", "headwaters") if IS_INSTALLED else ("make run", "python -m lifecycle")
