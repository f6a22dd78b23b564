"""The code to scan: the class's address as a phone can reach it, and its picture."""

from __future__ import annotations

import io
import ipaddress
import socket

import segno
from starlette.requests import Request

from lifecycle.live import origins

QUIET_MODULES = 2


def join_url(request: Request, base: str, code: str) -> str:
    """The address of the phone's page.

    HEADWATERS_PUBLIC_URL says where this server is found; else it is the address that the browser used, and where that
    is `localhost`, which no phone can reach, this machine's address in its network.
    """
    if named := origins.public_url():
        return f"{named}/join/{code}"
    scheme, name, port = origins.seen(request.headers, request.url.scheme)
    if _is_loopback(name):
        name = _own_address() or name
    return f"{origins.shown(scheme, name, port)}{base}/join/{code}"


def svg(url: str) -> str:
    """The address as a QR code that scales: black on white, whatever the theme."""
    out = io.BytesIO()
    segno.make_qr(url, error="m").save(
        out, kind="svg", border=QUIET_MODULES, dark="#000", light="#fff", xmldecl=False, omitsize=True, title=url
    )
    return out.getvalue().decode()


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _own_address() -> str:
    """The address by which this machine would go out; nothing is sent to find it."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as door:
        try:
            door.connect(("192.0.2.1", 9))  # reserved for documentation: it only decides on the way
        except OSError:
            return ""
        return str(door.getsockname()[0])
