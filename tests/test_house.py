"""How the house is kept: short files, small rooms, one name for each type, and private modules that stay private."""

import ast
import re
import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
MOST_LINES, MOST_PAGE_LINES, MOST_MODULES, MOST_ENTRIES = 350, 40, 20, 16
PARTS = ("app.py", "pages", "lifecycle", "tests", "tools", "benchmarks")


def sources(*suffixes: str) -> Iterator[Path]:
    for part in PARTS:
        path = ROOT / part
        yield from [path] if path.is_file() else (file for suffix in suffixes for file in path.rglob(f"*{suffix}"))


def named(paths: list[Path]) -> list[str]:
    return [str(path.relative_to(ROOT)) for path in paths]


def lines(path: Path) -> int:
    return len(path.read_text(encoding="utf-8").splitlines())


def types_of(path: Path) -> Iterator[str]:
    """The names of the classes and aliases that a module makes for others."""
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.ClassDef):
            yield node.name
        elif isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            if re.fullmatch(r"[A-Z][a-z]\w*", node.targets[0].id):
                yield node.targets[0].id
        elif isinstance(node, ast.AnnAssign) and ast.unparse(node.annotation).endswith("TypeAlias"):
            yield ast.unparse(node.target)


def test_no_file_is_longer_than_one_can_take_in():
    long = [path for path in sources(".py", ".js", ".mjs") if "dist" not in path.parts and lines(path) > MOST_LINES]
    assert named(long) == []


def test_a_page_is_a_few_lines():
    assert [path for path in (ROOT / "pages").glob("*.py") if lines(path) > MOST_PAGE_LINES] == []


def test_a_stranger_takes_in_the_rooms_at_a_glance():
    rooms = [path for path in (ROOT / "lifecycle").iterdir() if path.name != "__pycache__" and path.name[0] not in "._"]
    assert len(rooms) <= MOST_ENTRIES, sorted(path.name for path in rooms)
    folders = {path.parent for part in ("lifecycle", "tests") for path in (ROOT / part).rglob("*.py")}
    assert [folder for folder in folders if len(list(folder.glob("*.py"))) > MOST_MODULES] == []


def test_each_type_has_a_name_of_its_own():
    homes = defaultdict(list)
    for path in (ROOT / "lifecycle").rglob("*.py"):
        for name in types_of(path):
            homes[name].append(str(path.relative_to(ROOT)))
    twice = {name: sorted(files) for name, files in homes.items() if len(files) > 1}
    assert twice == {}


def test_tests_that_are_no_package_have_names_of_their_own():
    """Python knows a module outside a package by its name alone: of two, the second would not even be collected."""
    loose = (one for one in (ROOT / "tests").rglob("*.py") if not (one.parent / "__init__.py").exists())
    names = Counter(one.name for one in loose)
    assert [name for name, times in names.items() if times > 1 and name != "conftest.py"] == []


def test_types_are_checked_in_every_part_and_inside_every_function():
    checked = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["mypy"]
    assert set(checked["files"]) == set(PARTS)
    assert checked["strict"]
    assert all(each.get("check_untyped_defs", True) and not each.get("ignore_errors") for each in checked["overrides"])


def imports(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)
        elif isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)


# Words that name any value; each thing has a name of its own.
DIALECT = {"asked", "each", "found", "here", "mend", "nought", "own", "reckon", "said", "told", "was", "whoever"}


