"""The same project once more: what people wrote stays, ids stay, and what is new, gone and renamed is listed."""

from lifecycle.importing.again.keeping import ASIDE, KeptFiles, free, kept, standing
from lifecycle.importing.again.matching import SameNodes, same_nodes
from lifecycle.importing.again.memory import FILE as MEMORY
from lifecycle.importing.again.memory import ImportMemory, memory_text, remembered
from lifecycle.importing.again.merging import MergedPipeline, merged
from lifecycle.importing.again.replacing import replace_files

__all__ = [
    "ASIDE",
    "MEMORY",
    "ImportMemory",
    "KeptFiles",
    "MergedPipeline",
    "SameNodes",
    "free",
    "kept",
    "memory_text",
    "merged",
    "remembered",
    "replace_files",
    "same_nodes",
    "standing",
]
