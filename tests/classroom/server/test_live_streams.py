"""Who listens to a class hears of it at once, and only what is for them."""

import asyncio

import pytest

from lifecycle import metrics
from lifecycle.classroom.server.guard import PHONE, PRESENTER
from lifecycle.classroom.server.hub import MOST_STREAMS
from tests.classroom.server.live_pages import ASK, Stream, asked, in_class
from tests.support import coroutines
from tests.support.narrow import not_none

pytestmark = pytest.mark.usefixtures("no_token_comes_back")


# --- streams of events


def heard(app, hub, code, phone, play):
    """Play a scene with a phone, a screen and a desk that listen; each has heard its first message."""

    async def scene():
        lecture = hub.lecture(code)
        name = f"{PHONE}={phone.cookies[PHONE]}"
        secret = f"{PRESENTER}={play.secret}"
        streams = [
            Stream(app, f"/live/{code}/events", cookie=name),
            Stream(app, f"/live/{code}/events", "screen=1"),
            Stream(app, f"/live/{code}/events", "desk=1", secret),
        ]
        before = not_none(metrics.REGISTRY.get_sample_value("headwaters_event_streams"))
        try:
            for each in streams:
                await each.next()
            assert metrics.REGISTRY.get_sample_value("headwaters_event_streams") == before + 3
            await play(lecture, *streams)
        finally:
            for each in streams:
                await each.close()
        assert not lecture.listeners
        assert metrics.REGISTRY.get_sample_value("headwaters_event_streams") == before

    coroutines.run(scene())


def scene(lesson):
    def named(play):
        play.secret = lesson[1]
        return play

    return named


async def until(stream, holds):
    """The next message of which it holds; the ones before tell of phones that come."""
    while not holds(told := await stream.next()):
        pass
    return told


def test_a_move_is_heard_by_all_and_a_vote_by_screen_and_desk_alone(app, browser, hub, lesson):
    code = asked(hub, lesson)
    phone = in_class(browser, code)

    @scene(lesson)
    async def play(lecture, own, screen, desk):
        who = lecture.phone_of(phone.cookies[PHONE])
        sent = {"key": "k", "poll": "q1", "round": 1, "ballot": {"chosen": [ASK.key.options[0]]}}
        await asyncio.wrap_future(hub.vote(lecture, who, sent))
        told = await until(screen, lambda said: said["votes"] == 1)
        assert (told["tally"], told["phones"]) == (None, 1)
        told = await until(desk, lambda said: said["votes"] == 1)
        assert told["tally"]["right"] == 1
        assert own.told.empty()
        await asyncio.to_thread(lambda: hub.act(*lesson, "toggle"))
        await asyncio.to_thread(lambda: hub.act(*lesson, "close"))
        await asyncio.to_thread(lambda: hub.act(*lesson, "answer"))
        told = await until(own, lambda said: said["state"]["key"])
        assert told["mine"] == {"chosen": [ASK.key.options[0]]}
        assert "tally" not in told
        told = await until(screen, lambda said: said["state"]["key"])
        assert told["tally"]["right"] == 1

    heard(app, hub, code, phone, play)


def test_every_stream_ends_with_the_class_and_with_the_server(app, browser, hub, lesson):
    code = asked(hub, lesson)
    phone = in_class(browser, code)

    @scene(lesson)
    async def play(lecture, *streams):
        await asyncio.to_thread(lambda: hub.act(*lesson, "end"))
        for each in streams:
            assert (await until(each, lambda said: said["state"]["over"]))["state"]["poll"] is None
            await asyncio.wait_for(each.task, 20)

    heard(app, hub, code, phone, play)
    code, secret = hub.start({"steps": []})
    phone = in_class(browser, code)

    @scene((code, secret))
    async def stop(lecture, *streams):
        hub.close_streams()
        for each in streams:
            await asyncio.wait_for(each.task, 20)

    heard(app, hub, code, phone, stop)


def test_a_phone_holds_a_few_streams_at_once_and_no_more(app, browser, hub, lesson):
    code = asked(hub, lesson)
    phone = in_class(browser, code)

    async def play():
        cookie = f"{PHONE}={phone.cookies[PHONE]}"
        streams = [Stream(app, f"/live/{code}/events", cookie=cookie) for _ in range(MOST_STREAMS)]
        for each in streams:
            await each.next()
        assert hub.phones(code) == 1
        more = Stream(app, f"/live/{code}/events", cookie=cookie)
        await asyncio.wait_for(more.task, 20)
        assert more.status == 429
        for each in streams:
            await each.close()
        assert hub.phones(code) == 1  # who has joined is still of the class

    coroutines.run(play())
