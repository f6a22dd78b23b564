"""IMS QTI 2.1 as a content package: `imsmanifest.xml` and an assessment item for each question.

An item says itself what is right (`responseProcessing`), all or nothing as here, and shows as modal feedback what was
said of the chosen options and, once it is right, the explanation.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Sequence
from typing import assert_never
from xml.etree import ElementTree

from lifecycle.course.quizzes.blanks import PLACEHOLDER
from lifecycle.course.quizzes.interactions import Arrange, Choose, Fill, Pair, Point
from lifecycle.course.quizzes.kinds import asked_as
from lifecycle.course.quizzes.numbers import accepted_number
from lifecycle.course.quizzes.questions import Option, Question
from lifecycle.outputs.question_formats.exported import Exported, ExportedPlace, Loss, choices, common_losses, title
from lifecycle.outputs.question_formats.qti_scoring import any_of, blank_fits, every, exactly, processing
from lifecycle.outputs.question_formats.xhtml import Element, blocks, fill, line, words

NAMESPACE = "http://www.imsglobal.org/xsd/imsqti_v2p1"
PACKAGING = "http://www.imsglobal.org/xsd/imscp_v1p1"
EXPLAINED = "EXPLANATION"
_MARK = "\ue000"  # stands for a blank while the Markdown is read
_DAY_ONE = (1980, 1, 1, 0, 0, 0)  # the same questions give the same bytes


def export(questions: Sequence[Question], places: Sequence[ExportedPlace] = ()) -> Exported:
    """One zip file."""
    losses: list[Loss] = []
    items: dict[str, Element] = {}
    for question in questions:
        losses += common_losses(question)
        items[f"items/{question.id}.xml"] = item(question, places, losses)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as package:
        for name, root in {"imsmanifest.xml": manifest(items), **items}.items():
            data = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
            package.writestr(zipfile.ZipInfo(name, _DAY_ONE), data, zipfile.ZIP_DEFLATED)
    return Exported({"": packed.getvalue()}, tuple(losses))


def manifest(items: Iterable[str]) -> Element:
    """What the package holds: a resource for each item's file."""
    root = Element("manifest", {"xmlns": PACKAGING, "identifier": "headwaters-questions"})
    about = ElementTree.SubElement(root, "metadata")
    ElementTree.SubElement(about, "schema").text = "QTIv2.1 Package"
    ElementTree.SubElement(about, "schemaversion").text = "1.0.0"
    ElementTree.SubElement(root, "organizations")
    resources = ElementTree.SubElement(root, "resources")
    for number, name in enumerate(items, start=1):
        attributes = {"identifier": f"resource-{number}", "type": "imsqti_item_xmlv2p1", "href": name}
        ElementTree.SubElement(ElementTree.SubElement(resources, "resource", attributes), "file", {"href": name})
    return root


def item(question: Question, places: Sequence[ExportedPlace], losses: list[Loss]) -> Element:
    """The question as an `assessmentItem`; what it does not hold is added to `losses`."""
    label = ", ".join(filter(None, (question.place, question.level, question.idea)))
    root = Element(
        "assessmentItem",
        {
            "xmlns": NAMESPACE,
            "identifier": f"item-{question.id}",
            "title": words(title(question)),
            "label": words(label)[:256],
            "adaptive": "false",
            "timeDependent": "false",
        },
    )
    match asked_as(question):
        case Choose() | Point() as interaction:
            _choice(root, question, isinstance(interaction, Choose) and interaction.several, places)
        case Arrange(steps):
            _order(root, question, steps, losses)
        case Pair() as interaction:
            _match(root, question, interaction, losses)
        case Fill(_, accepted):
            _blank(root, question, accepted, losses)
        case never:
            assert_never(never)
    if question.explanation:
        root.append(_modal(EXPLAINED, question.explanation))
    return root


def _declare(root: Element, name: str, cardinality: str, base: str, right: Sequence[str]) -> None:
    attributes = {"identifier": name, "cardinality": cardinality, "baseType": base}
    correct = ElementTree.SubElement(ElementTree.SubElement(root, "responseDeclaration", attributes), "correctResponse")
    for value in right:
        ElementTree.SubElement(correct, "value").text = words(value)


def _outcomes(root: Element) -> Element:
    """The score and the feedback to show are declared; the item's body, still empty."""
    score = ElementTree.SubElement(
        root, "outcomeDeclaration", {"identifier": "SCORE", "cardinality": "single", "baseType": "float"}
    )
    zero = ElementTree.SubElement(ElementTree.SubElement(score, "defaultValue"), "value")
    zero.text = "0"
    attributes = {"identifier": "FEEDBACK", "cardinality": "multiple", "baseType": "identifier"}
    ElementTree.SubElement(root, "outcomeDeclaration", attributes)
    return ElementTree.SubElement(root, "itemBody")


def _modal(identifier: str, markdown: str) -> Element:
    feedback = blocks("modalFeedback", markdown)
    feedback.attrib.update({"outcomeIdentifier": "FEEDBACK", "showHide": "show", "identifier": identifier})
    return feedback


