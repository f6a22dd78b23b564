"""A part in a frame: the HTML that an author pastes, and what oEmbed says of an address."""

from html.parser import HTMLParser
from urllib.parse import parse_qs, urlsplit

import pytest

from lifecycle.course.address import PagePart
from lifecycle.outputs import embedding

SITE = "https://learn.example.org/base"
ANY = (None, None)


def frame_in(text):
    """The attributes of the one frame in a piece of HTML."""
    frames = []

    class Reader(HTMLParser):
        def handle_starttag(self, tag, attrs):
            if tag == "iframe":
                frames.append(dict(attrs))

    Reader().feed(text)
    (frame,) = frames
    return frame


@pytest.mark.parametrize("part", PagePart)
def test_a_snippet_frames_the_address_and_listens_to_its_server_alone(part):
    src = f"{SITE}/?size=stream&part={part}"
    text = embedding.snippet(src, 'Ours: "A & B"', part)
    frame = frame_in(text)
    assert (frame["src"], frame["title"], frame["width"]) == (src, 'Ours: "A & B"', "100%")
    assert int(frame["height"]) == embedding.HEIGHTS[part]
    assert 'origin !== "https://learn.example.org"' in text


def test_nothing_in_an_address_or_a_title_leaves_its_attribute():
    text = embedding.snippet(f'{SITE}/?x="><script>alert(1)</script>', '"><b>', PagePart.DIAGRAM)
    assert text.count("<script>") == 1
    assert "<b>" not in text


def test_an_address_of_ours_is_told_as_a_frame_that_fits_the_room():
    url = f"{SITE}/?part=lesson&lesson=opening"
    told = embedding.oembed(url, SITE, "Ours", framed=True, most=(600, 400))
    assert {name: told[name] for name in ("version", "type", "provider_url", "title", "width", "height")} == {
        "version": "1.0", "type": "rich", "provider_url": f"{SITE}/", "title": "Ours", "width": 600, "height": 400
    }  # fmt: skip
    frame = frame_in(told["html"])
    assert (frame["src"], frame["width"], frame["height"]) == (url, "600", "400")
    wide = embedding.oembed(url, SITE, "Ours", framed=True, most=(9_000, None))
    assert (wide["width"], wide["height"]) == (embedding.WIDTH, embedding.HEIGHTS[PagePart.LESSON])
    assert embedding.oembed(SITE, SITE, "Ours", framed=True, most=ANY)["height"] == embedding.HEIGHT


def test_where_no_site_may_frame_us_it_is_a_link():
    told = embedding.oembed(f"{SITE}/", SITE, "Ours", framed=False, most=ANY)
    assert told["type"] == "link"
    assert "html" not in told


@pytest.mark.parametrize(
    "url",
    ["", "https://evil.example.org/base/", "http://learn.example.org/base/", "https://learn.example.org/other",
     "https://learn.example.org/based", "https://[::1", "javascript:alert(1)", f"{SITE}/?{'x' * 2_000}"],
)  # fmt: skip
def test_an_address_of_somebody_else_is_refused(url):
    with pytest.raises(ValueError, match="the address"):
        embedding.oembed(url, SITE, "Ours", framed=True, most=ANY)


def test_the_header_leads_to_what_is_told_of_the_page():
    url = f"{SITE}/?stage=lake&size=stream"
    header = embedding.link_header(url, SITE, 'Wåter "works"')
    at, _, how = header.partition(">; ")
    query = parse_qs(urlsplit(at.removeprefix("<")).query)
    assert (at.startswith(f"<{SITE}/oembed?"), query["url"], query["format"]) == (True, [url], ["json"])
    assert how == 'rel="alternate"; type="application/json+oembed"; title="W?ter \'works\'"'
    assert header.isascii()
    assert embedding.link_header(f"{url}&x={'x' * 2_000}", SITE, "Ours") == ""
    assert embedding.link_header(f"{url}&x={'ü' * 400}", SITE, "Ours") == ""  # long once it is encoded
