"""The course's own glossary: its terms, and the marks that lead to them from a text."""

from lifecycle.course.glossary.marking import MARK, Marking, marked
from lifecycle.course.glossary.terms import FILE, Term, anchor, read_glossary

__all__ = ["FILE", "MARK", "Marking", "Term", "anchor", "marked", "read_glossary"]