def _names(options: Sequence[Option], letter: str = "choice") -> list[str]:
    return [f"{letter}-{number}" for number in range(1, len(options) + 1)]


def _choice(root: Element, question: Question, several: bool, places: Sequence[ExportedPlace]) -> None:
    options = choices(question, places)
    names = _names(options)
    right = [name for name, option in zip(names, options, strict=True) if option.right]
    _declare(root, "RESPONSE", "multiple" if several else "single", "identifier", right if several else right[:1])
    body = _outcomes(root)
    body.append(blocks("div", question.stem))
    most = "0" if several else "1"
    interaction = ElementTree.SubElement(
        body, "choiceInteraction", {"responseIdentifier": "RESPONSE", "shuffle": "true", "maxChoices": most}
    )
    for name, option in zip(names, options, strict=True):
        shown = line("simpleChoice", option.text)
        shown.attrib["identifier"] = name
        interaction.append(shown)
    root.append(processing(exactly("RESPONSE") if several else any_of("RESPONSE", right), chosen="RESPONSE"))
    for name, option in zip(names, options, strict=True):
        if option.feedback:
            root.append(_modal(name, option.feedback))


def _order(root: Element, question: Question, steps: Sequence[Option], losses: list[Loss]) -> None:
    names = _names(steps, "step")
    _declare(root, "RESPONSE", "ordered", "identifier", names)
    body = _outcomes(root)
    body.append(blocks("div", question.stem))
    interaction = ElementTree.SubElement(
        body, "orderInteraction", {"responseIdentifier": "RESPONSE", "shuffle": "true"}
    )
    for name, step in zip(names, steps, strict=True):
        shown = line("simpleChoice", step.text)
        shown.attrib["identifier"] = name
        interaction.append(shown)
    root.append(processing(exactly("RESPONSE")))
    _silent(question, losses)


def _match(root: Element, question: Question, pair: Pair, losses: list[Loss]) -> None:
    lefts = pair.lefts
    rights = list(dict.fromkeys(option.pair for option in pair.options))
    named = dict(zip(rights, (f"right-{number}" for number in range(1, len(rights) + 1)), strict=True))
    pairs = [f"{name} {named[left.pair]}" for name, left in zip(_names(lefts, "left"), lefts, strict=True)]
    _declare(root, "RESPONSE", "multiple", "directedPair", pairs)
    body = _outcomes(root)
    body.append(blocks("div", question.stem))
    attributes = {"responseIdentifier": "RESPONSE", "shuffle": "true", "maxAssociations": str(len(lefts))}
    interaction = ElementTree.SubElement(body, "matchInteraction", attributes)
    sides = [
        dict(zip(_names(lefts, "left"), (option.text for option in lefts), strict=True)),
        {name: text for text, name in named.items()},
    ]
    for side, most in zip(sides, ("1", str(len(lefts))), strict=True):
        shown = ElementTree.SubElement(interaction, "simpleMatchSet")
        for name, text in side.items():
            one = line("simpleAssociableChoice", text)
            one.attrib.update({"identifier": name, "matchMax": most})
            shown.append(one)
    root.append(processing(exactly("RESPONSE")))
    _silent(question, losses)


def _blank(root: Element, question: Question, accepted: Sequence[Sequence[str]], losses: list[Loss]) -> None:
    answers = [texts[0] for texts in accepted]
    numbers = [accepted_number(answer) for answer in answers]
    names = [f"RESPONSE-{number}" for number in range(1, len(numbers) + 1)]
    for name, answer, number in zip(names, answers, numbers, strict=True):
        _declare(root, name, "single", "float" if number else "string", [repr(number.value) if number else answer])
    body = _outcomes(root)
    block = blocks("div", question.stem.replace(_MARK, "").replace(PLACEHOLDER, _MARK))
    gaps = []
    for name, longest in zip(names, (max(map(len, texts)) for texts in accepted), strict=True):
        attributes = {"responseIdentifier": name, "expectedLength": str(min(60, max(8, longest + 2)))}
        gaps.append(Element("textEntryInteraction", attributes))
    fill(block, _MARK, gaps)
    if gaps:  # a blank within the target of a link has no place of its own
        ElementTree.SubElement(block, "p").extend(gaps)
    body.append(block)
    units = [number.unit for number in numbers if number and number.unit]
    if units:
        body.append(line("p", f"In {', '.join(units)}."))
        losses.append(Loss(question, f"units: the number is asked for in {units[0]}, and others are not converted"))
    if not all(numbers):
        losses.append(Loss(question, "spaces typed twice within an answer: they count"))
    fits = [blank_fits(name, texts, n) for name, texts, n in zip(names, accepted, numbers, strict=True)]
    root.append(processing(every(fits)))


def _silent(question: Question, losses: list[Loss]) -> None:
    if any(option.feedback for option in question.options):
        losses.append(Loss(question, "feedback on single steps or pairs"))
