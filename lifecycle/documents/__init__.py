"""Markdown with YAML front matter, read safely: every fault is reported with file, line and fix.

The only room that knows YAML and the grammar of Markdown. Nothing here knows what the documents mean.
"""

from lifecycle.documents.blocks import Block, Letters, blocks, inline
from lifecycle.documents.code import code_spans, inline_code, prose_only, without_code
from lifecycle.documents.document import Document, read_document, read_loose
from lifecycle.documents.fields import NO_IDS, Fields, name_fault
from lifecycle.documents.folder import PIPELINE_LIMIT_BYTES, TRACE_LIMIT_BYTES, Folder, authored, printable, unreadable
from lifecycle.documents.halves import has_half, lone_half
from lifecycle.documents.markup import Section, link_fault, links, markup_problems, sections
from lifecycle.documents.problems import CONTROL, ContentError, Problem, in_order, instead, listed, shown
from lifecycle.documents.rendering import as_html, as_text
from lifecycle.documents.yaml_tree import Node, read_yaml

__all__ = [
    "CONTROL",
    "NO_IDS",
    "PIPELINE_LIMIT_BYTES",
    "TRACE_LIMIT_BYTES",
    "Block",
    "ContentError",
    "Document",
    "Fields",
    "Folder",
    "Letters",
    "Node",
    "Problem",
    "Section",
    "as_html",
    "as_text",
    "authored",
    "blocks",
    "code_spans",
    "has_half",
    "in_order",
    "inline",
    "inline_code",
    "instead",
    "link_fault",
    "links",
    "listed",
    "lone_half",
    "markup_problems",
    "name_fault",
    "printable",
    "prose_only",
    "read_document",
    "read_loose",
    "read_yaml",
    "sections",
    "shown",
    "unreadable",
    "without_code",
]
