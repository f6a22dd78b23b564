"""`questions`: those of a folder, listed, as JSON, or in the formats of other programs."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from lifecycle.cli.commands import Command, add_folder, exit_code
from lifecycle.course import ContentError, content_folder, folder_bank, load
from lifecycle.course.pipeline import Pipeline
from lifecycle.course.quizzes.questions import Question
from lifecycle.course.quizzes.reading import as_dict
from lifecycle.documents.folder import TEXT_LIMIT_BYTES
from lifecycle.outputs.question_formats import FORMATS, Exported, ExportedPlace, Loss
from lifecycle.outputs.question_formats.losses import written
from lifecycle.outputs.question_formats.markdown import one_file

SCRIPTS = ("talks/", "lessons/")


def add_options(parser: argparse.ArgumentParser) -> None:
    """Give `questions` its options."""
    add_folder(parser)
    parser.add_argument("--json", action="store_true", help="as JSON, with all that is known of each")
    parser.add_argument("--as", dest="form", choices=list(FORMATS), help="in the format of another program")
    parser.add_argument("--out", type=Path, metavar="FILE", help="where to: a file; for Markdown also a folder")
    parser.add_argument("--verbose", action="store_true", help="with --as: name every question that lost something")
    parser.add_argument("--losses", type=Path, metavar="FILE", help="with --as: write that list to a file")


def run(options: argparse.Namespace) -> int:
    """Print or write the questions, and the problems of those that could not be read."""
    return exit_code(lambda: _list_or_write(options), "nothing was written")


COMMAND = Command(
    "questions",
    "List the questions of any folder of Markdown, or write them for another program.",
    add_options,
    run,
)


def _list_or_write(options: argparse.Namespace) -> None:
    """ValueError for a wrong call; `ContentError` with the problems of what could not be read, after all else."""
    if bool(options.form) != bool(options.out):
        raise ValueError("--as and --out go together: --as gift --out questions.gift.txt")
    if options.form and options.json:
        raise ValueError("--json prints, --as writes: ask for one of them")
    if (options.verbose or options.losses) and not options.form:
        raise ValueError("--verbose and --losses tell what an export loses: they go with --as")
    folder = options.folder or content_folder()
    questions, problems, held = folder_bank(folder)
    if options.json:
        print(json.dumps([as_dict(question) for question in questions], ensure_ascii=False, indent=2))
    elif options.form:
        _write(options, questions, folder, held)
    else:
        print("\n\n".join(map(_readable, questions)) or "no questions")
    if problems:
        raise ContentError(problems)


def places(pipeline: Pipeline) -> tuple[ExportedPlace, ...]:
    """What a click may answer: every place of the diagram and every flow, by name."""
    labels = {place: pipeline.by_id[place].label for place in pipeline.places}
    flows = (
        ExportedPlace(f"{flow.source}->{flow.target}", f"{labels[flow.source]} → {labels[flow.target]}")
        for flow in pipeline.flows
    )
    return (*(ExportedPlace(id, label) for id, label in labels.items()), *flows)


def _places(folder: Path) -> tuple[ExportedPlace, ...]:
    """Those of the folder's diagram; none where the folder is no course."""
    try:
        return places(load(folder).pipeline)
    except ContentError:
        return ()


def _write(options: argparse.Namespace, questions: Sequence[Question], folder: Path, held: int) -> None:
    form, out = options.form, options.out
    exported = FORMATS[form](questions, _places(folder))
    into_folder = form == "markdown" and (out.is_dir() or not out.suffix)
    if form == "markdown" and not into_folder:
        exported = one_file(exported)
    paths = _save(exported.files, out, into_folder=into_folder)
    count = written(form, {name: path.read_bytes() for name, path in paths.items()}, questions)
    summary = f"{count} of {held} question{'' if held == 1 else 's'} written to {out}"
    print(summary)
    if not into_folder and len(paths) > 1:
        print(f"A file of Markdown has at most {TEXT_LIMIT_BYTES // 1024} kB: the rest is in")
        print("\n".join(f"    {path}" for path in list(paths.values())[1:]))
    apart = sum(question.file.startswith(SCRIPTS) for question in questions)
    if 0 < apart < len(questions):
        home = len(questions) - apart
        print(f"{home} of them are the course's own, as `check` counts them, {apart} stand in its talks and lessons.")
    if exported.losses:
        _print_losses(exported, options)
        print(summary)  # again, where the eye is


def _print_losses(exported: Exported, options: argparse.Namespace) -> None:
    """What was lost: each kind of loss once with its count, and where it is asked for the questions that it befell."""
    by_kind: dict[tuple[bool, str], list[Loss]] = {}
    for loss in exported.losses:
        by_kind.setdefault((loss.whole, loss.what), []).append(loss)
    kinds = sorted(by_kind.items(), key=lambda kind: (not kind[0][0], -len(kind[1]), kind[0][1]))
    print(f"What {options.form} does not hold:")
    every: list[str] = []
    for (whole, what), losses in kinds:
        named = [f"    {loss.question.file}:{loss.question.line}: {loss.question.id}" for loss in losses]
        kind = f"- {'LEFT OUT: ' if whole else ''}{what} ({len(losses)})"
        every += [f"{kind}:", *named]
        # a question that is missing altogether is always named
        print("\n".join([f"{kind}:", *named]) if options.verbose or whole else kind)
    if options.losses:
        _save({"": ("\n".join(every) + "\n").encode()}, options.losses, into_folder=False)
        print(f"Every question that lost something: {options.losses}")
    elif not options.verbose:
        print("Which questions these are: --verbose, or --losses FILE")


def _save(files: Mapping[str, bytes], out: Path, *, into_folder: bool) -> dict[str, Path]:
    """Write the files and say where each of them is. Without a folder `out` is the first, `-2` the next."""
    paths = {name: out / name if into_folder else out.with_stem(out.stem + name) if name else out for name in files}
    try:
        (out if into_folder else out.parent).mkdir(parents=True, exist_ok=True)
        for name, path in paths.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(files[name])
    except (OSError, ValueError) as error:
        why = error.strerror if isinstance(error, OSError) and error.strerror else error
        raise ValueError(f"cannot write {out}: {why}") from error
    return paths


def _readable(question: Question) -> str:
    lines = [
        f"{question.place} / {question.id} ({question.kind}) {question.file}:{question.line}",
        *_indented(question.stem),
    ]
    for option in question.options:
        text = f"{option.text} → {option.pair}" if option.pair else option.text
        lines += _indented(f"[{'x' if option.right else ' '}] {text}")
        lines += _indented(option.feedback, "      > ")
    lines += [line for texts in question.accepted for line in _indented(f"= {', '.join(texts)}")]
    return "\n".join([*lines, *_indented(question.explanation)])


def _indented(text: str, by: str = "  ") -> Iterable[str]:
    return [by + line for line in text.split("\n") if line.strip()]
