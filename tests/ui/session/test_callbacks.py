"""What handles a click draws nothing: a fragment's callback would draw over the page's style."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
MODULES = {
    ".".join(path.relative_to(ROOT).with_suffix("").parts): path.read_text(encoding="utf-8")
    for path in (ROOT / "lifecycle/ui").rglob("*.py")
}
# What of Streamlit draws nothing, or leaves this run.
DRAWS_NOTHING = {
    *("context", "get_option", "login", "logout", "query_params", "rerun", "secrets", "session_state", "stop"),
    *("switch_page", "user"),
}
# It says of a course that never could be read what is wrong with it, and stops: there is no page to spoil.
INSTEAD_OF_A_PAGE = "lifecycle.ui.session.served"


@dataclass(frozen=True)
class Module:
    """A module of the page: its functions, values and imports by name."""

    tree: ast.Module
    functions: dict[str, ast.AST]
    imports: dict[str, tuple[str, str]]


def module(source: str) -> Module:
    tree = ast.parse(source)
    functions: dict[str, ast.AST] = {}
    imports: dict[str, tuple[str, str]] = {}
    for node in ast.walk(tree):
        match node:
            case ast.FunctionDef(name=name):
                functions[name] = node
            case ast.Assign(targets=[ast.Name(id=name)], value=value) if isinstance(value, (ast.Lambda, ast.IfExp)):
                functions.setdefault(name, value)
            case ast.ImportFrom(module=str(home), names=names):
                imports |= {each.asname or each.name: (home, each.name) for each in names}
    return Module(tree, functions, imports)


def drawn_by_clicks(sources: dict[str, str]) -> list[str]:
    """Every element that is drawn by what stands for `on_…` in some call, or by what that calls in these modules."""
    modules = {name: module(source) for name, source in sources.items()}
    open_: list[tuple[str, ast.AST]] = [
        (name, keyword.value)
        for name, each in modules.items()
        for call in ast.walk(each.tree)
        if isinstance(call, ast.Call)
        for keyword in call.keywords
        if keyword.arg and keyword.arg.startswith("on_")
    ]
    seen: set[int] = set()
    drawn = []
    while open_:
        name, handler = open_.pop()
        for home, node in _reached(modules, name, handler):
            if id(node) not in seen:
                seen.add(id(node))
                open_.append((home, node))
                drawn += [f"{home}: {element}" for element in _elements(node)]
    return sorted(set(drawn))


def _reached(modules: dict[str, Module], name: str, handler: ast.AST) -> Iterator[tuple[str, ast.AST]]:
    """The functions that a node names, each with its module; and itself."""
    yield name, handler
    known = modules[name]
    own = {each.id for each in ast.walk(handler) if isinstance(each, ast.Name) and isinstance(each.ctx, ast.Store)}
    for node in ast.walk(handler):
        match node:
            case ast.Name(id=what) if what in known.functions and what not in own:
                yield name, known.functions[what]
            case ast.Name(id=what) if what in known.imports:
                home, there = known.imports[what]
                if home in modules and there in modules[home].functions:
                    yield home, modules[home].functions[there]
            case ast.Attribute(value=ast.Name(id=where), attr=there) if where in known.imports:
                home = ".".join(known.imports[where])
                if home in modules and there in modules[home].functions:
                    yield home, modules[home].functions[there]


def _elements(node: ast.AST) -> Iterator[str]:
    for each in ast.walk(node):
        match each:
            case ast.Attribute(value=ast.Name(id="st"), attr=what) if what not in DRAWS_NOTHING:
                yield f"st.{what}"


def test_what_handles_a_click_draws_nothing():
    drawn = drawn_by_clicks(MODULES)
    assert [element for element in drawn if not element.startswith(INSTEAD_OF_A_PAGE)] == []


@pytest.mark.parametrize(
    "handler",
    [
        "st.button('A', on_click=go)\ndef go(): st.toast('b')",
        "st.button('A', on_click=lambda: go(1))\ndef go(n): deeper()\ndef deeper(): st.error('b')",
        "on_close = (lambda: go()) if True else None\nshow(on_close=on_close)\ndef go(): st.info('b')",
        "from functools import partial\nst.button('A', on_click=partial(go, 1))\ndef go(n): st.write('b')",
        "from a.b import other\nst.button('A', on_click=other.say)",
        "from a.b.other import say\nst.button('A', on_click=say)",
    ],
)
def test_what_draws_after_a_click_would_be_found(handler):
    sources = {"a.page": handler, "a.b.other": "def say(): st.warning('b')"}
    assert len(drawn_by_clicks(sources)) == 1
