"""What a reader looks up: the cards of the glossary's terms, and the search over the whole course.

The explorer fetches it once, the offline copy holds it; both use the scripts beside this file.
"""

from lifecycle.outputs.lookup.index import KINDS, lookup
from lifecycle.outputs.lookup.message import Lookup, SearchEntry, SearchKind, TermCard
from lifecycle.outputs.lookup.served import Served, style

__all__ = ["KINDS", "Lookup", "SearchEntry", "SearchKind", "Served", "TermCard", "lookup", "style"]
