"""When an item of QTI 2.1 is right, as its `responseProcessing` says it: expressions, and what follows from them."""

from __future__ import annotations

from collections.abc import Sequence
from xml.etree.ElementTree import Element, SubElement

from lifecycle.course.quizzes.numbers import Accepted
from lifecycle.outputs.question_formats.xhtml import words


def processing(right: Element, chosen: str = "") -> Element:
    """Score 1 where `right` holds, else 0; feedback on what was `chosen`, and the explanation once it is right."""
    root = Element("responseProcessing")
    condition = SubElement(root, "responseCondition")
    holds = SubElement(condition, "responseIf")
    holds.append(right)
    holds.append(_outcome("SCORE", _value("float", "1")))
    holds.append(_outcome("FEEDBACK", _feedback(chosen, explained=True)))
    other = SubElement(condition, "responseElse")
    other.append(_outcome("SCORE", _value("float", "0")))
    if chosen:
        other.append(_outcome("FEEDBACK", _feedback(chosen, explained=False)))
    return root


def exactly(response: str) -> Element:
    """The response is the declared correct one, as a whole."""
    root = Element("match")
    SubElement(root, "variable", {"identifier": response})
    SubElement(root, "correct", {"identifier": response})
    return root


def any_of(response: str, right: Sequence[str]) -> Element:
    """The one chosen identifier is among those that are right."""
    if len(right) == 1:
        return exactly(response)
    root = Element("member")
    SubElement(root, "variable", {"identifier": response})
    several = SubElement(root, "multiple")
    several.extend(_value("identifier", name) for name in right)
    return root


def blank_fits(response: str, accepted: Sequence[str], number: Accepted | None) -> Element:
    """The typed text is one of the accepted whatever its capitals; a number lies within its tolerance."""
    if number:
        room = repr(number.tolerance)
        root = Element("equal", {"toleranceMode": "absolute", "tolerance": f"{room} {room}"})
        SubElement(root, "variable", {"identifier": response})
        root.append(_value("float", repr(number.value)))
        return root
    matches = [_same_words(response, text) for text in accepted]
    if len(matches) == 1:
        return matches[0]
    root = Element("or")
    root.extend(matches)
    return root


def _same_words(response: str, text: str) -> Element:
    root = Element("stringMatch", {"caseSensitive": "false", "substring": "false"})
    SubElement(root, "variable", {"identifier": response})
    root.append(_value("string", words(text)))
    return root


def every(parts: Sequence[Element]) -> Element:
    """All of them hold."""
    root = Element("and")
    root.extend(parts)
    return root


def _value(base: str, text: str) -> Element:
    element = Element("baseValue", {"baseType": base})
    element.text = text
    return element


def _outcome(name: str, value: Element) -> Element:
    element = Element("setOutcomeValue", {"identifier": name})
    element.append(value)
    return element


def _feedback(chosen: str, *, explained: bool) -> Element:
    element = Element("multiple")
    if chosen:
        SubElement(element, "variable", {"identifier": chosen})
    if explained:
        element.append(_value("identifier", "EXPLANATION"))
    return element
