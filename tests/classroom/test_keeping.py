"""When a class is deleted is said in the same words wherever it is said, and it is true."""

import re
from pathlib import Path

import pytest

from lifecycle.classroom import DELETED, deletion
from lifecycle.classroom.server.limits import CLASS_HOURS
from lifecycle.storage import Classes

ROOT = Path(__file__).parents[2]
SAID = {
    "docs/CLASSES.md": 1,
    "docs/SERVING.md": 1,
    "lifecycle/classroom/server/assets/desk.html": 1,
    "lifecycle/classroom/server/assets/desk_draw.js": 1,
    "lifecycle/ui/present/running.js": 1,
}
ASSETS = [
    *(ROOT / "lifecycle/classroom/server/assets").glob("*.html"),
    *(ROOT / "lifecycle/classroom/server/assets").glob("*.js"),
    *(ROOT / "lifecycle/ui/present").glob("*.js"),
]


def test_a_class_is_there_for_its_hours_and_gone_after_them_whether_it_has_ended_or_not(tmp_path):
    now = [0.0]
    store = Classes(tmp_path / "classes.db", lambda: now[0])
    store.start("BCDFGH23", "hash", 2.0, "{}", "{}")
    now[0] = 2 * 3600.0 - 1
    assert (store.erase_expired(), store.find("BCDFGH23") is None) == (0, False)
    now[0] = 2 * 3600.0
    assert (store.erase_expired(), store.find("BCDFGH23")) == (1, None)
    assert deletion(2.0) == f"The class {DELETED} 2 hours after it was started."
    assert deletion(1.0).endswith("1 hour after it was started.")


@pytest.mark.parametrize(("file", "times"), SAID.items())
def test_page_desk_and_docs_say_it_in_the_same_words(file, times):
    text = " ".join((ROOT / file).read_text(encoding="utf-8").split())
    assert text.count(DELETED) == times
    if file == "docs/CLASSES.md":
        assert deletion(CLASS_HOURS).removesuffix(".") in text


@pytest.mark.parametrize("asset", ["join", "phone"])
def test_join_page_and_phone_take_the_sentence_from_the_server(asset):
    assert "{{deleted}}" in (ROOT / f"lifecycle/classroom/server/assets/{asset}.html").read_text(encoding="utf-8")


@pytest.mark.parametrize("path", ASSETS, ids=lambda path: path.name)
def test_nothing_says_it_in_other_words(path):
    text = path.read_text(encoding="utf-8").replace(DELETED, "")
    assert not re.findall(r"(?:are|is|be) (?:erased|deleted)(?! \$)", text.replace("until the class is deleted", ""))
