"""`check`: every problem of a content folder, as file:line, what is wrong and how to fix it."""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import chain
from pathlib import Path
from typing import TextIO

from lifecycle.classroom import rehearsal
from lifecycle.cli import links
from lifecycle.cli.commands import FAULTY, WELL, Command, add_folder, print_problems
from lifecycle.course import ContentError, Course, Problem, computed, content_folder, load
from lifecycle.course.day import in_turn
from lifecycle.course.pipeline_file import FILE as PIPELINE_FILE
from lifecycle.course.quizzes.patterns import weaknesses
from lifecycle.course.quizzes.weakness import Weakness
from lifecycle.course.readable.pages import hard_to_read
from lifecycle.course.worlds import beliefs, expectations
from lifecycle.diagram.icons import icon_problems
from lifecycle.learning import lessons
from lifecycle.outputs import illustrations


def add_options(parser: argparse.ArgumentParser) -> None:
    """Give `check` its options."""
    add_folder(parser)
    parser.add_argument("--strict", action="store_true", help="weak questions and hard reading are problems, too")


def run(options: argparse.Namespace) -> int:
    """Print the folder's problems, or what it holds where there are none."""
    folder = options.folder or content_folder()
    try:
        course = load(folder)
    except ContentError as error:
        print_problems(error.problems, sys.stdout)
        return FAULTY
    if problems := _problems(course, folder):
        print_problems(problems, sys.stdout)
        return FAULTY
    weak = (*weaknesses(course.questions, [idea.id for idea in course.known.ideas]), *hard_to_read(course))
    _print_weak(weak, sys.stdout if options.strict else sys.stderr)
    if weak and options.strict:
        return FAULTY
    print(f"{_inventory(course)}: all well")
    return WELL


COMMAND = Command(
    "check",
    "Check a content folder and print every problem as file:line: what is wrong, how to fix it.",
    add_options,
    run,
)


def _problems(course: Course, folder: Path) -> list[Problem]:
    """What loading does not see: links, icons, views, computed answers, talks and lessons that do not fit."""
    problems = [
        problem
        for file in _linking(course)
        for problem in links.link_problems((folder / file).read_text(encoding="utf-8"), file, course)
    ]
    drawn_from = (folder / PIPELINE_FILE).read_text(encoding="utf-8")
    problems += icon_problems(course.pipeline, drawn_from, PIPELINE_FILE)
    problems += links.see_problems(course)
    looks = (computed, expectations, beliefs, rehearsal, lessons, illustrations)
    with in_turn():  # questions ask for days that differ by the numbers drawn
        return [*problems, *chain.from_iterable(look.problems(course) for look in looks)]


def _linking(course: Course) -> Iterator[str]:
    """Every file of a course in whose text a link may turn settings."""
    yield from (f"stages/{place}.md" for place in course.places)
    yield from sorted({question.file for question in course.questions})
    if course.overview:
        yield "lifecycle.md"
    yield from (f"scenarios/{named.id}.md" for named in course.scenarios)
    yield from (f"transfers/{transfer.start}-{transfer.size}.md" for transfer in course.transfers)
    yield from (f"talks/{talk.id}.md" for talk in course.talks)
    yield from (f"lessons/{lesson.id}.md" for lesson in course.lessons)


def _inventory(course: Course) -> str:
    counts = [(len(course.places), "place"), (len(course.questions), "question"), (len(course.scenarios), "scenario")]
    counts += [
        (len(scripts), noun) for scripts, noun in ((course.talks, "talk"), (course.lessons, "lesson")) if scripts
    ]
    scripted = len(course.all_questions) - len(course.questions)
    apart = f" ({_in_scripts(scripted)})" if scripted else ""
    return ", ".join(f"{count} {noun}{'' if count == 1 else 's'}" for count, noun in counts) + apart


def _in_scripts(count: int) -> str:
    """Of how many questions a talk's or lesson's own file is the home: the course counts them apart, an export not."""
    noun, stand, are = ("question", "stands", "is") if count == 1 else ("questions", "stand", "are")
    return f"{count} more {noun} {stand} in talks and lessons, which {are} exported, too, and never drawn for learners"


def _print_weak(weak: Sequence[Weakness], stream: TextIO) -> None:
    """Print what is weak, a line each, and how often each kind occurs."""
    for weakness in weak:
        problem = weakness.problem
        print(f"{problem.file}:{problem.line}: weak ({weakness.kind}): {problem.what}, {problem.fix}", file=stream)
    if weak:
        kinds = Counter(weakness.kind for weakness in weak).most_common()
        counted = ", ".join(f"{count} {kind}" for kind, count in kinds)
        print(f"{len(weak)} weak point{'' if len(weak) == 1 else 's'} ({counted})", file=stream)
