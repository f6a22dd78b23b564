"""How the server does, for who watches over it: `/healthz` alive, `/readyz` of use, `/metrics` its figures.

A supervisor that starts a process again asks `/healthz`, which says only that it answers: to start it again helps no
database. A proxy that chooses among processes may ask `/readyz`.
"""

from __future__ import annotations

import asyncio

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from lifecycle import metrics
from lifecycle.course import day
from lifecycle.documents import ContentError
from lifecycle.storage import Store, StoreError, place

_HEADERS = {"cache-control": "no-store", "x-content-type-options": "nosniff"}


def _runs() -> metrics.CacheFigures:
    from lifecycle.ui.session import cached  # with all that it needs, only once somebody asks

    return metrics.CacheFigures(cached.frames.cache_info().hits, day.run.cache_info().misses)


metrics.REGISTRY.register(metrics.RunsCache(_runs))


def _check() -> None:
    from lifecycle.ui.session import served  # as above

    Store(place()).check()
    served.check()


async def alive(_: Request) -> Response:
    """Whether the server answers."""
    return PlainTextResponse("alive\n", headers=_HEADERS)


async def ready(_: Request) -> Response:
    """Whether what learners do would be kept, and whether there is a course to show."""
    try:
        await asyncio.to_thread(_check)
    except StoreError as error:
        return PlainTextResponse(f"{error.for_operator}\n", 503, headers=_HEADERS)
    except ContentError as error:
        return PlainTextResponse(f"there is no course to show: {error.problems[0]}\n", 503, headers=_HEADERS)
    return PlainTextResponse("ready\n", headers=_HEADERS)


async def figures(_: Request) -> Response:
    """All figures, in Prometheus' text format."""
    text = await asyncio.to_thread(metrics.text)
    return Response(text, headers={**_HEADERS, "content-type": metrics.CONTENT_TYPE})


def routes(base: str = "") -> list[Route]:
    """The three addresses, under `base`, the path at which the app is served ("" or "/learn")."""
    return [
        Route(f"{base}{path}", handler, methods=["GET"])
        for path, handler in (("/healthz", alive), ("/readyz", ready), ("/metrics", figures))
    ]
