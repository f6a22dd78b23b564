"""Terms marked in a text: the first time a page uses one, the word becomes a link to `#term-…`.

The words stay what they were. Nothing is marked within code, links, citations, headings, addresses, places that are
filled later (`{events}`) and HTML. Where Markdown could read a mark otherwise than as a link, the word is left alone.
"""

from __future__ import annotations

import re
from functools import lru_cache

from lifecycle.course.glossary.terms import Term
from lifecycle.documents import prose_only

# How the address of a mark begins; the page shows the term's card instead of going there.
MARK = "#term-"
# What a bracket holds, links and citations, with where it leads; then escapes, entities, gaps, tags, addresses.
_TARGET = (
    r"""(?:\(\s*(?:<[^<>\n]*>|(?:[^\s()<>]|\([^\s()]*\))*)(?:\s+(?:"[^"]*"|'[^']*'|\([^()]*\)))?\s*\)|\[[^\[\]]*\])?"""
)
_APART = re.compile(
    rf"\\.|\[(?:[^\[\]]|\[[^\[\]]*\])*\]{_TARGET}|&#?\w+;|\{{[^{{}}\n]*\}}|<!--(?s:.*?)-->|<[^<>]*>|\b(?:https?://|www\.)\S+|[\w.+-]+@[\w-]+"
)


class Marking:
    """The marks of one page: each term once, where it comes first. What is `known` from the start is not marked."""

    def __init__(self, terms: tuple[Term, ...], known: frozenset[str] = frozenset()) -> None:
        self._terms = terms
        self._known = known

    def mark(self, markdown: str) -> str:
        """The text with its marks; it comes after those that were marked before."""
        text, self._known = marked(markdown, self._terms, self._known)
        return text


@lru_cache(maxsize=1024)  # a page says the same in every run
def marked(markdown: str, terms: tuple[Term, ...], known: frozenset[str] = frozenset()) -> tuple[str, frozenset[str]]:
    """The text with a link at the first use of each term that is not `known` by its id; and those known after it."""
    forms, ids = _forms(terms)
    if not ids or not forms.search(markdown):
        return markdown, known
    plain = _APART.sub(lambda match: re.sub(r"[^\n]", "\0", match[0]), prose_only(markdown))
    parts, at, met = [], 0, set(known)
    for word in forms.finditer(plain):
        id = ids[(word.lastindex or 1) - 1]
        if id not in met and _stands_free(plain, *word.span()):
            met.add(id)
            parts += [markdown[at : word.start()], f"[{word[0]}]({MARK}{id})"]
            at = word.end()
    return "".join([*parts, markdown[at:]]), frozenset(met)


@lru_cache(maxsize=16)
def _forms(terms: tuple[Term, ...]) -> tuple[re.Pattern[str], tuple[str, ...]]:
    """A pattern with a group for every word that is marked, longer ones first, and the id of each group's term."""
    forms = [(form, term.id) for term in terms for form in (term.name, *term.synonyms)]
    forms.sort(key=lambda named: -len(named[0]))
    words = "|".join(f"({_spelled(form)})" for form, _ in forms)
    return re.compile(rf"(?<![\w!\])}}&/#@.-])(?:{words})(?![\w(\[{{/@-]|\.\w)"), tuple(id for _, id in forms)


def _spelled(form: str) -> str:
    """A word as texts spell it: one or several of them, joined or apart; an abbreviation in its capitals alone."""
    word = "[ -]".join(map(re.escape, re.split("[ -]", form))) + "s?"
    return word if sum(sign.isupper() for sign in form) > 1 else f"(?i:{word})"


def _stands_free(text: str, start: int, end: int) -> bool:
    """Whether emphasis round a word would still be read as such with a link, which begins and ends in signs, for it."""
    before, behind = text[:start].rstrip("*~"), text[end:].lstrip("*~")
    opening, closing = text[len(before) : start], text[end : len(text) - len(behind)]
    if len({*opening}) > 1 or len({*closing}) > 1 or (opening and before[-1:].strip()):
        return False
    free = not closing or not behind[:1].strip()
    return free or (opening == closing and not re.match(r"\w", behind))
