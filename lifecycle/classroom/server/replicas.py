"""A class on several replicas: what this one learns from the others, and what it tells them.

Moves and votes go through the store, whose notices say that there is news. Phones that are around are no rows of their
own: each replica says now and then which ones it has.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Callable, Mapping

from lifecycle.classroom.server.lectures import Lecture
from lifecycle.storage import Classes, Held, Notices, Topic

# What a replica says of its phones is believed for as long as a phone is; it is said again in time.
_AGAIN_S = Lecture.AWAY_S / 3.0


class Replicas:
    """The classes of this replica, `lectures` by code, among the others'; `let_go` is called for one that ended."""

    def __init__(self, store: Classes, lectures: Mapping[str, Lecture], let_go: Callable[[Lecture], None]) -> None:
        self._store, self._lectures, self._let_go = store, lectures, let_go
        self._name = secrets.token_hex(8)
        self._notices = Notices(store.url, self._hear, self._catch_up_all)
        self._noted: dict[str, tuple[frozenset[str], float]] = {}

    def follow(self, lecture: Lecture) -> None:
        """Hear of what the others do to a class, which is among `lectures` already, from the moment it was read."""
        if self._store.is_shared:
            self._notices.start()
            self.catch_up(lecture)  # what came after it was read, and before a notice of it was heeded

    def stop(self) -> None:
        """Hear no more."""
        self._notices.stop()

    def catch_up(self, lecture: Lecture) -> None:
        """Read what the store has of a class since it was read last."""
        news = self._store.news(lecture.row.code, lecture.last_vote)
        if news is None:
            self._let_go(lecture)
        else:
            lecture.follow(news)

    def learn(self, lecture: Lecture, held: Held) -> None:
        """Take in what the others did to a class that is held for a move, the keys that were pressed there with it."""
        lecture.follow(held.news(lecture.last_vote))
        lecture.pressed = {kind: (action, at_s) for kind, (action, at_s) in json.loads(held.pressed).items()}

    def note_phones(self) -> None:
        """Tell the others which phones are here, where that has changed or was said long ago."""
        if not self._store.is_shared:
            return
        now_s = self._store.now()
        self._noted = {code: noted for code, noted in self._noted.items() if code in self._lectures}
        for code, lecture in tuple(self._lectures.items()):
            phones = frozenset(lecture.around_here(now_s))
            before, then_s = self._noted.get(code, (frozenset(), now_s))
            if phones != before or (phones and now_s - then_s > _AGAIN_S):
                self._store.note_phones(code, self._name, phones)
                self._noted[code] = phones, now_s

    def _hear(self, topic: Topic, code: str) -> None:
        lecture = self._lectures.get(code)
        if lecture is None:
            return
        match topic:
            case Topic.CLASS:
                self.catch_up(lecture)
            case Topic.PHONES:
                self._meet(lecture)

    def _catch_up_all(self) -> None:
        for lecture in tuple(self._lectures.values()):
            self.catch_up(lecture)
            self._meet(lecture)

    def _meet(self, lecture: Lecture) -> None:
        lecture.elsewhere = self._store.phones_elsewhere(lecture.row.code, self._name)
        lecture.stir()
