"""How a transfer goes, for each setting of the two switches: what it gives, what it costs, and its sequence."""

from __future__ import annotations

import streamlit as st

from lifecycle.course import Course, Transfer
from lifecycle.simulation.model.kinds import Size, Start
from lifecycle.ui.components.citing import References
from lifecycle.ui.components.prose import plain, prose


def of(course: Course, start: Start, size: Size) -> Transfer | None:
    """The course's text on one combination of the switches, if it has one."""
    return next((transfer for transfer in course.transfers if (transfer.start, transfer.size) == (start, size)), None)


def line(course: Course, start: Start, size: Size) -> None:
    """What the present combination gives and what it costs, two sentences of the course's own."""
    transfer = of(course, start, size)
    if transfer:
        st.caption(f"**{plain(transfer.title)}.** {prose(transfer.gives)} {prose(transfer.costs)}")


def show(course: Course, start: Start, size: Size, references: References) -> None:
    """The present combination's text and sequence diagram; what it cites joins the `references`."""
    transfer = of(course, start, size)
    if transfer:
        st.markdown(f"### {plain(transfer.title)}", anchors=False)
        st.markdown(references.prose(transfer.markdown))
        st.mermaid_chart(transfer.mermaid, alt=f"Sequence diagram: {transfer.title}")


def popover(course: Course, start: Start, size: Size) -> None:
    """The same behind a button."""
    with st.popover("How it moves", icon=":material/swap_horiz:", help="The sequence of this transfer"):
        references = References(course, "transfer")
        show(course, start, size, references)
        references.show()
