"""The sheets that a page itself gets, beside those of its components."""

import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
UI = ROOT / "lifecycle" / "ui"
SHEETS = [UI / "pages" / "style.css", UI / "pages" / "certificate.css", UI / "pages" / "learner.css"] + [
    UI / "present" / f"{name}.css" for name in ("talk", "talks", "exploring", "conducted")
]
THEME = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))["theme"]


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda path: path.stem)
def test_a_pages_own_sheet_has_the_grounds_of_both_themes(sheet):
    """Streamlit gives its colours as variables to components alone: on the page they are empty, and their fallback is
    another grey, or white in the dark."""
    rules = sheet.read_text(encoding="utf-8")
    assert not re.findall(r"var\(--st-(?:background|secondary|text|primary)[\w-]*", rules)
    grounds = set(re.findall(r"background: light-dark\((#\w+), (#\w+)\)", rules))
    assert grounds <= {("#fff", THEME["dark"]["backgroundColor"])}
    assert THEME["light"]["backgroundColor"] == "#ffffff"
