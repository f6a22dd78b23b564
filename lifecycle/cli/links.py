"""What is wrong with the settings that a course's texts link to, and with the views that its wrong options offer."""

from __future__ import annotations

from collections.abc import Iterator

from lifecycle.course.address import slips
from lifecycle.course.course import Course
from lifecycle.course.quizzes.blocks import without_tags
from lifecycle.documents import Node, Problem, links, read_loose


def link_problems(text: str, file: str, course: Course) -> tuple[Problem, ...]:
    """What is wrong with the settings that links in a content file name; `text` is the whole file."""
    document, _ = read_loose(text, file)
    named = [*_links_in_head(document.head), *links(without_tags(document.body), document.body_line)]
    problems = []
    for line, query in named:
        if query.startswith("?"):
            problems += [Problem(file, line, what, fix) for what, fix in slips(query, course)]
    return tuple(problems)


def _links_in_head(node: Node) -> Iterator[tuple[int, str]]:
    """The links in every text of the front matter: some of them (a summary, what a transfer costs) are Markdown."""
    if node.kind == "text":
        yield from ((node.line, query) for _, query in links(str(node.value)))
    for inner in (*node.items, *(value for _, value in node.pairs)):
        yield from _links_in_head(inner)


def see_problems(course: Course) -> Iterator[Problem]:
    """What is wrong with the views that wrong options offer."""
    for question in course.questions:
        for option in question.options:
            yield from (Problem(question.file, question.line, what, fix) for what, fix in slips(option.see, course))
