"""What the project needs is said in four files that agree, and its version in two."""

import json
import re
import subprocess
import sys
import tomllib
from importlib.metadata import PackageNotFoundError, requires
from pathlib import Path

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tools.lock import HEAD, lock

ROOT = Path(__file__).parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
LOCK = "requirements-lock.txt"
KNOWN = [each.rsplit(" ", 1)[1] for each in PROJECT["project"]["classifiers"] if "Python :: 3" in each]


def named(file: str) -> list[str]:
    """The lines of a list that name something."""
    lines = (ROOT / file).read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith(("#", "-r"))]


def test_the_package_needs_what_requirements_txt_names():
    assert PROJECT["project"]["dependencies"] == named("requirements.txt")


def test_the_build_backend_is_the_one_that_the_tests_have():
    assert set(PROJECT["build-system"]["requires"]) <= set(named("requirements-dev.txt"))


def needs_of(name: str) -> list[Requirement]:
    """What an installed library needs; nothing where it is one of another Python, and not installed in this."""
    try:
        return [Requirement(need) for need in requires(name) or []]
    except PackageNotFoundError:
        return []


@pytest.mark.parametrize("python", KNOWN)
def test_the_lock_holds_a_release_within_bounds_of_all_that_the_lists_bring_on_every_python(python):
    locked = {canonicalize_name(name): version for name, _, version in (pin.partition("==") for pin in named(LOCK))}
    environment = {"python_version": python, "python_full_version": f"{python}.0"}
    waiting = [Requirement(line) for line in named("requirements.txt") + named("requirements-dev.txt")]
    needed = set()
    while waiting:
        asked = waiting.pop()
        name = canonicalize_name(asked.name)
        assert name in locked, f"{asked} is not in {LOCK}: run make lock"
        assert asked.specifier.contains(locked[name]), f"{asked}, but {LOCK} holds {locked[name]}: run make lock"
        if (name, *asked.extras) in needed:
            continue
        needed.add((name, *asked.extras))
        extras = [{"extra": extra} for extra in asked.extras or [""]]
        for each in needs_of(name):
            if each.marker is None or any(each.marker.evaluate({**environment, **extra}) for extra in extras):
                waiting.append(each)


def test_the_lock_is_written_from_what_pip_reports():
    chosen = [("b", "2.0"), ("A", "1"), ("c_d", "0.1.post1")]
    report = {"install": [{"metadata": {"name": name, "version": version}} for name, version in chosen]}
    assert lock(json.dumps(report).encode()) == HEAD + "A==1\nb==2.0\nc_d==0.1.post1\n"
    assert (ROOT / LOCK).read_text(encoding="utf-8").startswith(HEAD)


def test_the_lock_names_releases_and_no_place_to_get_them():
    assert all(Requirement(pin).url is None and Requirement(pin).specifier for pin in named(LOCK))
    assert "requirements-dev.txt -c requirements-lock.txt\n" in (ROOT / "Makefile").read_text(encoding="utf-8")


def test_the_workflow_runs_the_tests_on_every_python_that_the_package_says_it_knows():
    workflow = yaml.safe_load((ROOT / ".github" / "workflows" / "test.yml").read_text(encoding="utf-8"))
    assert workflow["jobs"]["test"]["strategy"]["matrix"]["python"] == KNOWN
    assert PROJECT["project"]["requires-python"] == f">={KNOWN[0]}"


def test_what_is_committed_is_put_in_shape_by_the_ruff_of_the_tests(tmp_path):
    (repository,) = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text(encoding="utf-8"))["repos"]
    (tmp_path / "module.py").write_text("import sys\nimport os\nprint( os.sep,sys.path )\n", encoding="utf-8")
    for hook in repository["hooks"]:
        program, *arguments = hook["entry"].split()
        assert program == ".venv/bin/ruff"
        ruff = [sys.executable, "-m", "ruff", *arguments, "--config", str(ROOT / "pyproject.toml"), "module.py"]
        subprocess.run(ruff, cwd=tmp_path, check=False, timeout=60)
    shaped = (tmp_path / "module.py").read_text(encoding="utf-8")
    assert shaped == "import os\nimport sys\n\nprint(os.sep, sys.path)\n"


def test_the_version_is_that_of_the_newest_release_in_the_changelog():
    changes = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    sections = re.findall(r"^## (.+)$", changes, re.MULTILINE)
    assert sections[0] == "Unreleased"
    assert re.fullmatch(rf"{re.escape(PROJECT['project']['version'])} - \d{{4}}-\d\d-\d\d", sections[1])
