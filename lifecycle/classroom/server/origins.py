"""Where a request went and where it came from, as the browser sees it, with or without a proxy in between.

Why a request may say by itself, in `X-Forwarded-Host` or `Forwarded`, under which host it was asked for: what we refuse
is a request that a page of another site sends on behalf of its visitor. The browser writes the `Origin` of that page,
and no page can change it. Nor can a page add a forwarding header: a form has no headers, `no-cors` drops all but a few,
and any other fetch is first asked for by `OPTIONS`, which we do not grant. So a request whose `Origin` is the host that
it names anywhere comes from our own page through a proxy, or from a program, which has no visitor's cookies to abuse. A
host that is renamed under a page (DNS rebinding) is another host to the browser too, which then sends none of our
cookies. None of these headers says who somebody is: that is told by cookies and secrets alone.
"""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from starlette.datastructures import Headers

from lifecycle.installed import Setting

PORTS = {"http": 80, "https": 443}
MOST_HOST = 253
_HOST = re.compile(r"(\[[0-9A-Fa-f:.]{2,45}\]|[A-Za-z0-9_.-]+)(?::([0-9]{0,5}))?")
_ORIGIN = re.compile(r"(https?)://([^/?#@\s]+)", re.IGNORECASE)
_FORWARDED = re.compile(r'(?:^|[;,])\s*(host|proto)\s*=\s*(?:"([^"]*)"|([^";,\s]*))', re.IGNORECASE)


def host(text: str, scheme: str = "http") -> tuple[str, int] | None:
    """Name and port of a `Host`, alike for all ways to write the same; None for what is none.

    Case and the dot at the end of a name do not count, a port that is not written is the scheme's own, and an IPv6
    address is written as short as can be, without brackets.
    """
    match = _HOST.fullmatch(text.strip())
    if match is None or len(match[1]) > MOST_HOST + 1:
        return None
    name, port = match[1].lower().removesuffix("."), int(match[2] or PORTS[scheme])
    if name.startswith("["):
        try:
            name = ipaddress.IPv6Address(name[1:-1]).compressed
        except ValueError:
            return None
    return (name, port) if name and len(name) <= MOST_HOST and port <= 65_535 else None


def origin(text: str) -> tuple[str, str, int] | None:
    """Scheme, name and port of an origin such as `https://learn.example.org:8443`; None for what is none."""
    match = _ORIGIN.fullmatch(text.strip())
    if match is None:
        return None
    at = host(match[2], match[1].lower())
    return at and (match[1].lower(), *at)


def is_own(from_origin: str, headers: Headers) -> bool:
    """Whether the page of an `Origin` header was loaded from here: from a host that this request was sent to."""
    at = origin(from_origin)
    if at is None:
        return False
    scheme, *rest = at
    public = origin_of(public_url())
    return at == public or tuple(rest) in {host(name, scheme) for name in _hosts(headers)}


def is_https(headers: Headers, scheme: str) -> bool:
    """Whether the browser came by HTTPS: so a proxy says, else the wire (`scheme`) or HEADWATERS_PUBLIC_URL."""
    claimed = (
        headers.get("x-forwarded-proto", "").partition(",")[0].strip().lower() or _forwarded(headers, "proto").lower()
    )
    if claimed in PORTS:
        return claimed == "https"
    public = origin_of(public_url()) or ("http", "", 0)
    named = public[0] == "https" and public[1:] in {host(name, "https") for name in _hosts(headers)}
    return scheme == "https" or named


def seen(headers: Headers, scheme: str) -> tuple[str, str, int]:
    """Scheme, name and port by which the browser found this server."""
    by = "https" if is_https(headers, scheme) else "http"
    return by, *next((at for at in (host(name, by) for name in _hosts(headers)) if at), ("localhost", PORTS[by]))


def shown(scheme: str, name: str, port: int) -> str:
    """An origin as people write it: an IPv6 address in brackets, a port where it is not the scheme's own."""
    return f"{scheme}://{f'[{name}]' if ':' in name else name}{'' if port == PORTS[scheme] else f':{port}'}"


def public_url() -> str:
    """The address of this server that was set from outside, base path and all, without the slash at its end; or ""."""
    return Setting.PUBLIC_URL.text.rstrip("/")


def origin_of(url: str) -> tuple[str, str, int] | None:
    """The origin of a whole address."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    return origin(f"{parts.scheme}://{parts.netloc}")


def public_problem() -> str:
    """What is wrong with HEADWATERS_PUBLIC_URL, in a line; "" for nothing."""
    named = public_url()
    if not named or (origin_of(named) and not re.search(r"[?#\s]", named)):
        return ""
    return (
        f"{Setting.PUBLIC_URL}: {Setting.PUBLIC_URL.raw!r} is not an address. Write it like https://learn.example.org "
        "or http://10.0.0.5:8501/learn."
    )


def _hosts(headers: Headers) -> Iterator[str]:
    """Every host under which a request was asked for, the browser's own first."""
    yield from headers.get("x-forwarded-host", "").split(",")
    yield _forwarded(headers, "host")
    yield headers.get("host", "")


def _forwarded(headers: Headers, what: str) -> str:
    """The first value of a parameter in the standard's `Forwarded` header (RFC 7239)."""
    matches = (match for match in _FORWARDED.finditer(headers.get("forwarded", "")) if match[1].lower() == what)
    return next((match[2] or match[3] or "" for match in matches), "")
