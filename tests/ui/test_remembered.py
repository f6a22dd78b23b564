"""One module names what a session remembers; no other one touches Streamlit's session state, or makes a key."""

import ast
from pathlib import Path

import pytest

from lifecycle.ui import remembered
from lifecycle.ui.remembered import SessionKey

ROOT = Path(__file__).parent.parent.parent
HOME = ROOT / "lifecycle" / "ui" / "remembered.py"
MODULES = [
    path for path in (*ROOT.glob("lifecycle/**/*.py"), *ROOT.glob("pages/*.py"), ROOT / "app.py") if path != HOME
]
KEYS = {name: key for name, key in vars(remembered).items() if isinstance(key, SessionKey)}


def offences(source: str) -> list[str]:
    """What a module does that only the module of the keys may: read the session, make a key, spell a key's name."""
    names = {key.name for key in KEYS.values()}
    found = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Attribute) and node.attr == "session_state":
            found.append("session_state")
        if isinstance(node, ast.ImportFrom) and any(each.name == "session_state" for each in node.names):
            found.append("session_state")
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "SessionKey":
            found.append("SessionKey")
        if isinstance(node, ast.Call) and not ast.unparse(node.func).endswith(".container"):  # it holds no value
            found += [each for each in _literals(node) if each in names]
    return found


def _literals(call: ast.Call) -> list[object]:
    """The texts that stand for `key` in a call."""
    return [each.value.value for each in call.keywords if each.arg == "key" and isinstance(each.value, ast.Constant)]


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_other_module_uses_a_bare_key(path):
    assert offences(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    "source",
    [
        "st.session_state['a']",
        "from streamlit import session_state",
        "SessionKey('a')",
        "st.button('A', key='run-now')",
    ],
)
def test_a_bare_key_is_seen(source):
    assert len(offences(source)) == 1


def test_no_two_keys_have_one_name():
    assert len({key.name for key in KEYS.values()}) == len(KEYS) > 50


def test_only_the_types_of_the_page_are_known_to_its_keys():
    guarded = [
        path
        for path in (*MODULES, HOME)
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING"
        for each in node.body
        if isinstance(each, ast.ImportFrom) and str(each.module).startswith("lifecycle")
    ]
    papers = ROOT / "lifecycle" / "outputs" / "pdf" / "__init__.py"  # loaded when somebody prints
    assert set(guarded) == {HOME, papers}


def test_a_key_remembers_until_it_is_told_to_forget(monkeypatch):
    monkeypatch.setattr("streamlit.session_state", {})
    key: SessionKey[int] = SessionKey("a-number")
    assert (key.get(), key.get(7), key.is_set) == (None, 7, False)
    with pytest.raises(KeyError):
        _ = key.value
    key.put(1)
    assert (key.value, key.setdefault(2), key.is_set) == (1, 1, True)
    assert (key.take(), key.take(), key.setdefault(3)) == (1, None, 3)
    key.forget()
    assert not key.is_set
