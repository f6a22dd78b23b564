"""What the project needs is said in four files that agree, and its version in two."""

import re
import tomllib
from pathlib import Path

import pytest
import yaml
from packaging.requirements import Requirement

ROOT = Path(__file__).parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
LOCK = "requirements-lock.txt"


def named(file: str) -> list[str]:
    """The lines of a list that name something."""
    lines = (ROOT / file).read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith(("#", "-r"))]


def test_the_package_needs_what_requirements_txt_names():
    assert PROJECT["project"]["dependencies"] == named("requirements.txt")


def test_the_build_backend_is_the_one_that_the_tests_have():
    assert set(PROJECT["build-system"]["requires"]) <= set(named("requirements-dev.txt"))


@pytest.mark.parametrize("file", ["requirements.txt", "requirements-dev.txt"])
def test_the_lock_holds_a_release_of_each_that_is_within_its_bounds(file):
    locked = {
        name.lower().replace("_", "-"): version for name, _, version in (pin.partition("==") for pin in named(LOCK))
    }
    for asked in map(Requirement, named(file)):
        assert asked.specifier.contains(locked[asked.name.lower().replace("_", "-")]), asked


def test_the_lock_names_releases_and_no_place_to_get_them():
    assert all(Requirement(pin).url is None and Requirement(pin).specifier for pin in named(LOCK))
    assert "requirements-dev.txt -c requirements-lock.txt\n" in (ROOT / "Makefile").read_text(encoding="utf-8")


def test_the_workflow_runs_the_tests_on_every_python_that_the_package_says_it_knows():
    workflow = yaml.safe_load((ROOT / ".github" / "workflows" / "test.yml").read_text(encoding="utf-8"))
    known = [each.rsplit(" ", 1)[1] for each in PROJECT["project"]["classifiers"] if "Python :: 3" in each]
    assert workflow["jobs"]["test"]["strategy"]["matrix"]["python"] == known
    assert PROJECT["project"]["requires-python"] == f">={known[0]}"


def test_the_version_is_that_of_the_newest_release_in_the_changelog():
    changes = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    sections = re.findall(r"^## (.+)$", changes, re.MULTILINE)
    assert sections[0] == "Unreleased"
    assert re.fullmatch(rf"{re.escape(PROJECT['project']['version'])} - \d{{4}}-\d\d-\d\d", sections[1])
