"""The table "to add a … touch …" of docs/ARCHITECTURE.md is true: each thing is added to a copy and works."""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PARTS = ("app.py", "pages", "lifecycle", "content", ".streamlit", "pyproject.toml")
CHART = '''

def arrivals(pipeline: Pipeline, run: Run, ghost: Run | None) -> ChartSpec:
    """How many stages there are, as a chart."""
    table = table_of({"stage": [stage.id for stage in pipeline.stages]})
    bars = Bars("stages", tuple(table["stage"]), np.ones(len(table)), COLOURS[0])
    return ChartSpec((bars,), upwards("stages"), ChartAxis(AxisKind.ROWS), "Stages", table, 100)
'''
COMMAND = '''"""`places`: the stages of the course."""
from lifecycle.cli.commands import WELL, Command
from lifecycle.course import content_folder, load

def run(options):
    print(len(load(content_folder()).pipeline.stages))
    return WELL

COMMAND = Command("places", "Count the stages.", lambda parser: None, run)
'''
EXPORT = '''"""Questions as lines of text."""
from lifecycle.outputs.question_formats.exported import Exported

def export(questions, places):
    return Exported({"": "".join(f"{question.id}\\t{question.stem!r}\\n" for question in questions).encode()}, ())
'''
READER = """def lines_of_text(files, questions):
    return {line.split("\\t")[0]: [] for file in files.values() for line in file.decode().splitlines()}


READERS: Mapping[str, Reader] = {"lines": lines_of_text, """
# What is added: the files that the table names, each with what it was and what it becomes ("" for all of a new file).
ADDED: dict[str, dict[str, tuple[str, str]]] = {
    "stage": {
        "content/pipeline.yaml": (
            "flows:\n",
            "  - {id: attic, zone: midstream, label: Attic, role: archive}\nflows:\n  - {from: lake, to: attic}\n",
        ),
        "content/stages/attic.md": (
            "",
            "---\ntitle: Attic\nsummary: Where old things lie.\n---\n\n## What it is\n\nAn attic.\n",
        ),
        "content/quizzes/attic.md": (
            "",
            "<!-- question: attic-1; level: recall -->\n<quiz>\nWhere?\n- [x] Above\n> Yes.\n- [ ] Below\n> No.\n\n"
            "Because.\n</quiz>\n",
        ),
    },
    "chart": {
        "lifecycle/charts/flow.py": ("", CHART),
        "lifecycle/charts/__init__.py": (
            '    "Load by stage": load_by_stage,\n',
            '    "Load by stage": load_by_stage,\n    "Arrivals": flow.arrivals,\n',
        ),
    },
    "knob": {
        "lifecycle/simulation/roles/archive.py": (
            '        Figure("after_s", 21_600,',
            '        Figure("shelves", 3, "shelves", 1, 9, "Shelves", "How many there are", "chosen", knob=True),\n'
            '        Figure("after_s", 21_600,',
        ),
    },
    "page": {
        "pages/attic.py": (
            "",
            '"""The attic."""\nfrom lifecycle.ui.pages import attic, frame\n\nframe.require()\nattic.show()\n',
        ),
        "lifecycle/ui/pages/attic.py": (
            "",
            '"""The attic."""\nimport streamlit as st\n\ndef show():\n    st.write("Up here.")\n',
        ),
        "lifecycle/ui/pages/frame.py": (
            "PAGES = (\n",
            'PAGES = (\n    ("attic", "Attic", ":material/roofing:", False),\n',
        ),
    },
    "export": {
        "lifecycle/outputs/question_formats/lines.py": ("", EXPORT),
        "lifecycle/outputs/question_formats/formats.py": ("_MODULES = {", '_MODULES = {"lines": lines, '),
        "lifecycle/outputs/question_formats/readers.py": ("READERS: Mapping[str, Reader] = {", READER),
    },
    "command": {
        "lifecycle/cli/places.py": ("", COMMAND),
        "lifecycle/cli/__init__.py": ("module in (serve, ", "module in (places, serve, "),
    },
}
IMPORTS = {
    "lifecycle/charts/__init__.py": "from lifecycle.charts import flow\n",
    "lifecycle/outputs/question_formats/formats.py": "from lifecycle.outputs.question_formats import lines\n",
    "lifecycle/cli/__init__.py": "from lifecycle.cli import places\n",
}


