"""Slow, obvious queues for the fast kernels to agree with: one instant after the other, nothing clever, no shared code.

Keep every figure a multiple of a power of two in tests and the arithmetic here is exact.
"""

import math

OK, REFUSED, EXPIRED, DROPPED = 0, 1, 2, 3


def line(
    arrivals,
    services,
    servers=1,
    closed=(),
    slowed=(),
    capacity=math.inf,
    patience=math.inf,
    drop_oldest=False,
):
    """Return (departures, fates, left), found by walking from one instant at which something can happen to the next."""
    n = len(arrivals)
    departures, fates, left = [math.nan] * n, [OK] * n, [math.nan] * n
    waiting: list[int] = []  # events, oldest first
    at_work: dict[int, float] = {}  # event -> seconds of work still to do
    calendar = sorted({t for start, end, *_ in [*closed, *slowed] for t in (start, end) if t < math.inf})
    coming = list(range(n))
    now = min([*arrivals, *calendar], default=0.0)

    def speed():
        if any(start <= now < end for start, end in closed):
            return 0.0
        return math.prod(factor for start, end, factor in slowed if start <= now < end)

    def settle():
        """Let all services end and begin that can, at this very instant."""
        while True:
            ended = [event for event, rest in at_work.items() if rest == 0.0]
            for event in ended:
                departures[event] = left[event] = now
                del at_work[event]
            begins = bool(waiting) and len(at_work) < servers and speed() > 0.0
            if begins:
                event = waiting.pop(0)
                at_work[event] = services[event]
            if not ended and not begins:
                return

    def lose(event, why):
        fates[event], left[event] = why, now

    while True:
        settle()
        for event in [event for event in waiting if arrivals[event] + patience <= now]:
            waiting.remove(event)
            lose(event, EXPIRED)
        while coming and arrivals[coming[0]] == now:
            event = coming.pop(0)
            if len(waiting) + len(at_work) < capacity:
                waiting.append(event)
            elif drop_oldest and waiting:
                lose(waiting.pop(0), DROPPED)
                waiting.append(event)
            else:
                lose(event, REFUSED)
            settle()
        pace = speed()
        moments = [t for t in calendar if t > now] + [arrivals[event] for event in coming[:1]]
        moments += [arrivals[event] + patience for event in waiting if patience < math.inf]
        moments += [now + rest / pace for rest in at_work.values() if pace > 0.0]
        if not moments:
            break
        then = min(moments)
        for event in at_work:
            done = pace > 0.0 and now + at_work[event] / pace <= then
            at_work[event] = 0.0 if done else at_work[event] - (then - now) * pace
        now = then
    for event in [*waiting, *at_work]:  # the server is closed for ever
        departures[event] = left[event] = math.inf
    return departures, fates, left


def jobs(arrivals, interval, overhead, per_event):
    """Every tick in turn: anyone who is there by the tick goes with its job."""
    departures, end, k, coming = [], -math.inf, 0, list(arrivals)
    while coming:
        k += 1
        rows = [a for a in coming if a <= k * interval]
        coming = coming[len(rows) :]
        if rows:
            end = max(k * interval, end) + overhead + len(rows) * per_event
            departures += [end] * len(rows)
    return departures


def bucket(arrivals, rate, burst):
    """Count the tokens."""
    departures, tokens, filled_at = [], burst, -math.inf
    for arrival in arrivals:
        now = max(arrival, filled_at)
        if filled_at > -math.inf:
            tokens = min(burst, tokens + (now - filled_at) * rate)
        if tokens < 1:
            now, tokens = now + (1 - tokens) / rate, 1
        departures.append(now)
        tokens, filled_at = tokens - 1, now
    return departures
