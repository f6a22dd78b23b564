"""Markdown read into questions: the `<quiz>` blocks of mkdocs-quiz, and every fault with its line and fix.

Whatever mkdocs-quiz 1.7 accepts reads the same here, except where its reading could only be a slip of the author's
(docs/QUIZZES.md lists these). The steps follow its `parsing.py` and `plugin.py`, in linear time.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Container, Sequence
from dataclasses import replace
from textwrap import dedent
from typing import Any, NamedTuple
from unicodedata import normalize

from lifecycle.course.quizzes.blanks import PLACEHOLDER, Blank, find_blanks, marked, strays, with_placeholders
from lifecycle.course.quizzes.blocks import BlockFault, QuizBlock, count_of_tags, find_blocks
from lifecycle.course.quizzes.choices import ListLine, last_option, read_choice, trimmed
from lifecycle.course.quizzes.kinds import NAMED
from lifecycle.course.quizzes.kinds.blank import normalised
from lifecycle.course.quizzes.numbers import accepted_number, unread_number
from lifecycle.course.quizzes.questions import Option, Question, QuestionKind
from lifecycle.documents import Problem, instead

MAX_PARTS = 50  # options or blanks of one question: no screen shows more, and no learner reads them
MAX_PROBLEMS = 100  # of one page: anyone who fixes these sees the rest at the next run
MAX_ID = 100
_APART = "put a space between the brackets if the page is for both"
_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


class _Label(NamedTuple):
    """What the comment above a block says, or nothing where there is none."""

    id: str = ""
    kind: str = ""
    tags: tuple[tuple[str, str], ...] = ()


def read_questions(
    text: str, file: str, place: str, first_line: int = 1, unfit: Container[int] = ()
) -> tuple[tuple[Question, ...], tuple[Problem, ...]]:
    """Read a page's questions, in order, and what is wrong with the others.

    `text` is Markdown that begins on line `first_line` of `file`; any line ends, with or without a byte order mark.
    Never raises. A question with a problem is left out; at most MAX_PROBLEMS problems are given, in order of lines.
    So is one on a line of `unfit`, whose problem was told when the file was read.
    """
    blocks, faults = find_blocks(_plain(text), first_line)
    questions: list[Question] = []
    slips = list(faults)
    lines: dict[str, int] = {}
    repeats: Counter[str] = Counter()
    for block in blocks:
        label, wrong = _label(block)
        question, more = _question(block, file, place, label)
        fit = not any(line in unfit for line in range(block.comment_line or block.line, block.last_line + 1))
        slips += (*wrong, *more) if fit else ()
        if wrong or question is None:
            continue
        if not label.id:
            question = _named(question, lines, repeats)
        if question.id in lines:
            what = f"the question id {question.id} of line {lines[question.id]} again"
            slips.append(BlockFault(block.comment_line, what, "give each question an id of its own"))
            continue
        lines[question.id] = block.line
        if fit:
            questions.append(question)
    return tuple(questions), _problems(slips, file)


def ids_given(text: str) -> frozenset[str]:
    """The ids that a page gives its questions, those among them that cannot be read."""
    return frozenset(_label(block)[0].id for block in find_blocks(_plain(text), 1)[0] if block.comment is not None)


def count_of_questions(text: str) -> int:
    """How many questions a page means to ask, those among them that cannot be read."""
    return count_of_tags(_plain(text))


def warnings_in(text: str, file: str, first_line: int = 1) -> tuple[Problem, ...]:
    """Where a page that reads well here reads otherwise in mkdocs-quiz, or not as its author may have meant."""
    warnings = []
    for block in find_blocks(_plain(text), first_line)[0]:
        lines = _lines(block)
        if _kind(lines) == "choice":
            choice, faults = read_choice(lines, block.line)
            if choice.cut_off and not faults:
                what = "feedback that a blank line parts from the last option; it reads as explanation"
                warnings.append(BlockFault(choice.cut_off, what, "remove the blank line, or the `>`"))
            number = next((line.number for line in lines if any(marked(line.text))), None)
            if number and not faults:
                what = "[[ ]] in code or in the explanation; mkdocs-quiz would make the whole question a fill-in"
                warnings.append(BlockFault(number, what, _APART))
        elif _kind(lines) == "blank":
            above = _text(_above_rule(lines))
            blanks = {blank.start for blank in find_blanks(above)}
            coded = next((blank.start for blank in marked(above) if blank.start not in blanks), None)
            if coded is not None:
                what = "[[ ]] in code, which mkdocs-quiz would make a blank, too"
                warnings.append(BlockFault(_line_at(lines, above, coded), what, _APART))
    return _problems(warnings, file)


def as_dict(question: Question) -> dict[str, Any]:
    """The question as JSON can carry it: `python -m lifecycle questions --json` prints a list of these."""
    return {
        "id": question.id,
        "place": question.place,
        "kind": str(question.kind),
        "stem": question.stem,
        "options": [_option_as_dict(option) for option in question.options],
        "answers": list(question.answers),
        "explanation": question.explanation,
        "tags": dict(question.tags),
        "file": question.file,
        "line": question.line,
        **({"aliases": list(question.aliases)} if question.aliases else {}),
        **({"also": [list(others) for others in question.also]} if question.also else {}),
    }


def _option_as_dict(option: Option) -> dict[str, Any]:
    """What an option has; the notes behind it only where it has any."""
    plain = {"text": option.text, "right": option.right, "feedback": option.feedback}
    notes = {"pair": option.pair, "misconception": option.misconception, "see": option.see, "within": option.within}
    return plain | {name: value for name, value in notes.items() if value}


def _plain(text: str) -> str:
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")


def _problems(faults: list[BlockFault], file: str) -> tuple[Problem, ...]:
    problems = [Problem(file, *fault) for fault in sorted(faults)]
    if len(problems) > MAX_PROBLEMS:
        rest = len(problems) - MAX_PROBLEMS
        last = Problem(file, problems[MAX_PROBLEMS].line, f"{rest} more problems from here on", "fix the first ones")
        problems[MAX_PROBLEMS:] = [last]
    return tuple(problems)


def _label(block: QuizBlock) -> tuple[_Label, list[BlockFault]]:
    """The id and tags in `question: who-starts; level: explain; idea: push-pull`."""
    if block.comment is None:
        return _Label(), []
    pairs = [tuple(map(str.strip, pair.partition(":")[::2])) for pair in block.comment.split(";") if pair.strip()]
    faults = []
    id = pairs[0][1]
    if not _ID.fullmatch(id) or len(id) > MAX_ID:
        fix = f"use small letters, digits and single hyphens, at most {MAX_ID}: who-starts"
        faults.append(BlockFault(block.comment_line, f"the question id {_short(id)!r}", fix))
    tags: dict[str, str] = {}
    for name, value in pairs[1:]:
        if not _ID.fullmatch(name) or not value or name in tags or name == "question":
            what = f"the tag {_short(name)!r} in a question's comment"
            faults.append(BlockFault(block.comment_line, what, "write each tag once, as `name: value`, parted by `;`"))
        tags[name] = value
    return _Label(id, tags.pop("kind", ""), tuple(tags.items())), faults


def _question(block: QuizBlock, file: str, place: str, label: _Label) -> tuple[Question | None, list[BlockFault]]:
    """The question of a block; None and the faults where it cannot be asked."""
    lines = _lines(block)
    if not any(line.text.strip() for line in lines):
        return None, [BlockFault(block.line, "an empty <quiz>", "write a question and its options, or remove it")]
    form = _kind(lines)
    if form == "both":
        fix = "remove one of the two; code with [[ ]] may stand below the options"
        return None, [BlockFault(block.line, "a <quiz> with options and with [[blanks]]", fix)]
    if form == "blank":
        return _blank_question(block, lines, file, place, label)
    choice, faults = read_choice(lines, block.line)
    if len(choice.options) > MAX_PARTS:
        faults = (*faults, _too_many(block, len(choice.options), "options"))
    if faults:
        return None, list(faults)
    kind, options, wrong = _as_kind(label.kind, choice.options, block)
    if wrong:
        return None, wrong
    return Question(
        label.id,
        place,
        kind,
        choice.stem,
        options=options,
        explanation=choice.explanation,
        tags=label.tags,
        file=file,
        line=block.line,
    ), []


def _as_kind(
    name: str, options: Sequence[Option], block: QuizBlock
) -> tuple[QuestionKind, tuple[Option, ...], list[BlockFault]]:
    """The kind that a question's comment names, its options read as that kind's, and what is wrong with them."""
    if kind := NAMED.get(name):
        parts, wrong = kind.parts(tuple(options))
        return kind.name, parts, [BlockFault(block.line, *wrong)] if wrong else []
    several = sum(option.right for option in options) > 1
    plain = QuestionKind.MULTIPLE if several else QuestionKind.SINGLE
    fix = instead(name, NAMED, one_of="all others are told by their options or blanks; write one of")
    return plain, tuple(options), [BlockFault(block.comment_line, f"the kind {name!r}", fix)] if name else []


def _blank_question(
    block: QuizBlock, lines: list[ListLine], file: str, place: str, label: _Label
) -> tuple[Question | None, list[BlockFault]]:
    above = _above_rule(lines)
    text = _text(above)
    stem, blanks = with_placeholders(text)
    answers = tuple(blank.answer for blank in blanks)
    if stem.count(PLACEHOLDER) > len(answers) or "" in answers:
        empty = (line.number for line in above if PLACEHOLDER in "".join(line.text.split()))
        fix = "write its answer between the brackets; in code beside a blank, write [[ ]] with a space"
        return None, [BlockFault(next(empty, block.line), "an empty blank", fix)]
    if len(answers) > MAX_PARTS:
        return None, [_too_many(block, len(answers), "blanks")]
    unread = [
        BlockFault(_line_at(above, text, blank.start), f"[[{_short(blank.answer)}]], {wrong[0]}", wrong[1])
        for blank in blanks
        if (wrong := unread_number(blank.answer) or _wrong_words(blank))
    ]
    fix = "put it directly behind the ]] of its blank"
    unread += [BlockFault(_line_at(above, text, start), "other words for no blank", fix) for start in strays(text)]
    if unread:
        return None, unread
    return Question(
        label.id,
        place,
        QuestionKind.BLANK,
        stem,
        answers=answers,
        explanation=trimmed([line.text for line in lines[len(above) + 1 :]]),
        tags=label.tags,
        file=file,
        line=block.line,
        also=tuple(blank.also or () for blank in blanks) if any(blank.also for blank in blanks) else (),
    ), []


def _wrong_words(blank: Blank) -> tuple[str, str] | None:
    """What is wrong with the other words of a blank, and how to fix it."""
    if blank.also is None:
        return None
    if accepted_number(blank.answer):
        return "other words for a number", "leave the comment out: a number has its tolerance"
    texts = [normalised(text) for text in (blank.answer, *blank.also)]
    if "" in texts or len(set(texts)) < len(texts):
        return "an empty one among its other words, or one twice", "write each once: <!-- or: reading, is read -->"
    return None


def _lines(block: QuizBlock) -> list[ListLine]:
    """The dedented lines of a block; separators such as form feeds part lines too, as they do in mkdocs-quiz."""
    lines, number = [], block.line
    for piece in dedent(block.body).splitlines(keepends=True):
        lines.append(ListLine(number, piece.splitlines()[0]))
        number += piece.count("\n")
    return lines


def _kind(lines: list[ListLine]) -> str:
    """What a block is: `blank` or `choice`, or `both` where it has blanks in or above its options."""
    above = _above_rule(lines)
    last = last_option(above)
    stem = above if last < 0 else above[: last + 1]
    if not any(find_blanks(_text(stem))):
        return "choice"
    return "blank" if last < 0 else "both"


def _text(lines: list[ListLine]) -> str:
    """The lines as the text that is shown: without what is blank around it, an indentation of its first line too."""
    return "\n".join(line.text for line in lines).strip()


def _line_at(lines: list[ListLine], text: str, place: int) -> int:
    """The line of the file on which a place of the text of `lines` stands."""
    return next(line.number for line in lines if line.text.strip()) + text.count("\n", 0, place)


def _above_rule(lines: list[ListLine]) -> list[ListLine]:
    """The lines above the first `---`; all of them where there is none, or where it is the very first."""
    rule = next((index for index, line in enumerate(lines) if line.text.strip() == "---"), 0)
    return lines[:rule] if rule else lines


def _named(question: Question, taken: Container[str], repeats: Counter[str]) -> Question:
    """The question with an id made of its place and its words, wherever the block stands.

    Where letters of the place are lost in the id (`a/index`, `Index`, another script) its digest is of the place, too:
    no two places share one. The ids that were made of the file's name alone, and of the place's letters, stay as
    aliases.
    """
    words = " ".join(question.stem.split()).casefold()
    name, place = (_slug(part) for part in (question.place.rpartition("/")[2], question.place))
    # Of a long path the end is kept: it tells more files apart than the beginning.
    end = place[-(MAX_ID // 2) :].lstrip("-") if "/" in question.place else place[: MAX_ID // 2].rstrip("-")
    whole, path = question.place == end, normalize("NFC", question.place) + "\n"
    olds = [f"{name[: MAX_ID // 2].rstrip('-') or 'page'}-{_digest(words)}", f"{end or 'page'}-{_digest(words)}"]
    base = olds[1] if whole else f"{end or 'page'}-{_digest(path + words)}"
    repeats[base] += 1
    while (id := base + (f"-{repeats[base]}" if repeats[base] > 1 else "")) in taken:  # the same words again
        repeats[base] += 1
    again = id.removeprefix(base)
    return replace(question, id=id, aliases=() if whole else tuple(dict.fromkeys(old + again for old in olds)))


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:8]


def _slug(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")


def _too_many(block: QuizBlock, count: int, parts: str) -> BlockFault:
    return BlockFault(
        block.line, f"a <quiz> with {count} {parts}", f"keep to {MAX_PARTS}, or make several questions of it"
    )


def _short(text: str) -> str:
    return text if len(text) <= 40 else text[:39] + "…"