def copy_of(folder: Path) -> Path:
    for part in PARTS:
        if (ROOT / part).is_dir():
            shutil.copytree(ROOT / part, folder / part, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(ROOT / part, folder / part)
    return folder


def add(tree: Path, thing: str) -> None:
    for name, (before, after) in ADDED[thing].items():
        file = tree / name
        text = file.read_text(encoding="utf-8") if file.exists() else ""
        assert before in text, f"{name} has changed: this test, and the table, may have to"
        text = text.replace(before, after, 1) if before else text + after
        if name in IMPORTS:
            text = re.sub(r"^(from lifecycle)", rf"{IMPORTS[name]}\1", text, count=1, flags=re.MULTILINE)
        file.write_text(text, encoding="utf-8")


@pytest.fixture(scope="module")
def tree(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the tree to which all of it was added."""
    folder = copy_of(tmp_path_factory.mktemp("tree"))
    for thing in ADDED:
        add(folder, thing)
    return folder


def run(tree: Path, *arguments: str, **settings: str) -> str:
    done = subprocess.run(
        [sys.executable, *arguments], cwd=tree, env={**os.environ, "HEADWATERS_CONTENT": "", **settings},
        capture_output=True, text=True, timeout=100, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def rows() -> dict[str, str]:
    """What the table says of each thing."""
    text = (ROOT / "docs/ARCHITECTURE.md").read_text(encoding="utf-8")
    table = text[text.index("| to add a … | touch |") :].split("\n\n")[0]
    return dict(line.strip("| ").split(" | ", 1) for line in table.splitlines()[2:])


def test_the_table_names_everything_that_can_be_added():
    things = {"stage", "role", "fault", "chart", "knob", "question kind", "page", "export", "command", "language"}
    assert rows().keys() == things


def test_every_file_that_the_table_names_is_there():
    named = [name for row in rows().values() for name in re.findall(r"`([a-z_]+/[\w/.-]*)`", row)]
    assert len(named) > 20
    assert [name for name in named if not re.search("NAME|ID", name) and not (ROOT / name).exists()] == []


@pytest.mark.parametrize("thing", ADDED)
def test_what_is_added_takes_the_files_that_the_table_names(thing):
    own = {"attic", "lines", "places"}  # what the test calls its NAME and ID
    for name in ADDED[thing]:
        stem = Path(name).stem
        general = name.replace(stem, "ID" if name.startswith("content") else "NAME") if stem in own else name
        assert f"`{general}`" in rows()[thing]


def test_a_stage_is_a_line_its_text_and_its_questions(tree):
    assert json.loads(run(tree, "-m", "lifecycle", "simulate", "--json"))["stages"].keys() >= {"attic"}
    assert "attic-1" in run(tree, "-m", "lifecycle", "questions", "--json")


def test_a_chart_is_drawn_with_the_others(tree, tmp_path):
    run(tree, "-m", "lifecycle", "simulate", "--csv", str(tmp_path))
    assert "attic" in (tmp_path / "arrivals.csv").read_text(encoding="utf-8")


def test_a_knob_is_listed_and_can_be_set(tree):
    assert "shelves: How many there are (1 to 9 shelves, 3 unless said; chosen)" in run(
        tree, "-m", "lifecycle", "figures"
    )
    settings = json.loads(run(tree, "-m", "lifecycle", "simulate", "--json", "--set", "archive.shelves=5"))["settings"]
    assert settings["archive.shelves"] == 5


def test_a_page_stands_in_the_frame(tree):
    code = (
        "from streamlit.testing.v1 import AppTest\n"
        "app = AppTest.from_file('app.py', default_timeout=60).switch_page('pages/attic.py').run()\n"
        "print([text.value for text in app.markdown], [error.value for error in app.exception])"
    )
    shown = run(tree, "-c", code, HEADWATERS_DATA=str(tree / "data"))
    assert "Up here." in shown
    assert shown.strip().endswith("[]")


def test_an_export_is_offered_and_read_back(tree, tmp_path):
    said = run(tree, "-m", "lifecycle", "questions", "--as", "lines", "--out", str(tmp_path / "questions.txt"))
    assert "questions written" in said
    assert "attic-1" in (tmp_path / "questions.txt").read_text(encoding="utf-8")


def test_a_command_is_one_module(tree):
    assert int(run(tree, "-m", "lifecycle", "places")) > 15


def test_a_language_is_a_content_folder(tmp_path):
    shutil.copytree(ROOT / "content", tmp_path / "inhalt")
    file = tmp_path / "inhalt" / "stages" / "lake.md"
    text = file.read_text(encoding="utf-8")
    file.write_text(re.sub("^title: .*", "title: Der Datensee", text, count=1, flags=re.MULTILINE), encoding="utf-8")
    code = "from lifecycle.course import content_folder, load; print(load(content_folder()).places['lake'].title)"
    assert run(ROOT, "-c", code, HEADWATERS_CONTENT=str(tmp_path / "inhalt")) == "Der Datensee\n"