def bound(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Every name that a module makes: functions, classes, arguments, variables, attributes, aliases; and its line."""
    for node in ast.walk(tree):
        match node:
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name):
                yield node.lineno, name
            case ast.arg(arg=name) | ast.Name(id=name, ctx=ast.Store()) | ast.Attribute(attr=name, ctx=ast.Store()):
                yield node.lineno, name
            case ast.ExceptHandler(name=str(name)) | ast.MatchAs(name=str(name)) | ast.MatchStar(name=str(name)):
                yield node.lineno, name
            case ast.alias(asname=str(name)):
                yield node.lineno, name


def dialect(source: str) -> list[str]:
    words = {name.strip("_").lower(): (line, name) for line, name in bound(ast.parse(source))}
    return [f"{line}: {name}" for word, (line, name) in words.items() if word in DIALECT]


def test_every_value_is_named_for_what_it_is():
    package = ROOT / "lifecycle"
    plain = [
        path
        for path in package.rglob("*.py")
        if path.name != "message.py"  # its keys travel: they are what scripts and older programs know
    ]
    assert len(plain) > 200
    assert {str(path): names for path in plain if (names := dialect(path.read_text(encoding="utf-8")))} == {}


@pytest.mark.parametrize(
    "source",
    [
        "found = 1",
        "def told(): ...",
        "class Asked: ...",
        "def f(was): ...",
        "[x for each in y]",
        "self._own = 1",
        "import a as here",
        "try: ...\nexcept E as said: ...",
        "if (mend := 1): ...",
    ],
)
def test_dialect_would_be_found(source):
    assert dialect(source)


PRIVATE = {
    ".".join(path.relative_to(ROOT).with_suffix("").parts)
    for path in (ROOT / "lifecycle").rglob("_*.py")
    if not path.name.startswith("__")
}


def test_there_are_private_modules():
    assert "lifecycle.cli._days" in PRIVATE


@pytest.mark.parametrize("part", PARTS)
def test_a_private_module_is_imported_in_its_own_folder_alone(part):
    root = ROOT / part
    for path in [root] if root.is_file() else root.rglob("*.py"):
        folder = ".".join(path.relative_to(ROOT).parent.parts)
        foreign = {name for name in imports(path) if name in PRIVATE and name.rpartition(".")[0] != folder}
        assert foreign == set(), path


DOCUMENTS = [
    ROOT / name
    for name in (
        "README.md",
        "CONTRIBUTING.md",
        "docs/ARCHITECTURE.md",
        "docs/DECISIONS.md",
        "docs/DEPLOY.md",
        "docs/SERVING.md",
    )
]
# What documents name that lies in no one place: in each folder of scripts, in a course, or on the reader's machine.
ELSEWHERE = {"dist/", "ideas.yaml", ".headwaters/", ".streamlit/secrets.toml", "secrets.toml", "compose.override.yaml"}


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_a_document_names_files_by_their_whole_path(document):
    text = document.read_text(encoding="utf-8")
    named = set(re.findall(r"`([\w./-]*\w\.(?:py|js|json|css|yaml|toml|txt|md)|[\w./-]+/)`", text)) - ELSEWHERE
    examples = {name for name in named if re.search(r"(^|/)(NAME|ID)\b", name)}
    lost = {name for name in named - examples if not any((at / name).exists() for at in (ROOT, ROOT / "lifecycle"))}
    assert lost == set()


# What stands round everything that a page shows, asked what it holds: every change of the page asks it again.
ASKS_THE_WHOLE_PAGE = re.compile(r"(?:\b(?:html|body)|\.st(?:App|Main|MainBlockContainer))(?::\w+\([^()]*\))*:has\(")


def test_no_rule_asks_the_whole_page_what_it_holds():
    """With such rules each change of a page styles every element anew, which was a quarter of what a page took."""
    sheets = {path: path.read_text(encoding="utf-8") for path in (ROOT / "lifecycle" / "ui").rglob("*.css")}
    assert named([path for path, rules in sheets.items() if ASKS_THE_WHOLE_PAGE.search(rules)]) == []
    assert ASKS_THE_WHOLE_PAGE.search("html:has(.a):has(.b) { font-size: 2rem; }")


def unexplained(source: str) -> Iterator[int]:
    """The lines that have a test run again when it fails, and do not say why."""
    tree = ast.parse(source)
    calls = {id(node.func): node for node in ast.walk(tree) if isinstance(node, ast.Call)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and ast.unparse(node).endswith("mark.flaky"):
            given = calls[id(node)].keywords if id(node) in calls else []
            reasons = [each.value for each in given if each.arg == "reason"]
            if not any(isinstance(reason, ast.Constant) and reason.value for reason in reasons):
                yield node.lineno


def test_a_test_that_is_run_again_when_it_fails_says_why():
    texts = {path: path.read_text(encoding="utf-8") for path in (ROOT / "tests").rglob("*.py")}
    assert {str(path): each for path, text in texts.items() if (each := [*unexplained(text)])} == {}
    for command in ("Makefile", "pyproject.toml"):
        assert "--reruns" not in (ROOT / command).read_text(encoding="utf-8")
    assert sorted(unexplained("@pytest.mark.flaky(reruns=1)\n@pytest.mark.flaky\ndef test(): ...")) == [1, 2]
    assert not [*unexplained('@pytest.mark.flaky(reruns=1, reason="four windows")\ndef test(): ...')]
