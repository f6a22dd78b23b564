"""Where a request went and came from: one host written in many ways, proxies, and another site's page."""

import pytest
from starlette.datastructures import Headers

from lifecycle.classroom.server import cookies, origins, reach
from lifecycle.installed import Setting

PUBLIC = "https://learn.example.org/hw"


@pytest.mark.parametrize(
    ("text", "scheme", "found"),
    [
        ("Name.Example", "http", ("name.example", 80)),
        ("name.example.", "https", ("name.example", 443)),
        ("name.example:80", "http", ("name.example", 80)),
        ("name.example:80", "https", ("name.example", 80)),
        ("name.example:", "http", ("name.example", 80)),
        ("10.0.0.5:8501", "http", ("10.0.0.5", 8501)),
        ("[2001:DB8:0:0::1]:8501", "http", ("2001:db8::1", 8501)),
        ("[::1]", "https", ("::1", 443)),
        ("my_box", "http", ("my_box", 80)),
        *(
            (wrong, "http", None)
            for wrong in ("", ".", "[", "[::1", "[zz]", "a b", "a/b", "a@b", "a:b", "a:99999", "::1")
        ),
        ("a" * 3_000, "http", None),
        ("ä.example", "http", None),
        ("a,b", "http", None),
    ],
)
def test_a_host_is_read_whichever_way_it_is_written(text, scheme, found):
    assert origins.host(text, scheme) == found


@pytest.mark.parametrize(
    ("came_from", "headers", "own"),
    [
        ("http://name", {"host": "name"}, True),
        ("http://name", {"host": "name:80"}, True),
        ("http://NAME", {"host": "Name.:80"}, True),
        ("https://name", {"host": "name:443"}, True),
        ("https://name", {"host": "name"}, True),
        ("http://name:8501", {"host": "name:8501"}, True),
        ("http://[2001:db8::1]:8501", {"host": "[2001:DB8:0::1]:8501"}, True),
        ("https://name", {"host": "inner:8501", "x-forwarded-host": "name"}, True),
        ("https://name", {"host": "inner:8501", "x-forwarded-host": "Name:443, edge"}, True),
        ("https://name", {"host": "inner", "forwarded": 'for=1.2.3.4;host="name";proto=https'}, True),
        ("https://name", {"host": "inner", "forwarded": "For=1.2.3.4; Host=name, for=5.6.7.8"}, True),
        ("https://learn.example.org", {"host": "127.0.0.1:8501"}, True),  # HEADWATERS_PUBLIC_URL says so
        ("https://evil.example", {"host": "name"}, False),
        ("https://evil.example", {"host": "inner", "x-forwarded-host": "name"}, False),
        ("https://evil.example", {"host": "inner", "forwarded": "host=name"}, False),
        ("https://name.evil.example", {"host": "name"}, False),
        ("https://evil.example/name", {"host": "name"}, False),
        ("https://name@evil.example", {"host": "name"}, False),
        ("http://name:8502", {"host": "name:8501"}, False),
        ("https://name", {"host": "name:80"}, False),
        ("http://learn.example.org", {"host": "127.0.0.1:8501"}, False),
        ("null", {"host": "null"}, False),
        ("file://", {"host": "name"}, False),
        ("", {"host": ""}, False),
        ("x" * 3_000, {"host": "name"}, False),
    ],
)
def test_a_page_is_our_own_where_it_was_loaded_from_a_host_that_the_request_was_sent_to(
    monkeypatch, came_from, headers, own
):
    monkeypatch.setenv(Setting.PUBLIC_URL, PUBLIC)
    assert origins.is_own(came_from, Headers(headers)) is own


@pytest.mark.parametrize(
    ("headers", "scheme", "https"),
    [
        ({"host": "name"}, "http", False),
        ({"host": "name"}, "https", True),
        ({"host": "name", "x-forwarded-proto": "HTTPS, http"}, "http", True),
        ({"host": "name", "x-forwarded-proto": "http"}, "https", False),
        ({"host": "name", "forwarded": "proto=https;host=name"}, "http", True),
        ({"host": "name", "x-forwarded-proto": "ws"}, "http", False),
        ({"host": "learn.example.org"}, "http", True),
        ({"host": "inner", "x-forwarded-host": "learn.example.org:443"}, "http", True),
        ({"host": "learn.example.org", "x-forwarded-proto": "http"}, "http", False),
    ],
)
def test_whether_the_browser_came_by_https(monkeypatch, headers, scheme, https):
    monkeypatch.setenv(Setting.PUBLIC_URL, PUBLIC)
    assert origins.is_https(Headers(headers), scheme) is https


@pytest.mark.parametrize(
    ("headers", "shown"),
    [
        ({"host": "name:8501"}, "http://name:8501"),
        ({"host": "name:80"}, "http://name"),
        ({"host": "[2001:db8::1]:8501"}, "http://[2001:db8::1]:8501"),
        ({"host": "inner:8501", "x-forwarded-host": "name", "x-forwarded-proto": "https"}, "https://name"),
        ({"host": "inner:8501", "x-forwarded-host": "[", "x-forwarded-proto": "https"}, "https://inner:8501"),
        ({}, "http://localhost"),
    ],
)
def test_the_address_is_shown_as_the_browser_found_it(headers, shown):
    assert origins.shown(*origins.seen(Headers(headers), "http")) == shown


@pytest.mark.parametrize("named", ["", PUBLIC, "http://10.0.0.5:8501", "HTTP://[::1]/learn/"])
def test_an_address_of_the_server_may_be_named(monkeypatch, named):
    monkeypatch.setenv(Setting.PUBLIC_URL, named)
    assert origins.public_problem() == ""


@pytest.mark.parametrize(
    "named", ["learn.example.org", "https://", "ftp://x", "https://a b", "https://[::1", "https://x/?a=1"]
)
def test_what_is_no_address_of_the_server_is_said(monkeypatch, named):
    monkeypatch.setenv(Setting.PUBLIC_URL, named)
    assert origins.public_problem().startswith(f"{Setting.PUBLIC_URL}: {named!r} is not an address.")


BESIDE = [
    'prefs={"a":1}',
    "words=two words, and more",
    "städte=köln",
    "me@example.org=1",
    'quoted="a b\\" c',
    "no-equals-sign",
    "=nameless",
    "(x)[y]=z",
    "$Version=1",
    "ours_not=1; xours=2; ours2=3",
    "",
]


@pytest.mark.parametrize("beside", BESIDE)
@pytest.mark.parametrize("form", ["{0}; ours=it", "ours=it; {0}", "{0};ours = it ;{0}", '{0}; ours="it"'])
def test_our_cookie_is_read_whatever_stands_beside_it(beside, form):
    assert cookies.values([form.format(beside)], "ours") == ["it"]


def test_of_several_cookies_of_one_name_all_are_told_in_order():
    assert cookies.values(["ours=first; other=1; ours=second", "OURS=other; ours=third"], "ours") == [
        "first",
        "second",
        "third",
    ]


@pytest.mark.parametrize(
    ("name", "is_own"),
    [
        ("localhost", True),
        ("LocalHost", True),
        ("hall.localhost", True),
        ("127.0.0.2", True),
        ("::1", True),
        ("notlocalhost", False),
        ("localhost.example", False),
        ("10.0.0.5", False),
    ],
)
def test_a_name_that_means_this_machine_alone_is_known(name, is_own):
    assert reach.is_loopback(name) == is_own
