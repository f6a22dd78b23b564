"""A comparison in one to three sentences: who gets older data, how much was changed, and what it costs."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator

from lifecycle.importing.drafting.pages import literal
from lifecycle.outputs.comparing.comparison import ComparedAge, FigurePair, PipelineComparison
from lifecycle.outputs.comparing.shapes import ChangeKind
from lifecycle.words import NO_CHANGE, change, duration, enumerated, money, plural


def summary(comparison: PipelineComparison) -> str:
    """What matters to those who wait for the data comes first."""
    return " ".join(_sentences(comparison))


def weight(consumer: ComparedAge) -> float:
    """How much the change of an age matters (seconds): data that begins or ceases to come most of all, none least."""
    if not consumer.age_s.differs:
        return -1.0
    difference = consumer.age_s.difference
    return math.inf if math.isnan(difference) else abs(difference)


def cost_words(pair: FigurePair, currencies: tuple[str, str]) -> tuple[str, str, str]:
    """Both bills, and how they differ."""
    assert pair.before is not None  # there is always a bill
    assert pair.after is not None
    before, after = (money(amount, name) for amount, name in zip((pair.before, pair.after), currencies, strict=True))
    return before, after, change(pair.before, pair.after) if len({*currencies}) == 1 else "another currency"


def _sentences(comparison: PipelineComparison) -> Iterator[str]:
    both = [consumer for consumer in comparison.consumers if None not in (consumer.age_s.before, consumer.age_s.after)]
    moved = sorted((consumer for consumer in both if _visible(consumer.age_s)), key=weight, reverse=True)
    before, after, by = cost_words(comparison.cost, comparison.currencies)
    if not (comparison.reshaped or moved or before != after):
        yield "**Nothing changed**: the same stages, flows and times, and the day comes out the same."
        return
    if moved:
        more = f", the most of {plural(len(moved), 'consumer')} whose age changes" if len(moved) > 1 else ""
        yield f"**{_age_words(moved[0])}**{more}."
    elif both:
        yield "**No consumer's data gets older or fresher.**"
    else:
        yield "**No consumer is in both versions.**"
    if counts := _counts(comparison):
        yield f"{counts}."
    yield (
        "The day costs as much as before." if before == after else f"The day costs {after}, and {before} before ({by})."
    )


def _visible(pair: FigurePair) -> bool:
    """Whether the words for two ages and for their change say something: what is smaller is not worth a sentence."""
    before, after = (math.nan if age_s is None else age_s for age_s in (pair.before, pair.after))
    return duration(before) != duration(after) and change(before, after) != NO_CHANGE


def _age_words(consumer: ComparedAge) -> str:
    before, after, name = consumer.age_s.before, consumer.age_s.after, literal(consumer.name)
    assert before is not None
    assert after is not None
    if math.isnan(after):
        return f"On this day nothing reaches {name} any more"
    if math.isnan(before):
        return f"{name}, which nothing reached before, now has a p95 age of {duration(after)}"
    verb = "grows" if after > before else "falls"
    return f"The p95 age at {name} {verb} from {duration(before)} to {duration(after)} ({change(before, after)})"


def _counts(comparison: PipelineComparison) -> str:
    counts = []
    for noun, parts in (("stage", comparison.stages), ("flow", comparison.flows), ("schedule", comparison.schedules)):
        kinds = Counter(part.kind for part in parts)
        counts += [f"{plural(kinds[kind], noun)} {kind}" for kind in ChangeKind if kinds[kind]]
    return enumerated(counts)
