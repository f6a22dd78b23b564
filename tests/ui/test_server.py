"""Every page: the learner's cookie (with the page, HttpOnly, nobody else's), who may frame it, and under which host."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.responses import HTMLResponse, PlainTextResponse, Response
from starlette.routing import Mount, Route
from starlette.testclient import TestClient
from streamlit.web.server.starlette import starlette_routes

from lifecycle.course import load
from lifecycle.course.loading import SHIPPED
from lifecycle.installed import Setting
from lifecycle.ui import server
from lifecycle.ui.components import framing
from lifecycle.ui.gallery import GLANCES
from lifecycle.ui.session import cached, identity
from tests.classroom.server.test_origins import BESIDE
from tests.support.narrow import not_none

ROOT = Path(__file__).parents[2]
OURS = "0123456789abcdef" * 2
LMS = "https://lms.example.org"


@pytest.fixture
def client():
    def page(request):
        return HTMLResponse("<p>page</p>", headers={"cache-control": "max-age=60"})

    def script(request):
        return PlainTextResponse("1", media_type="text/javascript")

    def same(request):
        return Response(status_code=304)

    def policed(request):
        return HTMLResponse("", headers={"content-security-policy": "frame-ancestors 'none'"})

    def xsrf(request):
        answer = Response("ok")
        starlette_routes._ensure_xsrf_cookie(request, answer)
        return answer

    def missing(request):
        return HTMLResponse("no", status_code=404)

    routes = [
        Route("/", page, methods=["GET", "POST"]),
        Route("/x.js", script),
        Route("/same", same),
        Route("/missing", missing),
        Route("/policed", policed),
        Route("/xsrf", xsrf),
        Mount("/mounted", Starlette(routes=[Route("/", page)])),
    ]
    return TestClient(Starlette(routes=routes, middleware=list(server.MIDDLEWARE)))


def cookie(response):
    return response.headers.get("set-cookie", "")


def given(response):
    return not_none(re.match(rf"{identity.COOKIE}=(\w+);", cookie(response)))[1]


def test_a_page_brings_a_cookie_that_no_script_can_read(client):
    found = cookie(client.get("/"))
    assert identity.is_id(not_none(re.match(rf"{identity.COOKIE}=(\w+);", found))[1])
    assert {"HttpOnly", "SameSite=Lax", "Path=/", f"Max-Age={server.YEAR_S}"} <= set(found.split("; "))
    assert "Secure" not in found


def test_two_browsers_are_two_learners(client):
    first = given(client.get("/"))
    client.cookies.clear()
    assert given(client.get("/")) != first


def test_whoever_has_a_cookie_keeps_it_for_another_year_even_one_that_a_script_once_set(client):
    response = client.get("/", headers={"cookie": f"other=1; {identity.COOKIE}={OURS}"})
    assert given(response) == OURS
    assert "HttpOnly" in cookie(response)


@pytest.mark.parametrize(
    "value", ["", "short", OURS.upper(), OURS + "0", "../../etc/passwd", "' OR 1=1 --", '"\\0', "x" * 9000]
)
def test_a_cookie_that_is_none_of_ours_is_replaced(client, value):
    assert given(client.get("/", headers={"cookie": f"{identity.COOKIE}={value}"})) != value


@pytest.mark.parametrize("headers", [{"cookie": ";;;=;,"}, {"cookie": "\xff\xfe"}, {"x-headwaters-learner": OURS}])
def test_neither_a_broken_header_nor_one_of_anothers_making_decides_who_is_learning(client, headers):
    response = client.get(f"/?{identity.COOKIE}={OURS}", headers={k: v.encode("latin-1") for k, v in headers.items()})
    assert identity.is_id(given(response))
    assert given(response) != OURS


@pytest.mark.parametrize("path", ["/x.js", "/missing", "/same"])
def test_what_is_no_page_brings_none(client, path):
    assert cookie(client.get(path)) == ""
    assert cookie(client.post("/")) == ""


def test_a_page_that_the_browser_has_already_brings_one_too(client):
    assert identity.is_id(given(client.get("/same", headers={"sec-fetch-dest": "document"})))


def test_nobody_between_may_keep_a_page_with_its_cookie(client):
    assert client.get("/").headers["cache-control"] == "private, no-cache"


def test_by_https_it_goes_by_https_only(client):
    client.base_url = "https://testserver"
    assert "Secure" in cookie(client.get("/"))
    client.base_url = "http://testserver"
    assert "Secure" in cookie(client.get("/", headers={"x-forwarded-proto": "https"}))


@pytest.mark.parametrize("beside", BESIDE)
@pytest.mark.parametrize("form", ["{0}; {1}", "{1}; {0}", "{1}=; {0}; {1}"])
def test_the_learner_stays_whatever_other_cookies_the_host_has(client, beside, form):
    ours = f"{identity.COOKIE}={OURS}"
    sent = form.format(beside, ours).encode("latin-1")
    assert given(client.get("/", headers={"cookie": sent})) == OURS


def test_of_two_learners_in_one_header_the_first_that_is_one_of_ours_counts(client):
    sent = f"{identity.COOKIE}=none; {identity.COOKIE}={OURS}; {identity.COOKIE}={'f' * 32}"
    assert given(client.get("/", headers={"cookie": sent})) == OURS


def test_the_cookie_goes_to_the_path_of_the_app_alone(client, monkeypatch):
    monkeypatch.setattr(server, "get_option", lambda _: "/learn/")
    assert "Path=/learn" in cookie(client.get("/")).split("; ")
    client = TestClient(client.app, root_path="/apps")
    assert "Path=/apps/learn" in cookie(client.get("/")).split("; ")


# --- frames


def policy(response):
    return response.headers.get("content-security-policy")


@pytest.mark.parametrize("path", ["/", "/missing", "/mounted/"])
def test_a_page_stands_in_no_frame_but_our_own_unless_it_says_so_itself(client, path):
    assert policy(client.get(path)) == "frame-ancestors 'self'"
    assert policy(client.get("/policed")) == "frame-ancestors 'none'"
    assert policy(client.get("/x.js")) is None


def test_a_page_that_the_browser_has_already_learns_who_may_frame_it_now(client):
    assert policy(client.get("/same", headers={"sec-fetch-dest": "iframe"})) == "frame-ancestors 'self'"


def test_who_may_frame_us_is_named(client, monkeypatch):
    monkeypatch.setenv(Setting.FRAME_ANCESTORS, f"{LMS}, http://Wiki.Example:8080 https://x:443")
    assert policy(client.get("/")) == f"frame-ancestors 'self' {LMS} http://wiki.example:8080 https://x"
    assert policy(client.get("/policed")) == "frame-ancestors 'none'"


def test_where_others_may_frame_us_the_cookies_go_along_by_https_and_by_http_stay_ours(client, monkeypatch):
    monkeypatch.setenv(Setting.FRAME_ANCESTORS, LMS)
    https = {"x-forwarded-proto": "https"}
    assert {"SameSite=None", "Secure", "Partitioned", "HttpOnly"} <= set(
        cookie(client.get("/", headers=https)).split("; ")
    )
    token = cookie(client.get("/xsrf", headers=https)).split("; ")
    assert token[0].startswith("_streamlit_xsrf=2|")
    assert token[1:] == ["Path=/", "SameSite=None", "Secure", "Partitioned"]
    for path in ("/", "/xsrf"):
        client.cookies.clear()
        plain = set(cookie(client.get(path)).split("; "))
        assert "SameSite=Lax" in plain
        assert not {"Secure", "Partitioned"} & plain
    monkeypatch.delenv(Setting.FRAME_ANCESTORS)
    for path in ("/", "/xsrf"):
        assert "SameSite=Lax" in cookie(client.get(path, headers=https))


@pytest.mark.parametrize(
    "named",
    [
        "lms.example.org",
        "*",
        "https://*.example.org",
        "https://lms.example.org/course",
        "'self'",
        "https://a;b",
        "data:",
    ],
)
def test_what_is_no_origin_is_said_and_lets_nobody_in(client, monkeypatch, named):
    monkeypatch.setenv(Setting.FRAME_ANCESTORS, f"{LMS} {named}")
    assert framing.problem().startswith(f"{Setting.FRAME_ANCESTORS}: {named!r} is not an origin. ")
    assert policy(client.get("/")) == f"frame-ancestors 'self' {LMS}"


def test_a_setting_that_cannot_be_used_ends_the_start_with_a_line(tmp_path):
    env = {"PATH": "", Setting.FRAME_ANCESTORS: "lms.example.org", "HEADWATERS_DATA": str(tmp_path)}
    done = subprocess.run([sys.executable, "-c", "import app"], cwd=ROOT, env=env, capture_output=True, text=True)
    assert done.returncode == 1
    (line,) = [each for each in done.stderr.splitlines() if "Warning" not in each]
    assert line == (
        f"{Setting.FRAME_ANCESTORS}: 'lms.example.org' is not an origin. Write each as https://lms.example.org, "
        "with spaces in between."
    )


# --- hosts


@pytest.mark.parametrize("host", ["h" * 3_000, "[", "a b", "a/b", "a@b:1", "a:99999", "\xff"])
@pytest.mark.parametrize("path", ["/", "/x.js", "/mounted", "/nowhere"])
def test_a_host_that_can_be_none_is_refused_on_every_path(client, path, host):
    answer = client.get(path, headers={"host": host.encode("latin-1")})
    assert (answer.status_code, answer.text) == (400, "The request names no host that can be one.")


# --- oEmbed


def test_a_page_says_where_its_oembed_is_and_nothing_else_does(client):
    at = client.get("/?part=diagram&stage=lake").headers["link"]
    assert at.startswith(
        "<http://testserver/oembed?format=json&url=http%3A%2F%2Ftestserver%2F%3Fpart%3Ddiagram%26stage"
    )
    assert at.endswith('rel="alternate"; type="application/json+oembed"; title="Headwaters"')
    assert "link" not in client.get("/x.js").headers
    proxied = client.get("/", headers={"x-forwarded-proto": "https", "x-forwarded-host": "learn.example.org"})
    assert proxied.headers["link"].startswith("<https://learn.example.org/oembed?")


def test_what_is_told_of_an_address_follows_from_who_may_frame_us(monkeypatch):
    client = TestClient(Starlette(routes=server.routes()))
    asked = {"url": "http://testserver/?part=charts", "maxwidth": "500", "maxheight": "x"}
    assert client.get("/oembed", params=asked).json()["type"] == "link"
    monkeypatch.setenv(Setting.FRAME_ANCESTORS, LMS)
    told = client.get("/oembed", params=asked).json()
    assert (told["type"], told["width"]) == ("rich", 500)
    assert 'src="http://testserver/?part=charts"' in told["html"]
    assert client.get("/oembed", params=asked | {"format": "xml"}).status_code == 501
    refused = client.get("/oembed", params={"url": "https://evil.example.org/"})
    assert (refused.status_code, refused.text) == (404, "Not found, because the address is none of this server's.")


# --- the small pictures of scenarios


def test_a_scenarios_picture_is_handed_out_for_good_under_its_version_alone(monkeypatch):
    monkeypatch.delenv("HEADWATERS_CONTENT", raising=False)
    client, course = TestClient(Starlette(routes=server.routes())), load(SHIPPED)
    at = f"/{GLANCES}/{cached.glances_version(course)}"
    sent = client.get(f"{at}/consumer-crash.svg")
    assert (sent.status_code, sent.headers["content-type"]) == (200, "image/svg+xml")
    assert "immutable" in sent.headers["cache-control"]
    assert "At most 10.2 k events waiting or in work" in sent.text
    assert client.get(f"{at}/nobody.svg").status_code == 404
    assert client.get(f"/{GLANCES}/{'0' * 20}/consumer-crash.svg").status_code == 404
