"""Where others find this server: what stands in QR codes and printed links must lead there from another machine."""

from __future__ import annotations

import io
import ipaddress
import socket
from urllib.parse import urlsplit, urlunsplit

import segno
from starlette.requests import Request

from lifecycle.classroom.server import origins

QUIET_MODULES = 2


def reachable(site: str, bound: str = "") -> str:
    """The address at which other machines find the server, "" where none is known.

    `site` is the address that a browser used, without its last slash. What HEADWATERS_PUBLIC_URL says comes first; an
    address that only this machine understands gives way to the machine's own in its network, unless the server listens
    on `bound` and that is this machine alone.
    """
    if public := origins.public_url():
        return public
    parts = urlsplit(site)
    host = parts.hostname or ""
    if not host or not is_loopback(host):
        return site if host else ""
    machine = "" if is_loopback(bound) else own_address()
    if not machine or is_loopback(machine):
        return ""
    port = f":{parts.port}" if parts.port else ""
    return urlunsplit(
        (parts.scheme, f"[{machine}]{port}" if ":" in machine else f"{machine}{port}", parts.path, "", "")
    )


def is_loopback(host: str) -> bool:
    """Whether a host's name or address means the very machine that reads it."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host.lower() == "localhost" or host.lower().endswith(".localhost")


def own_address() -> str:
    """The address by which this machine would go out, "" for none; nothing is sent to find it."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as door:
        try:
            door.connect(("192.0.2.1", 9))  # reserved for documentation: it only decides on the way
        except OSError:
            return ""
        return str(door.getsockname()[0])


def join_url(request: Request, base: str, code: str) -> str:
    """The address of the phone's page.

    HEADWATERS_PUBLIC_URL says where this server is found; else it is the address that the browser used, and where that
    is `localhost`, which no phone can reach, this machine's address in its network.
    """
    if named := origins.public_url():
        return f"{named}/join/{code}"
    scheme, name, port = origins.seen(request.headers, request.url.scheme)
    if is_loopback(name):
        name = own_address() or name
    return f"{origins.shown(scheme, name, port)}{base}/join/{code}"


def code_svg(url: str, title: str = "") -> str:
    """The address as a QR code that scales, black on white in any theme; `title` says what it is, else the address."""
    out, title = io.BytesIO(), title or url
    segno.make_qr(url, error="m").save(
        out,
        kind="svg",
        border=QUIET_MODULES,
        dark="#000",
        light="#fff",
        xmldecl=False,
        omitsize=True,
        title=title,
    )
    return out.getvalue().decode()
