"""Code and data in the texts are real: SQL of a page runs, other dialects parse, Python, JSON and YAML are read."""

from __future__ import annotations

import ast
import json
import re
from pathlib import Path

import duckdb
import pytest
import sqlglot
import yaml

from lifecycle.course import load

CONTENT = Path(__file__).parents[2] / "content"
COURSE = load(CONTENT)
PAGES = sorted(CONTENT.rglob("*.md"))
FENCE = re.compile(r"^```([\w-]*)[^\n]*\n(.*?)^```[ \t]*$", re.MULTILINE | re.DOTALL)
DIALECTS = {"sql": "duckdb", "postgresql": "postgres", "snowflake": "snowflake", "bigquery": "bigquery"}
FREE = {"http", "text", "console", "mermaid", "figure", "markdown", "ini", "properties"}


def fences(page: Path) -> list[tuple[str, str]]:
    return [(match[1], match[2]) for match in FENCE.finditer(page.read_text(encoding="utf-8"))]


def fault(kind: str, text: str) -> str:
    """What is wrong with code or data that is read and not run, "" where nothing is."""
    try:
        if kind == "python":
            ast.parse(text)
        elif kind == "json":
            read_json(text)
        elif kind == "yaml":
            list(yaml.safe_load_all(text))
        elif kind in DIALECTS:
            sqlglot.parse(text, read=DIALECTS[kind], error_level=sqlglot.ErrorLevel.RAISE)
        elif kind not in FREE:
            return f"nothing is known of a fence {kind!r}"
    except (SyntaxError, ValueError, yaml.YAMLError, sqlglot.ParseError) as error:
        return f"{kind}: {error}"
    return ""


def read_json(text: str) -> None:
    """One document, or one a line."""
    try:
        json.loads(text)
    except ValueError:
        for line in filter(str.strip, text.splitlines()):
            json.loads(line)


def places_with(kind: str) -> list[Path]:
    """Pages of places: what a lesson shows in one of its steps is only read."""
    pages = [page for page in PAGES if page.parent.name == "stages" or page.name == "lifecycle.md"]
    return [page for page in pages if kind in {name for name, _ in fences(page)}]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(CONTENT).as_posix())
def test_code_and_data_of_a_page_can_be_read(page):
    if page.name == "README.md":
        pytest.skip("it shows how a course is written")
    assert [wrong for kind, text in fences(page) if (wrong := fault(kind, text))] == []


@pytest.mark.parametrize("page", places_with("sql"), ids=lambda page: page.relative_to(CONTENT).as_posix())
def test_the_sql_of_a_page_runs_from_its_first_statement_to_its_last(page):
    with duckdb.connect(":memory:", config={"enable_external_access": "false"}) as database:
        for kind, text in fences(page):
            if kind == "sql":
                database.execute(text)


@pytest.mark.parametrize("place", COURSE.places)
def test_each_place_shows_code_or_data_twice(place):
    shown = [kind for kind, _ in fences(CONTENT / f"stages/{place}.md") if kind != "figure"]
    assert len(shown) >= 2


@pytest.mark.parametrize(
    ("kind", "text"),
    [("python", "def"), ("json", "{'a': 1}"), ("yaml", "a: [1"), ("postgresql", "SELECT FROM WHERE ("), ("perl", "1;")],
)
def test_code_that_cannot_be_read_is_found(kind, text):
    assert fault(kind, text)
