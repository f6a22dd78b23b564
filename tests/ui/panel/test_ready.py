"""What a server that has just started makes before its first visitor asks, and what it leaves for later."""

import subprocess
import sys

import pytest
from streamlit.testing.v1 import AppTest

from lifecycle.course import day
from lifecycle.ui.panel import ready
from lifecycle.ui.session import cached, served
from tests.test_house import ROOT
from tests.ui.explorer_app import opened

MADE = (served._load, day.run, cached.summary, cached.frames, cached._picture, cached.chart, cached.plotted)
# Half a second and more for each server that starts; no page shows its diagram by them.
FOR_LATER = ("pandas", "pyarrow", "reportlab", "sqlalchemy.dialects.postgresql")
FIRST_PAINT = """
import sys
from streamlit.testing.v1 import AppTest
from lifecycle.ui.panel import ready
from lifecycle.ui.session import after
after.in_browser = lambda: True
page = AppTest.from_file("app.py", default_timeout=60).run()
assert not page.exception and page.get("bidi_component"), page
"""
MACHINE_PAINT = FIRST_PAINT.replace("timeout=60)", "timeout=60); page.query_params['seed'] = '1'; page = page")


@pytest.fixture(autouse=True)
def at_once(monkeypatch):
    monkeypatch.setattr(ready, "CHARTS_LATER_S", 0.0)


@pytest.mark.usefixtures("own_folders")
def test_the_first_page_finds_made_what_it_shows():
    for work in MADE:
        work.cache_clear()
    ready.make()
    made = [work.cache_info().misses for work in MADE]
    assert all(made)
    opened()
    AppTest.from_file(str(ROOT / "app.py"), default_timeout=60).run()  # without parameters: the opening
    assert [work.cache_info().misses for work in MADE] == made


def test_a_course_with_faults_is_left_to_the_page_that_tells(small):
    (small / "pipeline.yaml").write_text("stages: 3\n")
    ready.make()


@pytest.mark.parametrize("code", ["import lifecycle.ui.server, lifecycle.ui.panel.ready", FIRST_PAINT, MACHINE_PAINT])
def test_neither_the_server_nor_the_first_paint_waits_for_what_charts_and_papers_need(code):
    tell = f"import sys; print([name for name in {FOR_LATER} if name in sys.modules])"
    asked = [sys.executable, "-c", f"{code}\n{tell}"]
    answer = subprocess.run(asked, cwd=ROOT, capture_output=True, text=True, check=False)
    assert answer.stdout.splitlines()[-1:] == ["[]"], answer.stderr
