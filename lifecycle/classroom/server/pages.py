"""The light pages: each a file of HTML, one of script and one of style, which lie beside this file."""

from __future__ import annotations

import hashlib
import html
from functools import cache
from pathlib import Path

from starlette.responses import HTMLResponse, Response

ASSETS = Path(__file__).parent / "assets"
BUNDLES = ASSETS / "dist"  # what the scripts beside it are made into
TYPES = {".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml"}
CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
HEADERS = {
    "content-security-policy": CSP,
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cache-control": "no-store",
}


def page(name: str, base: str, status: int = 200, **texts: str) -> HTMLResponse:
    """A page of this name; every `{{text}}` in its file is put in as text, `base` is the path of the app."""
    made = _read(f"{name}.html").replace("{{version}}", version())
    for key, text in {"base": base, **texts}.items():
        made = made.replace("{{" + key + "}}", html.escape(text))
    return HTMLResponse(made, status, headers=HEADERS)


def asset(name: str) -> Response | None:
    """A script or style; its address carries the version, so a browser keeps it for good."""
    path = _place(name)
    if path.parent not in (ASSETS, BUNDLES) or path.suffix not in TYPES or not path.is_file():
        return None
    kept = {"cache-control": "public, max-age=31536000, immutable", "x-content-type-options": "nosniff"}
    return Response(_read(name), media_type=TYPES[path.suffix], headers=kept)


@cache
def version() -> str:
    """Changes whenever one of the files does."""
    files = b"".join(
        path.read_bytes() for path in sorted((*ASSETS.glob("*.html"), *ASSETS.glob("*.css"), *BUNDLES.iterdir()))
    )
    return hashlib.sha256(files).hexdigest()[:12]


@cache
def _read(name: str) -> str:
    return _place(name).read_text(encoding="utf-8")


def _place(name: str) -> Path:
    return (BUNDLES if name.endswith(".js") else ASSETS) / name
