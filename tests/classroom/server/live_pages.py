"""The pages of a live class, asked as phone and presenter ask them."""

import asyncio
import contextlib
import json
from typing import Any

from lifecycle.classroom import ask_of
from lifecycle.course.quizzes.questions import Option, Question, QuestionKind

QUESTION = Question(
    "q1", "lake", QuestionKind.SINGLE, "What is it?", tuple(Option(f"Option {n}", n == 0) for n in range(4))
)
ASK = ask_of(QUESTION, {}, seed="s", rounds=2)


def as_json(sent):
    """A request's JSON in pure ASCII, lone surrogates and all, as a script may send it."""
    return {"content": json.dumps(sent).encode(), "headers": {"content-type": "application/json"}}


def asked(hub, lesson):
    code, secret = lesson
    hub.act(code, secret, "go", step=1)
    hub.act(code, secret, "ask")
    return code


def in_class(browser, code):
    phone = browser()
    assert phone.get(f"/live/{code}/state").status_code == 200
    return phone


def presenter(browser, lesson):
    code, secret = lesson
    desk = browser()
    done = desk.post(f"/live/{code}/presenter", headers={"authorization": f"Bearer {secret}"})
    assert done.status_code == 204
    return desk


class Stream:
    """A stream of events, read straight from the app: the test's client would wait for its end."""

    def __init__(self, app, path, query="", cookie=""):
        self.told: asyncio.Queue[Any] = asyncio.Queue()
        self.gone, self.status, self.kept = asyncio.Event(), 0, b""
        scope = {
            "type": "http",
            "asgi": {"version": "3.0", "spec_version": "2.3"},
            "http_version": "1.1",
            "method": "GET",
            "scheme": "http",
            "path": path,
            "raw_path": path.encode(),
            "root_path": "",
            "query_string": query.encode(),
            "client": ("testclient", 1),
            "server": ("testserver", 80),
            "headers": [(b"host", b"testserver"), (b"cookie", cookie.encode())],
        }
        self.task = asyncio.create_task(app(scope, self._receive, self._send))

    async def _receive(self):
        await self.gone.wait()
        return {"type": "http.disconnect"}

    async def _send(self, message):
        if message["type"] == "http.response.start":
            self.status = message["status"]
        elif data := [line[6:] for line in message["body"].decode().splitlines() if line.startswith("data: {")]:
            await self.told.put(json.loads(data[0]))

    async def next(self):
        return await asyncio.wait_for(self.told.get(), 20)

    async def close(self):
        self.gone.set()
        with contextlib.suppress(asyncio.CancelledError):
            await self.task
