"""Sums that a content file may ask for: numbers, names, + - * / // % **, and a few functions. Nothing else is run.

Two of them may be compared, where a content file says what must hold.
"""

from __future__ import annotations

import ast
import math
import operator
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

LONGEST = 300
# A power beyond this is a slip or an attack: it takes for ever, or no float holds it.
HIGHEST_POWER = 100.0
_OPERATORS: Mapping[type[ast.operator | ast.unaryop], Callable[..., float]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.FloorDiv: operator.floordiv,
    ast.Mod: operator.mod,
    ast.Pow: operator.pow,
    ast.USub: operator.neg,
    ast.UAdd: operator.pos,
}
_SIGNS: Mapping[type[ast.cmpop], str] = {ast.Lt: "<", ast.LtE: "<=", ast.Gt: ">", ast.GtE: ">="}
_COMPARISONS: Mapping[str, Callable[[float, float], bool]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}
_FUNCTIONS: Mapping[str, Callable[..., float]] = {
    "min": min,
    "max": max,
    "round": round,
    "ceil": math.ceil,
    "floor": math.floor,
    "sqrt": math.sqrt,
    "exp": math.exp,
    "log": math.log,
}


@dataclass(frozen=True)
class Inequality:
    """Two sums as they are written, and the sign between them: `<`, `<=`, `>` or `>=`."""

    left: str
    sign: str
    right: str

    def of(self, names: Mapping[str, Any]) -> tuple[float, float, bool]:
        """Both sides over `names`, and whether it holds of them; ValueError as `evaluate`."""
        left, right = evaluate(self.left, names), evaluate(self.right, names)
        return left, right, _COMPARISONS[self.sign](left, right)


def inequality(text: str) -> Inequality:
    """Read `consumers.bi.freshness_s.p95 > 600`; ValueError in words for anything but one comparison."""
    if len(text) > LONGEST:
        raise ValueError(f"a comparison of {len(text)} characters; keep it to {LONGEST}")
    try:
        node = ast.parse(text.strip(), mode="eval").body
    except (SyntaxError, RecursionError, MemoryError):
        node = None
    match node:
        case ast.Compare(left=left, ops=[op], comparators=[right]) if type(op) in _SIGNS:
            return Inequality(ast.unparse(left), _SIGNS[type(op)], ast.unparse(right))
    raise ValueError(f"{text!r} compares nothing; write two sums with <, <=, > or >= between them")


def evaluate(text: str, names: Mapping[str, Any]) -> float:
    """The finite value of an expression over `names`: numbers, or mappings reached by `.key` or `["key"]`.

    ValueError in words for anything else.
    """
    if len(text) > LONGEST:
        raise ValueError(f"an expression of {len(text)} characters; keep it to {LONGEST}")
    try:
        value = _value(ast.parse(text.strip(), mode="eval").body, names)
    except SyntaxError:
        raise ValueError(f"{text!r} is no expression") from None
    except (ArithmeticError, TypeError, RecursionError, MemoryError) as error:
        raise ValueError(f"{text!r} has no value ({error})") from None
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise ValueError(f"{text!r} is no finite number")
    return float(value)


def _value(node: ast.expr, names: Mapping[str, Any]) -> Any:
    match node:
        case ast.Constant(value=int() | float() | str() as value):
            return value
        case ast.Name(id=name):
            return _item(names, name)
        case ast.Attribute(value=inner, attr=name):
            return _item(_value(inner, names), name)
        case ast.Subscript(value=inner, slice=index):
            return _item(_value(inner, names), _value(index, names))
        case ast.UnaryOp(op=op, operand=operand) if type(op) in _OPERATORS:
            return _OPERATORS[type(op)](_number(operand, names))
        case ast.BinOp(left=left, op=op, right=right) if type(op) in _OPERATORS:
            a, b = _number(left, names), _number(right, names)
            if isinstance(op, ast.Pow) and abs(b) > HIGHEST_POWER:
                raise ValueError(f"a power beyond {HIGHEST_POWER:g}")
            return _OPERATORS[type(op)](a, b)
        case ast.Call(func=ast.Name(id=name), args=args, keywords=[]) if name in _FUNCTIONS:
            return _FUNCTIONS[name](*(_number(arg, names) for arg in args))
    raise ValueError(f"{ast.unparse(node)!r} cannot stand in an expression")


def _number(node: ast.expr, names: Mapping[str, Any]) -> float:
    value = _value(node, names)
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise ValueError(f"{ast.unparse(node)!r} is no number")
    return float(value)


def _item(of: Any, name: Any) -> Any:
    if not isinstance(of, Mapping):
        raise ValueError(f"{name!r} is asked of something that has no parts")
    if name not in of:
        known = ", ".join(map(str, list(of)[:12]))
        raise ValueError(f"{name!r} is not known; there are {known or 'no names'}")
    return of[name]
