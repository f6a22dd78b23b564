"""The learner's cookie: set by the server, with the page, HttpOnly, and nobody else's."""

import re

import pytest
from starlette.applications import Starlette
from starlette.responses import HTMLResponse, PlainTextResponse, Response
from starlette.routing import Route
from starlette.testclient import TestClient

from lifecycle.ui import server

OURS = "0123456789abcdef" * 2


@pytest.fixture
def client():
    def page(request):
        return HTMLResponse("<p>page</p>", headers={"cache-control": "max-age=60"})

    def script(request):
        return PlainTextResponse("1", media_type="text/javascript")

    def same(request):
        return Response(status_code=304)

    def missing(request):
        return HTMLResponse("no", status_code=404)

    routes = [
        Route("/", page, methods=["GET", "POST"]),
        Route("/x.js", script),
        Route("/same", same),
        Route("/missing", missing),
    ]
    return TestClient(Starlette(routes=routes, middleware=list(server.MIDDLEWARE)))


def cookie(response):
    return response.headers.get("set-cookie", "")


def given(response):
    return re.match(rf"{server.COOKIE}=(\w+);", cookie(response))[1]


def test_a_page_brings_a_cookie_that_no_script_can_read(client):
    found = cookie(client.get("/"))
    assert server.is_id(re.match(rf"{server.COOKIE}=(\w+);", found)[1])
    assert {"HttpOnly", "SameSite=Lax", "Path=/", f"Max-Age={server.YEAR_S}"} <= set(found.split("; "))
    assert "Secure" not in found


def test_two_browsers_are_two_learners(client):
    first = given(client.get("/"))
    client.cookies.clear()
    assert given(client.get("/")) != first


def test_whoever_has_a_cookie_keeps_it_for_another_year_even_one_that_a_script_once_set(client):
    response = client.get("/", headers={"cookie": f"other=1; {server.COOKIE}={OURS}"})
    assert given(response) == OURS
    assert "HttpOnly" in cookie(response)


@pytest.mark.parametrize(
    "value", ["", "short", OURS.upper(), OURS + "0", "../../etc/passwd", "' OR 1=1 --", '"\\0', "x" * 9000]
)
def test_a_cookie_that_is_none_of_ours_is_replaced(client, value):
    assert given(client.get("/", headers={"cookie": f"{server.COOKIE}={value}"})) != value


@pytest.mark.parametrize("headers", [{"cookie": ";;;=;,"}, {"cookie": "\xff\xfe"}, {"x-headwaters-learner": OURS}])
def test_neither_a_broken_header_nor_one_of_anothers_making_decides_who_is_learning(client, headers):
    response = client.get(f"/?{server.COOKIE}={OURS}", headers={k: v.encode("latin-1") for k, v in headers.items()})
    assert server.is_id(given(response))
    assert given(response) != OURS


@pytest.mark.parametrize("path", ["/x.js", "/missing", "/same"])
def test_what_is_no_page_brings_none(client, path):
    assert cookie(client.get(path)) == ""
    assert cookie(client.post("/")) == ""


def test_a_page_that_the_browser_has_already_brings_one_too(client):
    assert server.is_id(given(client.get("/same", headers={"sec-fetch-dest": "document"})))


def test_nobody_between_may_keep_a_page_with_its_cookie(client):
    assert client.get("/").headers["cache-control"] == "private, no-cache"


def test_by_https_it_goes_by_https_only(client):
    client.base_url = "https://testserver"
    assert "Secure" in cookie(client.get("/"))
    client.base_url = "http://testserver"
    assert "Secure" in cookie(client.get("/", headers={"x-forwarded-proto": "https"}))
