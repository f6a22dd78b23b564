"""JSON out of other people's files, one document or one after the other; every fault is one line that says where."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Mapping, Sequence
from typing import Any, NoReturn, TypeGuard

from lifecycle.importing.graph import ImportProblem

_ENDLESS = re.compile(r'"(?:[^"\\]|\\.)*"|(NaN|-?Infinity)', re.DOTALL)
_BLANK = re.compile(r"[\s\x1e]*")  # and the mark that some streams set before each document


class CutShort(ImportProblem):
    """JSON that ends in the middle of its last document; `documents` are those before it."""

    documents: tuple[Any, ...] = ()


def read_json(text: str) -> Any:
    """The document; of a text that has several, one a line or simply one after the other, a list of them.

    Raises ImportProblem with the line.
    """
    decoder = json.JSONDecoder(parse_constant=lambda name: _refuse(text, name))
    documents, at = [], _past_blanks(text, 0)
    try:
        while at < len(text):
            document, at = decoder.raw_decode(text, at)
            documents.append(document)
            at = _past_blanks(text, at)
    except RecursionError as error:
        raise ImportProblem("nested too deep to be read", "check that the file is what the tool wrote") from error
    except json.JSONDecodeError as error:
        problem = _unreadable(error, text, at)
        if isinstance(problem, CutShort):
            problem.documents = tuple(documents)
        raise problem from error
    except ImportProblem:
        raise
    except ValueError as error:  # Python reads no whole number of more than some thousand digits
        raise ImportProblem("holds a number too long to be read", "write it with fewer digits") from error
    return documents[0] if len(documents) == 1 else documents


def _past_blanks(text: str, at: int) -> int:
    match = _BLANK.match(text, at)
    return match.end() if match else at


def _unreadable(error: json.JSONDecodeError, text: str, start: int) -> ImportProblem:
    """What is wrong with the document that begins at `start`."""
    written = text.rstrip()
    # A word or an escape that was cut is no JSON where it begins, which may be before the end.
    cut_line = start > 0 and "\n" not in written[start:] and not text.endswith(("\n", "}", "]"))
    if error.pos >= len(written) or error.msg.startswith("Unterminated string") or cut_line:
        return CutShort("the JSON ends in the middle", "write or copy the whole file again", line=error.lineno)
    what = f"not JSON: {error.msg} at column {error.colno}"
    return ImportProblem(what, "check this line, or have the tool write the file again", line=error.lineno)


def _refuse(text: str, name: str) -> NoReturn:
    places = (match.start() for match in _ENDLESS.finditer(text) if match.group(1))
    line = text.count("\n", 0, next(places, 0)) + 1
    raise ImportProblem(f"{name} is no value of JSON", "write a number, or null", line=line)


def mapping(value: Any) -> Mapping[str, Any]:
    """The value where it is a JSON object, else an empty one."""
    return value if isinstance(value, dict) else {}


def listed(value: Any) -> Sequence[Any]:
    """The value where it is a JSON array, else an empty one."""
    return value if isinstance(value, list) else ()


def is_number(value: Any) -> TypeGuard[int | float]:
    """Whether it is a number that a float can hold: JSON has whole numbers of any length, and 1e999, which is none."""
    return isinstance(value, int | float) and not isinstance(value, bool) and abs(value) <= sys.float_info.max
