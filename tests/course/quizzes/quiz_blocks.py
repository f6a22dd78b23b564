"""Quiz blocks as authors write them."""

from lifecycle.course.quizzes.reading import read_questions


def page(*lines):
    return "\n".join(lines) + "\n"


def block(*lines):
    return page("<quiz>", *lines, "</quiz>")


def read_one(text):
    questions, problems = read_questions(text, "a.md", "lake")
    assert problems == ()
    (question,) = questions
    return question


PUSH = page(
    "# Ingestion",
    "",
    "<!-- question: who-starts; level: explain; idea: push-pull -->",
    "<quiz>",
    "Who starts a **push**?",
    "",
    "Think of a doorbell.",
    "- [x] The source",
    "> It sends when it has something.",
    "> Always.",
    "- [ ] The sink",
    "",
    "> No.",
    "",
    "In a pull it is the other way round.",
    "</quiz>",
)
