"""The code to scan: the class's address as a phone can reach it, and its picture."""

from __future__ import annotations

import io
import ipaddress
import os
import socket

import segno
from starlette.requests import Request

QUIET_MODULES = 2


def join_url(request: Request, base: str, code: str) -> str:
    """The address of the phone's page.

    HEADWATERS_PUBLIC_URL says where this server is found; else it is the address that the browser used, and where that
    is `localhost`, which no phone can reach, this machine's address in its network.
    """
    named = os.environ.get("HEADWATERS_PUBLIC_URL", "").strip().rstrip("/")
    if named:
        return f"{named}/join/{code}"
    url = request.url
    host, port = url.hostname or "localhost", f":{url.port}" if url.port else ""
    if _is_loopback(host):
        host = _own_address() or host
    return f"{url.scheme}://{f'[{host}]' if ':' in host else host}{port}{base}/join/{code}"


def svg(url: str, title: str = "") -> str:
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
