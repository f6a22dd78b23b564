"""Markdown as the part of XHTML that QTI 2.1 allows in its items, as elements."""

from __future__ import annotations

import re
from xml.etree import ElementTree

from lifecycle.documents import as_html

Element = ElementTree.Element
# XHTML that QTI 2.1 has no element for, and what stands in its place.
_INSTEAD = {"s": "span"}
_KEPT = {"href", "class"}
# What XML cannot hold at all: https://www.w3.org/TR/xml/#charsets
_FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def words(text: str) -> str:
    """The text without what XML cannot hold."""
    return _FORBIDDEN.sub("\ufffd", text)


def blocks(tag: str, markdown: str) -> Element:
    """An element `tag` with the Markdown's paragraphs, lists and tables."""
    return _read(tag, as_html(markdown))


def line(tag: str, markdown: str) -> Element:
    """An element `tag` with the Markdown of one line, without a paragraph round it."""
    return _read(tag, as_html(markdown, inline=True))


def _read(tag: str, html: str) -> Element:
    root = ElementTree.fromstring(f"<{tag}>{words(html)}</{tag}>")
    for element in root.iter():
        element.tag = _INSTEAD.get(element.tag, element.tag)
        for name in set(element.attrib) - _KEPT:
            del element.attrib[name]
        if element.tag == "table" and element.find("tbody") is None:  # a head alone is no table in QTI
            row = ElementTree.SubElement(ElementTree.SubElement(element, "tbody"), "tr")
            ElementTree.SubElement(row, "td")
    return root


def fill(element: Element, mark: str, parts: list[Element]) -> None:
    """Put the parts, in order, where the character `mark` stands in the element's text."""
    element.text, first = _split(element.text, mark, parts)
    for index, child in enumerate(first):
        element.insert(index, child)
    for child in list(element)[len(first) :]:
        fill(child, mark, parts)
        child.tail, more = _split(child.tail, mark, parts)
        place = list(element).index(child) + 1
        for index, part in enumerate(more):
            element.insert(place + index, part)


def _split(text: str | None, mark: str, parts: list[Element]) -> tuple[str | None, list[Element]]:
    """The text up to the first mark, and a part for each mark with the text behind it as its tail."""
    first, *rest = (text or "").split(mark)
    taken = []
    for tail in rest:
        part = parts.pop(0)
        part.tail = tail
        taken.append(part)
    return first if text is not None else None, taken
