"""Exports read back as the programs that they are for read them: what each question shows there.

Each reader takes the files of an export and gives, by the question's id, the texts of each question that it finds.
"""

from __future__ import annotations

import io
import re
import sqlite3
import zipfile
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from xml.etree import ElementTree

from lifecycle.course.quizzes.questions import Question
from lifecycle.course.quizzes.reading import read_questions
from lifecycle.documents.folder import TEXT_LIMIT_BYTES
from lifecycle.outputs.question_formats.content import Event, of_html

TextsById = Mapping[str, list[list[Event]]]
Reader = Callable[[Mapping[str, bytes], Sequence[Question]], TextsById]
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)


def gift(files: Mapping[str, bytes], questions: Sequence[Question]) -> TextsById:  # noqa: ARG001 - as its fellows
    """Blocks between blank lines; the id stands in the comment above, one for each blank of a question."""
    result: dict[str, list[list[Event]]] = defaultdict(list)
    for block in re.split(r"\n[ \t]*\n", files[""].decode()):
        lines = block.strip().split("\n")
        named = re.match(r"// \[id:([^\]]+)\]", lines[0])
        if named and len(lines) > 1:
            _, _, body = "\n".join(lines[1:]).removeprefix("::").partition("::")
            result[named[1]] += [_shown(text) for text in _gift_texts(body)]
    return result


def _gift_texts(body: str) -> Iterator[str]:
    """The pieces between marks; a backslash takes a mark its meaning."""
    text = ""
    for piece in re.findall(r"\\.|->|[{}~=#]|[^\\{}~=#-]+|-", body, re.DOTALL):
        if piece in ("->", *"{}~=#"):
            yield text
            text = ""
        else:
            text += piece
    yield text


def _shown(text: str) -> list[Event]:
    text = re.sub(r"^\s*(?:%-?[\d.]+%)?\s*(\[(?:html|plain)\])?", "", text)
    return of_html(_ESCAPED.sub(lambda mark: "\n" if mark[1] == "n" else mark[1], text))


def qti(files: Mapping[str, bytes], questions: Sequence[Question]) -> TextsById:  # noqa: ARG001 - as its fellows
    """The items that the manifest of the package names: what each asks, and its feedback."""
    result: dict[str, list[list[Event]]] = {}
    with zipfile.ZipFile(io.BytesIO(files[""])) as package:
        names = set(package.namelist())
        manifest = ElementTree.fromstring(package.read("imsmanifest.xml"))
        hrefs = [element.get("href", "") for element in manifest.iter() if element.tag.endswith("}resource")]
        for name in dict.fromkeys(href for href in hrefs if href in names):
            root = ElementTree.fromstring(package.read(name))
            texts = [child for child in root if child.tag.rpartition("}")[2] in ("itemBody", "modalFeedback")]
            answers: list[list[Event]] = [
                [("word", value.text or "")] for value in root.iter() if value.tag.endswith(("}value", "}baseValue"))
            ]
            id = root.get("identifier", "").removeprefix("item-")
            result[id] = [*(list(_elements(text)) for text in texts), *answers]
    return result


def _elements(element: ElementTree.Element) -> Iterator[Event]:
    tag = element.tag.rpartition("}")[2]
    if tag == "textEntryInteraction":
        yield ("gap",)
    if tag == "pre":
        yield from of_html(ElementTree.tostring(_bare(element), encoding="unicode", method="html"))
        return
    if tag != "span":
        yield "open", tag
        yield from (("attr", tag, name, value) for name, value in sorted(element.attrib.items()))
    yield from of_html(_escaped(element.text))
    for child in element:
        yield from _elements(child)
        yield from of_html(_escaped(child.tail))
    if tag not in ("span", "br", "hr"):
        yield "close", tag


def _bare(element: ElementTree.Element) -> ElementTree.Element:
    """A copy without namespaces and without what follows it."""
    copy = ElementTree.Element(element.tag.rpartition("}")[2], element.attrib)
    copy.text = element.text
    for child in element:
        inner = _bare(child)
        inner.tail = child.tail
        copy.append(inner)
    return copy


def _escaped(text: str | None) -> str:
    return (text or "").replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def anki(files: Mapping[str, bytes], questions: Sequence[Question]) -> TextsById:
    """The notes of the package's collection, each known by its GUID: its two sides."""
    from lifecycle.outputs.question_formats.anki import guid

    with zipfile.ZipFile(io.BytesIO(files[""])) as package:
        data = package.read("collection.anki2")
    base = sqlite3.connect(":memory:")
    try:
        base.deserialize(data)
        notes = dict(base.execute("select guid, flds from notes"))
    finally:
        base.close()
    return {
        question.id: [of_html(side) for side in notes[guid(question)].split("\x1f")]
        for question in questions
        if guid(question) in notes
    }


def markdown(files: Mapping[str, bytes], questions: Sequence[Question]) -> TextsById:
    """What our own reader finds, just as it was, in each file that is not too long for it; no texts beside it."""
    known = {question.id: question for question in questions}
    result: dict[str, list[list[Event]]] = {}
    for data in files.values():
        if len(data) <= TEXT_LIMIT_BYTES:
            for read in read_questions(data.decode(), "", "")[0]:
                if read.id in known and _content(read) == _content(known[read.id]):
                    result[read.id] = []
    return result


def _content(question: Question) -> tuple[object, ...]:
    answers = (question.answers, question.also)
    return question.kind, question.stem, question.options, answers, question.explanation, question.tags


READERS: Mapping[str, Reader] = {"gift": gift, "qti": qti, "anki": anki, "markdown": markdown}
