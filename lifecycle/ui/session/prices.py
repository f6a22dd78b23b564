"""The price book that bills are made with: the course's, with the learner's own prices of this visit laid over it."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import Any

import streamlit as st

from lifecycle.course import Course
from lifecycle.simulation.readings.bill import LEFT_OUT, MOST, PRICES, Price, Prices
from lifecycle.ui import remembered
from lifecycle.ui.components import citing
from lifecycle.ui.components.prose import plain


def current(course: Course) -> Prices:
    """The prices in use."""
    changed: dict[str, Any] = remembered.OWN_PRICES.get({})
    return replace(course.prices, **changed) if changed else course.prices


def editor(course: Course) -> None:
    """A field for each price, with what it means and where its default was read."""
    st.caption(
        f"In {plain(course.prices.currency)}. Your prices hold for this visit; a course keeps its own in prices.yaml. "
        f"{LEFT_OUT}"
    )
    places = (place for _ in PRICES[::2] for place in st.columns(2, vertical_alignment="bottom"))
    for price, place in zip(PRICES, places, strict=False):  # the last row may have a place too many
        key = remembered.price_of(price.name)
        key.put(float(getattr(current(course), price.name)))
        place.number_input(
            f"{price.label} ({_for_what(price)})",
            0.0,
            MOST,
            key=key.name,
            step=None,
            format=f"%.{_decimals(float(getattr(course.prices, price.name)))}f",
            help=f"{price.about}. Default's source: {_origin(course, price)}.",
            on_change=_put,
            args=(course, price.name),
        )
    st.button("The course's own prices", icon=":material/restart_alt:", on_click=remembered.OWN_PRICES.forget)


def _for_what(price: Price) -> str:
    """What a price is paid for, or the unit of what is no price."""
    if price.amount:
        return price.unit
    if price.label.lower().endswith(price.unit):
        return "each"
    return f"{'an' if price.unit == 'hour' else 'a'} {price.unit}"


def _decimals(value: float) -> int:
    """How many decimals show two digits of a price, so that 4e-7 reads 0.00000040."""
    return max(2, 1 - math.floor(math.log10(value))) if value > 0 else 2


def _origin(course: Course, price: Price) -> str:
    if getattr(course.prices, price.name) != getattr(Prices(), price.name):
        return "the course's own prices.yaml"
    return citing.inline(course, price.source, price.cite)


def _put(course: Course, name: str) -> None:
    """Keep a price that differs from the course's; one that is back at it leaves."""
    changed = {**remembered.OWN_PRICES.get({}), name: float(remembered.price_of(name).value)}
    remembered.OWN_PRICES.put(
        {price: value for price, value in changed.items() if value != getattr(course.prices, price)}
    )
