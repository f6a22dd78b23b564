"""A part of the explorer in somebody else's page: the frame's HTML, and what oEmbed says of an address.

The protocol is that of oembed.com, version 1.0.
"""

from __future__ import annotations

import html
from collections.abc import Mapping
from urllib.parse import parse_qsl, urlencode, urlsplit

from lifecycle.course.address import PagePart, part_of

# Room that each part takes at the width of a text column, in pixels; a page that listens gives it what it asks for.
WIDTH = 960
HEIGHTS: Mapping[PagePart, int] = {PagePart.DIAGRAM: 560, PagePart.CHARTS: 640, PagePart.LESSON: 980}
HEIGHT = 800  # of the whole explorer
LONGEST = 2_000  # characters of an address, which proxies let through in a header
WORDS: Mapping[PagePart, str] = {
    PagePart.DIAGRAM: "The diagram",
    PagePart.CHARTS: "Figures and charts",
    PagePart.LESSON: "A lesson",
}


def frame(src: str, title: str, width: str, height: int) -> str:
    """The frame alone; `width` is in pixels or per cent."""
    return (
        f'<iframe src="{html.escape(src)}" title="{html.escape(title)}" width="{width}" height="{height}" '
        'style="border:0" loading="lazy" allow="fullscreen"></iframe>'
    )


def snippet(src: str, title: str, part: PagePart) -> str:
    """What an author pastes: the frame, and a script that gives it the height that it says it needs."""
    at = urlsplit(src)
    origin = f"{at.scheme}://{at.netloc}"
    return (
        f"{frame(src, title, '100%', HEIGHTS[part])}\n"
        "<script>\n"
        f'addEventListener("message", ({{ origin, source, data }}) => {{\n'
        f'  if (origin !== "{origin}" || data?.type !== "headwaters:height") return;\n'
        '  for (const frame of document.querySelectorAll("iframe"))\n'
        "    if (frame.contentWindow === source) frame.height = data.height;\n"
        "});\n"
        "</script>"
    )


def oembed(url: str, site: str, title: str, *, framed: bool, most: tuple[int | None, int | None]) -> dict[str, object]:
    """What a page that wants to show `url` is told; `most` is the width and height that it has room for, in pixels.

    Where no site may frame us (`framed`) it is a link and no more. ValueError where the address is none of `site`'s.
    """
    query = _query_of(url, site)
    part = part_of(query.get("part", ""))
    about: dict[str, object] = {
        "version": "1.0", "provider_name": "Headwaters", "provider_url": f"{site}/", "title": title,
    }  # fmt: skip
    if not framed:
        return about | {"type": "link"}
    width, height = (
        min(size, room) if room is not None else size
        for size, room in zip((WIDTH, HEIGHTS[part] if part else HEIGHT), most, strict=True)
    )
    return about | {"type": "rich", "html": frame(url, title, str(width), height), "width": width, "height": height}


def link_header(url: str, site: str, title: str) -> str:
    """The header by which a page says where its oEmbed is; "" for an address that is too long for one."""
    at = f"{site}/oembed?{urlencode({'format': 'json', 'url': url})}"
    if len(at) > LONGEST:
        return ""
    named = title.encode("ascii", "replace").decode().replace("\\", "").replace('"', "'")
    return f'<{at}>; rel="alternate"; type="application/json+oembed"; title="{named}"'


def _query_of(url: str, site: str) -> dict[str, str]:
    try:
        given, ours = urlsplit(url), urlsplit(site)
    except ValueError:
        raise ValueError("the address cannot be read") from None
    inside = given.path == ours.path or given.path.startswith(f"{ours.path}/")
    if (given.scheme, given.netloc) != (ours.scheme, ours.netloc) or not inside or len(url) > LONGEST:
        raise ValueError("the address is none of this server's")
    return dict(parse_qsl(given.query))
