"""One object reads the environment, and the documentation names every setting."""

import ast
from pathlib import Path

import pytest

from lifecycle.installed import Setting

ROOT = Path(__file__).parent.parent
MODULES = [*ROOT.glob("lifecycle/**/*.py"), *ROOT.glob("pages/*.py"), ROOT / "app.py"]
READS = {"environ", "environb", "getenv", "getenvb"}


def asks_the_environment(source: str) -> bool:
    """Whether a module takes anything from the environment, by whatever way of importing it."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Attribute) and node.attr in READS and ast.unparse(node.value) == "os":
            return True
        if isinstance(node, ast.ImportFrom) and node.module == "os" and READS & {each.name for each in node.names}:
            return True
    return False


def test_no_other_module_reads_the_environment():
    assert [path.name for path in MODULES if asks_the_environment(path.read_text(encoding="utf-8"))] == ["installed.py"]


@pytest.mark.parametrize("way", ["import os\nos.environ['A']", "from os import getenv", "import os\nos.getenv('A')"])
def test_a_module_that_reads_it_is_seen(way):
    assert asks_the_environment(way)


def test_no_setting_is_spelled_twice():
    spelled = [
        (path.name, node.value)
        for path in MODULES
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value in list(Setting)
    ]
    assert spelled == [("installed.py", str(setting)) for setting in Setting]


@pytest.mark.parametrize("setting", Setting)
def test_every_setting_is_documented(setting):
    texts = (path.read_text(encoding="utf-8") for path in (ROOT / "README.md", *ROOT.glob("docs/*.md")))
    assert any(f"`{setting}" in text or f"{setting}=" in text for text in texts)


def test_a_setting_is_read_anew_at_each_use(monkeypatch):
    monkeypatch.delenv(Setting.CONTENT, raising=False)
    assert (Setting.CONTENT.raw, Setting.CONTENT.text) == ("", "")
    monkeypatch.setenv(Setting.CONTENT, " /some/where ")
    assert (Setting.CONTENT.raw, Setting.CONTENT.text) == (" /some/where ", "/some/where")
