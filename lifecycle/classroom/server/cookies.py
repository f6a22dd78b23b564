"""Our cookies, read from the raw header, whatever other cookies of the same host stand beside them."""

from __future__ import annotations

from collections.abc import Iterable


def values(headers: Iterable[str], name: str) -> list[str]:
    """All values under exactly this name in the `Cookie` headers of a request, in the order in which they came.

    A browser separates cookies by semicolons and nothing else, so nothing else is looked at: neither spaces, quotes and
    brackets within others' values, nor names that no standard allows. One name may come twice, from a longer path and
    from a shorter one; the longer comes first. Who reads takes the first value that is one of ours.
    """
    matching = []
    for header in headers:
        for pair in header.split(";"):
            key, equals, value = pair.partition("=")
            if equals and key.strip() == name:
                matching.append(value.strip().removeprefix('"').removesuffix('"'))
    return matching
