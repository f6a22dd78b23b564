"""A question's answers as bars: which of them draws the weak, which the strong."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from lifecycle.charts.spec import COLOURS, AxisKind, Bars, ChartAxis, ChartSpec, Hatch, PointerWords
from lifecycle.charts.tables import table_of
from lifecycle.learning.item_analysis import Item, OptionDraw

if TYPE_CHECKING:
    import pandas as pd

GROUPS = ("weakest 27 %", "middle", "strongest 27 %")
HATCHES = (Hatch.NONE, Hatch.SLANTED, Hatch.CROSSED)  # beside the colour, so that it is never the only sign
BAR_PX, ROUND_PX, LONGEST = 22, 90, 48


def distractors(item: Item, names: Sequence[str]) -> ChartSpec:
    """Bars of the share that gave each answer, by group where the groups are large enough, else of all.

    `names` are the draws' texts in plain words. The table has all that is known of each.
    """
    shown = [_short(f"{'✓' if draw.right else '✗'} {name}") for draw, name in zip(item.draws, names, strict=True)]
    groups = [draw.groups for draw in item.draws if draw.groups]
    if len(groups) == len(item.draws):
        series = [(name, [shares[n] for shares in groups]) for n, name in enumerate(GROUPS)]
    else:
        series = [("all learners", [draw.share for draw in item.draws])]
    bars = tuple(_bars(n, name, shown, shares) for n, (name, shares) in enumerate(series))
    height = ROUND_PX + BAR_PX * len(shown) * max(2, len(bars))
    x = ChartAxis(AxisKind.LINEAR, "share of the group (%)", (0.0, 100.0))
    return ChartSpec(bars, x, ChartAxis(AxisKind.ROWS), _finding(item, names), _table(item, names), height)


def _bars(lane: int, name: str, shown: Sequence[str], shares: Sequence[float]) -> Bars:
    written = tuple(f"{100 * share:.0f} %" for share in shares)
    return Bars(
        name,
        tuple(shown),
        100 * np.array(shares, float),
        COLOURS[lane],
        lane,
        hatch=HATCHES[lane],
        written=written,
        hover=PointerWords(np.array([f"{row}: {share}" for row, share in zip(shown, written, strict=True)])),
    )


def _short(text: str) -> str:
    return text if len(text) <= LONGEST else text[: LONGEST - 1].rstrip() + "…"


def _finding(item: Item, names: Sequence[str]) -> str:
    wrong = [(draw, name) for draw, name in zip(item.draws, names, strict=True) if not draw.right and draw.learners]
    if not wrong:
        return "Nobody chose a wrong answer at first"
    draw, name = max(wrong, key=lambda pair: pair[0].share)
    whom = _whom(draw)
    return f"The wrong answer that draws most: “{name}”, {100 * draw.share:.0f} % of {item.learners} learners{whom}"


def _whom(draw: OptionDraw) -> str:
    if not draw.r_interval:
        return ""
    low, high = draw.r_interval
    return (
        ", the weaker ones rather"
        if high < 0
        else ", the stronger ones rather"
        if low > 0
        else ", weak and strong alike"
    )


def _table(item: Item, names: Sequence[str]) -> pd.DataFrame:
    rows = []
    for draw, name in zip(item.draws, names, strict=True):
        groups = [round(100 * share, 1) for share in draw.groups or ()]
        row: dict[str, object] = {
            "answer": name,
            "right": "yes" if draw.right else "no",
            "share (%)": round(100 * draw.share, 1),
        }
        row |= {f"{group} (%)": share for group, share in zip(GROUPS, groups, strict=False)}
        row |= {
            "correlation with the rest": None if draw.r is None else round(draw.r, 2),
            "misconception": draw.misconception,
        }
        rows.append(row)
    return table_of(rows)
