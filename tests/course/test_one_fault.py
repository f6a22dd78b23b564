"""One mistake of an author is one fault: what hangs on the misspelled word is not blamed, too."""

import shutil

import pytest

from lifecycle.course import SHIPPED
from lifecycle.course.loading import check


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    return shutil.copytree(SHIPPED, tmp_path_factory.mktemp("course") / "content")


@pytest.mark.parametrize(
    ("file", "old", "new", "fault"),
    [
        ("pipeline.yaml", "role: buffer", "role: bufer", "unknown role 'bufer', did you mean buffer?"),
        ("pipeline.yaml", "role: ingestion", "role: ingest", "unknown role 'ingest', did you mean ingestion?"),
        ("pipeline.yaml", "role: transform", "role: transfrom", "unknown role 'transfrom', did you mean transform?"),
        ("pipeline.yaml", "zone: midstream", "zone: midstraem", "unknown zone 'midstraem', did you mean midstream?"),
        (
            "pipeline.yaml",
            "figures: {rate_per_s:",
            "figures: {rate_per_sec:",
            "an interface has no figure 'rate_per_sec', did you mean rate_per_s?",
        ),
        ("scenarios/poison-record.md", "kind: poison", "kind: posion", "unknown kind 'posion', did you mean poison?"),
        ("scenarios/catcher-down.md", "kind: down", "kind: rerunn", "unknown kind 'rerunn', did you mean rerun?"),
        (
            "scenarios/flash-sale.md",
            "arrivals: spike",
            "arrivals: spkie",
            "unknown arrivals 'spkie', did you mean spike?",
        ),
        (
            "scenarios/real-day.md",
            "arrivals: real-day",
            "arrivals: realday",
            "unknown arrivals 'realday', did you mean real-day?",
        ),
        (
            "scenarios/short-retention.md",
            '"buffer.retention_s"',
            '"buffer.retenton_s"',
            "a buffer has no figure 'retenton_s', did you mean retention_s?",
        ),
        (
            "quizzes/ingestion.md",
            "question: ingestion-catcher-down;",
            "question: ingestion-catcher-down; kind: mach;",
            "the kind 'mach', did you mean match?",
        ),
    ],
)
def test_one_misspelled_word_is_one_fault(course, file, old, new, fault):
    text = (course / file).read_text(encoding="utf-8")
    assert old in text
    (course / file).write_text(text.replace(old, new, 1), encoding="utf-8")
    problems = check(course)
    (course / file).write_text(text, encoding="utf-8")
    line = text[: text.index(old)].count("\n") + 1
    assert [str(problem) for problem in problems] == [f"{file}:{line}: {fault}"]


def test_a_fault_of_an_unknown_kind_is_not_measured_by_another_kind(course):
    """A factor that fits no outage is no second fault where nobody knows what the fault is."""
    file = course / "scenarios/slow-warehouse.md"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("kind: slow", "kind: sloow", 1), encoding="utf-8")
    problems = check(course)
    file.write_text(text, encoding="utf-8")
    assert [problem.what for problem in problems] == ["unknown kind 'sloow'"]


def test_an_origin_without_a_figure_is_still_a_fault_beside_figures_that_are_well(course):
    file = course / "pipeline.yaml"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("origins: {rate_per_s:", "origins: {rate_per_sec:", 1), encoding="utf-8")
    problems = check(course)
    file.write_text(text, encoding="utf-8")
    assert [problem.what for problem in problems] == ["the origin of 'rate_per_sec', which `figures` does not have"]
