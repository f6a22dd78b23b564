"""`glossary.yaml`: each term in two lines, its synonyms, and a view that shows it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from lifecycle.documents import Fields, Problem, read_yaml, shown

FILE = "glossary.yaml"
NAME, ABOUT, ADDRESS = 40, 280, 300
MOST, MOST_SYNONYMS = 500, 12

# What is wrong with an address that begins with `?`, each time with its fix.
Slips = Callable[[str], Iterable[tuple[str, str]]]


@dataclass(frozen=True)
class Term:
    """A word of the field: `about` explains it in two lines of plain text, `view` is an address that shows it."""

    name: str
    about: str
    synonyms: tuple[str, ...] = ()
    view: str = ""

    @property
    def id(self) -> str:
        """Its name in an address within the page."""
        return anchor(self.name)


def anchor(name: str) -> str:
    """A name as letters and digits joined by hyphens; two names that differ in case or signs alone have the same."""
    plain = "".join(sign for sign in unicodedata.normalize("NFKD", name) if not unicodedata.combining(sign))
    return re.sub(r"\W+|_+", "-", plain.casefold()).strip("-")


def read_glossary(text: str, slips: Slips) -> tuple[tuple[Term, ...], tuple[Problem, ...]]:
    """The terms of `glossary.yaml` in the author's order, and what is wrong with the file; what is wrong is left out.

    `slips` judges a term's view.
    """
    root, faults = read_yaml(text, FILE)
    problems = list(faults)
    if root is None or root.kind == "nothing":
        return (), tuple(problems)
    top = Fields(root, FILE, problems, "file")
    terms: list[Term] = []
    known: dict[str, str] = {}  # every name and synonym by its anchor: whose it is
    for node in top.items("terms", MOST, required=True):
        fields = Fields(node, FILE, problems, "term")
        term = _term(fields, slips)
        if term.name and _is_new(term, fields, known):
            terms.append(term)
    top.done()
    return tuple(terms), tuple(problems)


def _term(fields: Fields, slips: Slips) -> Term:
    name = fields.text("term", NAME, required=True)
    if name and not anchor(name):
        fields.report(fields.at("term"), f"{shown(name)} has no letter", "write the word itself")
        name = ""
    about = fields.text("about", ABOUT, required=True)
    synonyms = tuple(_synonyms(fields))
    view = fields.text("view", ADDRESS)
    if view and not view.startswith("?"):
        fields.report(fields.at("view"), f"{shown(view)} is no view", "copy the address of the page from the `?` on")
        view = ""
    for what, fix in slips(view) if view else ():
        fields.report(fields.at("view"), what, fix)
    fields.done()
    return Term(name, about, synonyms, view)


def _synonyms(fields: Fields) -> Iterator[str]:
    for node in fields.items("synonyms", MOST_SYNONYMS):
        text = fields.text_of(node, "synonyms", NAME, required=True)
        if anchor(text):
            yield text


def _is_new(term: Term, fields: Fields, known: dict[str, str]) -> bool:
    """Whether no other term has its name; a word that leads to two terms leads nowhere, so that is a problem too."""
    is_new = term.id not in known
    for key, name in (("term", term.name), *(("synonyms", synonym) for synonym in term.synonyms)):
        if anchor(name) in known:
            fields.report(
                fields.at(key),
                f"{shown(name)} again, as in the term {known[anchor(name)]}",
                "let each word name one term",
            )
        else:
            known[anchor(name)] = term.name
    return is_new
